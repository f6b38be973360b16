//! The form with an application's sign-out settings (`post_logout_redirect_uris`,
//! `backchannel_logout_uri`).

use axum::http::StatusCode;
use axum::response::Response;
use oauth::form::{FieldError, SignOutForm};
use oauth::{Message, Params};
use provider::Error;

use super::application::RefusedSettings;
use super::{PageResult, application, error_page, expired_form, field_errors, read_user_form, response_of};
use crate::browser::{Id, Visitor};
use crate::form::{Form, FormError};

/// `POST /developer/applications/{id}/sign-out`
pub async fn save(visitor: Visitor, Id(id): Id, form: Result<Form, FormError>) -> Response {
    response_of(submit(&visitor, &id, form).await)
}

async fn submit(visitor: &Visitor, id: &str, body: Result<Form, FormError>) -> PageResult {
    let path = format!("/developer/applications/{id}");
    let version = |params: &Params| params.last("version").and_then(|text| text.parse().ok());
    if let Some(params) = expired_form(visitor, &body) {
        let errors = field_errors(visitor, &form_error("form-open-too-long".into()));
        let refused = RefusedSettings { typed: SignOutForm::parse(&params), errors, version: version(&params) };
        return application::show_logout_settings(visitor, id, StatusCode::FORBIDDEN, refused).await;
    }
    let (current, params) = read_user_form(visitor, body, &path)?;
    let (provider, user, typed) = (&visitor.site.provider, current.user.id, SignOutForm::parse(&params));
    let errors = provider.check_logout_settings(user, id, &typed).await.map_err(error_page(visitor))?;
    if !errors.is_empty() {
        let refused = RefusedSettings { typed, errors: field_errors(visitor, &errors), version: version(&params) };
        return application::show_logout_settings(visitor, id, StatusCode::UNPROCESSABLE_ENTITY, refused).await;
    }
    match provider.save_logout_settings(user, id, &typed, version(&params).unwrap_or_default()).await {
        Ok(()) => Ok(application::saved(visitor, &path).await),
        Err(Error::Conflict(message)) => {
            let errors = field_errors(visitor, &form_error(message));
            let refused = RefusedSettings { typed, errors, version: None };
            application::show_logout_settings(visitor, id, StatusCode::UNPROCESSABLE_ENTITY, refused).await
        }
        Err(error) => Err(error_page(visitor)(error)),
    }
}

/// An error of the form as a whole, shown at its first field.
fn form_error(message: Message) -> Vec<FieldError> {
    vec![FieldError::new("post_logout_redirect_uris", message)]
}
