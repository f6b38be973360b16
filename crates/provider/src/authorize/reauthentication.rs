//! Reauthentication (`prompt=login`, `max_age`): a marker in the request records when it was sent
//! to sign-in, and in which browser. Without the marker, `prompt=login` would loop. Its MAC
//! prevents forging a marker to skip sign-in; binding it to the browser prevents reuse in another
//! one.

use super::step::RequestContext;
use crate::signed_in::SignedIn;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use oauth::{Params, Timestamp};

use super::consent_form::FORM_TTL;
use crate::provider::Provider;

/// The request parameter that holds the marker.
const MARKER: &str = "jeton_asked";

/// When a request was sent to sign-in, and when it was first received.
#[derive(Clone, Copy)]
struct Marker {
    at: Timestamp,
    received_at: Timestamp,
}

/// The parameters of an authorization request; `None` if the path is not the authorization
/// endpoint.
pub(super) fn authorization_params(path: &str) -> Option<Params> {
    let (path, query) = path.split_once('?')?;
    let endpoint = matches!(path.trim_end_matches('/'), "/oauth2/authorize" | "/oauth/authorize");
    if endpoint { Params::parse(query.as_bytes()).ok() } else { None }
}

/// The path that restarts a request, without its marker.
pub(super) fn restart_path(params: &Params) -> String {
    authorize_path(&params.clone().without(MARKER))
}

/// The path of a request at the authorization endpoint.
pub(super) fn authorize_path(params: &Params) -> String {
    format!("/oauth2/authorize?{}", params.encode())
}

impl Provider {
    /// The path to which sign-in returns.
    pub(super) fn return_path(&self, params: &Params, at: RequestContext<'_>) -> String {
        authorize_path(&self.with_marker(params, at))
    }

    /// The path to sign in as another user and return to this request.
    pub(super) fn switch_path(&self, params: &Params, at: RequestContext<'_>) -> String {
        let query = Params::default().with("switch", "1").with("return_to", &self.return_path(params, at));
        format!("/login?{}", query.encode())
    }

    /// The request with a marker: the existing one, or a new one with the time of receipt.
    pub(super) fn ensure_marker(&self, params: &Params, at: RequestContext<'_>) -> Params {
        if self.valid_marker(params, at).is_some() { params.clone() } else { self.with_marker(params, at) }
    }

    fn with_marker(&self, params: &Params, at: RequestContext<'_>) -> Params {
        let mark = Marker { at: at.now, received_at: self.received_at(params, at) };
        let request = params.clone().without(MARKER);
        let encode_marker = self.encode_marker(&request, mark, at.browser.id);
        request.with(MARKER, &encode_marker)
    }

    fn encode_marker(&self, request: &Params, Marker { at, received_at }: Marker, browser: &str) -> String {
        let (at, received_at) = (at.seconds(), received_at.seconds());
        let request = request.encode();
        let parts = [&at.to_be_bytes()[..], &received_at.to_be_bytes(), request.as_bytes(), browser.as_bytes()];
        let mac = self.key().mac("asked to sign in", &parts);
        format!("{at}.{received_at}.{}", BASE64.encode(mac))
    }

    /// The marker, if it is valid: for this request, in this browser, and not expired (the URL may
    /// come from the browser history).
    fn valid_marker(&self, params: &Params, at: RequestContext<'_>) -> Option<Marker> {
        let text = params.get(MARKER).ok()??;
        let mut numbers = text.splitn(3, '.').map(|part| part.parse().ok().map(Timestamp::from_seconds));
        let mark = Marker { at: numbers.next()??, received_at: numbers.next()?? };
        let right =
            oauth::secret::same(text, &self.encode_marker(&params.clone().without(MARKER), mark, at.browser.id));
        (right && at.now.is_within(FORM_TTL, mark.at)).then_some(mark)
    }

    /// Whether the request carries a valid marker.
    pub(super) fn has_valid_marker(&self, params: &Params, at: RequestContext<'_>) -> bool {
        self.valid_marker(params, at).is_some()
    }

    /// When the server first received this request. The request is judged as of then, so that it
    /// does not expire during sign-in.
    pub(super) fn received_at(&self, params: &Params, at: RequestContext<'_>) -> Timestamp {
        let received_at = self.valid_marker(params, at).map(|mark| mark.received_at);
        received_at.filter(|received_at| at.now.is_within(FORM_TTL, *received_at)).unwrap_or(at.now)
    }

    /// Whether this request sent the user to sign-in, and the user has authenticated since.
    pub(super) fn has_reauthenticated(&self, params: &Params, signed_in: &SignedIn, at: RequestContext<'_>) -> bool {
        self.valid_marker(params, at).is_some_and(|mark| signed_in.auth_time >= mark.at)
    }
}
