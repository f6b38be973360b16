//! Tokens and sessions, second tab: the person's own browsers. Each form does what its server
//! function does (`app::api::sessions`).

use app::api::ApiErrorKind;
use app::api::sessions::{ask_end_others, end_others as end_all_others, end_session, list_sessions};
use app::pages::{List, SessionsPage};
use axum::response::Response;
use oauth::answer::SessionsDialog;

use super::{Answer, called, ended, failed, flash, not_loaded, posted_by, shown};
use crate::browser::{Id, Visitor};
use crate::form::{Form, FormError};
use crate::ui;

const LIST: &str = "/account/sessions";

/// `GET /account/sessions`
pub async fn list(visitor: Visitor) -> Response {
    ended(show(&visitor, None).await)
}

/// `GET /account/sessions/others`: the question before "Sign out everywhere else".
pub async fn ask_others(visitor: Visitor) -> Response {
    ended(question(&visitor).await)
}

async fn question(visitor: &Visitor) -> Answer {
    visitor.person()?;
    show(visitor, Some(called(visitor, ask_end_others()).await?)).await
}

async fn show(visitor: &Visitor, dialog: Option<SessionsDialog>) -> Answer {
    visitor.person()?;
    let list = ui::caller(visitor).call(list_sessions()).await.map_err(|error| match error.kind {
        ApiErrorKind::Unavailable => not_loaded(visitor, List::Sessions)(error.into()),
        _ => failed(visitor)(error),
    })?;
    let page = SessionsPage { list, dialog };
    Ok(shown(flash::page(visitor).await, |frame| app::pages::sessions(frame, page)))
}

/// `POST /account/sessions/{id}/end`
pub async fn end(visitor: Visitor, Id(id): Id, form: Result<Form, FormError>) -> Response {
    let current = called(&visitor, list_sessions()).await.unwrap_or_default();
    if current.rows.iter().any(|row| row.session.current && row.session.id == id) {
        return super::login::logout(visitor, form).await;
    }
    ended(done(&visitor, form, end_session(id)).await)
}

/// `POST /account/sessions/others`
pub async fn end_others(visitor: Visitor, form: Result<Form, FormError>) -> Response {
    ended(done(&visitor, form, end_all_others()).await)
}

async fn done(
    visitor: &Visitor,
    form: Result<Form, FormError>,
    act: impl Future<Output = Result<SessionsDialog, app::api::ApiError>> + Send,
) -> Answer {
    posted_by(visitor, form, LIST)?;
    match called(visitor, act).await? {
        SessionsDialog::Ended(told) => Ok(flash::tell(visitor, told, LIST).await),
        question @ SessionsDialog::EndOthers(_) => show(visitor, Some(question)).await,
    }
}
