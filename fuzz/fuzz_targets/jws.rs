#![no_main]
//! Signed tokens. A verifier that says yes to everything reaches the rules behind it.

use libfuzzer_sys::fuzz_target;
use oauth::jose::{Algorithm, JwkSet, Jws, KeySource};
use oauth::oidc::IdTokenHint;
use oauth::{Profile, Timestamp, client_assertion, request_object};

fuzz_target!(|text: &str| {
    let keys = fuzz::keys();
    let _ = IdTokenHint::read(text, "https://id.example", &keys, &|_| true);
    assert!(Jws::parse(text, KeySource::Known).and_then(|jws| jws.verify(&JwkSet::default(), &|_| true)).is_err());
    assert!(Jws::parse(text, KeySource::Known).and_then(|jws| jws.verify(&keys, &|_| false)).is_err());
    let Ok(verified) = Jws::parse(text, KeySource::Known).and_then(|jws| jws.verify(&keys, &|_| true)) else { return };
    assert!(Algorithm::ALL.contains(&verified.header.algorithm));
    let (client_id, issuer, now) = ("printer", "https://id.example", Timestamp::from_seconds(1_700_000_000));
    for profile in [Profile::Standard, Profile::Fapi] {
        let object = request_object::Validation { client_id, profile, issuer, now };
        let assertion = client_assertion::Validation { client_id, profile, issuer, endpoints: &[], now };
        let _ = (request_object::parameters(&verified, &object), client_assertion::validate(&verified, &assertion));
    }
});
