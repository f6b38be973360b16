//! Sessions of the user's browsers (the second tab of tokens and sessions). Each form calls its
//! server function (`app::api::sessions`).

use app::api::ApiErrorKind;
use app::api::sessions::{ask_end_others, end_others as end_all_others, end_session, list_sessions};
use app::pages::{List, SessionsPage};
use axum::response::Response;
use oauth::answer::SessionsDialog;

use super::{PageResult, call_api, error_page, flash, list_unavailable, read_user_form, render, response_of};
use crate::browser::{Id, Visitor};
use crate::form::{Form, FormError};
use crate::ui;

const LIST: &str = "/account/sessions";

/// `GET /account/sessions`
pub async fn list(visitor: Visitor) -> Response {
    response_of(show(&visitor, None).await)
}

/// `GET /account/sessions/others`: the question before "Sign out everywhere else".
pub async fn ask_others(visitor: Visitor) -> Response {
    response_of(show_end_others(&visitor).await)
}

async fn show_end_others(visitor: &Visitor) -> PageResult {
    visitor.person()?;
    show(visitor, Some(call_api(visitor, ask_end_others()).await?)).await
}

async fn show(visitor: &Visitor, dialog: Option<SessionsDialog>) -> PageResult {
    visitor.person()?;
    let list = ui::caller(visitor).call(list_sessions()).await.map_err(|error| match error.kind {
        ApiErrorKind::Unavailable => list_unavailable(visitor, List::Sessions)(error.into()),
        _ => error_page(visitor)(error),
    })?;
    let page = SessionsPage { list, dialog };
    Ok(render(flash::page(visitor).await, |frame| app::pages::sessions(frame, page)))
}

/// `POST /account/sessions/{id}/end`
pub async fn end(visitor: Visitor, Id(id): Id, form: Result<Form, FormError>) -> Response {
    let current = call_api(&visitor, list_sessions()).await.unwrap_or_default();
    if current.rows.iter().any(|row| row.session.current && row.session.id == id) {
        return super::login::logout(visitor, form).await;
    }
    response_of(post(&visitor, form, end_session(id)).await)
}

/// `POST /account/sessions/others`
pub async fn end_others(visitor: Visitor, form: Result<Form, FormError>) -> Response {
    response_of(post(&visitor, form, end_all_others()).await)
}

async fn post(
    visitor: &Visitor,
    form: Result<Form, FormError>,
    act: impl Future<Output = Result<SessionsDialog, app::api::ApiError>> + Send,
) -> PageResult {
    read_user_form(visitor, form, LIST)?;
    match call_api(visitor, act).await? {
        SessionsDialog::Ended(told) => Ok(flash::redirect(visitor, told, LIST).await),
        question @ SessionsDialog::EndOthers(_) => show(visitor, Some(question)).await,
    }
}
