//! Validation of DPoP proofs: RFC 9449 §4.3.

use super::*;
use crate::Timestamp;
use crate::fixture::query;
use crate::jose::fixture::{compact, p256, rsa, verify};
use proptest::prelude::*;
use serde_json::{Value, json};

const URL: &str = "https://id.example/oauth2/token";
const NOW: i64 = 1_000_000;

fn header() -> Value {
    json!({"typ": "dpop+jwt", "alg": "ES256", "jwk": p256()})
}

fn claims() -> Value {
    json!({"jti": "j", "htm": "POST", "htu": URL, "iat": NOW})
}

fn with(base: &Value, name: &str, value: Value) -> Value {
    let mut changed = base.as_object().unwrap().clone();
    if value.is_null() {
        changed.remove(name)
    } else {
        changed.insert(name.to_owned(), value)
    };
    Value::Object(changed)
}

fn expected<'a>(access_token: Option<&'a str>, nonces: Option<&'a [&'a str]>) -> Validation<'a> {
    Validation { method: "POST", url: URL, access_token, nonces, now: Timestamp::from_seconds(NOW) }
}

fn outcome(header: &Value, claims: &Value, expected: &Validation<'_>) -> Result<DpopProof, &'static str> {
    let proof = compact(header, claims, "good");
    validate([proof.as_str()], expected, &verify).map(Option::unwrap).map_err(|error| error.code.as_str())
}

fn at_token(header: &Value, claims: &Value) -> Result<DpopProof, &'static str> {
    outcome(header, claims, &expected(None, None))
}

#[test]
fn a_good_proof_names_its_key_and_is_to_be_spent_once() {
    let proof = at_token(&header(), &claims()).unwrap();
    assert_eq!(proof.thumbprint, "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
    assert_eq!(proof.replay_key.until, Timestamp::from_seconds(NOW + 61));
    assert_ne!(at_token(&header(), &with(&claims(), "jti", json!("k"))).unwrap().replay_key.key, proof.replay_key.key);
    assert_eq!(validate([], &expected(None, None), &verify), Ok(None));
}

#[test]
fn the_proof_of_rfc_9449_4_1_is_read() {
    let text = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0Rsc\
        EJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGk\
        iOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE\
        2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg";
    let (url, now) = ("https://server.example.com/token", Timestamp::from_seconds(1_562_262_616));
    let expected = Validation { url, now, ..expected(None, None) };
    let proof = validate([text], &expected, &|check| check.signature.len() == 64).unwrap().unwrap();
    assert_eq!(proof.thumbprint, "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
    assert!(validate([text], &expected, &|_| false).is_err());
}

#[test]
fn each_member_of_the_header_must_be_as_it_must() {
    let mut private = p256();
    private["d"] = json!("AQAB");
    let headers = [
        ("typ", Value::Null),
        ("typ", json!("JWT")),
        ("typ", json!("dpop+jwt+wrongyousee")),
        ("alg", Value::Null),
        ("alg", json!("none")),
        ("alg", json!("HS256")),
        ("alg", json!("RS256")),
        ("alg", json!("EdDSA")),
        ("jwk", Value::Null),
        ("jwk", private),
        ("jwk", json!({"kty": "oct", "k": "AQAB"})),
        ("crit", json!(["exp"])),
        ("jku", json!("https://evil.example")),
    ];
    for (name, value) in headers {
        assert_eq!(at_token(&with(&header(), name, value), &claims()), Err("invalid_dpop_proof"), "{name}");
    }
}

#[test]
fn each_claim_must_be_as_it_must() {
    let bad = [
        ("jti", Value::Null),
        ("jti", json!("")),
        ("jti", json!("x".repeat(257))),
        ("htm", Value::Null),
        ("htm", json!("PUT")),
        ("htm", json!("post")),
        ("htu", Value::Null),
        ("htu", json!("https://id.example/oauth2/tokenohnonotagain")),
        ("iat", Value::Null),
        ("iat", json!("now")),
        ("iat", json!(NOW - 3600)),
        ("iat", json!(NOW + 3600)),
        ("iat", json!(NOW - 61)),
        ("iat", json!(NOW + 60)),
        ("exp", json!(NOW - 1)),
        ("nbf", json!(NOW + 3600)),
    ];
    for (name, value) in bad {
        let claims = with(&claims(), name, value);
        assert_eq!(at_token(&header(), &claims), Err("invalid_dpop_proof"), "{claims}");
    }
    let good = [
        ("iat", json!(NOW - 10)),
        ("iat", json!(NOW + 10)),
        ("iat", json!(NOW - 60)),
        ("htu", json!(format!("{URL}?a#b"))),
        ("htu", json!("HTTPS://ID.EXAMPLE:443/oauth2/token")),
        ("tx_id_key", json!(1)),
        ("nonce", json!("ignored")),
    ];
    for (name, value) in good {
        let claims = with(&claims(), name, value);
        assert!(at_token(&header(), &claims).is_ok(), "{claims}");
    }
    assert!(at_token(&with(&header(), "tx_id", json!(1)), &claims()).is_ok());
}

#[test]
fn rsa_proofs_are_by_pss_alone() {
    let mut key = rsa();
    key.as_object_mut().unwrap().remove("alg");
    let by = |alg: &str| at_token(&json!({"typ": "dpop+jwt", "alg": alg, "jwk": key}), &claims());
    assert!(by("PS256").is_ok());
    assert_eq!(by("RS256"), Err("invalid_dpop_proof"));
}

#[test]
fn one_header_with_one_proof_is_read() {
    let good = compact(&header(), &claims(), "good");
    let refused = |headers: &[&str]| validate(headers.iter().copied(), &expected(None, None), &verify).is_err();
    assert!(!refused(&[&good]));
    assert!(refused(&[&good, &good]) && refused(&[""]) && refused(&["a.b"]) && refused(&[&format!("{good}, {good}")]));
    assert!(refused(&[&compact(&header(), &claims(), "bad")]));
}

#[test]
fn beside_an_access_token_the_proof_is_for_that_token() {
    let by = |claims: &Value| outcome(&header(), claims, &expected(Some("token"), None));
    assert!(by(&with(&claims(), "ath", json!(sha256("token")))).is_ok());
    for ath in [Value::Null, json!(""), json!(sha256("other")), json!("token"), json!(1)] {
        assert_eq!(by(&with(&claims(), "ath", ath)), Err("invalid_dpop_proof"));
    }
}

#[test]
fn a_nonce_is_asked_for_when_it_is_required() {
    let good = ["now", "before"];
    let by = |nonce: Value| outcome(&header(), &with(&claims(), "nonce", nonce), &expected(None, Some(&good)));
    assert!(by(json!("now")).is_ok() && by(json!("before")).is_ok());
    for nonce in [Value::Null, json!(""), json!("old"), json!(1)] {
        assert_eq!(by(nonce), Err("use_dpop_nonce"));
    }
    let broken = outcome(&header(), &with(&claims(), "htm", json!("PUT")), &expected(None, Some(&good)));
    assert_eq!(broken, Err("invalid_dpop_proof"));
    assert_eq!(
        outcome(&header(), &with(&claims(), "nonce", json!("")), &expected(None, Some(&[]))),
        Err("use_dpop_nonce")
    );
}

#[test]
fn what_is_bound_needs_its_key() {
    let proof = at_token(&header(), &claims()).unwrap();
    assert_eq!(check_binding(None, None), Ok(()));
    assert_eq!(check_binding(None, Some(&proof)), Ok(()));
    assert_eq!(check_binding(Some(&proof.thumbprint), Some(&proof)), Ok(()));
    assert!(
        check_binding(Some(&proof.thumbprint), None).is_err() && check_binding(Some("other"), Some(&proof)).is_err()
    );
}

#[test]
fn a_code_can_be_bound_to_a_key() {
    let thumbprint = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
    let read = |text: &str| dpop_jkt(&query(text)).map(|key| key.map(str::to_owned)).map_err(|error| error.code);
    assert_eq!(read(&format!("dpop_jkt={thumbprint}")), Ok(Some(thumbprint.to_owned())));
    assert_eq!((read(""), read("dpop_jkt=")), (Ok(None), Err(ErrorCode::InvalidRequest)));
    for bad in ["x", &"x".repeat(44), &"+".repeat(43), &format!("{}=", "x".repeat(42)), "a&dpop_jkt=a"] {
        assert_eq!(read(&format!("dpop_jkt={bad}")), Err(ErrorCode::InvalidRequest), "{bad}");
    }
}

proptest! {
    #[test]
    fn any_header_is_read_or_refused(text in ".*") {
        prop_assert!(validate([text.as_str()], &expected(Some("token"), None), &|_| true).is_err());
    }

    #[test]
    fn any_claim_is_read_or_refused(name in "jti|htm|htu|iat|nonce|ath|.*", text in ".*", number: i64) {
        for value in [json!(text), json!(number)] {
            let _ = at_token(&header(), &with(&claims(), &name, value));
        }
    }
}
