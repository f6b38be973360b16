//! Client registration metadata: RFC 7591 §2, OpenID Connect Registration §2, OpenID Connect
//! Back-Channel Logout §2.2, RFC 9126 §6, RFC 9449 §5.2. Members are named as there.

use crate::jose::{Algorithm, JwkSet};
use crate::profile::Profile;
use crate::{ClientKind, Message, redirect_uri};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The longest address.
const MAX_URI: usize = 2000;
/// Addresses of request objects, at most.
const MAX_REQUEST_URIS: usize = 20;

/// The client authentication method: RFC 7591 §2, `token_endpoint_auth_method`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthMethod {
    /// With its secret in the `Authorization` header.
    ClientSecretBasic,
    /// With its secret in the body.
    ClientSecretPost,
    /// With an assertion that it signed (RFC 7523).
    PrivateKeyJwt,
}

impl AuthMethod {
    /// The value of `token_endpoint_auth_method`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ClientSecretBasic => "client_secret_basic",
            Self::ClientSecretPost => "client_secret_post",
            Self::PrivateKeyJwt => "private_key_jwt",
        }
    }
}

/// Metadata of a client; defaults are omitted, so older registrations stay valid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Registration {
    /// The only accepted method; `None`: the secret, by header or body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_endpoint_auth_method: Option<AuthMethod>,
    /// Its public keys by value, as a JWK set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jwks: Option<Value>,
    /// Where its public keys are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jwks_uri: Option<String>,
    /// Where request objects may be fetched, compared byte by byte.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub request_uris: Vec<String>,
    /// Whether only signed requests are taken (RFC 9101 §10.5).
    #[serde(skip_serializing_if = "is_false")]
    pub require_signed_request_object: bool,
    /// Whether only pushed requests are taken (RFC 9126 §6).
    #[serde(skip_serializing_if = "is_false")]
    pub require_pushed_authorization_requests: bool,
    /// How strictly it is served.
    #[serde(skip_serializing_if = "is_standard")]
    pub profile: Profile,
    /// Whether DPoP is always required (RFC 9449 §5.2).
    #[serde(skip_serializing_if = "is_false")]
    pub dpop_bound_access_tokens: bool,
    /// What userinfo is signed with; `None`: plain JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub userinfo_signed_response_alg: Option<Algorithm>,
    /// The back-channel logout URI.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backchannel_logout_uri: Option<String>,
    /// Whether `sid` is required. It is always sent; stored because it was registered.
    #[serde(skip_serializing_if = "is_false")]
    pub backchannel_logout_session_required: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

fn is_standard(profile: &Profile) -> bool {
    *profile == Profile::Standard
}

impl Registration {
    /// Whether the client has registered keys, by value or by address.
    #[must_use]
    pub const fn has_keys(&self) -> bool {
        self.jwks.is_some() || self.jwks_uri.is_some()
    }

    /// Whether it authenticates with `private_key_jwt`, and so has no secret.
    #[must_use]
    pub fn uses_private_key_jwt(&self) -> bool {
        self.token_endpoint_auth_method == Some(AuthMethod::PrivateKeyJwt)
    }

    /// Whether this client authentication method is accepted: the registered one, or by default the
    /// secret in header or body.
    #[must_use]
    pub fn accepts_method(&self, method: &str) -> bool {
        match self.token_endpoint_auth_method {
            Some(only) => only.as_str() == method,
            None => {
                [AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost].iter().any(|one| one.as_str() == method)
            }
        }
    }

    /// Whether DPoP is required: registered (RFC 9449 §5.2), or by the FAPI profile (FAPI 2.0
    /// Security Profile §5.3.2.1).
    #[must_use]
    pub fn requires_dpop(&self) -> bool {
        self.dpop_bound_access_tokens || self.profile == Profile::Fapi
    }

    /// The keys that were registered by value; none where an address was.
    #[must_use]
    pub fn keys(&self) -> Option<JwkSet> {
        self.jwks.as_ref().and_then(|jwks| JwkSet::parse(jwks.to_string().as_bytes()).ok())
    }

    /// Validates the registration for this client type.
    ///
    /// # Errors
    /// The message key of what is invalid.
    pub fn check(&self, kind: ClientKind) -> Result<(), Message> {
        let by_key = self.uses_private_key_jwt();
        let public = kind == ClientKind::Public;
        let signs = self.require_signed_request_object || !self.request_uris.is_empty();
        let checks = [
            (self.jwks.is_none() || self.keys().is_some_and(|set| !set.keys().is_empty()), "client-jwks"),
            (self.jwks.is_none() || self.jwks_uri.is_none(), "client-jwks-twice"),
            (!by_key || self.has_keys(), "client-needs-jwks"),
            (!signs || self.has_keys(), "client-objects-need-jwks"),
            (!public || self.token_endpoint_auth_method.is_none(), "client-public-method"),
            (self.profile == Profile::Standard || by_key, "client-fapi-method"),
            (self.request_uris.len() <= MAX_REQUEST_URIS, "client-request-uris"),
            (self.fetched().all(is_https), "client-https"),
        ];
        checks.iter().find(|(held, _)| !held).map_or(Ok(()), |(_, key)| Err(Message::new(key)))
    }

    /// The URLs that this server requests.
    fn fetched(&self) -> impl Iterator<Item = &str> {
        let addresses = self.jwks_uri.iter().chain(&self.backchannel_logout_uri).chain(&self.request_uris);
        addresses.map(String::as_str)
    }
}

/// A URL that this server may request: https, without userinfo, fragment and invisible characters.
fn is_https(uri: &str) -> bool {
    uri.len() <= MAX_URI && uri.starts_with("https://") && redirect_uri::check(uri).is_ok()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::jose::fixture;
    use serde_json::json;

    fn keys() -> Option<Value> {
        Some(fixture::set(&[fixture::p256()]).to_json())
    }

    #[test]
    fn a_registration_comes_back_and_defaults_are_not_written() {
        assert_eq!(serde_json::to_value(Registration::default()).unwrap(), json!({}));
        let full = Registration {
            token_endpoint_auth_method: Some(AuthMethod::PrivateKeyJwt),
            jwks: keys(),
            profile: Profile::Fapi,
            dpop_bound_access_tokens: true,
            userinfo_signed_response_alg: Some(Algorithm::Rs256),
            backchannel_logout_uri: Some("https://printer.example/bye".into()),
            ..Registration::default()
        };
        let text = serde_json::to_string(&full).unwrap();
        assert!(text.contains(r#""token_endpoint_auth_method":"private_key_jwt""#) && text.contains(r#""RS256""#));
        assert_eq!(serde_json::from_str::<Registration>(&text).unwrap(), full);
        assert!(
            full.requires_dpop() && Registration { dpop_bound_access_tokens: false, ..full.clone() }.requires_dpop()
        );
        assert!(!Registration::default().requires_dpop());
        assert_eq!(full.check(ClientKind::Confidential), Ok(()));
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        type Change = fn(&mut Registration);
        let table: [(&str, Change); 9] = [
            ("client-jwks", |r| r.jwks = Some(json!({"keys": []}))),
            ("client-jwks", |r| r.jwks = Some(json!({"keys": [{"kty": "oct", "k": "AQAB"}]}))),
            ("client-jwks-twice", |r| r.jwks_uri = Some("https://printer.example/jwks".into())),
            ("client-needs-jwks", |r| r.jwks = None),
            ("client-fapi-method", |r| {
                r.profile = Profile::Fapi;
                r.token_endpoint_auth_method = None;
            }),
            ("client-objects-need-jwks", |r| {
                (r.jwks, r.token_endpoint_auth_method) = (None, None);
                r.require_signed_request_object = true;
            }),
            ("client-https", |r| r.backchannel_logout_uri = Some("http://printer.example/bye".into())),
            ("client-https", |r| r.request_uris = vec!["https://me@printer.example/request".into()]),
            ("client-request-uris", |r| r.request_uris = vec!["https://printer.example/request".into(); 21]),
        ];
        let right = || Registration {
            token_endpoint_auth_method: Some(AuthMethod::PrivateKeyJwt),
            jwks: keys(),
            ..Registration::default()
        };
        for (key, change) in table {
            let mut changed = right();
            change(&mut changed);
            assert_eq!(changed.check(ClientKind::Confidential).unwrap_err().key, key);
        }
        assert_eq!(right().check(ClientKind::Confidential), Ok(()));
        assert_eq!(right().check(ClientKind::Public).unwrap_err().key, "client-public-method");
    }
}
