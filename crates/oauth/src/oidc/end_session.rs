//! RP-initiated logout: OpenID Connect RP-Initiated Logout §2, §3 and §4.

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use super::{IdTokenHint, bounded};
use crate::{Client, Error, Params, Timestamp, percent};

pub(crate) const KNOWN: &str = "id_token_hint logout_hint client_id post_logout_redirect_uri state ui_locales";

/// A logout request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndSession {
    /// `id_token_hint`, read by [`IdTokenHint::read`].
    pub id_token_hint: Option<String>,
    /// `client_id`.
    pub client_id: Option<String>,
    /// `post_logout_redirect_uri`.
    pub post_logout_redirect_uri: Option<String>,
    /// `state`, returned with the redirect.
    pub state: Option<String>,
    /// The languages that the person prefers, best first.
    pub ui_locales: Vec<String>,
}

/// The session of the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrowserSession<'a> {
    /// `sub` of who is signed in.
    pub subject: &'a str,
    /// `sid` of the session.
    pub session: &'a str,
    /// The time of the sign-in.
    pub auth_time: Timestamp,
}

/// What the decision is based on.
#[derive(Clone, Copy, Debug)]
pub struct LogoutContext<'a> {
    /// The validated `id_token_hint`; `None`: absent; `Some(None)`: invalid.
    pub hint: Option<Option<&'a IdTokenHint>>,
    /// The client of [`EndSession::client`], unless unknown or disabled.
    pub client: Option<&'a Client>,
    /// The browser's session, if it has one.
    pub browser: Option<BrowserSession<'a>>,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Whether the session ends now.
    pub step: Step,
    /// The redirect with `state`; `None`: the page "signed out".
    pub redirect: Option<String>,
    /// The fault, shown on a page: no redirect, and no logout without confirmation.
    pub fault: Option<Fault>,
}

/// Whether the session ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nobody is signed in here.
    Nothing,
    /// Ask the person to confirm.
    Confirm,
    /// Log out at once: the ID token belongs to this session.
    End,
}

/// Why there is no redirect.
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
    /// `invalid_request` for a repeated parameter and for one of more than 2 KiB, the ID token
    /// apart.
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

    /// The client: of the ID token first, else `client_id`.
    #[must_use]
    pub fn client<'a>(&'a self, hint: Option<&'a IdTokenHint>) -> Option<&'a str> {
        hint.map(|hint| hint.client_id.as_str()).or(self.client_id.as_deref())
    }

    /// Decides. Without confirmation only for an ID token of this very session: any page can
    /// navigate a browser here (logout CSRF).
    #[must_use]
    pub fn decide(&self, context: &LogoutContext<'_>) -> Decision {
        let fault = self.fault(context);
        let step = match context.browser {
            None => Step::Nothing,
            Some(browser) if fault.is_none() && is_of(context.hint.flatten(), browser) => Step::End,
            Some(_) => Step::Confirm,
        };
        let uri = self.post_logout_redirect_uri.as_deref().filter(|_| fault.is_none());
        Decision { step, redirect: uri.map(|uri| self.with_state(uri)), fault }
    }

    fn fault(&self, context: &LogoutContext<'_>) -> Option<Fault> {
        let hint = context.hint.flatten();
        let other = |named: &String| hint.is_some_and(|hint| hint.client_id != *named);
        let named = self.client(hint).is_some();
        let unregistered =
            |uri: &String| hint.is_none() || !context.client.is_some_and(|client| is_registered(client, uri));
        let checks = [
            (context.hint == Some(None), Fault::Hint),
            (self.client_id.as_ref().is_some_and(other) || (named && context.client.is_none()), Fault::Client),
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

/// Exact match, query included.
fn is_registered(client: &Client, uri: &str) -> bool {
    client.post_logout_redirect_uris.iter().any(|registered| registered == uri)
}

/// Whether the ID token belongs to this session: by `sid`, or by `auth_time` where it has none.
fn is_of(hint: Option<&IdTokenHint>, browser: BrowserSession<'_>) -> bool {
    hint.filter(|hint| hint.subject == browser.subject).is_some_and(|hint| match hint.session.as_deref() {
        Some(session) => session == browser.session,
        None => hint.auth_time == browser.auth_time,
    })
}
