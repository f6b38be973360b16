//! The way through sign-in and back: the request, and a sealed mark of when it was sent away, in which browser. Without the mark,
//! `prompt=login` would ask for ever; one that was not sealed could be forged to skip it, and one that any browser may bring would let
//! whoever made it skip it for others.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use oauth::{AuthorizationRequest, Params, Prompt, Timestamp};

use super::seal::FORM_TTL;
use super::{At, SignedIn};
use crate::provider::Provider;

/// The parameter of ours that marks a request whose person was sent to sign in at that second.
const MARK: &str = "jeton_asked";

/// When a request was sent to sign in, and when it had come first.
#[derive(Clone, Copy)]
struct Mark {
    at: Timestamp,
    began: Timestamp,
}

/// The parameters of an authorization request, if the path is that of the authorization endpoint.
pub(super) fn authorization_params(path: &str) -> Option<Params> {
    let (path, query) = path.split_once('?')?;
    let endpoint = matches!(path.trim_end_matches('/'), "/oauth2/authorize" | "/oauth/authorize");
    if endpoint { Params::parse(query.as_bytes()).ok() } else { None }
}

/// The path that begins a request anew.
pub(super) fn path_of(params: &Params) -> String {
    path_with_mark(&params.clone().without(MARK))
}

/// The path that goes on with a request.
pub(super) fn path_with_mark(params: &Params) -> String {
    format!("/oauth2/authorize?{}", params.encode())
}

impl Provider {
    /// The path back from sign-in.
    pub(super) fn way_back(&self, params: &Params, at: At<'_>) -> String {
        path_with_mark(&self.marked(params, at))
    }

    /// The path to sign in as somebody else and come back to this request.
    pub(super) fn switch_path(&self, params: &Params, at: At<'_>) -> String {
        let query = Params::default().with("switch", "1").with("return_to", &self.way_back(params, at));
        format!("/login?{}", query.encode())
    }

    /// The request with its mark; one that has none gets one that tells when it came.
    pub(super) fn once_marked(&self, params: &Params, at: At<'_>) -> Params {
        if self.fresh_mark(params, at).is_some() { params.clone() } else { self.marked(params, at) }
    }

    fn marked(&self, params: &Params, at: At<'_>) -> Params {
        let mark = Mark { at: at.now, began: self.began(params, at) };
        let request = params.clone().without(MARK);
        let written = self.written(&request, mark, at.browser);
        request.with(MARK, &written)
    }

    fn written(&self, request: &Params, Mark { at, began }: Mark, browser: &str) -> String {
        let (at, began) = (at.seconds(), began.seconds());
        let request = request.encode();
        let parts = [&at.to_be_bytes()[..], &began.to_be_bytes(), request.as_bytes(), browser.as_bytes()];
        let mac = self.key().mac("asked to sign in", &parts);
        format!("{at}.{began}.{}", BASE64.encode(mac))
    }

    /// When this very request was sent to sign in, if it was, in this browser; an old mark proves nothing any more, since the address may
    /// come out of a history.
    fn fresh_mark(&self, params: &Params, at: At<'_>) -> Option<Mark> {
        let text = params.get(MARK).ok()??;
        let mut numbers = text.splitn(3, '.').map(|part| part.parse().ok().map(Timestamp::from_seconds));
        let mark = Mark { at: numbers.next()??, began: numbers.next()?? };
        let right = oauth::secret::same(text, &self.written(&params.clone().without(MARK), mark, at.browser));
        (right && at.now.is_within(FORM_TTL, mark.at)).then_some(mark)
    }

    /// When this request came first: what was good then stays good while the person signs in, for a time.
    pub(super) fn began(&self, params: &Params, at: At<'_>) -> Timestamp {
        let began = self.fresh_mark(params, at).map(|mark| mark.began);
        began.filter(|began| at.now.is_within(FORM_TTL, *began)).unwrap_or(at.now)
    }

    /// Whether this very request sent the person to sign in, and they did.
    pub(super) fn was_sent_away(&self, params: &Params, visitor: &SignedIn, at: At<'_>) -> bool {
        self.fresh_mark(params, at).is_some_and(|mark| visitor.auth_time >= mark.at)
    }

    /// Whether the sign-in is as fresh as the request wants it (OpenID Connect Core §3.1.2.1: `prompt`, `max_age`).
    pub(super) fn proof_is_fresh(
        &self,
        request: &AuthorizationRequest,
        params: &Params,
        visitor: &SignedIn,
        at: At<'_>,
    ) -> bool {
        if self.was_sent_away(params, visitor, at) {
            return true;
        }
        let asked = self.fresh_mark(params, at);
        let young =
            request.max_age.is_none_or(|age| at.now.is_within(age.saturating_add(1), visitor.auth_time) && age > 0);
        let chosen = !request.wants(Prompt::SelectAccount) || asked.is_some();
        young && chosen && !request.wants(Prompt::Login)
    }
}
