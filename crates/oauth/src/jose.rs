//! JSON Object Signing: RFC 7515, 7517, 7518, 7519, as far as it is pure and within the bounds of
//! RFC 8725.
//!
//! Pure: parsing, key selection and serialization. Signing and verifying are callbacks, so that no
//! cryptographic library gets into the WASM. A [`Verified`] exists only for a valid signature.

mod algorithm;
mod base64url;
mod claims;
#[cfg(test)]
pub(crate) mod fixture;
mod header;
mod json;
mod jwk;
mod jwk_set;
mod jws;
mod replay_key;
mod unsigned;

pub use algorithm::Algorithm;
pub(crate) use base64url::left_half;
pub use base64url::sha256;
pub use claims::{Audience, Claims, LEEWAY};
pub use header::Header;
pub use json::{Limits, parse as parse_json};
pub use jwk::{Jwk, Material};
pub use jwk_set::JwkSet;
pub use jws::{Jws, KeySource, SignatureCheck, Verified};
pub use replay_key::ReplayKey;
pub use unsigned::{Typ, Unsigned};

use std::fmt;

/// Why a JWS, JWT or key is invalid. The caller decides what the client learns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JoseError {
    /// It is not what the specification allows; the text is for the log.
    Malformed(&'static str),
    /// No key of the set fits; a set that was fetched may be out of date.
    UnknownKey,
    /// The signature is not that of the key.
    BadSignature,
    /// The signature is good, and a claim is missing or not as it must be; the text is for the log.
    BadClaim(&'static str),
}

impl fmt::Display for JoseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed(reason) | Self::BadClaim(reason) => reason,
            Self::UnknownKey => "no key fits the signature",
            Self::BadSignature => "the signature is not good",
        })
    }
}

impl std::error::Error for JoseError {}
