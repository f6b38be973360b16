//! The consent form: the request and what the page showed, protected by a MAC.

use super::step::Checked;
use crate::signed_in::SignedIn;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use oauth::{Params, Scope, Timestamp};

use crate::provider::Provider;

/// Lifetime of a consent form, in seconds.
pub(super) const FORM_TTL: i64 = 3600;

/// MAC purposes. Forms of an older version carried only the request, not what the page showed.
const PURPOSE: &str = "consent to what was shown";
const PURPOSE_BEFORE: &str = "consent";

/// What the consent page showed: the upper bound of the grant, and the redirect URI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ShownConsent {
    /// The scope with every box ticked.
    pub scope: Scope,
    /// The scope tokens with a checkbox.
    pub optional: Scope,
    /// The redirect URI.
    pub redirect_uri: String,
    /// The version of the client whose name and description the page showed.
    pub version: i64,
}

impl ShownConsent {
    /// What the page shows for a request with this grantable scope.
    pub fn of(checked: &Checked, grantable: Scope) -> Self {
        Self {
            optional: grantable.intersection(&checked.client.optional_scope),
            scope: grantable,
            redirect_uri: checked.target.callback.redirect_uri.clone(),
            version: checked.client.version,
        }
    }

    /// Whether the page showed everything that `now` would grant, for the same client and redirect
    /// URI.
    pub fn covers(&self, now: &Self) -> bool {
        self.scope.covers(&now.scope) && self.redirect_uri == now.redirect_uri && self.version == now.version
    }

    fn encode(&self) -> String {
        let scopes = Params::default().with("scope", &self.scope.to_string());
        let scopes = scopes.with("optional", &self.optional.to_string());
        scopes.with("redirect_uri", &self.redirect_uri).with("version", &self.version.to_string()).encode()
    }

    fn read(encode: &str) -> Option<Self> {
        let params = Params::parse(encode.as_bytes()).ok()?;
        let text = |name: &str| params.last(name).unwrap_or_default();
        Some(Self {
            scope: Scope::of(text("scope").split_ascii_whitespace().map(str::to_owned)),
            optional: Scope::of(text("optional").split_ascii_whitespace().map(str::to_owned)),
            redirect_uri: text("redirect_uri").to_owned(),
            version: text("version").parse().ok()?,
        })
    }
}

/// The content of a consent form.
pub(super) struct ConsentForm {
    /// Seed of the code: submitting the form twice issues one code.
    pub nonce: String,
    /// When the form was made.
    pub made_at: Timestamp,
    /// When the server first received the request.
    pub received_at: Timestamp,
    /// The whole authorization request.
    pub params: Params,
    /// What the page showed; `None` in a form of an older version, which lacks it.
    pub shown: Option<ShownConsent>,
}

impl ConsentForm {
    /// What the page showed, unless the form has expired.
    pub fn unexpired(&self, now: Timestamp) -> Option<&ShownConsent> {
        self.shown.as_ref().filter(|_| now.since(self.made_at) < FORM_TTL)
    }
}

/// When the request was received, and when its form is made.
#[derive(Clone, Copy)]
pub(super) struct FormTimes {
    pub received_at: Timestamp,
    pub made_at: Timestamp,
}

impl Provider {
    /// The form's value for this session: request, time of receipt, what the page shows, MAC.
    pub(super) fn seal_consent_form(
        &self,
        params: &Params,
        shown: &ShownConsent,
        signed_in: &SignedIn,
        times: FormTimes,
    ) -> String {
        let (made, received_at, request) = (times.made_at.seconds(), times.received_at.seconds(), params.encode());
        let payload = format!("{}.{made}.{received_at}.{request}\n{}", self.nonce(), shown.encode());
        let mac = self.consent_form_mac(PURPOSE, &payload, signed_in);
        format!("{}.{mac}", BASE64.encode(payload))
    }

    fn consent_form_mac(&self, purpose: &str, payload: &str, signed_in: &SignedIn) -> String {
        BASE64.encode(self.key().mac(purpose, &[signed_in.session.as_bytes(), payload.as_bytes()]))
    }

    /// Verifies and parses a consent form; `None` if it was changed or belongs to another session.
    pub(super) fn open_consent_form(&self, sealed: &str, signed_in: &SignedIn) -> Option<ConsentForm> {
        let (payload, mac) = sealed.split_once('.')?;
        let payload = String::from_utf8(BASE64.decode(payload).ok()?).ok()?;
        let is_of = |purpose: &str| oauth::secret::same(mac, &self.consent_form_mac(purpose, &payload, signed_in));
        let (now, before) = (is_of(PURPOSE), is_of(PURPOSE_BEFORE));
        if !now && !before {
            return None;
        }
        let mut parts = payload.splitn(4, '.');
        let (nonce, made, received_at, content) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let time = |text: &str| text.parse().ok().map(Timestamp::from_seconds);
        let (request, shown) = match content.split_once('\n') {
            Some((request, shown)) if now => (request, Some(ShownConsent::read(shown)?)),
            _ => (content, None),
        };
        let params = Params::parse(request.as_bytes()).ok()?;
        Some(ConsentForm {
            nonce: nonce.to_owned(),
            made_at: time(made)?,
            received_at: time(received_at)?,
            params,
            shown,
        })
    }
}
