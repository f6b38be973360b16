//! Tokens and sessions, second tab: the person's own browsers.

use app::pages::{List, SessionsPage};
use axum::response::Response;
use oauth::Message;
use provider::Error;

use super::{Answer, ended, failed, flash, not_loaded, posted_by, shown};
use crate::browser::{Id, Visitor, see_other};
use crate::form::{Form, FormError};

const LIST: &str = "/account/sessions";

/// `GET /account/sessions`
pub async fn list(visitor: Visitor) -> Response {
    ended(show(&visitor, false).await)
}

/// `GET /account/sessions/others`: the question before "Sign out everywhere else".
pub async fn ask_others(visitor: Visitor) -> Response {
    ended(show(&visitor, true).await)
}

async fn show(visitor: &Visitor, confirm_others: bool) -> Answer {
    let current = visitor.person()?;
    let provider = &visitor.site.provider;
    let sessions = provider.session_views(current.user.id, &current.signed_in.session).await;
    let sessions = sessions.map_err(not_loaded(visitor, List::Sessions))?;
    let page = SessionsPage { sessions, confirm_others };
    Ok(shown(flash::page(visitor).await, |frame| app::pages::sessions(frame, page)))
}

/// `POST /account/sessions/{id}/end`
pub async fn end(visitor: Visitor, Id(id): Id, form: Result<Form, FormError>) -> Response {
    ended(end_one(&visitor, &id, form).await)
}

async fn end_one(visitor: &Visitor, id: &str, form: Result<Form, FormError>) -> Answer {
    let (current, _) = posted_by(visitor, form, LIST)?;
    let provider = &visitor.site.provider;
    let sessions =
        provider.session_views(current.user.id, &current.signed_in.session).await.map_err(failed(visitor))?;
    if sessions.iter().any(|session| session.id == id && session.current) {
        let ended = visitor.session.flush().await.map_err(|error| Error::Unavailable(error.to_string()));
        ended.map_err(failed(visitor))?;
        return Ok(see_other("/login?signed_out=1"));
    }
    match provider.end_session(current.user.id, id).await {
        // Ended already, by a second press or by itself: what was wanted is so.
        Ok(()) | Err(Error::NotFound) => Ok(flash::tell(visitor, visitor.language.say("sessions-ended"), LIST).await),
        Err(error) => Err(failed(visitor)(error)),
    }
}

/// `POST /account/sessions/others`
pub async fn end_others(visitor: Visitor, form: Result<Form, FormError>) -> Response {
    ended(end_all(&visitor, form).await)
}

async fn end_all(visitor: &Visitor, form: Result<Form, FormError>) -> Answer {
    let (current, _) = posted_by(visitor, form, LIST)?;
    let ended = visitor.site.provider.end_other_sessions(current.user.id, &current.signed_in.session).await;
    let message = match ended.map_err(failed(visitor))? {
        0 => Message::new("sessions-no-others"),
        many => Message::new("sessions-others-ended").with("count", i64::try_from(many).unwrap_or(i64::MAX)),
    };
    Ok(flash::tell(visitor, visitor.language.tell(&message), LIST).await)
}
