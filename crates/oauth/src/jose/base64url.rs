//! Base64url without padding: RFC 7515 §2. Other alphabets, padding and stray bits are refused, so
//! that every byte string has one writing.

use super::JoseError;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

pub(super) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(super) fn decode(text: &str) -> Result<Vec<u8>, JoseError> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| JoseError::Malformed("not base64url without padding"))
}

/// SHA-256 in base64url: `ath` of RFC 9449 §4.2, and the thumbprint of RFC 7638.
#[must_use]
pub fn sha256(text: &str) -> String {
    encode(&Sha256::digest(text.as_bytes()))
}

/// The left half of the SHA-256 in base64url: `at_hash` of OpenID Connect Core §3.1.3.6.
pub(crate) fn left_half(text: &str) -> String {
    encode(&Sha256::digest(text.as_bytes())[..16])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_byte_string_has_one_writing() {
        assert_eq!(decode("AQAB"), Ok(vec![1, 0, 1]));
        for text in ["AQAB=", "AQ==", "AR", "A", "A+AB", "A/AB", " AQAB", "AQ\nAB", "\u{e9}AQA"] {
            assert!(decode(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn the_access_token_of_core_appendix_a_has_its_hash() {
        assert_eq!(left_half("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"), "77QmUPtjPfzWtF2AnpK9RQ");
    }

    proptest! {
        #[test]
        fn what_is_read_is_written_the_same(text in ".*") {
            if let Ok(bytes) = decode(&text) {
                prop_assert_eq!(encode(&bytes), text);
            }
        }
    }
}
