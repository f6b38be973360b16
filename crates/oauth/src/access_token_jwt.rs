//! Access tokens as signed JWTs: RFC 9068.

use crate::jose::{Jws, KeySource, Typ};
use crate::resource::Resources;
use crate::{Scope, Timestamp};
use serde_json::{Map, Value, json};

/// An access token before it is signed with `typ` `at+jwt` (RFC 9068 §2.1).
#[derive(Clone, Copy, Debug)]
pub struct AccessTokenJwt<'a> {
    /// `iss`.
    pub issuer: &'a str,
    /// `sub`: the user, or the client for the client credentials grant.
    pub subject: &'a str,
    /// `aud`; the issuer where no resource was requested (RFC 9068 §3, default resource).
    pub resources: &'a Resources,
    /// `client_id`.
    pub client_id: &'a str,
    /// `scope`.
    pub scope: &'a Scope,
    /// `jti`: random, so that no two are the same.
    pub id: &'a str,
    /// `iat`.
    pub issued_at: Timestamp,
    /// `exp`.
    pub expires_at: Timestamp,
    /// `auth_time` and `acr` of the sign-in, where a person granted it (RFC 9068 §2.2.1).
    pub sign_in: Option<(Timestamp, Option<&'a str>)>,
    /// `cnf.jkt`: the thumbprint of the DPoP key (RFC 9449 §6.1).
    pub key_thumbprint: Option<&'a str>,
}

impl AccessTokenJwt<'_> {
    /// The claims.
    #[must_use]
    pub fn claims(&self) -> Value {
        let optional = self.optional().into_iter().filter_map(|(name, value)| Some((name, value?)));
        let all = self.always().into_iter().chain(optional);
        Value::Object(all.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
    }

    fn always(&self) -> [(&'static str, Value); 7] {
        [
            ("iss", json!(self.issuer)),
            ("sub", json!(self.subject)),
            ("aud", self.resources.audience().unwrap_or_else(|| json!(self.issuer))),
            ("client_id", json!(self.client_id)),
            ("jti", json!(self.id)),
            ("iat", json!(self.issued_at)),
            ("exp", json!(self.expires_at)),
        ]
    }

    fn optional(&self) -> [(&'static str, Option<Value>); 4] {
        [
            ("scope", (!self.scope.is_empty()).then(|| json!(self.scope))),
            ("auth_time", self.sign_in.map(|(moment, _)| json!(moment))),
            ("acr", self.sign_in.and_then(|(_, acr)| acr).map(Value::from)),
            ("cnf", self.key_thumbprint.map(|thumbprint| json!({"jkt": thumbprint}))),
        ]
    }
}

/// Whether a presented token looks like one, by its `typ`. The signature is not checked: the store
/// knows the hash of every token that was issued.
#[must_use]
pub fn is_like(presented: &str) -> bool {
    Jws::parse(presented, KeySource::Known).is_ok_and(|jws| jws.header.is_typed(&[Some(Typ::AccessToken.as_str())]))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn an_id_token_and_a_token_with_a_key_of_its_own_are_not_like_it() {
        let like = |typ: Typ, signature: &[u8]| {
            let unsigned = crate::jose::Unsigned::new(crate::jose::Algorithm::Rs256, "k", typ, &json!({"sub": "42"}));
            is_like(&unsigned.with_signature(signature))
        };
        assert!(like(Typ::AccessToken, b"s") && !like(Typ::Jwt, b"s") && !like(Typ::LogoutToken, b"s"));
        for text in ["", "..", "a.b.c", "jtn_at_x", "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.e30."] {
            assert!(!is_like(text), "{text}");
        }
    }

    #[test]
    fn the_claims_are_those_of_rfc_9068() {
        let (scope, none) = (Scope::of(["read", "write"]), Resources::default());
        let one = Resources::of(["https://api.example/".to_owned()]).unwrap();
        let two = Resources::of(["urn:a:1".to_owned(), "urn:a:2".to_owned()]).unwrap();
        let (issued_at, expires_at) = (Timestamp::from_seconds(1000), Timestamp::from_seconds(1300));
        let token = AccessTokenJwt {
            issuer: "https://id.example",
            subject: "42",
            resources: &one,
            client_id: "printer",
            scope: &scope,
            id: "j",
            issued_at,
            expires_at,
            sign_in: Some((Timestamp::from_seconds(900), Some("1"))),
            key_thumbprint: Some("t"),
        };
        let expected = json!({
            "iss": "https://id.example", "sub": "42", "aud": "https://api.example/", "client_id": "printer", "jti": "j",
            "iat": 1000, "exp": 1300, "scope": "read write", "auth_time": 900, "acr": "1", "cnf": {"jkt": "t"},
        });
        assert_eq!(token.claims(), expected);
        assert_eq!(AccessTokenJwt { resources: &two, ..token }.claims()["aud"], json!(["urn:a:1", "urn:a:2"]));
        let own =
            AccessTokenJwt { resources: &none, sign_in: None, key_thumbprint: None, scope: &Scope::default(), ..token };
        assert_eq!(own.claims()["aud"], "https://id.example");
        assert!(["scope", "auth_time", "acr", "cnf"].iter().all(|name| own.claims().get(name).is_none()));
    }
}
