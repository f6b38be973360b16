//! Public keys: RFC 7517 §4, RFC 7518 §6, RFC 8037 §2, and their thumbprint: RFC 7638.

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use super::base64url::{decode, encode, sha256};
use super::{Algorithm, JoseError};
use serde_json::{Map, Value, json};

/// Members that only a private or a symmetric key has: RFC 7518 §6.2.2, §6.3.2, §6.4.1.
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
/// The modulus in bytes: 2048 bits at least (RFC 7518 §3.3), and no more than is verified in a
/// millisecond.
const RSA_BYTES: std::ops::RangeInclusive<usize> = 256..=1024;
const MAX_KID: usize = 256;

/// A public key that verifies signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jwk {
    /// `kid`: by which a signature names its key.
    pub kid: Option<String>,
    /// `alg`: the only algorithm that the key is for.
    pub algorithm: Option<Algorithm>,
    /// The key itself.
    pub material: Material,
}

/// The numbers of a public key, big-endian.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Material {
    /// RSA with 2048 bits or more.
    Rsa {
        /// The modulus, without leading zeros.
        n: Vec<u8>,
        /// The public exponent, without leading zeros.
        e: Vec<u8>,
    },
    /// A point on P-256; whether it is on the curve is for the verifier to say.
    P256 {
        /// The first coordinate.
        x: [u8; 32],
        /// The second coordinate.
        y: [u8; 32],
    },
    /// A public key of Ed25519.
    Ed25519 {
        /// The encoded point.
        x: [u8; 32],
    },
}

impl Jwk {
    /// Reads one key that must be of use here.
    ///
    /// # Errors
    /// `Malformed` for a private or symmetric key, one that does not verify signatures, and a kind
    /// that is not known.
    pub fn parse(members: &Map<String, Value>) -> Result<Self, JoseError> {
        Self::read(members)?.ok_or(JoseError::Malformed("the key is of no use here"))
    }

    /// Reads one key of a set. `None`: of a kind, curve, size or use that is not known here, to be
    /// passed over (RFC 7517 §5).
    ///
    /// # Errors
    /// `Malformed` for a private or symmetric key: its publication is an error.
    pub(super) fn read(members: &Map<String, Value>) -> Result<Option<Self>, JoseError> {
        if PRIVATE.iter().any(|name| members.contains_key(*name)) || members.get("kty") == Some(&json!("oct")) {
            return Err(JoseError::Malformed("the key is not a public key"));
        }
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        let kid = text("kid").map(str::to_owned);
        let Some(material) = Material::read(members) else { return Ok(None) };
        let named = members.get("alg").map(|value| value.as_str().and_then(Algorithm::parse));
        let fits = |algorithm: Algorithm| material.fits(algorithm);
        let known = named.is_none_or(|algorithm| algorithm.is_some_and(fits)) && verifies(members);
        let short = kid.as_ref().is_none_or(|kid| kid.len() <= MAX_KID);
        Ok((known && short).then(|| Self { kid, algorithm: named.flatten(), material }))
    }

    /// Whether a signature of this algorithm can be by this key.
    #[must_use]
    pub fn fits(&self, algorithm: Algorithm) -> bool {
        self.material.fits(algorithm) && self.algorithm.is_none_or(|only| only == algorithm)
    }

    /// The SHA-256 thumbprint in base64url: RFC 7638 §3. `jkt` of RFC 9449 §6.1.
    #[must_use]
    pub fn thumbprint(&self) -> String {
        sha256(&Value::Object(self.material.members()).to_string())
    }

    /// The key as it is published.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut members = self.material.members();
        members.insert("use".to_owned(), json!("sig"));
        if let Some(kid) = &self.kid {
            members.insert("kid".to_owned(), json!(kid));
        }
        if let Some(algorithm) = self.algorithm {
            members.insert("alg".to_owned(), json!(algorithm));
        }
        Value::Object(members)
    }
}

impl Material {
    fn read(members: &Map<String, Value>) -> Option<Self> {
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        let bytes = |name: &str| text(name).and_then(|text| decode(text).ok());
        let point = |name: &str| bytes(name).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        match (text("kty")?, text("crv")) {
            ("RSA", _) => Self::rsa(bytes("n")?, bytes("e")?),
            ("EC", Some("P-256")) => Some(Self::P256 { x: point("x")?, y: point("y")? }),
            ("OKP", Some("Ed25519")) => Some(Self::Ed25519 { x: point("x")? }),
            _ => None,
        }
    }

    /// Leading zeros would give one key two thumbprints (RFC 7518 §2, Base64urlUInt). An even or a
    /// short exponent is no key.
    fn rsa(n: Vec<u8>, e: Vec<u8>) -> Option<Self> {
        let minimal = |number: &[u8]| number.first().is_some_and(|first| *first != 0);
        let odd = |number: &[u8]| number.last().is_some_and(|last| last % 2 == 1);
        let exponent = (1..=8).contains(&e.len()) && minimal(&e) && odd(&e) && e != [1];
        let modulus = RSA_BYTES.contains(&n.len()) && minimal(&n) && odd(&n);
        (exponent && modulus).then_some(Self::Rsa { n, e })
    }

    const fn fits(&self, algorithm: Algorithm) -> bool {
        matches!(
            (self, algorithm),
            (Self::Rsa { .. }, Algorithm::Rs256 | Algorithm::Ps256)
                | (Self::P256 { .. }, Algorithm::Es256)
                | (Self::Ed25519 { .. }, Algorithm::EdDsa)
        )
    }

    /// What makes the key, and nothing else, in alphabetical order: RFC 7638 §3.2 and §3.3,
    /// RFC 8037 §2.
    fn members(&self) -> Map<String, Value> {
        let pairs = match self {
            Self::Rsa { n, e } => vec![("e", encode(e)), ("kty", "RSA".to_owned()), ("n", encode(n))],
            Self::P256 { x, y } => {
                vec![("crv", "P-256".to_owned()), ("kty", "EC".to_owned()), ("x", encode(x)), ("y", encode(y))]
            }
            Self::Ed25519 { x } => {
                vec![("crv", "Ed25519".to_owned()), ("kty", "OKP".to_owned()), ("x", encode(x))]
            }
        };
        pairs.into_iter().map(|(name, value)| (name.to_owned(), Value::String(value))).collect()
    }
}

/// `use` and `key_ops`, where they are there, must allow to verify: RFC 7517 §4.2, §4.3.
fn verifies(members: &Map<String, Value>) -> bool {
    let verify = |operations: &Value| operations.as_array().is_some_and(|all| all.contains(&json!("verify")));
    members.get("use").is_none_or(|purpose| purpose == "sig") && members.get("key_ops").is_none_or(verify)
}
