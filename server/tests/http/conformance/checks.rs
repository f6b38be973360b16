//! What the suite checks in every module.

use oauth::jose::{Algorithm, Jws, KeySource};
use serde_json::Value;

use super::suite::Mode;
use super::suite_browser::Landing;
use crate::harness::{AuthRequest, ISSUER, NOON, Reply, Test, TestClient, left_half};

/// Claims that an ID token may have without a request for them.
const EXPECTED: [&str; 12] =
    ["iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "azp", "at_hash", "sid"];

/// The response came by the requested mode, with `state` and `iss`, each once.
pub fn answer(landing: &Landing, mode: Mode, ask: &AuthRequest) {
    let (came, pairs) = landing.answer.as_ref().unwrap();
    assert_eq!(*came, mode);
    assert_eq!((landing.param("state"), landing.param("iss")), (Some(ask.value("state")), Some(ISSUER)));
    let mut names: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    let before = names.len();
    names.dedup();
    assert_eq!(names.len(), before, "{pairs:?}");
    let allowed: &[&str] = match landing.param("error") {
        None => &["code", "iss", "state"],
        Some(_) => &["error", "error_description", "error_uri", "iss", "state"],
    };
    assert!(names.iter().all(|name| allowed.contains(name)), "{pairs:?}");
}

/// A refusal, with a description in the characters of RFC 6749 §4.1.2.1.
pub fn refused(landing: &Landing, errors: &[&str]) {
    let error = landing.param("error").unwrap();
    assert!(errors.contains(&error), "{error}");
    let description = landing.param("error_description").unwrap();
    assert!(description.bytes().all(|byte| matches!(byte, 0x20..=0x21 | 0x23..=0x5b | 0x5d..=0x7e)), "{description}");
}

/// The answer of the token endpoint (RFC 6749 §5.1).
pub fn tokens(reply: &Reply) {
    let head = (reply.status, reply.header("content-type"), reply.header("cache-control"));
    assert_eq!(head, (200, "application/json", "no-store"), "{:?}", reply.body);
    assert_eq!(reply.header("pragma"), "no-cache");
    let answer = reply.json();
    assert_eq!((&answer["token_type"], answer["expires_in"].as_i64()), (&Value::from("Bearer"), Some(3600)));
    for token in [&answer["access_token"], &answer["refresh_token"]].into_iter().filter(|token| !token.is_null()) {
        let token = token.as_str().unwrap();
        assert!(token.len() >= 43 && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'));
    }
}

/// A refusal of the token endpoint (RFC 6749 §5.2).
pub fn invalid_grant(reply: &Reply) {
    assert_eq!(reply.refusal(), (400, "invalid_grant".to_owned()));
    assert_eq!((reply.header("content-type"), reply.header("cache-control")), ("application/json", "no-store"));
}

/// The ID token of the answer: signed by a key of ours that it names, for this client, about this
/// request, and with nothing in it that nobody asked for. Its claims.
pub async fn id_token(test: &Test, client: &TestClient, nonce: &str, reply: &Reply) -> Value {
    let token = reply.member("id_token");
    let header = Jws::parse(&token, KeySource::Known).unwrap().header;
    assert_eq!(header.algorithm, Algorithm::Rs256);
    assert!(header.kid.is_some() && test.keys().await.keys().iter().any(|key| key.kid == header.kid));
    let claims = test.id_claims(reply).await;
    let (now, sub) = (test.provider.now().seconds(), claims["sub"].as_str().unwrap());
    assert_eq!((&claims["iss"], &claims["aud"]), (&Value::from(ISSUER), &Value::from(client.id)));
    assert!(claims["iat"] == now && claims["exp"].as_i64().unwrap() > now);
    assert!(claims["auth_time"].as_i64().is_some_and(|at| (NOON.seconds()..=now).contains(&at)));
    assert!(!sub.is_empty() && sub.len() <= 255 && sub.is_ascii());
    assert_eq!(claims["nonce"].as_str().unwrap_or_default(), nonce);
    assert_eq!(claims["at_hash"], left_half(&reply.member("access_token")));
    let names: Vec<&String> = claims.as_object().unwrap().keys().collect();
    assert!(names.iter().all(|name| EXPECTED.contains(&name.as_str())), "{names:?}");
    claims
}
