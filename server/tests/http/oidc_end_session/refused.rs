//! Invalid end-session requests: an error page, no redirect, and the session stays.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use serde_json::Value;

use crate::harness::{Browser, LOGOUT_CLIENT, POST_LOGOUT_URI, Test, TestClient};

/// What every refusal must come to; and the same request made right signs out.
async fn is_refused(browser: &Browser, pairs: &[(&str, &str)], why: &str) {
    for reply in [browser.end_session(pairs).await, browser.end_session_by_form(pairs).await] {
        assert!(reply.status == 400 && reply.is_error_page(), "{why}: {} {}", reply.status, reply.location());
        assert!(reply.text().contains(why), "{why}: {}", reply.text());
    }
    assert!(browser.is_signed_in().await);
}

async fn works(browser: &Browser, hint: &str) {
    let reply = browser
        .end_session(&[("id_token_hint", hint), ("post_logout_redirect_uri", POST_LOGOUT_URI), ("state", "s")])
        .await;
    assert_eq!(
        (reply.location(), browser.is_signed_in().await),
        (format!("{POST_LOGOUT_URI}?state=s").as_str(), false)
    );
}

#[tokio::test]
async fn an_address_that_differs_in_anything_is_refused() {
    let test = Test::with_logout_client().await;
    let browser = test.signed_in("ada").await;
    let hint = browser.id_token(&LOGOUT_CLIENT).await;
    for uri in [
        "https://bye.example/other",
        "https://bye.example/out?foo=bar",
        "https://bye.example/out?kind=kept&foo=bar",
        "https://bye.example/out/",
        "https://bye.example/out#x",
        "https://BYE.example/out",
        "https://bye.example:443/out",
        "https://bye.example/./out",
        "https://bye.example@evil.example/out",
        "https://bye.example/callback",
        "javascript:alert(1)",
    ] {
        let pairs = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", uri), ("state", "s")];
        is_refused(&browser, &pairs, "post_logout_redirect_uri must match").await;
    }
    works(&browser, &hint).await;
}

#[tokio::test]
async fn an_address_without_an_id_token_is_refused() {
    let test = Test::with_logout_client().await;
    let browser = test.signed_in("ada").await;
    let hint = browser.id_token(&LOGOUT_CLIENT).await;
    for pairs in [
        &[("post_logout_redirect_uri", POST_LOGOUT_URI), ("state", "s")][..],
        &[("client_id", "bye"), ("post_logout_redirect_uri", POST_LOGOUT_URI)],
    ] {
        is_refused(&browser, pairs, "needs an id_token_hint").await;
    }
    works(&browser, &hint).await;
}

/// The token with another header.
fn with_header(token: &str, change: impl FnOnce(&mut Value)) -> String {
    let (header, rest) = token.split_once('.').unwrap();
    let mut header: Value = serde_json::from_slice(&BASE64.decode(header).unwrap()).unwrap();
    change(&mut header);
    format!("{}.{rest}", BASE64.encode(header.to_string()))
}

#[tokio::test]
async fn a_hint_that_is_not_an_id_token_of_ours_is_refused() {
    let test = Test::with_logout_client().await;
    let browser = test.signed_in("ada").await;
    let tokens = browser.tokens_for(&LOGOUT_CLIENT, "read").await;
    let hint = tokens.member("id_token");
    let unsigned = with_header(&hint, |header| header["alg"] = "none".into());
    let (payload, _) = unsigned.rsplit_once('.').unwrap();
    let cut = &hint[..hint.len() - 1];
    let mut turned = hint.clone();
    turned.replace_range(
        hint.len() - 20..hint.len() - 19,
        if hint.as_bytes()[hint.len() - 20] == b'A' { "B" } else { "A" },
    );
    let hints = [
        unsigned.clone(),
        format!("{payload}."),
        with_header(&hint, |header| header["alg"] = "HS256".into()),
        with_header(&hint, |header| header["jku"] = "https://evil.example/jwks".into()),
        cut.to_owned(),
        turned,
        tokens.member("access_token"),
        "nonsense".to_owned(),
        "a.b.c".to_owned(),
        "x".repeat(8000),
    ];
    for bad in &hints {
        let pairs = [("id_token_hint", bad.as_str()), ("post_logout_redirect_uri", POST_LOGOUT_URI), ("state", "s")];
        is_refused(&browser, &pairs, "is not an ID token that this server issued").await;
    }
    assert!(test.outside.requested_urls().is_empty());
    works(&browser, &hint).await;
}

#[tokio::test]
async fn a_client_that_is_another_unknown_or_disabled_is_refused() {
    let test = Test::with_logout_client().await;
    let other =
        TestClient { id: "other", secret: Some("other-secret-1"), redirect_uri: "https://other.example/callback" };
    test.add_logout_client(&other, None).await;
    let browser = test.signed_in("ada").await;
    let hint = browser.id_token(&LOGOUT_CLIENT).await;
    for client in ["web", "other", "nobody"] {
        let pairs =
            [("id_token_hint", hint.as_str()), ("client_id", client), ("post_logout_redirect_uri", POST_LOGOUT_URI)];
        is_refused(&browser, &pairs, "client_id is not known here, or").await;
    }
    is_refused(&browser, &[("client_id", "nobody")], "client_id is not known here").await;
    let ended = browser.id_token(&other).await;
    test.provider.disable_client("other").await.unwrap();
    let pairs = [("id_token_hint", ended.as_str()), ("post_logout_redirect_uri", POST_LOGOUT_URI)];
    is_refused(&browser, &pairs, "client_id is not known here").await;
    works(&browser, &hint).await;
}

#[tokio::test]
async fn a_parameter_that_comes_twice_is_refused() {
    let test = Test::with_logout_client().await;
    let browser = test.signed_in("ada").await;
    let hint = browser.id_token(&LOGOUT_CLIENT).await;
    for name in ["id_token_hint", "client_id", "post_logout_redirect_uri", "state"] {
        let pairs = [("id_token_hint", hint.as_str()), (name, "x"), (name, "x")];
        is_refused(&browser, &pairs, "A parameter was sent more than once").await;
    }
    is_refused(&browser, &[("state", "x".repeat(4000).as_str())], "too long").await;
    works(&browser, &hint).await;
}
