//! Authorization response: where it goes, and its parameters. RFC 6749 §3.1.2 and §4.1.2, RFC 9207.

mod form_post;
#[cfg(test)]
mod tests;

pub use form_post::FormPost;

use crate::oidc::OPENID;
use crate::problem::{Fault, Finding, redacted};
use crate::redirect_uri::{is_response_parameter, is_usable, matches, query};
use crate::{Client, Error, Params, percent};

/// A redirect URI that is verified to be the client's own. Before that a redirect would make an
/// open redirector (RFC 9700 §4.11), so earlier errors are shown on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callback {
    /// The redirect URI of the response.
    pub redirect_uri: String,
    /// `redirect_uri` of the request; `None`: omitted. The token endpoint compares with it.
    pub sent: Option<String>,
    state: Option<String>,
    issuer: String,
}

/// Why there is no verified redirect URI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallbackError {
    /// `redirect_uri` is missing, and the client has registered none or several, or asks for
    /// `openid`.
    Missing,
    /// `client_id` or `redirect_uri` was sent more than once.
    Repeated,
    /// The redirect URI is not registered.
    NotRegistered {
        /// The redirect URI of the request, redacted.
        received: String,
    },
    /// The redirect URI is registered but breaks the rules of [`crate::redirect_uri::check`].
    Invalid,
}

impl CallbackError {
    /// The finding for the owner of the client.
    #[must_use]
    pub fn finding(&self) -> Finding {
        let about = |fault| Finding::new(fault, "redirect_uri");
        match self {
            Self::Missing => about(Fault::Missing),
            Self::Repeated => about(Fault::Repeated),
            Self::NotRegistered { received } => about(Fault::NotRegistered).sent(received),
            Self::Invalid => about(Fault::Unusable),
        }
    }
}

impl Callback {
    /// Resolves the redirect URI of a request. It may be omitted when exactly one is registered,
    /// except in OpenID Connect requests (OpenID Connect Core §3.1.2.1).
    ///
    /// `state` is read first, so that every error response carries it, unless it was repeated.
    ///
    /// # Errors
    /// [`CallbackError`]; the response is a page with status 400, never a redirect.
    pub fn resolve(client: &Client, params: &Params, issuer: &str) -> Result<Self, CallbackError> {
        params.get("client_id").map_err(|_| CallbackError::Repeated)?;
        let sent = params.get("redirect_uri").map_err(|_| CallbackError::Repeated)?.map(str::to_owned);
        if sent.is_none() && is_openid(params) {
            return Err(CallbackError::Missing);
        }
        let redirect_uri = choose(client, sent.as_deref())?;
        if !is_usable(&redirect_uri) {
            return Err(CallbackError::Invalid);
        }
        let state = params.get("state").unwrap_or_default().map(str::to_owned);
        Ok(Self { redirect_uri, sent, state, issuer: issuer.to_owned() })
    }

    /// The address with `code`, `state` and `iss`: RFC 6749 §4.1.2, RFC 9207 §2.
    #[must_use]
    pub fn success(&self, code: &str) -> String {
        self.answer(&[("code", code)])
    }

    /// The address with `error`, `error_description`, `error_uri` (where there is one), `state` and
    /// `iss`: RFC 6749 §4.1.2.1.
    #[must_use]
    pub fn error(&self, error: &Error) -> String {
        let description = error.error_description();
        let pairs = [("error", error.code.as_str()), ("error_description", &*description)];
        let uri = error.uri.as_deref().map(|uri| ("error_uri", uri));
        self.answer(&pairs.into_iter().chain(uri).collect::<Vec<_>>())
    }

    fn answer(&self, pairs: &[(&str, &str)]) -> String {
        let (base, _) = self.redirect_uri.split_once('?').unwrap_or((&self.redirect_uri, ""));
        let state = self.state.as_deref().map(|state| ("state", state));
        let added = pairs.iter().copied().chain(state).chain([("iss", self.issuer.as_str())]);
        let added = added.map(|(name, value)| format!("{name}={}", percent::encode(value)));
        format!("{base}?{}", self.own_query().into_iter().map(str::to_owned).chain(added).collect::<Vec<_>>().join("&"))
    }

    /// The registered query. Response parameters in it are removed: each must occur once, or a
    /// client may read an attacker's.
    fn own_query(&self) -> Vec<&str> {
        let pieces = query(&self.redirect_uri).unwrap_or_default().split('&');
        pieces.filter(|piece| !piece.is_empty() && !is_response_parameter(piece)).collect()
    }
}

fn is_openid(params: &Params) -> bool {
    params.last("scope").is_some_and(|scope| scope.split(' ').any(|token| token == OPENID))
}

fn choose(client: &Client, asked: Option<&str>) -> Result<String, CallbackError> {
    match (asked, client.redirect_uris.as_slice()) {
        (None, [only]) => Ok(only.clone()),
        (None, _) => Err(CallbackError::Missing),
        (Some(asked), registered) if registered.iter().any(|uri| matches(uri, asked)) => Ok(asked.to_owned()),
        (Some(asked), _) => Err(CallbackError::NotRegistered { received: redacted(asked) }),
    }
}
