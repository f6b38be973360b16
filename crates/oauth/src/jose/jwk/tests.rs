//! Public keys: RFC 7517, RFC 7638.

use super::*;
use crate::jose::fixture;

fn read(value: &Value) -> Result<Option<Jwk>, JoseError> {
    Jwk::read(value.as_object().unwrap())
}

/// The key with one member changed, or taken out when the value is null.
fn with(base: &Value, name: &str, value: Value) -> Value {
    let mut changed = base.as_object().unwrap().clone();
    if value.is_null() {
        changed.remove(name)
    } else {
        changed.insert(name.to_owned(), value)
    };
    Value::Object(changed)
}

#[test]
fn the_key_of_rfc_7638_has_its_thumbprint() {
    let key = Jwk::parse(fixture::rsa().as_object().unwrap()).unwrap();
    assert_eq!(key.thumbprint(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    assert_eq!((key.kid.as_deref(), key.algorithm), (Some("2011-04-29"), Some(Algorithm::Rs256)));
}

#[test]
fn the_keys_of_rfc_9449_and_rfc_8037_have_their_thumbprints() {
    let thumbprint = |key: Value| Jwk::parse(key.as_object().unwrap()).unwrap().thumbprint();
    assert_eq!(thumbprint(fixture::p256()), "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
    assert_eq!(thumbprint(fixture::ed25519()), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}

#[test]
fn a_published_key_is_read_back() {
    for value in [fixture::rsa(), fixture::p256(), fixture::ed25519()] {
        let key = read(&value).unwrap().unwrap();
        assert_eq!(read(&key.to_json()), Ok(Some(key.clone())));
        assert_eq!(key.to_json()["use"], "sig");
    }
}

#[test]
fn private_and_symmetric_keys_are_refused() {
    for value in [fixture::rsa(), fixture::p256(), fixture::ed25519()] {
        assert!(read(&value).unwrap().is_some());
        for name in PRIVATE {
            assert!(read(&with(&value, name, json!("AQAB"))).is_err(), "{name}");
        }
    }
    assert!(read(&json!({"kty": "oct"})).is_err());
    assert!(read(&json!({"kty": "future", "d": "x"})).is_err());
}

#[test]
fn what_is_of_no_use_here_is_passed_over() {
    let (rsa, p256, okp) = (fixture::rsa(), fixture::p256(), fixture::ed25519());
    let useless = [
        with(&rsa, "use", json!("enc")),
        with(&rsa, "key_ops", json!(["encrypt"])),
        with(&rsa, "key_ops", json!("verify")),
        with(&rsa, "alg", json!("RSA-OAEP")),
        with(&rsa, "alg", json!("HS256")),
        with(&rsa, "alg", json!("ES256")),
        with(&rsa, "n", json!("AQAB")),
        with(&rsa, "n", json!(format!("AA{}", rsa["n"].as_str().unwrap()))),
        with(&rsa, "n", json!("_".repeat(1368))),
        with(&rsa, "e", json!("AQ")),
        with(&rsa, "e", json!("Ag")),
        with(&rsa, "e", json!("")),
        with(&rsa, "e", json!(65537)),
        with(&rsa, "e", Value::Null),
        with(&rsa, "kid", json!("k".repeat(257))),
        with(&p256, "crv", json!("P-384")),
        with(&p256, "crv", json!("secp256k1")),
        with(&p256, "x", json!("AQAB")),
        with(&p256, "y", Value::Null),
        with(&okp, "crv", json!("X25519")),
        with(&okp, "x", json!(format!("{}=", okp["x"].as_str().unwrap()))),
        with(&okp, "kty", Value::Null),
    ];
    for value in useless {
        assert_eq!(read(&value), Ok(None), "{value}");
        assert!(Jwk::parse(value.as_object().unwrap()).is_err());
    }
    let operations = with(&with(&rsa, "key_ops", json!(["verify"])), "x5u", json!("https://evil.example"));
    assert!(read(&operations).unwrap().is_some());
}

#[test]
fn a_key_fits_its_own_algorithms() {
    let fitting = |value: &Value| {
        let key = read(value).unwrap().unwrap();
        Algorithm::ALL.into_iter().filter(|algorithm| key.fits(*algorithm)).collect::<Vec<_>>()
    };
    assert_eq!(fitting(&fixture::rsa()), [Algorithm::Rs256]);
    assert_eq!(fitting(&with(&fixture::rsa(), "alg", Value::Null)), [Algorithm::Rs256, Algorithm::Ps256]);
    assert_eq!(fitting(&fixture::p256()), [Algorithm::Es256]);
    assert_eq!(fitting(&fixture::ed25519()), [Algorithm::EdDsa]);
}
