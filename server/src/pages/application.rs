//! One application of a developer: its settings, its secret, its end.

use app::api::applications::{ask_rotate, clear_problems, rotate_secret, save_application};
use app::pages::{ApplicationDialog, ApplicationPage};
use axum::http::StatusCode;
use axum::response::Response;
use oauth::Message;
use oauth::answer::{ApplicationAnswer, ChangedApplication, FieldMessage};
use oauth::form::{ClientForm, FieldError, SignOutForm};
use oauth::view::ApplicationView;
use provider::Error;

use super::{Answer, called, ended, failed, flash, open_too_long, posted_by, scopes, stale, told, with_status};
use crate::browser::{Id, Visitor};
use crate::form::{Form, FormError};

/// `GET /developer/applications/{id}`
pub async fn get(visitor: Visitor, Id(id): Id) -> Response {
    ended(show(&visitor, &id, (StatusCode::OK, None)).await)
}

/// `GET /developer/applications/{id}/rotate`
pub async fn rotation(visitor: Visitor, Id(id): Id) -> Response {
    ended(question(&visitor, &id).await)
}

async fn question(visitor: &Visitor, id: &str) -> Answer {
    visitor.person()?;
    answered(visitor, id, called(visitor, ask_rotate(id.to_owned())).await?).await
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
    let state = State { status, dialog, ..State::of(ClientForm::from(&application)) };
    page(visitor, application, state).await
}

/// The application's page with what was answered over it.
pub(super) async fn answered(visitor: &Visitor, id: &str, answer: ApplicationAnswer) -> Answer {
    show(visitor, id, (StatusCode::OK, Some(ApplicationDialog::Answer(answer)))).await
}

/// The application's page with what was typed about signing out. `version`: the one that the person saw, unless they are to see a newer one.
pub(super) async fn sign_out(
    visitor: &Visitor,
    id: &str,
    typed: SignOutForm,
    (status, errors): (StatusCode, Vec<FieldMessage>),
    version: Option<i64>,
) -> Answer {
    let application = find(visitor, id).await?;
    let application = ApplicationView { version: version.unwrap_or(application.version), ..application };
    let state = State { status, sign_out: Some(typed), errors, ..State::of(ClientForm::from(&application)) };
    page(visitor, application, state).await
}

async fn find(visitor: &Visitor, id: &str) -> Result<ApplicationView, Box<Response>> {
    let current = visitor.person()?;
    visitor.site.provider.application(current.user.id, id).await.map_err(failed(visitor))
}

/// What stands on an application's page besides the application.
struct State {
    status: StatusCode,
    form: ClientForm,
    sign_out: Option<SignOutForm>,
    errors: Vec<FieldMessage>,
    changed: Option<ChangedApplication>,
    dialog: Option<ApplicationDialog>,
}

impl State {
    const fn of(form: ClientForm) -> Self {
        Self { status: StatusCode::OK, form, sign_out: None, errors: Vec::new(), changed: None, dialog: None }
    }
}

async fn page(visitor: &Visitor, application: ApplicationView, state: State) -> Answer {
    let State { status, form, sign_out, errors, changed, dialog } = state;
    let (provider, current) = (&visitor.site.provider, visitor.person()?);
    let scopes = scopes::optional(visitor).await.map_err(failed(visitor))?;
    let issuer = provider.settings().issuer.clone();
    let id = &application.client_id;
    let tokens = provider.application_tokens(current.user.id, id).await.map_err(failed(visitor))?;
    let problems = provider.recent_problems(current.user.id, id).await.map_err(failed(visitor))?;
    let sign_out = match sign_out {
        Some(typed) => typed,
        None => provider.logout_settings(current.user.id, id).await.map_err(failed(visitor))?,
    };
    let page =
        ApplicationPage { application, tokens, form, sign_out, errors, changed, problems, scopes, dialog, issuer };
    Ok(with_status(status, flash::page(visitor).await, |frame| app::pages::application(frame, page)))
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
        let errors = told(visitor, &open_too_long());
        let state = State { status: StatusCode::FORBIDDEN, errors, ..State::of(typed) };
        return page(visitor, application, state).await;
    }
    let (_, params) = posted_by(visitor, body, &path)?;
    let application = find(visitor, id).await?;
    let version = params.last("version").and_then(|text| text.parse().ok()).unwrap_or(application.version);
    // The version that the person saw stays: a row more or less must not pass over what somebody else has saved.
    let seen = ApplicationView { version, ..application };
    // The kind is not on this form: it stays what it was registered as.
    let of_kind = |form| ClientForm { kind: seen.kind, ..form };
    if let Some(edited) = ClientForm::edited(&params, params.last("intent").unwrap_or_default()) {
        let state = State::of(of_kind(edited));
        return page(visitor, seen, state).await;
    }
    let typed = of_kind(ClientForm::parse(&params));
    let answer = called(visitor, save_application(id.to_owned(), typed.clone(), version)).await?;
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
    flash::tell(visitor, visitor.language.translate("application-saved"), path).await
}

/// `POST /developer/applications/{id}/rotate`
pub async fn rotate(visitor: Visitor, Id(id): Id, form: Result<Form, FormError>) -> Response {
    ended(rotate_it(&visitor, &id, form).await)
}

async fn rotate_it(visitor: &Visitor, id: &str, form: Result<Form, FormError>) -> Answer {
    let (_, params) = posted_by(visitor, form, &format!("/developer/applications/{id}"))?;
    let sent = |name| params.last(name).unwrap_or_default().to_owned();
    let rotated = rotate_secret(id.to_owned(), sent("old_secret_until"), sent("form_id"));
    answered(visitor, id, called(visitor, rotated).await?).await
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
        Ok(()) => {
            let told = visitor.language.translate_message(&Message::new("application-deleted").with("name", name));
            Ok(flash::tell(visitor, told, "/developer/applications").await)
        }
        Err(Error::Conflict(message)) => {
            let errors = told(visitor, &[FieldError::new("confirm_name", message)]);
            let dialog = ApplicationDialog::Delete { errors };
            show(visitor, id, (StatusCode::UNPROCESSABLE_ENTITY, Some(dialog))).await
        }
        Err(error) => Err(failed(visitor)(error)),
    }
}

/// `POST /developer/applications/{id}/problems/clear`
pub async fn clear(visitor: Visitor, Id(id): Id, form: Result<Form, FormError>) -> Response {
    ended(clear_them(&visitor, &id, form).await)
}

async fn clear_them(visitor: &Visitor, id: &str, form: Result<Form, FormError>) -> Answer {
    let path = format!("/developer/applications/{id}");
    posted_by(visitor, form, &path)?;
    let answer = called(visitor, clear_problems(id.to_owned())).await?;
    let said = if let ApplicationAnswer::Cleared(said) = answer { said } else { String::new() };
    Ok(flash::tell(visitor, said, &path).await)
}
