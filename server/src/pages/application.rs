//! One application of a developer: settings, rotation of the client secret, deletion.

use app::api::applications::{ask_rotate, clear_problems, rotate_secret, save_application};
use app::pages::{ApplicationDialog, ApplicationPage};
use axum::http::StatusCode;
use axum::response::Response;
use oauth::Message;
use oauth::answer::{ApplicationAnswer, ChangedApplication, FieldMessage};
use oauth::form::{ClientForm, FieldError, SignOutForm};
use oauth::view::ApplicationView;
use provider::Error;

use super::{
    PageResult, call_api, error_page, expired_form, expired_form_errors, field_errors, flash, read_user_form,
    render_with_status, response_of, scopes,
};
use crate::browser::{Id, Visitor};
use crate::form::{Form, FormError};

/// `GET /developer/applications/{id}`
pub async fn get(visitor: Visitor, Id(id): Id) -> Response {
    response_of(show(&visitor, &id, StatusCode::OK, None).await)
}

/// `GET /developer/applications/{id}/rotate`
pub async fn rotation(visitor: Visitor, Id(id): Id) -> Response {
    response_of(show_rotation(&visitor, &id).await)
}

async fn show_rotation(visitor: &Visitor, id: &str) -> PageResult {
    visitor.person()?;
    answered(visitor, id, call_api(visitor, ask_rotate(id.to_owned())).await?).await
}

/// `GET /developer/applications/{id}/delete`
pub async fn ask_delete(visitor: Visitor, Id(id): Id) -> Response {
    response_of(show(&visitor, &id, StatusCode::OK, Some(ApplicationDialog::Delete { errors: Vec::new() })).await)
}

/// The application's page as it is stored, with a dialog over it or not.
pub(super) async fn show(
    visitor: &Visitor,
    id: &str,
    status: StatusCode,
    dialog: Option<ApplicationDialog>,
) -> PageResult {
    let application = find(visitor, id).await?;
    let state = State { status, dialog, ..State::of(ClientForm::from(&application)) };
    page(visitor, application, state).await
}

/// The application's page with the server function's answer as a dialog over it.
pub(super) async fn answered(visitor: &Visitor, id: &str, answer: ApplicationAnswer) -> PageResult {
    show(visitor, id, StatusCode::OK, Some(ApplicationDialog::Answer(answer))).await
}

/// Sign-out settings that were not saved.
pub(super) struct RefusedSettings {
    /// As typed.
    pub typed: SignOutForm,
    /// What is wrong with them.
    pub errors: Vec<FieldMessage>,
    /// The version of the posted form; `None`: the stored one.
    pub version: Option<i64>,
}

/// The application's page with the typed sign-out settings.
pub(super) async fn show_logout_settings(
    visitor: &Visitor,
    id: &str,
    status: StatusCode,
    refused: RefusedSettings,
) -> PageResult {
    let RefusedSettings { typed, errors, version } = refused;
    let application = find(visitor, id).await?;
    let application = ApplicationView { version: version.unwrap_or(application.version), ..application };
    let state = State { status, logout_settings: Some(typed), errors, ..State::of(ClientForm::from(&application)) };
    page(visitor, application, state).await
}

async fn find(visitor: &Visitor, id: &str) -> Result<ApplicationView, Box<Response>> {
    let current = visitor.person()?;
    visitor.site.provider.application(current.user.id, id).await.map_err(error_page(visitor))
}

/// The state of an application's page besides the stored application.
struct State {
    status: StatusCode,
    form: ClientForm,
    logout_settings: Option<SignOutForm>,
    errors: Vec<FieldMessage>,
    changed: Option<ChangedApplication>,
    dialog: Option<ApplicationDialog>,
}

impl State {
    const fn of(form: ClientForm) -> Self {
        Self { status: StatusCode::OK, form, logout_settings: None, errors: Vec::new(), changed: None, dialog: None }
    }
}

async fn page(visitor: &Visitor, application: ApplicationView, state: State) -> PageResult {
    let State { status, form, logout_settings, errors, changed, dialog } = state;
    let (provider, current) = (&visitor.site.provider, visitor.person()?);
    let scopes = scopes::optional(visitor).await.map_err(error_page(visitor))?;
    let issuer = provider.settings().issuer.clone();
    let id = &application.client_id;
    let tokens = provider.application_tokens(current.user.id, id).await.map_err(error_page(visitor))?;
    let problems = provider.recent_problems(current.user.id, id).await.map_err(error_page(visitor))?;
    let sign_out = match logout_settings {
        Some(typed) => typed,
        None => provider.logout_settings(current.user.id, id).await.map_err(error_page(visitor))?,
    };
    let page =
        ApplicationPage { application, tokens, form, sign_out, errors, changed, problems, scopes, dialog, issuer };
    Ok(render_with_status(status, flash::page(visitor).await, |frame| app::pages::application(frame, page)))
}

/// `POST /developer/applications/{id}`
pub async fn save(visitor: Visitor, Id(id): Id, form: Result<Form, FormError>) -> Response {
    response_of(submit(&visitor, &id, form).await)
}

async fn submit(visitor: &Visitor, id: &str, body: Result<Form, FormError>) -> PageResult {
    let path = format!("/developer/applications/{id}");
    if let Some(params) = expired_form(visitor, &body) {
        let application = find(visitor, id).await?;
        let typed = ClientForm { kind: application.kind, ..ClientForm::parse(&params) };
        let errors = field_errors(visitor, &expired_form_errors());
        let state = State { status: StatusCode::FORBIDDEN, errors, ..State::of(typed) };
        return page(visitor, application, state).await;
    }
    let (_, params) = read_user_form(visitor, body, &path)?;
    let application = find(visitor, id).await?;
    let version = params.last("version").and_then(|text| text.parse().ok()).unwrap_or(application.version);
    // The form keeps its version (optimistic locking): adding a row must not hide that somebody
    // else has saved meanwhile.
    let seen = ApplicationView { version, ..application };
    // The kind is not a field of this form: it is fixed at registration.
    let of_kind = |form| ClientForm { kind: seen.kind, ..form };
    if let Some(edited) = ClientForm::edited(&params, params.last("intent").unwrap_or_default()) {
        let state = State::of(of_kind(edited));
        return page(visitor, seen, state).await;
    }
    let typed = of_kind(ClientForm::parse(&params));
    let answer = call_api(visitor, save_application(id.to_owned(), typed.clone(), version)).await?;
    let state = State { status: StatusCode::UNPROCESSABLE_ENTITY, ..State::of(typed) };
    match answer {
        ApplicationAnswer::Refused(errors) => page(visitor, seen, State { errors, ..state }).await,
        ApplicationAnswer::Changed(changed) => {
            let application = ApplicationView { version: changed.version, ..find(visitor, id).await? };
            page(visitor, application, State { changed: Some(changed), ..state }).await
        }
        _ => Ok(saved(visitor, &path).await),
    }
}

pub(super) async fn saved(visitor: &Visitor, path: &str) -> Response {
    flash::redirect(visitor, visitor.language.translate("application-saved"), path).await
}

/// `POST /developer/applications/{id}/rotate`
pub async fn rotate(visitor: Visitor, Id(id): Id, form: Result<Form, FormError>) -> Response {
    response_of(try_rotate(&visitor, &id, form).await)
}

async fn try_rotate(visitor: &Visitor, id: &str, form: Result<Form, FormError>) -> PageResult {
    let (_, params) = read_user_form(visitor, form, &format!("/developer/applications/{id}"))?;
    let sent = |name| params.last(name).unwrap_or_default().to_owned();
    let rotated = rotate_secret(id.to_owned(), sent("old_secret_until"), sent("form_id"));
    answered(visitor, id, call_api(visitor, rotated).await?).await
}

/// `POST /developer/applications/{id}/delete`
pub async fn delete(visitor: Visitor, Id(id): Id, form: Result<Form, FormError>) -> Response {
    response_of(try_delete(&visitor, &id, form).await)
}

async fn try_delete(visitor: &Visitor, id: &str, form: Result<Form, FormError>) -> PageResult {
    let (current, params) = read_user_form(visitor, form, &format!("/developer/applications/{id}"))?;
    let name = find(visitor, id).await?.name;
    let typed = params.last("confirm_name").unwrap_or_default();
    match visitor.site.provider.delete_application(current.user.id, id, typed).await {
        Ok(()) => {
            let message = visitor.language.translate_message(&Message::new("application-deleted").with("name", name));
            Ok(flash::redirect(visitor, message, "/developer/applications").await)
        }
        Err(Error::Conflict(message)) => {
            let errors = field_errors(visitor, &[FieldError::new("confirm_name", message)]);
            let dialog = ApplicationDialog::Delete { errors };
            show(visitor, id, StatusCode::UNPROCESSABLE_ENTITY, Some(dialog)).await
        }
        Err(error) => Err(error_page(visitor)(error)),
    }
}

/// `POST /developer/applications/{id}/problems/clear`
pub async fn clear(visitor: Visitor, Id(id): Id, form: Result<Form, FormError>) -> Response {
    response_of(try_clear(&visitor, &id, form).await)
}

async fn try_clear(visitor: &Visitor, id: &str, form: Result<Form, FormError>) -> PageResult {
    let path = format!("/developer/applications/{id}");
    read_user_form(visitor, form, &path)?;
    let answer = call_api(visitor, clear_problems(id.to_owned())).await?;
    let message = if let ApplicationAnswer::Cleared(message) = answer { message } else { String::new() };
    Ok(flash::redirect(visitor, message, &path).await)
}
