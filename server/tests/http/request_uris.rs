//! Requests at an address of the client (AZ-34; OpenID Connect Core §6.2).

use oauth::Registration;
use oauth::jose::Algorithm;
use serde_json::json;

use crate::harness::{AuthRequest, PASSWORD, SIGNER, Signer, Test, VERIFIER, assertion, claims_of, object, signer};

const ADDRESS: &str = "https://signer.example/request";

async fn with_address() -> (Test, Signer) {
    let (test, key) = (Test::new().await, Signer::new(Algorithm::Rs256, "1"));
    let registration =
        Registration { jwks: Some(key.set()), request_uris: vec![ADDRESS.to_owned()], ..Registration::default() };
    signer(&test, registration).await;
    (test, key)
}

fn ask(uri: &str) -> AuthRequest {
    AuthRequest::bare(SIGNER.id).with("request_uri", uri)
}

#[tokio::test]
async fn what_stood_there_first_is_what_the_person_allows() {
    let (test, key) = with_address().await;
    test.outside.put(ADDRESS, key.sign(&object()));
    let browser = test.browser();
    let login = browser.authorize(&ask(ADDRESS)).await.location().to_owned();
    let mut wider = object();
    wider["scope"] = json!("read write");
    test.outside.put(ADDRESS, key.sign(&wider));
    let form = browser.form(&login, "/login").await;
    let back = browser.submit(&form.with("username", "ada").with("password", PASSWORD)).await;
    let consent_form = browser.form(back.location(), "/consent").await;
    let reply = browser.submit(&consent_form.with("decision", "allow")).await;
    assert_eq!(reply.param("state").as_deref(), Some("inside"));
    let code = reply.param("code").unwrap();
    let token = key.sign(&claims_of(SIGNER.id));
    let pairs = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", SIGNER.redirect_uri),
        ("code_verifier", VERIFIER),
    ];
    let tokens = test.send(crate::harness::Call::post("/oauth2/token", &assertion(&pairs, &token))).await;
    assert_eq!(tokens.member("scope"), "read");
    assert_eq!(test.outside.requested_urls(), [ADDRESS]);
}

#[tokio::test]
async fn an_address_that_is_not_registered_is_never_gone_to() {
    let (test, key) = with_address().await;
    test.outside.put(ADDRESS, key.sign(&object()));
    let browser = test.signed_in("ada").await;
    let uris = [
        "https://signer.example/request2",
        "https://signer.example/request#x",
        "https://SIGNER.example/request",
        "http://signer.example/request",
        "http://169.254.169.254/",
        "file:///etc/passwd",
        "urn:ietf:params:oauth:request_uri:",
        "urn:ietf:params:oauth:request_uri:unknown",
        "x",
    ];
    for uri in uris {
        assert_eq!(browser.authorize(&ask(uri)).await.redirected_error(), "invalid_request_uri", "{uri}");
    }
    assert!(test.outside.requested_urls().is_empty());
    assert_eq!(browser.authorize(&ask(ADDRESS)).await.status, 200);
}

#[tokio::test]
async fn an_address_without_a_good_object_is_refused() {
    let (test, key) = with_address().await;
    let browser = test.signed_in("ada").await;
    for _ in 0..3 {
        assert_eq!(browser.authorize(&ask(ADDRESS)).await.redirected_error(), "invalid_request_uri");
    }
    assert_eq!(test.outside.requested_urls().len(), 1);
    test.clock.advance(30);
    let unsigned = key.sign_as(&json!({"alg": "none"}), &object());
    for body in ["<html>".to_owned(), unsigned, Signer::new(Algorithm::Rs256, "1").sign(&object())] {
        test.outside.put(ADDRESS, body);
        assert_eq!(browser.authorize(&ask(ADDRESS)).await.redirected_error(), "invalid_request_object");
    }
    test.outside.put(ADDRESS, vec![0xFF, 0xFE]);
    assert_eq!(browser.authorize(&ask(ADDRESS)).await.redirected_error(), "invalid_request_uri");
    test.outside.put(ADDRESS, format!("{}\n", key.sign(&object())));
    assert_eq!(browser.authorize(&ask(ADDRESS)).await.status, 200);
}

#[tokio::test]
async fn the_sign_in_page_goes_nowhere() {
    let (test, key) = with_address().await;
    test.outside.put(ADDRESS, key.sign(&object()));
    let query = oauth::Params::from_pairs([("return_to", ask(ADDRESS).path().as_str())]).encode();
    assert_eq!(test.browser().get(&format!("/login?{query}")).await.status, 200);
    assert!(test.outside.requested_urls().is_empty());
}
