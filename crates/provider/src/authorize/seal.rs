//! The consent form: what the server hands to a browser and must get back unchanged.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use oauth::{Params, Scope, Timestamp};

use super::{Checked, SignedIn};
use crate::provider::Provider;

/// A consent form is good for so many seconds.
pub(super) const FORM_TTL: i64 = 3600;

/// For what the forms are sealed; those of before carried the request alone, not what was shown.
const PURPOSE: &str = "consent to what was shown";
const PURPOSE_BEFORE: &str = "consent";

/// What the consent page showed. What the person allows is at most that, and goes nowhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// What is allowed with every box ticked.
    pub scope: Scope,
    /// What stood beside a box.
    pub optional: Scope,
    /// Where the answer goes.
    pub redirect_uri: String,
    /// The client as its name and its description were read.
    pub version: i64,
}

impl Shown {
    /// What is shown of a request of which the person may grant this much.
    pub fn of(checked: &Checked, grantable: Scope) -> Self {
        Self {
            optional: grantable.intersection(&checked.client.optional_scope),
            scope: grantable,
            redirect_uri: checked.way.callback.redirect_uri.clone(),
            version: checked.client.version,
        }
    }

    /// Whether the person read all of what would be allowed now, and of whom, and where it leads.
    pub fn covers(&self, now: &Self) -> bool {
        self.scope.covers(&now.scope) && self.redirect_uri == now.redirect_uri && self.version == now.version
    }

    fn written(&self) -> String {
        let scopes = Params::default().with("scope", &self.scope.to_string());
        let scopes = scopes.with("optional", &self.optional.to_string());
        scopes.with("redirect_uri", &self.redirect_uri).with("version", &self.version.to_string()).encode()
    }

    fn read(written: &str) -> Option<Self> {
        let params = Params::parse(written.as_bytes()).ok()?;
        let text = |name: &str| params.last(name).unwrap_or_default();
        Some(Self {
            scope: Scope::of(text("scope").split_ascii_whitespace().map(str::to_owned)),
            optional: Scope::of(text("optional").split_ascii_whitespace().map(str::to_owned)),
            redirect_uri: text("redirect_uri").to_owned(),
            version: text("version").parse().ok()?,
        })
    }
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
    /// What the page showed; `None` in a form of an older version.
    pub shown: Option<Shown>,
}

impl Form {
    /// What the page showed, unless it has been open too long.
    pub fn shown_lately(&self, now: Timestamp) -> Option<&Shown> {
        self.shown.as_ref().filter(|_| now.since(self.made_at) < FORM_TTL)
    }
}

impl Provider {
    /// What clients are to know a new browser session by (`sid`): nothing that could be used as a cookie.
    pub(crate) fn session_name(&self, session: &str) -> String {
        BASE64.encode(&self.key().mac("session", &[session.as_bytes()])[..16])
    }

    /// Seals a request, which had come at `began`, and what is shown of it into a consent form of this session.
    pub(super) fn seal(
        &self,
        (params, shown): (&Params, &Shown),
        visitor: &SignedIn,
        (began, now): (Timestamp, Timestamp),
    ) -> String {
        let (made, began, request) = (now.seconds(), began.seconds(), params.encode());
        let payload = format!("{}.{made}.{began}.{request}\n{}", self.nonce(), shown.written());
        let mac = self.seal_of(PURPOSE, &payload, visitor);
        format!("{}.{mac}", BASE64.encode(payload))
    }

    fn seal_of(&self, purpose: &str, payload: &str, visitor: &SignedIn) -> String {
        BASE64.encode(self.key().mac(purpose, &[visitor.session.as_bytes(), payload.as_bytes()]))
    }

    /// Opens a consent form; `None` when it was changed or belongs to another session.
    pub(super) fn unseal(&self, sealed: &str, visitor: &SignedIn) -> Option<Form> {
        let (payload, mac) = sealed.split_once('.')?;
        let payload = String::from_utf8(BASE64.decode(payload).ok()?).ok()?;
        let is_of = |purpose: &str| oauth::secret::same(mac, &self.seal_of(purpose, &payload, visitor));
        let (now, before) = (is_of(PURPOSE), is_of(PURPOSE_BEFORE));
        if !now && !before {
            return None;
        }
        let mut parts = payload.splitn(4, '.');
        let (nonce, made, began, content) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let time = |text: &str| text.parse().ok().map(Timestamp::from_seconds);
        let (request, shown) = match content.split_once('\n') {
            Some((request, shown)) if now => (request, Some(Shown::read(shown)?)),
            _ => (content, None),
        };
        let params = Params::parse(request.as_bytes()).ok()?;
        Some(Form { nonce: nonce.to_owned(), made_at: time(made)?, began: time(began)?, params, shown })
    }
}
