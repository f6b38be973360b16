//! Client authentication by `private_key_jwt`: RFC 7523 §3.

use super::*;
use crate::jose::fixture::{compact, verified};
use proptest::prelude::*;
use serde_json::{Value, json};

const ISSUER: &str = "https://id.example";
const TOKEN: &str = "https://id.example/oauth2/token";
const NOW: i64 = 1_000_000;

fn claims() -> Value {
    json!({"iss": "printer", "sub": "printer", "aud": ISSUER, "jti": "j", "iat": NOW, "exp": NOW + 60})
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[name] = value;
    if claims[name].is_null() {
        claims.as_object_mut().unwrap().remove(name);
    }
    claims
}

fn outcome(profile: Profile, header: &Value, claims: &Value) -> Result<ReplayKey, Error> {
    let now = Timestamp::from_seconds(NOW);
    let expected = Validation { client_id: "printer", profile, issuer: ISSUER, endpoints: &[TOKEN], now };
    validate(&verified(header, claims), &expected)
}

fn standard(claims: &Value) -> Result<ReplayKey, Error> {
    outcome(Profile::Standard, &json!({"alg": "ES256"}), claims)
}

fn fapi(claims: &Value) -> Result<ReplayKey, Error> {
    outcome(Profile::Fapi, &json!({"alg": "ES256"}), claims)
}

#[test]
fn a_good_assertion_is_to_be_spent_once() {
    let once = standard(&claims()).unwrap();
    assert_eq!(once.until, Timestamp::from_seconds(NOW + 60));
    assert_eq!(fapi(&claims()).unwrap(), once);
    assert_ne!(standard(&with("jti", json!("k"))).unwrap().key, once.key);
}

#[test]
fn each_claim_must_be_as_it_must() {
    let bad = [
        ("iss", Value::Null),
        ("iss", json!("other")),
        ("sub", Value::Null),
        ("sub", json!("other")),
        ("sub", json!(1)),
        ("jti", Value::Null),
        ("jti", json!("")),
        ("jti", json!("x".repeat(257))),
        ("jti", json!(1)),
        ("exp", Value::Null),
        ("exp", json!(NOW)),
        ("exp", json!(NOW - 300)),
        ("exp", json!(NOW + 3600)),
        ("exp", json!("soon")),
        ("iat", json!(NOW + 60)),
        ("nbf", json!(NOW + 60)),
        ("nbf", json!("now")),
        ("aud", Value::Null),
        ("aud", json!([])),
        ("aud", json!("https://other.example")),
        ("aud", json!("https://id.example//")),
        ("aud", json!([ISSUER, "https://other.example"])),
        ("aud", json!([ISSUER, 1])),
    ];
    for (name, value) in bad {
        let claims = with(name, value);
        for refused in [standard(&claims), fapi(&claims)] {
            assert_eq!(refused.unwrap_err().code.as_str(), "invalid_client", "{claims}");
        }
    }
    let good = [
        ("iat", json!(NOW + 10)),
        ("nbf", json!(NOW + 10)),
        ("nbf", json!(NOW - 10)),
        ("iat", Value::Null),
        ("exp", json!(NOW + 300)),
        ("jti", json!("x".repeat(256))),
    ];
    for (name, value) in good {
        let claims = with(name, value);
        assert!(standard(&claims).is_ok() && fapi(&claims).is_ok(), "{claims}");
    }
}

#[test]
fn the_audience_is_by_the_profile() {
    let slash = |name: &str| format!("{name}/");
    for aud in [json!(TOKEN), json!([ISSUER]), json!([ISSUER, TOKEN]), json!(slash(TOKEN)), json!(slash(ISSUER))] {
        let claims = with("aud", aud);
        assert!(standard(&claims).is_ok() && fapi(&claims).is_err(), "{claims}");
    }
}

#[test]
fn algorithm_and_type_are_by_the_profile() {
    let by = |profile, header: Value| outcome(profile, &header, &claims()).is_ok();
    assert!(by(Profile::Standard, json!({"alg": "RS256"})) && !by(Profile::Fapi, json!({"alg": "RS256"})));
    assert!(by(Profile::Fapi, json!({"alg": "EdDSA", "typ": "JWT"})));
    assert!(by(Profile::Fapi, json!({"alg": "ES256", "typ": "client-authentication+jwt"})));
    for typ in ["dpop+jwt", "oauth-authz-req+jwt", "at+jwt", "logout+jwt"] {
        assert!(!by(Profile::Standard, json!({"alg": "ES256", "typ": typ})), "{typ}");
    }
}

fn parse(header: bool, pairs: &[(&str, &str)]) -> Result<Option<String>, &'static str> {
    let params = Params::from_pairs(pairs.iter().copied());
    let parsed = ClientAssertion::parse(&params, header);
    parsed.map(|found| found.map(|assertion| assertion.client_id)).map_err(|error| error.code.as_str())
}

#[test]
fn an_assertion_is_read_from_the_body() {
    let token = compact(&json!({"alg": "ES256"}), &claims(), "good");
    let (token, kind) = (("client_assertion", token.as_str()), ("client_assertion_type", TYPE));
    assert_eq!(parse(true, &[("client_id", "printer")]), Ok(None));
    assert_eq!(parse(false, &[token, kind]), Ok(Some("printer".to_owned())));
    assert_eq!(parse(false, &[token, kind, ("client_id", "printer")]), Ok(Some("printer".to_owned())));
    assert_eq!(parse(false, &[token, kind, ("client_id", "other")]), Err("invalid_client"));
    assert_eq!(parse(false, &[token]), Err("invalid_client"));
    assert_eq!(parse(false, &[kind]), Err("invalid_client"));
    assert_eq!(parse(false, &[token, ("client_assertion_type", "saml2-bearer")]), Err("invalid_client"));
    assert_eq!(parse(false, &[("client_assertion", "x"), kind]), Err("invalid_client"));
    assert_eq!(parse(false, &[token, token, kind]), Err("invalid_request"));
}

#[test]
fn a_second_method_is_refused() {
    let token = compact(&json!({"alg": "ES256"}), &claims(), "good");
    let (token, kind) = (("client_assertion", token.as_str()), ("client_assertion_type", TYPE));
    assert_eq!(parse(true, &[token, kind]), Err("invalid_request"));
    assert_eq!(parse(false, &[token, kind, ("client_secret", "s")]), Err("invalid_request"));
}

proptest! {
    #[test]
    fn any_token_is_read_or_refused(text in ".*") {
        prop_assert!(parse(false, &[("client_assertion", &text), ("client_assertion_type", TYPE)]).map_or(true, |id| text.is_empty() || id.is_some()));
    }
}
