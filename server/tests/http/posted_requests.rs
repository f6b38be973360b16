//! Requests at the browser's endpoints that come as forms.

use crate::harness::{Ask, BYE, CHALLENGE, Call, OUT, Test, WEB};

#[tokio::test]
async fn what_stands_in_the_query_beside_a_body_counts_and_may_not_be_repeated() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let halves = Ask::of(&WEB).without("scope").without("client_id");
    let whole = Call::post("/oauth2/authorize?scope=read&client_id=web", &halves.pairs());
    assert!(browser.send(whole).await.text().contains("consent-allow"));
    for (name, value) in [("scope", "write"), ("scope", "read"), ("state", "xyz"), ("code_challenge", CHALLENGE)] {
        let twice = Call::post(&format!("/oauth2/authorize?{name}={value}"), &Ask::of(&WEB).pairs().clone());
        assert_eq!(browser.send(twice).await.redirected_error(), "invalid_request", "{name}");
    }
    for name in ["client_id", "redirect_uri"] {
        let twice = Call::post(&format!("/oauth/authorize?{name}=x"), &Ask::of(&WEB).pairs());
        let reply = browser.send(twice).await;
        assert!(reply.status == 400 && reply.is_error_page(), "{name}");
    }
    let unreadable = Call::post("/oauth2/authorize?a=%FF", &Ask::of(&WEB).pairs());
    assert_eq!(browser.send(unreadable).await.status, 400);
}

#[tokio::test]
async fn a_request_to_sign_out_may_not_be_repeated_in_the_query_either() {
    let test = Test::with_bye().await;
    let browser = test.signed_in("ada").await;
    let hint = browser.id_token(&BYE).await;
    let pairs = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", OUT)];
    let post = |query: &str| Call::post(&format!("/oauth2/end-session?{query}"), &pairs);
    for query in ["post_logout_redirect_uri=https://evil.example/", "id_token_hint=x", "a=%FF"] {
        let reply = browser.send(post(query)).await;
        assert!(reply.status == 400 && reply.is_error_page(), "{query}");
    }
    let hop = browser.send(post("state=x")).await;
    assert_eq!(browser.get(hop.location()).await.location(), format!("{OUT}?state=x"));
}

#[tokio::test]
async fn an_empty_challenge_is_no_way_around_pkce() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    // A client that need not use PKCE, and does.
    let lax = Ask::of(&crate::harness::LAX);
    assert_eq!(browser.authorize(&lax.clone().with("code_challenge", "")).await.redirected_error(), "invalid_request");
    assert_eq!(browser.authorize(&lax.clone().with("dpop_jkt", "")).await.redirected_error(), "invalid_request");
    let without = lax.without_pkce();
    assert_eq!(
        browser.authorize(&without.clone().with("code_challenge", "")).await.redirected_error(),
        "invalid_request"
    );
    assert!(browser.allow(&without).await.param("code").is_some());
}
