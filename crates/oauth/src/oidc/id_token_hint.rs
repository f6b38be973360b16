//! `id_token_hint`: an ID token of this server that comes back. OpenID Connect Core §3.1.2.1,
//! OpenID Connect RP-Initiated Logout §2.

use crate::Timestamp;
use crate::jose::{Audience, JoseError, JwkSet, Jws, KeySource, SignatureCheck, Verified};

/// A hint with a valid signature. Expired ID tokens are accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdTokenHint {
    /// `sub`.
    pub subject: String,
    /// `sid`.
    pub session: Option<String>,
    /// `auth_time`.
    pub auth_time: Timestamp,
    /// `aud`: the client.
    pub client_id: String,
}

impl IdTokenHint {
    /// Validates a hint with every key that this server still has, retired ones included.
    ///
    /// # Errors
    /// For an invalid token, and for one that is not an ID token: a logout token has the same
    /// issuer. At the authorization endpoint this is `invalid_request`.
    pub fn read(
        text: &str,
        issuer: &str,
        keys: &JwkSet,
        verify: &dyn Fn(&SignatureCheck<'_>) -> bool,
    ) -> Result<Self, JoseError> {
        Self::from_verified(&Jws::parse(text, KeySource::Known)?.verify(keys, verify)?, issuer)
    }

    fn from_verified(token: &Verified, issuer: &str) -> Result<Self, JoseError> {
        let claims = &token.claims;
        if !token.header.is_typed(&[Some("jwt")]) || claims.members().contains_key("events") {
            return Err(JoseError::BadClaim("not an ID token"));
        }
        if claims.required_text("iss")? != issuer {
            return Err(JoseError::BadClaim("iss"));
        }
        let Audience::One(client_id) = claims.audience()? else { return Err(JoseError::BadClaim("aud")) };
        let auth_time = claims.required_time("auth_time")?;
        let (subject, session) = (claims.required_text("sub")?.to_owned(), claims.text("sid")?.map(str::to_owned));
        Ok(Self { subject, session, auth_time, client_id: client_id.to_owned() })
    }

    /// The hint, if it was issued to this client.
    ///
    /// # Errors
    /// `BadClaim` for an ID token of another client, who has no business with it.
    pub fn for_client(self, client_id: &str) -> Result<Self, JoseError> {
        if self.client_id == client_id { Ok(self) } else { Err(JoseError::BadClaim("aud")) }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::jose::fixture::{compact, p256, set, verify};
    use serde_json::{Value, json};

    fn claims() -> Value {
        json!({"iss": "https://id.example", "sub": "42", "aud": "printer", "sid": "s", "auth_time": 1, "iat": 1, "exp": 2})
    }

    fn read(header: &Value, claims: &Value, signature: &str) -> Result<IdTokenHint, JoseError> {
        IdTokenHint::read(&compact(header, claims, signature), "https://id.example", &set(&[p256()]), &verify)
    }

    fn good() -> Value {
        json!({"alg": "ES256", "typ": "JWT"})
    }

    #[test]
    fn an_expired_id_token_of_ours_is_a_hint() {
        let hint = read(&good(), &claims(), "good").unwrap();
        let expected = IdTokenHint {
            subject: "42".into(),
            session: Some("s".into()),
            auth_time: Timestamp::from_seconds(1),
            client_id: "printer".into(),
        };
        assert_eq!(hint, expected);
        assert_eq!(hint.clone().for_client("printer"), Ok(expected));
        assert!(hint.for_client("other").is_err());
    }

    #[test]
    fn a_forged_or_unsigned_hint_is_refused() {
        assert_eq!(read(&good(), &claims(), "bad"), Err(JoseError::BadSignature));
        assert!(read(&json!({"alg": "none", "typ": "JWT"}), &claims(), "good").is_err());
        assert!(read(&json!({"alg": "HS256", "typ": "JWT"}), &claims(), "good").is_err());
        assert!(read(&json!({"alg": "ES256", "typ": "JWT", "jwk": p256()}), &claims(), "good").is_err());
        for text in ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30."] {
            assert!(IdTokenHint::read(text, "https://id.example", &set(&[p256()]), &verify).is_err());
        }
    }

    #[test]
    fn other_tokens_of_ours_are_no_hints() {
        for typ in ["at+jwt", "logout+jwt", "dpop+jwt"] {
            assert!(read(&json!({"alg": "ES256", "typ": typ}), &claims(), "good").is_err(), "{typ}");
        }
        assert!(read(&json!({"alg": "ES256"}), &claims(), "good").is_err());
        let changes = [
            ("iss", json!("https://id.example/")),
            ("iss", Value::Null),
            ("sub", json!(42)),
            ("sub", json!("")),
            ("aud", json!(["printer", "other"])),
            ("auth_time", json!("1")),
            ("events", json!({})),
            ("sid", json!(1)),
        ];
        for (name, value) in changes {
            let mut changed = claims();
            changed[name] = value;
            assert!(read(&good(), &changed, "good").is_err(), "{changed}");
        }
    }
}
