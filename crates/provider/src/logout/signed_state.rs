//! Signed state of a logout: what the browser carries between its steps, protected by a MAC.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use oauth::oidc::IdTokenHint;
use oauth::oidc::end_session::EndSession;
use oauth::{Client, Params, Timestamp};

use crate::provider::Provider;

/// The parameter with a request that was sent as a form.
const REQUEST: &str = "jeton_request";

/// Lifetime of a request in a redirect, in seconds.
const REQUEST_TTL: i64 = 300;

/// Lifetime of a form, in seconds.
const STATE_TTL: i64 = 3600;

/// The decision that a form carries: the session, and the redirect afterwards.
pub(super) struct LogoutState(Params);

impl LogoutState {
    /// `way`: the registered redirect URI, and the same with `state`.
    pub fn new(session: &str, client: Option<&Client>, way: Option<(&str, &str)>) -> Self {
        let params = Params::default().with("sid", session);
        let params = client.map_or(params.clone(), |client| params.with("client_id", &client.id));
        Self(way.map_or(params.clone(), |(uri, to)| params.with("uri", uri).with("to", to)))
    }

    /// The same for another session.
    pub fn of(&self, session: &str) -> Self {
        Self(self.0.clone().without("sid").with("sid", session))
    }

    /// The `sid`.
    pub fn session(&self) -> &str {
        self.0.last("sid").unwrap_or_default()
    }

    /// The client that sent the request.
    pub fn client_id(&self) -> Option<&str> {
        self.0.last("client_id")
    }

    /// The redirect URI, if it is still registered for the client.
    pub fn redirect(&self, client: Option<&Client>) -> Option<String> {
        let uri = self.0.last("uri")?;
        let registered = client?.post_logout_redirect_uris.iter().any(|one| one == uri);
        self.0.last("to").filter(|_| registered).map(str::to_owned)
    }
}

impl Provider {
    /// The query that repeats a request; claims of its ID token replace the token.
    pub(super) fn sign_request(&self, request: &EndSession, hint: Option<IdTokenHint>) -> String {
        let none = || IdTokenHint {
            subject: String::new(),
            session: None,
            auth_time: Timestamp::from_seconds(0),
            client_id: String::new(),
        };
        let hint = hint.unwrap_or_else(none);
        let pairs = [
            ("client_id", request.client_id.clone()),
            ("post_logout_redirect_uri", request.post_logout_redirect_uri.clone()),
            ("state", request.state.clone()),
            ("ui_locales", Some(request.ui_locales.join(" "))),
            ("sub", Some(hint.subject)),
            ("sid", hint.session),
            ("auth_time", Some(hint.auth_time.seconds().to_string())),
            ("aud", Some(hint.client_id)),
        ];
        let pairs = pairs.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        let sealed = self.sign_params("end session request", "", &Params::from_pairs(pairs));
        Params::default().with(REQUEST, &sealed).encode()
    }

    /// The request that [`Provider::sign_request`] encoded; `None` if there is none, or it was
    /// changed or has expired.
    pub(super) fn verify_request(&self, params: &Params) -> Option<(EndSession, Option<IdTokenHint>)> {
        let sealed = params.get(REQUEST).ok()??;
        let params = self.verify_params("end session request", "", sealed, REQUEST_TTL)?;
        let text = |name| params.last(name).filter(|value| !value.is_empty()).map(str::to_owned);
        let time = || text("auth_time")?.parse().ok().map(Timestamp::from_seconds);
        let hint = || {
            Some(IdTokenHint {
                subject: text("sub")?,
                session: text("sid"),
                auth_time: time()?,
                client_id: text("aud")?,
            })
        };
        let hint = hint();
        Some((EndSession::parse(&params).ok()?, hint))
    }

    /// The form value for this browser.
    pub(super) fn sign_state(&self, state: &LogoutState, browser: &str) -> String {
        self.sign_params("end session", browser, &state.0)
    }

    /// Verifies a form value; `None` if it was changed, belongs to another browser, or has expired.
    pub(super) fn verify_state(&self, sealed: &str, browser: &str) -> Option<LogoutState> {
        self.verify_params("end session", browser, sealed, STATE_TTL).map(LogoutState)
    }

    fn sign_params(&self, purpose: &str, bound: &str, params: &Params) -> String {
        let payload = format!("{}.{}", self.now().seconds(), params.encode());
        let mac = self.key().mac(purpose, &[bound.as_bytes(), payload.as_bytes()]);
        format!("{}.{}", BASE64.encode(payload), BASE64.encode(mac))
    }

    fn verify_params(&self, purpose: &str, bound: &str, sealed: &str, ttl: i64) -> Option<Params> {
        let (payload, mac) = sealed.split_once('.')?;
        let payload = String::from_utf8(BASE64.decode(payload).ok()?).ok()?;
        let right = self.key().mac(purpose, &[bound.as_bytes(), payload.as_bytes()]);
        if !oauth::secret::same(mac, &BASE64.encode(right)) {
            return None;
        }
        let (seconds, query) = payload.split_once('.')?;
        let made_at = Timestamp::from_seconds(seconds.parse().ok()?);
        if !self.now().is_within(ttl, made_at) {
            return None;
        }
        Params::parse(query.as_bytes()).ok()
    }
}
