//! Signed authorization requests: RFC 9101.

use super::*;
use crate::fixture::{client, query};
use crate::jose::fixture::verified;
use crate::{AuthorizationRequest, Callback};
use proptest::prelude::*;
use serde_json::json;

const ISSUER: &str = "https://id.example";
const NOW: i64 = 1_000_000;

fn claims() -> Value {
    json!({
        "iss": "printer", "aud": ISSUER, "client_id": "printer", "response_type": "code", "scope": "openid", "max_age": 60,
        "redirect_uri": "https://printer.example/cb", "claims": {"userinfo": {"name": null}}, "resource": ["urn:a:1", "urn:a:2"],
    })
}

fn with(changes: &[(&str, Value)]) -> Value {
    let mut claims = claims();
    for (name, value) in changes {
        claims[*name] = value.clone();
        if value.is_null() {
            claims.as_object_mut().unwrap().remove(*name);
        }
    }
    claims
}

fn outcome(profile: Profile, header: &Value, claims: &Value) -> Result<Params, Error> {
    let expected = Validation { client_id: "printer", profile, issuer: ISSUER, now: Timestamp::from_seconds(NOW) };
    parameters(&verified(header, claims), &expected)
}

fn standard(claims: &Value) -> Result<Params, Error> {
    outcome(Profile::Standard, &json!({"alg": "RS256"}), claims)
}

#[test]
fn the_object_is_the_whole_request() {
    let params = standard(&claims()).unwrap();
    let pair = |name: &str| params.get(name).unwrap().map(str::to_owned);
    assert_eq!(pair("max_age").as_deref(), Some("60"));
    assert_eq!(pair("claims").as_deref(), Some(r#"{"userinfo":{"name":null}}"#));
    assert_eq!(params.all("resource").collect::<Vec<_>>(), ["urn:a:1", "urn:a:2"]);
    assert_eq!((pair("iss"), pair("aud"), pair("client_id").as_deref()), (None, None, Some("printer")));
    let request = AuthorizationRequest::parse(&client(&[]), &params, crate::PkceRule::Required).unwrap();
    assert_eq!(request.max_age, Some(60));
}

#[test]
fn the_redirect_uri_of_the_object_counts() {
    let client = client(&["https://printer.example/cb"]);
    let params = standard(&claims()).unwrap();
    let callback = Callback::resolve(&client, &params, ISSUER).unwrap();
    assert_eq!(callback.redirect_uri, "https://printer.example/cb");
    let silent = standard(&with(&[("state", Value::Null)])).unwrap();
    assert_eq!(silent.get("state"), Ok(None));
}

#[test]
fn an_object_must_be_by_this_client_for_this_server() {
    let bad = [
        ("iss", Value::Null),
        ("iss", json!("other")),
        ("aud", Value::Null),
        ("aud", json!("https://other.example")),
        ("client_id", json!("other")),
        ("client_id", json!(1)),
        ("sub", json!("printer")),
        ("exp", json!(NOW)),
        ("exp", json!(NOW - 1)),
        ("nbf", json!(NOW + 60)),
        ("iat", json!(NOW + 60)),
        ("exp", json!("soon")),
        ("request", json!("x")),
        ("request_uri", json!("x")),
        ("state", json!("a\0b")),
        ("a\0", json!("x")),
    ];
    for (name, value) in bad {
        let claims = with(&[(name, value)]);
        assert_eq!(standard(&claims).unwrap_err().code.as_str(), "invalid_request_object", "{claims}");
    }
    let good = [
        ("client_id", Value::Null),
        ("aud", json!([ISSUER, "https://other.example"])),
        ("sub", json!("42")),
        ("exp", json!(NOW + 1)),
        ("nbf", json!(NOW + 10)),
        ("jti", json!("j")),
    ];
    for (name, value) in good {
        let claims = with(&[(name, value)]);
        assert!(standard(&claims).is_ok(), "{claims}");
    }
}

#[test]
fn the_type_must_not_be_another_tokens() {
    let typed = |typ: &str| outcome(Profile::Standard, &json!({"alg": "ES256", "typ": typ}), &claims()).is_ok();
    assert!(typed("JWT") && typed("oauth-authz-req+jwt") && typed("application/oauth-authz-req+jwt"));
    assert!(!typed("dpop+jwt") && !typed("client-authentication+jwt") && !typed("at+jwt"));
}

#[test]
fn fapi_wants_a_short_life_and_no_rs256() {
    let fapi = |alg: &str, nbf: Value, exp: Value| {
        outcome(Profile::Fapi, &json!({"alg": alg}), &with(&[("nbf", nbf), ("exp", exp)])).is_ok()
    };
    assert!(fapi("ES256", json!(NOW), json!(NOW + 3600)));
    assert!(!fapi("RS256", json!(NOW), json!(NOW + 60)));
    assert!(!fapi("ES256", Value::Null, json!(NOW + 60)) && !fapi("ES256", json!(NOW), Value::Null));
    assert!(!fapi("ES256", json!(NOW), json!(NOW + 3601)) && !fapi("ES256", json!(NOW - 3601), json!(NOW - 1)));
    assert!(!fapi("ES256", json!(NOW - 3601), json!(NOW + 1)));
}

fn source(request: &str, allowed: &Allowed<'_>) -> Result<Source, &'static str> {
    Source::of(&query(request), allowed).map_err(|error| error.code.as_str())
}

#[test]
fn a_client_without_a_key_is_told_by_name() {
    let none = Allowed::default();
    assert_eq!(source("scope=openid&request=&request_uri=", &none), Ok(Source::Plain));
    assert_eq!(source("request=eyJ", &none), Err("request_not_supported"));
    for uri in [
        "https://printer.example/r",
        "http://169.254.169.254/",
        "file:///etc/passwd",
        "urn:ietf:params:oauth:request_uri:k",
    ] {
        assert_eq!(source(&format!("request_uri={uri}"), &none), Err("request_uri_not_supported"), "{uri}");
    }
}

#[test]
fn only_registered_addresses_and_pushed_requests_are_looked_up() {
    let uris = ["https://printer.example/r".to_owned()];
    let all = Allowed { objects: true, pushed: true, pushed_only: false, signed_only: false, request_uris: &uris };
    assert_eq!(source("request=eyJ", &all), Ok(Source::Object("eyJ".into())));
    assert_eq!(source("request_uri=https://printer.example/r", &all), Ok(Source::Registered(uris[0].clone())));
    assert_eq!(source("request_uri=urn:ietf:params:oauth:request_uri:k", &all), Ok(Source::Pushed("k".into())));
    for uri in
        ["https://printer.example/r2", "http://169.254.169.254/", "file:///etc/passwd", "https://printer.example/R"]
    {
        assert_eq!(source(&format!("request_uri={uri}"), &all), Err("invalid_request_uri"), "{uri}");
    }
    assert_eq!(source("request=a&request_uri=b", &all), Err("invalid_request"));
    assert_eq!(source("request=a&request=a", &all), Err("invalid_request"));
}

#[test]
fn a_client_that_must_push_sends_nothing_else() {
    let uris = ["https://printer.example/r".to_owned()];
    let strict = Allowed { objects: true, pushed: true, pushed_only: true, signed_only: true, request_uris: &uris };
    assert_eq!(source("request_uri=urn:ietf:params:oauth:request_uri:k", &strict), Ok(Source::Pushed("k".into())));
    for request in ["scope=openid", "request=eyJ", "request_uri=https://printer.example/r"] {
        assert_eq!(source(request, &strict), Err("invalid_request"), "{request}");
    }
}

#[test]
fn a_client_that_must_sign_sends_objects_or_pushes() {
    let strict = Allowed { objects: true, pushed: true, signed_only: true, ..Allowed::default() };
    assert_eq!(source("request=eyJ", &strict), Ok(Source::Object("eyJ".into())));
    assert_eq!(source("request_uri=urn:ietf:params:oauth:request_uri:k", &strict), Ok(Source::Pushed("k".into())));
    assert_eq!(source("scope=openid", &strict), Err("invalid_request"));
}

proptest! {
    #[test]
    fn any_member_is_read_or_refused(name in ".*", text in ".*", number: i64) {
        for value in [json!(text), json!(number), json!([text]), json!({ "a": text })] {
            if let Ok(params) = standard(&with(&[(&name, value)])) {
                prop_assert!(params.pairs().iter().all(|(name, value)| !name.contains('\0') && !value.contains('\0')));
            }
        }
    }
}
