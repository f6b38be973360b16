//! One application of a developer: its settings, its secret, its end.

use app::pages::{ApplicationDialog, ApplicationPage};
use axum::http::StatusCode;
use axum::response::Response;
use oauth::form::{ClientForm, FieldError};
use oauth::view::ApplicationView;
use provider::Error;

use super::{Answer, ended, failed, flash, open_too_long, posted_by, stale, status_of, with_status};
use crate::browser::{Id, Visitor};
use crate::form::{Form, FormError};

/// `GET /developer/applications/{id}`
pub async fn get(visitor: Visitor, Id(id): Id) -> Response {
    ended(show(&visitor, &id, (StatusCode::OK, None)).await)
}

/// `GET /developer/applications/{id}/rotate`
pub async fn ask_rotate(visitor: Visitor, Id(id): Id) -> Response {
    ended(show(&visitor, &id, (StatusCode::OK, Some(ApplicationDialog::Rotate))).await)
}

/// `GET /developer/applications/{id}/delete`
pub async fn ask_delete(visitor: Visitor, Id(id): Id) -> Response {
    ended(show(&visitor, &id, (StatusCode::OK, Some(ApplicationDialog::Delete { errors: Vec::new() }))).await)
}

/// The application's page as it is stored, with a dialog over it or not.
pub(super) async fn show(
    visitor: &Visitor,
    id: &str,
    (status, dialog): (StatusCode, Option<ApplicationDialog>),
) -> Answer {
    let application = find(visitor, id).await?;
    let form = ClientForm {
        name: application.name.clone(),
        description: application.description.clone(),
        redirect_uris: application.redirect_uris.clone(),
        kind: application.kind,
        require_pkce: application.require_pkce,
    };
    Ok(page(visitor, application, (form, Vec::new()), (status, dialog)).await)
}

async fn find(visitor: &Visitor, id: &str) -> Result<ApplicationView, Box<Response>> {
    let current = visitor.person()?;
    visitor.site.provider.application(current.user.id, id).await.map_err(failed(visitor))
}

async fn page(
    visitor: &Visitor,
    application: ApplicationView,
    (form, errors): (ClientForm, Vec<FieldError>),
    (status, dialog): (StatusCode, Option<ApplicationDialog>),
) -> Response {
    let issuer = visitor.site.provider.settings().issuer.clone();
    let page = ApplicationPage { application, form, errors, dialog, issuer };
    with_status(status, flash::page(visitor).await, |frame| app::pages::application(frame, page))
}

/// `POST /developer/applications/{id}`
pub async fn save(visitor: Visitor, Id(id): Id, form: Result<Form, FormError>) -> Response {
    ended(submit(&visitor, &id, form).await)
}

async fn submit(visitor: &Visitor, id: &str, body: Result<Form, FormError>) -> Answer {
    let path = format!("/developer/applications/{id}");
    if let Some(params) = stale(visitor, &body) {
        let application = find(visitor, id).await?;
        let typed = ClientForm { kind: application.kind, ..ClientForm::parse(&params) };
        return Ok(page(visitor, application, (typed, open_too_long()), (StatusCode::FORBIDDEN, None)).await);
    }
    let (current, params) = posted_by(visitor, body, &path)?;
    let application = find(visitor, id).await?;
    if let Some(edited) = ClientForm::edited(&params, params.last("intent").unwrap_or_default()) {
        let edited = ClientForm { kind: application.kind, ..edited };
        return Ok(page(visitor, application, (edited, Vec::new()), (StatusCode::OK, None)).await);
    }
    // The kind is not on this form: it stays what it was registered as.
    let typed = ClientForm { kind: application.kind, ..ClientForm::parse(&params) };
    let version = params.last("version").and_then(|text| text.parse().ok()).unwrap_or(application.version);
    let mut errors = typed.check();
    if errors.is_empty() {
        match visitor.site.provider.save_application(current.user.id, id, &typed, version).await {
            Ok(_) => return Ok(flash::tell(visitor, "Changes saved. They are in effect now.".to_owned(), &path).await),
            Err(Error::Conflict(message)) => errors.push(FieldError::new("name", message)),
            Err(error) => return Err(failed(visitor)(error)),
        }
    }
    let status = status_of(&errors);
    Ok(page(visitor, application, (typed, errors), (status, None)).await)
}

/// `POST /developer/applications/{id}/rotate`
pub async fn rotate(visitor: Visitor, Id(id): Id, form: Result<Form, FormError>) -> Response {
    ended(rotate_it(&visitor, &id, form).await)
}

async fn rotate_it(visitor: &Visitor, id: &str, form: Result<Form, FormError>) -> Answer {
    let (current, params) = posted_by(visitor, form, &format!("/developer/applications/{id}"))?;
    let keep = match params.last("old_secret_until") {
        Some("now") => 0,
        Some("week") => 7 * 86_400,
        _ => 86_400,
    };
    let secret =
        visitor.site.provider.rotate_application_secret(current.user.id, id, keep).await.map_err(failed(visitor))?;
    show(visitor, id, (StatusCode::OK, Some(ApplicationDialog::NewSecret { secret }))).await
}

/// `POST /developer/applications/{id}/delete`
pub async fn delete(visitor: Visitor, Id(id): Id, form: Result<Form, FormError>) -> Response {
    ended(delete_it(&visitor, &id, form).await)
}

async fn delete_it(visitor: &Visitor, id: &str, form: Result<Form, FormError>) -> Answer {
    let (current, params) = posted_by(visitor, form, &format!("/developer/applications/{id}"))?;
    let name = find(visitor, id).await?.name;
    let typed = params.last("confirm_name").unwrap_or_default();
    match visitor.site.provider.delete_application(current.user.id, id, typed).await {
        Ok(()) => Ok(flash::tell(visitor, format!("Application “{name}” deleted"), "/developer/applications").await),
        Err(Error::Conflict(message)) => {
            let dialog = ApplicationDialog::Delete { errors: vec![FieldError::new("confirm_name", message)] };
            show(visitor, id, (StatusCode::UNPROCESSABLE_ENTITY, Some(dialog))).await
        }
        Err(error) => Err(failed(visitor)(error)),
    }
}
