//! Sets of public keys: RFC 7517 §5.

use super::json::{self, Limits};
use super::{Algorithm, Header, JoseError, Jwk};
use serde_json::{Value, json};

const LIMITS: Limits = Limits { bytes: 64 * 1024, depth: 8 };
/// Enough for any rotation; each key may cost a verification.
const MAX_KEYS: usize = 32;

/// The public keys of a client, or of this server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JwkSet(Vec<Jwk>);

impl JwkSet {
    /// Takes keys that are already read.
    #[must_use]
    pub const fn new(keys: Vec<Jwk>) -> Self {
        Self(keys)
    }

    /// Reads `{"keys": […]}`. Keys of a kind that is not known here are passed over.
    ///
    /// # Errors
    /// `Malformed` for anything else, more than 64 KiB, more than 32 keys, and for a set with a
    /// private or symmetric key.
    pub fn parse(bytes: &[u8]) -> Result<Self, JoseError> {
        let members = json::parse(bytes, LIMITS)?;
        let keys = members.get("keys").and_then(Value::as_array).ok_or(JoseError::Malformed("keys is not an array"))?;
        if keys.len() > MAX_KEYS {
            return Err(JoseError::Malformed("the set has too many keys"));
        }
        let key = |value: &Value| match value.as_object() {
            Some(members) => Jwk::read(members),
            None => Err(JoseError::Malformed("a key is not an object")),
        };
        let keys: Result<Vec<_>, _> = keys.iter().map(key).collect();
        Ok(Self(keys?.into_iter().flatten().collect()))
    }

    /// The keys in order.
    #[must_use]
    pub fn keys(&self) -> &[Jwk] {
        &self.0
    }

    /// The keys that may have made a signature with this header. One that it names by `kid`; where
    /// none bears the name, those that bear none at all, since a set of one key needs none.
    #[must_use]
    pub fn candidates(&self, header: &Header) -> Vec<&Jwk> {
        let fitting = |kid: Option<&str>| -> Vec<&Jwk> {
            let same = |key: &&Jwk| key.fits(header.algorithm) && key.kid.as_deref() == kid;
            self.0.iter().filter(same).collect()
        };
        let Some(kid) = header.kid.as_deref() else {
            return self.0.iter().filter(|key| key.fits(header.algorithm)).collect();
        };
        let named = fitting(Some(kid));
        if named.is_empty() { fitting(None) } else { named }
    }

    /// Whether a key can make signatures of this algorithm.
    #[must_use]
    pub fn supports(&self, algorithm: Algorithm) -> bool {
        self.0.iter().any(|key| key.fits(algorithm))
    }

    /// The document under `jwks_uri`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({"keys": self.0.iter().map(Jwk::to_json).collect::<Vec<_>>()})
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::jose::fixture;
    use proptest::prelude::*;

    fn named(mut key: Value, kid: &str) -> Value {
        key["kid"] = json!(kid);
        key
    }

    fn header(algorithm: Algorithm, kid: Option<&str>) -> Header {
        Header { algorithm, kid: kid.map(str::to_owned), typ: None }
    }

    #[test]
    fn a_set_is_read_and_published() {
        let unknown = json!({"kty": "AKP", "alg": "ML-DSA-44", "pub": "x"});
        let set = fixture::set(&[fixture::rsa(), unknown, fixture::p256()]);
        assert_eq!(set.keys().len(), 2);
        assert_eq!(JwkSet::parse(set.to_json().to_string().as_bytes()), Ok(set.clone()));
        assert!(set.supports(Algorithm::Es256) && !set.supports(Algorithm::EdDsa));
        assert_eq!(JwkSet::parse(br#"{"keys":[],"extra":1}"#), Ok(JwkSet::default()));
    }

    #[test]
    fn a_set_with_a_secret_in_it_is_refused_whole() {
        for secret in [json!({"kty": "oct", "k": "AQAB"}), json!({"kty": "EC", "d": "AQAB"})] {
            assert!(JwkSet::parse(json!({"keys": [fixture::rsa(), secret]}).to_string().as_bytes()).is_err());
        }
    }

    #[test]
    fn a_set_has_bounds() {
        let many = |count: usize| json!({"keys": vec![fixture::p256(); count]}).to_string();
        assert_eq!(JwkSet::parse(many(32).as_bytes()).unwrap().keys().len(), 32);
        assert!(JwkSet::parse(many(33).as_bytes()).is_err());
        for text in ["", "{}", "[]", r#"{"keys":{}}"#, r#"{"keys":[1]}"#, r#"{"keys":[],"keys":[]}"#] {
            assert!(JwkSet::parse(text.as_bytes()).is_err(), "{text}");
        }
        assert!(JwkSet::parse(&[b' '; 64 * 1024 + 1]).is_err());
    }

    #[test]
    fn a_key_is_chosen_by_name_and_algorithm() {
        let set =
            fixture::set(&[named(fixture::p256(), "a"), named(fixture::p256(), "b"), fixture::p256(), fixture::rsa()]);
        let kids = |algorithm, kid| -> Vec<Option<String>> {
            set.candidates(&header(algorithm, kid)).into_iter().map(|key| key.kid.clone()).collect()
        };
        assert_eq!(kids(Algorithm::Es256, Some("b")), [Some("b".to_owned())]);
        assert_eq!(kids(Algorithm::Es256, Some("rotated")), [None]);
        assert_eq!(kids(Algorithm::Es256, None).len(), 3);
        assert_eq!(kids(Algorithm::Rs256, Some("2011-04-29")).len(), 1);
        assert!(kids(Algorithm::Rs256, Some("b")).is_empty() && kids(Algorithm::Ps256, None).is_empty());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let _ = JwkSet::parse(&bytes);
        }

        #[test]
        fn any_members_are_read_or_refused(kty in "RSA|EC|OKP|oct|.*", crv in "P-256|Ed25519|.*", n in "[A-Za-z0-9_=-]*") {
            let key = json!({"kty": kty, "crv": crv, "x": n, "y": n, "n": n, "e": n, "kid": n});
            if let Ok(set) = JwkSet::parse(json!({"keys": [key]}).to_string().as_bytes()) {
                prop_assert_eq!(JwkSet::parse(set.to_json().to_string().as_bytes()), Ok(set));
            }
        }
    }
}
