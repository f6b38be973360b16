//! Signing out at a client's request: RP-Initiated Logout 2, 3 and 4.

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use super::{Hint, bounded};
use crate::{Client, Error, Params, Timestamp, percent};

pub(crate) const KNOWN: &str = "id_token_hint logout_hint client_id post_logout_redirect_uri state ui_locales";

/// What a client asks for at the end-session endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndSession {
    /// An ID token of the session, to be read with [`Hint::read`].
    pub id_token_hint: Option<String>,
    /// The client, where no ID token says it, or the same as there.
    pub client_id: Option<String>,
    /// Where the person is to go afterwards.
    pub post_logout_redirect_uri: Option<String>,
    /// Comes back with the person.
    pub state: Option<String>,
    /// The languages that the person prefers, best first.
    pub ui_locales: Vec<String>,
}

/// The session of the browser that asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrowserSession<'a> {
    /// `sub` of who is signed in.
    pub subject: &'a str,
    /// `sid` of the session.
    pub session: &'a str,
    /// When the person proved who they are.
    pub auth_time: Timestamp,
}

/// What is known when the decision is made.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// What became of `id_token_hint`; `None`: there was none. `Some(None)`: it is not one of ours.
    pub hint: Option<Option<&'a Hint>>,
    /// The client that [`EndSession::client`] named, unless it is unknown or disabled.
    pub client: Option<&'a Client>,
    /// The browser's session, if it has one.
    pub browser: Option<BrowserSession<'a>>,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Whether the session ends now.
    pub step: Step,
    /// Where the person goes afterwards, with `state`; `None`: to the page that says they are signed out.
    pub redirect: Option<String>,
    /// What is wrong with the request, for the page to say. There is no redirect then, and nothing ends unasked.
    pub fault: Option<Fault>,
}

/// Whether the session ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nobody is signed in here.
    Nothing,
    /// The person is asked first.
    Confirm,
    /// At once: the client has shown an ID token of this very session.
    End,
}

/// Why the person cannot be sent back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// `id_token_hint` is not an ID token of this server.
    Hint,
    /// `client_id` is not the client to which the ID token was issued, or is not known.
    Client,
    /// `post_logout_redirect_uri` is not registered, or came without an ID token to vouch for it.
    Redirect,
}

impl EndSession {
    /// Reads the parameters, of a query or of a body.
    ///
    /// # Errors
    /// `invalid_request` for a repeated parameter and for one of more than 2 KiB, the ID token apart.
    pub fn parse(params: &Params) -> Result<Self, Error> {
        KNOWN.split(' ').try_for_each(|name| params.get(name).map(|_| ()))?;
        let text = |name| bounded(params, name);
        Ok(Self {
            id_token_hint: params.get("id_token_hint")?.map(str::to_owned),
            client_id: text("client_id")?,
            post_logout_redirect_uri: text("post_logout_redirect_uri")?,
            state: text("state")?,
            ui_locales: text("ui_locales")?.unwrap_or_default().split_ascii_whitespace().map(str::to_owned).collect(),
        })
    }

    /// The client that asks: the one of the ID token before the one that is only named.
    #[must_use]
    pub fn client<'a>(&'a self, hint: Option<&'a Hint>) -> Option<&'a str> {
        hint.map(|hint| hint.client_id.as_str()).or(self.client_id.as_deref())
    }

    /// Decides. A session ends unasked only for an ID token of that very session, since any page can send a browser here.
    #[must_use]
    pub fn decide(&self, facts: &Facts<'_>) -> Decision {
        let fault = self.fault(facts);
        let step = match facts.browser {
            None => Step::Nothing,
            Some(browser) if fault.is_none() && is_of(facts.hint.flatten(), browser) => Step::End,
            Some(_) => Step::Confirm,
        };
        let uri = self.post_logout_redirect_uri.as_deref().filter(|_| fault.is_none());
        Decision { step, redirect: uri.map(|uri| self.with_state(uri)), fault }
    }

    fn fault(&self, facts: &Facts<'_>) -> Option<Fault> {
        let hint = facts.hint.flatten();
        let other = |named: &String| hint.is_some_and(|hint| hint.client_id != *named);
        let named = self.client(hint).is_some();
        let unregistered =
            |uri: &String| hint.is_none() || !facts.client.is_some_and(|client| is_registered(client, uri));
        let checks = [
            (facts.hint == Some(None), Fault::Hint),
            (self.client_id.as_ref().is_some_and(other) || (named && facts.client.is_none()), Fault::Client),
            (self.post_logout_redirect_uri.as_ref().is_some_and(unregistered), Fault::Redirect),
        ];
        checks.into_iter().find(|(broken, _)| *broken).map(|(_, fault)| fault)
    }

    fn with_state(&self, uri: &str) -> String {
        let Some(state) = &self.state else { return uri.to_owned() };
        let joint = if uri.contains('?') { '&' } else { '?' };
        format!("{uri}{joint}state={}", percent::encode(state))
    }
}

/// Byte by byte: a query that was added makes another address.
fn is_registered(client: &Client, uri: &str) -> bool {
    client.post_logout_redirect_uris.iter().any(|registered| registered == uri)
}

/// Whether the ID token is of this session: by its `sid`, or, for a client that is told none, by the moment of the sign-in.
fn is_of(hint: Option<&Hint>, browser: BrowserSession<'_>) -> bool {
    hint.filter(|hint| hint.subject == browser.subject).is_some_and(|hint| match hint.session.as_deref() {
        Some(session) => session == browser.session,
        None => hint.auth_time == browser.auth_time,
    })
}
