//! Server functions of sessions: list, sign out others, sign out one.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes are the parameters of the functions")]

use super::{ApiClient, ApiError};
use leptos::prelude::*;
use leptos::server_fn::codec::{PostUrl, Postcard};
use oauth::answer::{SessionsDialog, SessionsView};
#[cfg(feature = "ssr")]
use {
    super::{Caller, Translator},
    oauth::Message,
    oauth::answer::SessionRow,
    oauth::device::Device,
    oauth::view::SessionView,
};

/// The browsers, this one first.
#[server(prefix = "/ui", endpoint = "sessions/list", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn list_sessions() -> Result<SessionsView, ApiError> {
    let caller = Caller::current()?;
    let signed_in = caller.signed_in()?;
    let sessions = caller.provider.session_views(signed_in.user_id, &signed_in.session).await?;
    Ok(caller.translator().sessions(sessions))
}

/// The same as a background poll: it does not extend the idle timeout of the session.
#[server(prefix = "/ui", endpoint = "look/sessions", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn poll_sessions() -> Result<SessionsView, ApiError> {
    list_sessions().await
}

/// The question before every other browser is signed out.
#[server(prefix = "/ui", endpoint = "sessions/ask_end_others", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn ask_end_others() -> Result<SessionsDialog, ApiError> {
    let others = list_sessions().await?.rows.iter().filter(|row| !row.session.current).count();
    let count = i64::try_from(others).unwrap_or(i64::MAX);
    let question =
        Caller::current()?.language.translate_message(&Message::new("sessions-end-others-text").with("count", count));
    Ok(SessionsDialog::EndOthers(question))
}

/// Signs every other browser out.
#[server(prefix = "/ui", endpoint = "sessions/end_others", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn end_others() -> Result<SessionsDialog, ApiError> {
    let caller = Caller::current()?;
    let signed_in = caller.signed_in()?;
    let message = match caller.provider.end_other_sessions(signed_in.user_id, &signed_in.session).await? {
        0 => Message::new("sessions-no-others"),
        many => Message::new("sessions-others-ended").with("count", i64::try_from(many).unwrap_or(i64::MAX)),
    };
    Ok(SessionsDialog::Ended(caller.language.translate_message(&message)))
}

/// Signs a browser out. Idempotent: a session that has ended already is fine. The session of
/// somebody else is `NotFound`.
#[server(prefix = "/ui", endpoint = "sessions/end", input = PostUrl, output = Postcard, client = ApiClient)]
pub async fn end_session(id: String) -> Result<SessionsDialog, ApiError> {
    let caller = Caller::current()?;
    caller.provider.end_session(caller.user_id()?, &id).await?;
    Ok(SessionsDialog::Ended(caller.language.translate("sessions-ended")))
}

#[cfg(feature = "ssr")]
impl Translator {
    /// The list as it is shown.
    pub(crate) fn sessions(&self, mut sessions: Vec<SessionView>) -> SessionsView {
        sessions.sort_by_key(|session| !session.current);
        let row = |session: SessionView| SessionRow { device: self.device(&session.device), session };
        SessionsView { rows: sessions.into_iter().map(row).collect() }
    }

    /// "Firefox on Linux": a help to recognise one's own browsers.
    fn device(&self, device: &Device) -> String {
        let text = |message: Message| self.0.translate_message(&message);
        match (device.browser.clone(), device.system.clone()) {
            (Some(browser), Some(system)) => {
                text(Message::new("device-on").with("browser", browser).with("system", system))
            }
            (Some(browser), None) => browser,
            (None, Some(system)) => text(Message::new("device-unknown-on").with("system", system)),
            (None, None) => self.0.translate("device-unknown"),
        }
    }
}
