//! The end of an account, by its own person.

use app::pages::DeleteAccountPage;
use axum::http::StatusCode;
use axum::response::Response;
use oauth::form::FieldError;
use provider::Error;
use provider::users::Rejected;

use super::{Answer, ended, failed, posted_by, with_status};
use crate::browser::{Current, Page, Visitor, see_other};
use crate::form::{Form, FormError};

const PATH: &str = "/account/delete";

/// `GET /account/delete`
pub async fn get(visitor: Visitor) -> Response {
    ended(ask(&visitor).await)
}

async fn ask(visitor: &Visitor) -> Answer {
    let current = visitor.person()?;
    show(visitor, current, StatusCode::OK, Vec::new()).await
}

/// `POST /account/delete`
pub async fn post(visitor: Visitor, form: Result<Form, FormError>) -> Response {
    ended(delete(&visitor, form).await)
}

async fn delete(visitor: &Visitor, form: Result<Form, FormError>) -> Answer {
    let (current, params) = posted_by(visitor, form, PATH)?;
    let password = params.last("password").unwrap_or_default();
    let errors = match visitor.site.provider.delete_account(current.user.id, password).await {
        Ok(()) => return Ok(gone(visitor).await),
        Err(Rejected::Form(errors)) => errors,
        Err(Rejected::Error(Error::Throttled { .. } | Error::Capped)) => {
            vec![FieldError::new("password", "throttled-field")]
        }
        // What stands in the way is on the page.
        Err(Rejected::Error(Error::Conflict(_))) => Vec::new(),
        Err(Rejected::Error(error)) => return Err(failed(visitor)(error)),
    };
    show(visitor, current, StatusCode::UNPROCESSABLE_ENTITY, errors).await
}

/// The session went with the account; the browser's cookie follows.
async fn gone(visitor: &Visitor) -> Response {
    if let Err(error) = visitor.session.flush().await {
        tracing::warn!(%error, "the session of a deleted account was not flushed");
    }
    see_other("/login?deleted=1")
}

async fn show(visitor: &Visitor, current: &Current, status: StatusCode, errors: Vec<FieldError>) -> Answer {
    let view = visitor.site.provider.account_deletion(current.user.id).await.map_err(failed(visitor))?;
    Ok(with_status(status, Page::new(visitor), |frame| {
        app::pages::delete_account(frame, DeleteAccountPage { view, errors })
    }))
}
