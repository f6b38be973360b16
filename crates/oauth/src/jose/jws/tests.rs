//! Compact JWS: RFC 7515.

use super::*;
use crate::jose::base64url::encode;
use crate::jose::fixture::{compact, ed25519, p256, rsa, set, verify};
use proptest::prelude::*;
use serde_json::json;

fn read(header: &Value) -> Result<Header, JoseError> {
    Jws::parse(&compact(header, &json!({}), "good"), KeySource::Known).map(|jws| jws.header)
}

fn es256() -> Value {
    json!({"alg": "ES256"})
}

#[test]
fn a_token_is_read_and_verified() {
    let header = json!({"alg": "ES256", "kid": "k", "typ": "application/AT+JWT", "tx_id": 1});
    let text = compact(&header, &json!({"iss": "a"}), "good");
    let jws = Jws::parse(&text, KeySource::Known).unwrap();
    assert_eq!(jws.unverified("iss"), Some("a"));
    let verified = jws.verify(&set(&[rsa(), p256()]), &verify).unwrap();
    assert_eq!(
        verified.header,
        Header { algorithm: Algorithm::Es256, kid: Some("k".into()), typ: Some("at+jwt".into()) }
    );
    assert_eq!(verified.claims.text("iss"), Ok(Some("a")));
    assert!(verified.header.is_typed(&[Some("at+jwt")]) && !verified.header.is_typed(&[None, Some("jwt")]));
}

#[test]
fn the_verifier_sees_what_was_signed() {
    let text = compact(&es256(), &json!({}), "good");
    let seen = |check: &SignatureCheck<'_>| {
        assert_eq!((check.algorithm, check.signature), (Algorithm::Es256, &b"good"[..]));
        assert_eq!(check.input, text.rsplit_once('.').unwrap().0.as_bytes());
        true
    };
    assert!(Jws::parse(&text, KeySource::Known).unwrap().verify(&set(&[p256()]), &seen).is_ok());
}

#[test]
fn a_bad_signature_and_an_unknown_key_are_told_apart() {
    let tried = |signature: &str, keys: &[Value]| {
        let text = compact(&es256(), &json!({}), signature);
        Jws::parse(&text, KeySource::Known).unwrap().verify(&set(keys), &verify).map(|_| ())
    };
    assert_eq!(tried("good", &[p256()]), Ok(()));
    assert_eq!(tried("bad", &[p256()]), Err(JoseError::BadSignature));
    assert_eq!(tried("good", &[rsa(), ed25519()]), Err(JoseError::UnknownKey));
    assert_eq!(tried("good", &[]), Err(JoseError::UnknownKey));
}

#[test]
fn no_signature_and_symmetric_signatures_are_refused() {
    assert!(read(&es256()).is_ok());
    for alg in ["none", "None", "nOnE", "HS256", "HS384", "", "es256", "RSA1_5"] {
        assert!(read(&json!({"alg": alg})).is_err(), "{alg}");
    }
    assert!(
        read(&json!({})).is_err() && read(&json!({"alg": null})).is_err() && read(&json!({"alg": ["ES256"]})).is_err()
    );
}

#[test]
fn keys_and_extensions_that_the_header_brings_are_refused() {
    let foreign = ["jku", "x5u", "x5c", "jwk", "crit"];
    for name in foreign {
        for value in [json!("https://evil.example/keys"), p256(), json!([]), Value::Null] {
            assert!(read(&json!({"alg": "ES256", name: value})).is_err(), "{name}");
        }
    }
    assert!(read(&json!({"alg": "ES256", "x5t": "x", "b64": true})).is_ok());
}

#[test]
fn only_dpop_reads_a_key_from_the_header() {
    let parse = |header: &Value| {
        let text = compact(header, &json!({}), "good");
        Jws::parse(&text, KeySource::Header).and_then(|jws| jws.verify_own(&verify)).map(|verified| verified.key)
    };
    let key = parse(&json!({"alg": "ES256", "jwk": p256()})).unwrap();
    assert_eq!(key.thumbprint(), "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
    let mut private = p256();
    private["d"] = json!("AQAB");
    for jwk in [private, json!("key"), json!({"kty": "oct", "k": "AQAB"}), json!({})] {
        assert!(parse(&json!({"alg": "ES256", "jwk": jwk})).is_err(), "{jwk}");
    }
    assert_eq!(parse(&json!({"alg": "EdDSA", "jwk": p256()})), Err(JoseError::UnknownKey));
    assert!(parse(&es256()).is_err() && parse(&json!({"alg": "ES256", "jwk": p256(), "jku": "x"})).is_err());
    let text = compact(&es256(), &json!({}), "good");
    assert!(Jws::parse(&text, KeySource::Known).unwrap().verify_own(&verify).is_err());
}

#[test]
fn the_compact_form_is_strict() {
    let good = compact(&es256(), &json!({"a": 1}), "good");
    assert!(Jws::parse(&good, KeySource::Known).is_ok());
    let (header, payload) = (encode(br#"{"alg":"ES256"}"#), encode(b"{}"));
    let bad = [
        String::new(),
        "..".to_owned(),
        format!("{header}.{payload}"),
        format!("{good}.x"),
        format!("{good}="),
        format!(" {good}"),
        format!("{good}\n"),
        format!("{header}.{}.AQAB", encode(b"[]")),
        format!("{header}.{}.AQAB", encode(b"text")),
        format!("{header}.{}.AQAB", encode(br#"{"a":1,"a":2}"#)),
        format!("{}.{payload}.AQAB", encode(br#"{"alg":"none","alg":"ES256"}"#)),
        format!("{}.{payload}.AQAB", encode(br#"{"alg":"ES256"} "#).replace('e', "+")),
    ];
    for text in bad {
        assert!(Jws::parse(&text, KeySource::Known).is_err(), "{text}");
    }
}

#[test]
fn size_and_depth_are_bounded() {
    let sized = |length: usize| compact(&es256(), &json!({"a": "x".repeat(length)}), "good");
    assert!(Jws::parse(&sized(20_000), KeySource::Known).is_ok());
    assert!(Jws::parse(&sized(32_768), KeySource::Known).is_err());
    let deep = format!("{}.{}.AQAB", encode(br#"{"alg":"ES256"}"#), encode("{\"a\":".repeat(2_000).as_bytes()));
    assert!(Jws::parse(&deep, KeySource::Known).is_err());
    assert!(read(&json!({"alg": "ES256", "kid": "k".repeat(5000)})).is_err());
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in ".*", parts in prop::collection::vec("[A-Za-z0-9_-]{0,40}", 0..5)) {
        for source in [KeySource::Known, KeySource::Header] {
            prop_assert!(Jws::parse(&text, source).is_err() || text.matches('.').count() == 2);
            let _ = Jws::parse(&parts.join("."), source);
        }
    }

    #[test]
    fn any_header_is_read_or_refused(name in "alg|typ|kid|jwk|crit|.*", value in "ES256|none|.*", payload: Vec<u8>) {
        let header = encode(json!({"alg": "ES256", name: value}).to_string().as_bytes());
        for source in [KeySource::Known, KeySource::Header] {
            let _ = Jws::parse(&format!("{header}.{}.AQAB", encode(&payload)), source);
        }
    }
}
