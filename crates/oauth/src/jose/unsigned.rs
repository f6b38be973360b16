//! Tokens to be signed: RFC 7515 §5.1.

use super::Algorithm;
use super::base64url::encode;
use serde_json::{Value, json};

/// What kind of token it is, said in `typ`, so that none passes as another (RFC 8725 §3.11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typ {
    /// An ID token, or signed userinfo.
    Jwt,
    /// An access token: RFC 9068 §2.1.
    AccessToken,
    /// A logout token: OpenID Connect Back-Channel Logout §2.4.
    LogoutToken,
}

impl Typ {
    /// The value of `typ`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jwt => "JWT",
            Self::AccessToken => "at+jwt",
            Self::LogoutToken => "logout+jwt",
        }
    }
}

/// Header and claims of a token, ready to be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsigned(String);

impl Unsigned {
    /// Writes header and claims.
    #[must_use]
    pub fn new(algorithm: Algorithm, kid: &str, typ: Typ, claims: &Value) -> Self {
        let header = json!({"alg": algorithm, "kid": kid, "typ": typ.as_str()});
        let part = |value: &Value| encode(value.to_string().as_bytes());
        Self(format!("{}.{}", part(&header), part(claims)))
    }

    /// The bytes to sign.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The token. For ES256 the signature is the two numbers side by side, 64 bytes
    /// (RFC 7518 §3.4).
    #[must_use]
    pub fn with_signature(self, signature: &[u8]) -> String {
        format!("{}.{}", self.0, encode(signature))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::jose::fixture::{p256, set, verify};
    use crate::jose::{Jws, KeySource};

    #[test]
    fn what_is_signed_can_be_verified() {
        for typ in [Typ::Jwt, Typ::AccessToken, Typ::LogoutToken] {
            let unsigned = Unsigned::new(Algorithm::Es256, "key-1", typ, &json!({"sub": "42"}));
            let token = unsigned.clone().with_signature(b"good");
            assert!(token.as_bytes().starts_with(unsigned.as_bytes()));
            let verified = Jws::parse(&token, KeySource::Known).unwrap().verify(&set(&[p256()]), &verify).unwrap();
            assert_eq!(verified.header.kid.as_deref(), Some("key-1"));
            assert!(verified.header.is_typed(&[Some(typ.as_str().to_ascii_lowercase().as_str())]));
            assert_eq!(verified.claims.text("sub"), Ok(Some("42")));
        }
    }
}
