//! `/account/delete`: people delete their own account.

use app::pages::DeleteAccountPage;
use axum::http::StatusCode;
use axum::response::Response;
use oauth::form::FieldError;
use provider::Error;
use provider::users::Rejected;

use super::{PageResult, error_page, read_user_form, render_with_status, response_of};
use crate::browser::{Current, Page, Visitor, see_other};
use crate::form::{Form, FormError};

const PATH: &str = "/account/delete";

/// `GET /account/delete`
pub async fn get(visitor: Visitor) -> Response {
    response_of(ask(&visitor).await)
}

async fn ask(visitor: &Visitor) -> PageResult {
    let current = visitor.person()?;
    show(visitor, current, StatusCode::OK, Vec::new()).await
}

/// `POST /account/delete`
pub async fn post(visitor: Visitor, form: Result<Form, FormError>) -> Response {
    response_of(delete(&visitor, form).await)
}

async fn delete(visitor: &Visitor, form: Result<Form, FormError>) -> PageResult {
    let (current, params) = read_user_form(visitor, form, PATH)?;
    let password = params.last("password").unwrap_or_default();
    let errors = match visitor.site.provider.delete_account(current.user.id, password).await {
        Ok(()) => return Ok(signed_out(visitor).await),
        Err(Rejected::Form(errors)) => errors,
        Err(Rejected::Error(Error::Throttled { .. } | Error::Capped)) => {
            vec![FieldError::new("password", "throttled-field")]
        }
        // The page lists what prevents the deletion.
        Err(Rejected::Error(Error::Conflict(_))) => Vec::new(),
        Err(Rejected::Error(error)) => return Err(error_page(visitor)(error)),
    };
    show(visitor, current, StatusCode::UNPROCESSABLE_ENTITY, errors).await
}

/// The session row was deleted with the account; this clears the session cookie.
async fn signed_out(visitor: &Visitor) -> Response {
    if let Err(error) = visitor.session.flush().await {
        tracing::warn!(%error, "the session of a deleted account was not flushed");
    }
    see_other("/login?deleted=1")
}

async fn show(visitor: &Visitor, current: &Current, status: StatusCode, errors: Vec<FieldError>) -> PageResult {
    let view = visitor.site.provider.account_deletion(current.user.id).await.map_err(error_page(visitor))?;
    Ok(render_with_status(status, Page::new(visitor), |frame| {
        app::pages::delete_account(frame, DeleteAccountPage { view, errors })
    }))
}
