#![no_main]
//! Proofs of possession. A verifier that says yes to everything reaches the rules behind it.

use libfuzzer_sys::fuzz_target;
use oauth::Timestamp;
use oauth::dpop::{Validation, validate};

fuzz_target!(|text: &str| {
    let now = Timestamp::from_seconds(1_700_000_000);
    let expected = Validation {
        method: "POST",
        url: "https://id.example/oauth2/token",
        access_token: None,
        nonces: None,
        now,
    };
    assert!(validate([text], &expected, &|_| false).is_err());
    if let Ok(proof) = validate([text], &expected, &|_| true) {
        assert_eq!(proof.map(|proof| proof.thumbprint.len()), Some(43));
    }
});
