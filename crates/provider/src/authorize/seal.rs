//! What the server hands to a browser and must get back unchanged: the way back from sign-in, and the consent form.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use oauth::{AuthorizationRequest, Params, Prompt, Timestamp};

use super::SignedIn;
use crate::provider::Provider;

/// The parameter of ours that marks a request whose person was sent to sign in at that second.
const MARK: &str = "jeton_asked";

/// A consent form is good for so many seconds.
const FORM_TTL: i64 = 3600;

/// When a request was sent to sign in, and when it had come first.
#[derive(Clone, Copy)]
struct Mark {
    at: Timestamp,
    began: Timestamp,
}

/// What a consent form carries, sealed.
pub(super) struct Form {
    /// Makes this form's code, so that the same form sent twice makes the same code.
    pub nonce: String,
    /// When the form was made.
    pub made_at: Timestamp,
    /// When the request had come.
    pub began: Timestamp,
    /// The whole authorization request.
    pub params: Params,
}

impl Form {
    /// Whether the form has been open too long.
    pub fn is_stale(&self, now: Timestamp) -> bool {
        now.since(self.made_at) >= FORM_TTL
    }
}

/// The parameters of an authorization request, if the path is that of the authorization endpoint.
pub(super) fn authorization_params(path: &str) -> Option<Params> {
    let (path, query) = path.split_once('?')?;
    let endpoint = matches!(path.trim_end_matches('/'), "/oauth2/authorize" | "/oauth/authorize");
    if endpoint { Params::parse(query.as_bytes()).ok() } else { None }
}

/// The path that repeats a request.
pub(super) fn path_of(params: &Params) -> String {
    format!("/oauth2/authorize?{}", params.clone().without(MARK).encode())
}

impl Provider {
    /// The path back from sign-in: the request, and a sealed mark of when it was sent away. Without the mark, `prompt=login`
    /// would ask for ever; an unsealed one could be forged to skip it.
    pub(super) fn way_back(&self, params: &Params, now: Timestamp) -> String {
        let mark = Mark { at: now, began: self.began(params, now) };
        let request = params.clone().without(MARK);
        let written = self.written(&request, mark);
        format!("/oauth2/authorize?{}", request.with(MARK, &written).encode())
    }

    /// The path to sign in as somebody else and come back to this request.
    pub(super) fn switch_path(&self, params: &Params, now: Timestamp) -> String {
        let query = Params::default().with("switch", "1").with("return_to", &self.way_back(params, now));
        format!("/login?{}", query.encode())
    }

    fn written(&self, request: &Params, Mark { at, began }: Mark) -> String {
        let (at, began) = (at.seconds(), began.seconds());
        let request = request.encode();
        let parts = [&at.to_be_bytes()[..], &began.to_be_bytes(), request.as_bytes()];
        let mac = self.key().mac("asked to sign in", &parts);
        format!("{at}.{began}.{}", BASE64.encode(mac))
    }

    /// When this very request was sent to sign in, if it was; an old mark proves nothing any more, since the address may come out
    /// of a history.
    fn fresh_mark(&self, params: &Params, now: Timestamp) -> Option<Mark> {
        let text = params.get(MARK).ok()??;
        let mut numbers = text.splitn(3, '.').map(|part| part.parse().ok().map(Timestamp::from_seconds));
        let mark = Mark { at: numbers.next()??, began: numbers.next()?? };
        let right = oauth::secret::same(text, &self.written(&params.clone().without(MARK), mark));
        (right && (0..FORM_TTL).contains(&now.since(mark.at))).then_some(mark)
    }

    /// When this request came first: what was good then stays good while the person signs in, for a time.
    pub(super) fn began(&self, params: &Params, now: Timestamp) -> Timestamp {
        let began = self.fresh_mark(params, now).map(|mark| mark.began);
        began.filter(|began| (0..FORM_TTL).contains(&now.since(*began))).unwrap_or(now)
    }

    /// Whether this very request sent the person to sign in, and they did.
    pub(super) fn was_sent_away(&self, params: &Params, visitor: &SignedIn, now: Timestamp) -> bool {
        self.fresh_mark(params, now).is_some_and(|mark| visitor.auth_time >= mark.at)
    }

    /// Whether the sign-in is as fresh as the request wants it (OpenID Connect Core §3.1.2.1: `prompt`, `max_age`).
    pub(super) fn proof_is_fresh(
        &self,
        request: &AuthorizationRequest,
        params: &Params,
        visitor: &SignedIn,
        now: Timestamp,
    ) -> bool {
        if self.was_sent_away(params, visitor, now) {
            return true;
        }
        let asked = self.fresh_mark(params, now);
        let young = request.max_age.is_none_or(|age| now.since(visitor.auth_time) <= age && age > 0);
        let chosen = !request.wants(Prompt::SelectAccount) || asked.is_some();
        young && chosen && !request.wants(Prompt::Login)
    }

    /// What clients are to know a new browser session by (`sid`): nothing that could be used as a cookie.
    pub(crate) fn session_name(&self, session: &str) -> String {
        BASE64.encode(&self.key().mac("session", &[session.as_bytes()])[..16])
    }

    /// Seals a request into a consent form of this session.
    pub(super) fn seal(&self, params: &Params, visitor: &SignedIn, now: Timestamp) -> String {
        let began = self.began(params, now);
        let payload = format!("{}.{}.{}.{}", self.nonce(), now.seconds(), began.seconds(), params.encode());
        let mac = self.key().mac("consent", &[visitor.session.as_bytes(), payload.as_bytes()]);
        format!("{}.{}", BASE64.encode(payload), BASE64.encode(mac))
    }

    /// Opens a consent form; `None` when it was changed or belongs to another session.
    pub(super) fn unseal(&self, sealed: &str, visitor: &SignedIn) -> Option<Form> {
        let (payload, mac) = sealed.split_once('.')?;
        let payload = String::from_utf8(BASE64.decode(payload).ok()?).ok()?;
        let right = self.key().mac("consent", &[visitor.session.as_bytes(), payload.as_bytes()]);
        if !oauth::secret::same(mac, &BASE64.encode(right)) {
            return None;
        }
        let mut parts = payload.splitn(4, '.');
        let (nonce, made, began, query) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let time = |text: &str| text.parse().ok().map(Timestamp::from_seconds);
        Some(Form {
            nonce: nonce.to_owned(),
            made_at: time(made)?,
            began: time(began)?,
            params: Params::parse(query.as_bytes()).ok()?,
        })
    }
}
