//! How an application takes part in signing out, as its developer sets it.

use axum::http::StatusCode;
use axum::response::Response;
use oauth::form::{FieldError, SignOutForm};
use oauth::{Message, Params};
use provider::Error;

use super::{Answer, application, ended, failed, posted_by, stale, told};
use crate::browser::{Id, Visitor};
use crate::form::{Form, FormError};

/// `POST /developer/applications/{id}/sign-out`
pub async fn save(visitor: Visitor, Id(id): Id, form: Result<Form, FormError>) -> Response {
    ended(submit(&visitor, &id, form).await)
}

async fn submit(visitor: &Visitor, id: &str, body: Result<Form, FormError>) -> Answer {
    let path = format!("/developer/applications/{id}");
    let version = |params: &Params| params.last("version").and_then(|text| text.parse().ok());
    if let Some(params) = stale(visitor, &body) {
        let refused = (StatusCode::FORBIDDEN, told(visitor, &about("form-open-too-long".into())));
        return application::sign_out(visitor, id, SignOutForm::parse(&params), refused, version(&params)).await;
    }
    let (current, params) = posted_by(visitor, body, &path)?;
    let (provider, user, typed) = (&visitor.site.provider, current.user.id, SignOutForm::parse(&params));
    let errors = provider.check_logout_settings(user, id, &typed).await.map_err(failed(visitor))?;
    if !errors.is_empty() {
        let refused = (StatusCode::UNPROCESSABLE_ENTITY, told(visitor, &errors));
        return application::sign_out(visitor, id, typed, refused, version(&params)).await;
    }
    match provider.save_logout_settings(user, id, &typed, version(&params).unwrap_or_default()).await {
        Ok(()) => Ok(application::saved(visitor, &path).await),
        Err(Error::Conflict(message)) => {
            let refused = (StatusCode::UNPROCESSABLE_ENTITY, told(visitor, &about(message)));
            application::sign_out(visitor, id, typed, refused, None).await
        }
        Err(error) => Err(failed(visitor)(error)),
    }
}

/// What concerns the form as a whole stands at its first field.
fn about(message: Message) -> Vec<FieldError> {
    vec![FieldError::new("post_logout_redirect_uris", message)]
}
