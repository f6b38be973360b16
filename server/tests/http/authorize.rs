//! `GET, POST /oauth2/authorize`: what a request may look like, and what comes back (group AZ).

use crate::harness::{AuthRequest, Call, ISSUER, MACHINE, NO_PKCE, SPA, Test, WEB};

#[tokio::test]
async fn a_code_comes_back_with_state_and_issuer() {
    let test = Test::new().await;
    let reply = test.signed_in("ada").await.allow(&AuthRequest::of(&WEB)).await;
    assert_eq!(reply.status, 303);
    assert!(reply.location().starts_with("https://web.example/callback?code=jtn_ac_"), "{}", reply.location());
    assert_eq!(reply.param("state").as_deref(), Some("xyz"));
    assert_eq!(reply.param("iss").as_deref(), Some(ISSUER));
}

#[tokio::test]
async fn a_posted_request_is_as_good_as_one_in_the_query() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let reply = browser.send(Call::post("/oauth2/authorize", &AuthRequest::of(&WEB).pairs())).await;
    assert_eq!(reply.status, 200);
    assert!(reply.text().contains("consent-allow"));
}

#[tokio::test]
async fn a_parameter_that_nobody_knows_is_ignored() {
    let test = Test::new().await;
    let reply = test.signed_in("ada").await.allow(&AuthRequest::of(&WEB).with("extra", "foobar")).await;
    assert!(reply.param("code").is_some());
    assert_eq!(reply.param("extra"), None);
}

#[tokio::test]
async fn an_empty_parameter_counts_as_none() {
    let test = Test::new().await;
    let mut ask = AuthRequest::of(&WEB);
    for name in ["prompt", "max_age", "response_mode", "nonce", "login_hint", "request", "request_uri", "state"] {
        ask = ask.with(name, "");
    }
    let reply = test.signed_in("ada").await.allow(&ask).await;
    assert!(reply.param("code").is_some());
    assert_eq!(reply.param("state"), None);
    let reply = test.signed_in("ada").await.authorize(&AuthRequest::of(&WEB).with("response_type", "")).await;
    assert_eq!(reply.redirected_error(), "invalid_request");
}

/// Each change to a good request, and the error that goes back to the client.
#[tokio::test]
async fn every_other_fault_goes_back_to_the_client_with_state_and_issuer() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let web = || AuthRequest::of(&WEB);
    let long = "a".repeat(129);
    let table = [
        (web().without("response_type"), "invalid_request"),
        (web().with("response_type", "token"), "unsupported_response_type"),
        (web().with("response_type", "id_token token"), "unsupported_response_type"),
        (web().with("response_type", "code code"), "unsupported_response_type"),
        (web().with("response_type", "nonsense"), "unsupported_response_type"),
        (web().with("response_mode", "fragment"), "invalid_request"),
        (web().with("response_mode", "web_message"), "invalid_request"),
        (web().without_pkce(), "invalid_request"),
        (AuthRequest::of(&SPA).without_pkce(), "invalid_request"),
        (web().with("code_challenge_method", "plain"), "invalid_request"),
        (web().without("code_challenge_method"), "invalid_request"),
        (web().without("code_challenge"), "invalid_request"),
        (web().with("code_challenge", "short"), "invalid_request"),
        (web().with("code_challenge", &long[..42]), "invalid_request"),
        (web().with("code_challenge", &long), "invalid_request"),
        (web().with("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM"), "invalid_request"),
        (web().with("scope", "nonsense"), "invalid_scope"),
        (web().with("scope", "read nonsense"), "invalid_scope"),
        (web().with("scope", "re\"ad"), "invalid_scope"),
        (web().with("scope", "re\\ad"), "invalid_scope"),
        (web().with("scope", "re\u{7}ad"), "invalid_scope"),
        (web().with("scope", "réad"), "invalid_scope"),
        (web().with("prompt", "none login"), "invalid_request"),
        (web().with("prompt", "consent none"), "invalid_request"),
        (web().with("prompt", "nonsense"), "invalid_request"),
        (web().with("max_age", "-1"), "invalid_request"),
        (web().with("max_age", "1.5"), "invalid_request"),
        (web().with("max_age", "9223372036854775808"), "invalid_request"),
        (web().with("max_age", "abc"), "invalid_request"),
        (web().with("request", "eyJhbGciOiJub25lIn0.e30."), "request_not_supported"),
        (web().with("request_uri", "http://169.254.169.254/"), "request_uri_not_supported"),
    ];
    for (ask, error) in table {
        let reply = browser.authorize(&ask).await;
        assert_eq!(reply.redirected_error(), error, "{:?} {}", ask, reply.location());
        assert_eq!(reply.status, 303, "{ask:?}");
        assert_eq!(reply.param("state").as_deref(), Some("xyz"), "{ask:?}");
        assert_eq!(reply.param("iss").as_deref(), Some(ISSUER), "{ask:?}");
        assert_eq!(reply.param("code"), None, "{ask:?}");
        assert!(reply.param("error_description").is_some(), "{ask:?}");
    }
}

#[tokio::test]
async fn a_repeated_parameter_goes_back_as_an_invalid_request() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    for name in ["response_type", "scope", "code_challenge", "code_challenge_method", "prompt", "nonce", "request"] {
        let reply = browser.authorize(&AuthRequest::of(&WEB).also(name, "one").also(name, "two")).await;
        assert_eq!(reply.redirected_error(), "invalid_request", "{name}");
        assert_eq!(reply.param("state").as_deref(), Some("xyz"), "{name}");
    }
    let reply = browser.authorize(&AuthRequest::of(&WEB).also("state", "other")).await;
    assert_eq!(reply.redirected_error(), "invalid_request");
    assert_eq!(reply.param("state"), None);
}

#[tokio::test]
async fn a_confidential_client_registered_without_pkce_may_leave_it_out_and_may_use_it() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    assert!(browser.allow(&AuthRequest::of(&NO_PKCE).without_pkce()).await.param("code").is_some());
    assert!(browser.authorize(&AuthRequest::of(&NO_PKCE)).await.param("code").is_some());
    let reply = browser.authorize(&AuthRequest::of(&NO_PKCE).with("code_challenge_method", "plain")).await;
    assert_eq!(reply.redirected_error(), "invalid_request");
}

#[tokio::test]
async fn a_client_without_the_code_grant_has_nowhere_to_send_people() {
    let test = Test::new().await;
    let reply = test.signed_in("ada").await.authorize(&AuthRequest::of(&MACHINE).without("redirect_uri")).await;
    assert_eq!(reply.status, 400);
    assert!(reply.is_error_page());
}

#[tokio::test]
async fn state_comes_back_exactly_and_none_is_invented() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let state = format!("a+b c%20d&e=f#🦀\"'<>{}", "x".repeat(2000));
    let reply = browser.allow(&AuthRequest::of(&WEB).with("state", &state)).await;
    assert_eq!(reply.param("state").as_deref(), Some(state.as_str()));
    let reply = browser.authorize(&AuthRequest::of(&WEB).without("state")).await;
    assert!(reply.param("code").is_some());
    assert!(!reply.location().contains("state"));
}

#[tokio::test]
async fn a_huge_state_or_nonce_is_refused_cleanly() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    for name in ["state", "nonce"] {
        let ask = AuthRequest::of(&WEB).with(name, &"x".repeat(60_000));
        assert_eq!(browser.authorize(&ask).await.status, 414, "{name} in the query");
        let ask = AuthRequest::of(&WEB).with(name, &"x".repeat(66_000));
        assert_eq!(browser.send(Call::post("/oauth2/authorize", &ask.pairs())).await.status, 413, "{name} in the body");
    }
    let reply = browser.authorize(&AuthRequest::of(&WEB).with("nonce", &"x".repeat(4000))).await;
    assert_eq!(reply.redirected_error(), "invalid_request");
    assert!(browser.allow(&AuthRequest::of(&WEB).with("nonce", &"x".repeat(2000))).await.param("code").is_some());
}

#[tokio::test]
async fn without_a_scope_everything_but_introspection_is_asked_for() {
    let test = Test::new().await;
    let code = test.signed_in("ada").await.code(&AuthRequest::of(&WEB).without("scope")).await;
    let reply = test.exchange(&code).await;
    assert_eq!(reply.member("scope"), "read service_id=uslicer.iponweb.com write");
}

#[tokio::test]
async fn other_methods_are_refused_with_the_ones_that_are_allowed() {
    let test = Test::new().await;
    for method in ["PUT", "DELETE", "PATCH"] {
        let reply = test.send(Call::new(method, "/oauth2/authorize")).await;
        assert_eq!(reply.status, 405, "{method}");
        assert!(reply.header("allow").contains("GET") && reply.header("allow").contains("POST"), "{method}");
    }
}
