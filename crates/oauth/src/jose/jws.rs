//! Signed tokens in compact form: RFC 7515 §7.1, read as RFC 8725 §3 wants it.

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use super::base64url::decode;
use super::json::{self, Limits};
use super::{Algorithm, Claims, Header, JoseError, Jwk, JwkSet};
use serde_json::{Map, Value};

/// The longest token that is looked at.
const MAX_TOKEN: usize = 32 * 1024;
const HEADER: Limits = Limits { bytes: 4096, depth: 4 };
const PAYLOAD: Limits = Limits { bytes: MAX_TOKEN, depth: 10 };
/// Header members that name a key or a place to fetch one: an attacker's, as likely as not
/// (RFC 8725 §3.10).
const FOREIGN_KEYS: [&str; 3] = ["jku", "x5u", "x5c"];

/// Whence the key of a signature comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// From a set that is known; a key in the header is refused.
    Known,
    /// From the header, `jwk`: for DPoP alone (RFC 9449 §4.2).
    Header,
}

/// A JWS that is read and not verified yet.
#[derive(Clone, Debug)]
pub struct Jws<'a> {
    /// The unverified header.
    pub header: Header,
    key: Option<Jwk>,
    input: &'a str,
    claims: Claims,
    signature: Vec<u8>,
}

/// What a verifier is asked: whether the key made this signature over this input.
#[derive(Clone, Copy, Debug)]
pub struct SignatureCheck<'a> {
    /// The algorithm; it fits the key.
    pub algorithm: Algorithm,
    /// The public key.
    pub key: &'a Jwk,
    /// The bytes that were signed.
    pub input: &'a [u8],
    /// The signature; for ES256 the two numbers side by side, 64 bytes (RFC 7518 §3.4).
    pub signature: &'a [u8],
}

/// A JWT whose signature was found good, and the key that made it.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified {
    /// The header.
    pub header: Header,
    /// The claims.
    pub claims: Claims,
    /// The key.
    pub key: Jwk,
}

impl<'a> Jws<'a> {
    /// Reads a compact JWS whose payload is a JSON object.
    ///
    /// # Errors
    /// `Malformed` for anything but three parts in base64url without padding, more than 32 KiB, a
    /// header that is not bounded JSON, an algorithm other than those of [`Algorithm`], `crit` (no
    /// extension is understood: RFC 7515 §4.1.11), and a header that names a key or where to fetch
    /// one, but for a `jwk` where the key is to be in the header.
    pub fn parse(text: &'a str, source: KeySource) -> Result<Self, JoseError> {
        if text.len() > MAX_TOKEN {
            return Err(JoseError::Malformed("the token is too long"));
        }
        let (input, signature) = text.rsplit_once('.').ok_or(JoseError::Malformed("not three parts"))?;
        let (header, payload) = input.split_once('.').ok_or(JoseError::Malformed("not three parts"))?;
        let members = json::parse(&decode(header)?, HEADER)?;
        let claims = Claims::new(json::parse(&decode(payload)?, PAYLOAD)?);
        let (header, key) = (Header::read(&members)?, header_key(&members, source)?);
        Ok(Self { header, key, input, claims, signature: decode(signature)? })
    }

    /// An unverified claim, to find the keys for verification and for nothing else.
    #[must_use]
    pub fn unverified(&self, name: &'static str) -> Option<&str> {
        self.claims.text(name).ok().flatten()
    }

    /// Verifies with the fitting keys of a set.
    ///
    /// # Errors
    /// `UnknownKey` when no key fits, `BadSignature`.
    pub fn verify(self, keys: &JwkSet, verify: &dyn Fn(&SignatureCheck<'_>) -> bool) -> Result<Verified, JoseError> {
        let candidates = keys.candidates(&self.header);
        if candidates.is_empty() {
            return Err(JoseError::UnknownKey);
        }
        let good = candidates.into_iter().find(|key| verify(&self.check(key))).cloned();
        self.verified_by(good)
    }

    /// Verifies with the key in the header.
    ///
    /// # Errors
    /// `UnknownKey` when it was not read with [`KeySource::Header`] or the key is not one for the
    /// algorithm; `BadSignature`.
    pub fn verify_own(self, verify: &dyn Fn(&SignatureCheck<'_>) -> bool) -> Result<Verified, JoseError> {
        let key = self.key.clone().filter(|key| key.fits(self.header.algorithm)).ok_or(JoseError::UnknownKey)?;
        let good = verify(&self.check(&key)).then_some(key);
        self.verified_by(good)
    }

    fn check<'b>(&'b self, key: &'b Jwk) -> SignatureCheck<'b> {
        let (input, signature) = (self.input.as_bytes(), self.signature.as_slice());
        SignatureCheck { algorithm: self.header.algorithm, key, input, signature }
    }

    fn verified_by(self, key: Option<Jwk>) -> Result<Verified, JoseError> {
        let key = key.ok_or(JoseError::BadSignature)?;
        Ok(Verified { header: self.header, claims: self.claims, key })
    }
}

fn header_key(members: &Map<String, Value>, source: KeySource) -> Result<Option<Jwk>, JoseError> {
    if FOREIGN_KEYS.iter().any(|name| members.contains_key(*name)) {
        return Err(JoseError::Malformed("the header names a key of its own"));
    }
    match (source, members.get("jwk")) {
        (KeySource::Known, None) => Ok(None),
        (KeySource::Known, Some(_)) => Err(JoseError::Malformed("the header brings a key of its own")),
        (KeySource::Header, Some(Value::Object(key))) => Jwk::parse(key).map(Some),
        (KeySource::Header, _) => Err(JoseError::Malformed("the header brings no key")),
    }
}
