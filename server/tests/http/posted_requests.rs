//! Authorization and end-session requests by POST.

use crate::harness::{AuthRequest, Browser, CHALLENGE, Call, LOGOUT_CLIENT, POST_LOGOUT_URI, Reply, Test, WEB};

#[tokio::test]
async fn what_stands_in_the_query_beside_a_body_counts_and_may_not_be_repeated() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let halves = AuthRequest::of(&WEB).without("scope").without("client_id");
    let whole = Call::post("/oauth2/authorize?scope=read&client_id=web", &halves.pairs());
    assert!(browser.send(whole).await.text().contains("consent-allow"));
    for (name, value) in [("scope", "write"), ("scope", "read"), ("state", "xyz"), ("code_challenge", CHALLENGE)] {
        let twice = Call::post(&format!("/oauth2/authorize?{name}={value}"), &AuthRequest::of(&WEB).pairs().clone());
        assert_eq!(browser.send(twice).await.redirected_error(), "invalid_request", "{name}");
    }
    for name in ["client_id", "redirect_uri"] {
        let twice = Call::post(&format!("/oauth/authorize?{name}=x"), &AuthRequest::of(&WEB).pairs());
        let reply = browser.send(twice).await;
        assert!(reply.status == 400 && reply.is_error_page(), "{name}");
    }
    let unreadable = Call::post("/oauth2/authorize?a=%FF", &AuthRequest::of(&WEB).pairs());
    assert_eq!(browser.send(unreadable).await.status, 400);
}

#[tokio::test]
async fn a_request_to_sign_out_may_not_be_repeated_in_the_query_either() {
    let test = Test::with_logout_client().await;
    let browser = test.signed_in("ada").await;
    let hint = browser.id_token(&LOGOUT_CLIENT).await;
    let pairs = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", POST_LOGOUT_URI)];
    let post = |query: &str| Call::post(&format!("/oauth2/end-session?{query}"), &pairs);
    for query in ["post_logout_redirect_uri=https://evil.example/", "id_token_hint=x", "a=%FF"] {
        let reply = browser.send(post(query)).await;
        assert!(reply.status == 400 && reply.is_error_page(), "{query}");
    }
    let hop = browser.send(post("state=x")).await;
    assert_eq!(browser.get(hop.location()).await.location(), format!("{POST_LOGOUT_URI}?state=x"));
}

#[tokio::test]
async fn an_empty_challenge_is_no_way_around_pkce() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    // A client that need not use PKCE, and does.
    let lax = AuthRequest::of(&crate::harness::NO_PKCE);
    assert_eq!(browser.authorize(&lax.clone().with("code_challenge", "")).await.redirected_error(), "invalid_request");
    assert_eq!(browser.authorize(&lax.clone().with("dpop_jkt", "")).await.redirected_error(), "invalid_request");
    let without = lax.without_pkce();
    assert_eq!(
        browser.authorize(&without.clone().with("code_challenge", "")).await.redirected_error(),
        "invalid_request"
    );
    assert!(browser.allow(&without).await.param("code").is_some());
}

/// A form on another site's page: the browser keeps cookies with `SameSite=Lax` back.
async fn from_elsewhere(test: &Test, path: &str, ask: &AuthRequest) -> Reply {
    let call = Call::post(path, &ask.pairs()).header("origin", "https://web.example").header("accept", "text/html");
    test.send(call.header("sec-fetch-site", "cross-site")).await
}

/// Where the browser goes on by GET; nothing is set that a second tab would miss.
async fn goes_on(browser: &Browser, hop: &Reply) -> Reply {
    assert_eq!((hop.status, hop.cookies().len()), (303, 0), "{}", hop.location());
    assert!(hop.location().starts_with("/oauth2/authorize?") && hop.location().len() < 8000, "{}", hop.location());
    browser.get(hop.location()).await
}

#[tokio::test]
async fn a_form_of_another_site_finds_who_is_signed_in() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let hop = from_elsewhere(&test, "/oauth/authorize", &AuthRequest::of(&WEB)).await;
    let consent_form = goes_on(&browser, &hop).await;
    assert!(consent_form.text().contains("consent-allow"), "{}", consent_form.location());
    browser.allow(&AuthRequest::of(&WEB)).await;
    let silent = AuthRequest::of(&WEB).with("prompt", "none");
    let answer = goes_on(&browser, &from_elsewhere(&test, "/oauth2/authorize", &silent).await).await;
    assert!(answer.param("code").is_some_and(|code| code.starts_with("jtn_ac_")), "{}", answer.location());
    let nobody = goes_on(&test.browser(), &from_elsewhere(&test, "/oauth2/authorize", &silent).await).await;
    assert_eq!(nobody.redirected_error(), "login_required");
    let asked =
        goes_on(&test.browser(), &from_elsewhere(&test, "/oauth2/authorize", &AuthRequest::of(&WEB)).await).await;
    assert!(asked.location().starts_with("/login?return_to="), "{}", asked.location());
}

#[tokio::test]
async fn a_cross_site_form_is_refused_at_once_and_no_cookie_is_replaced() {
    let test = Test::new().await;
    for (ask, error) in [
        (AuthRequest::of(&WEB).with("scope", "nonsense"), "invalid_scope"),
        (AuthRequest::of(&WEB).without_pkce(), "invalid_request"),
        (AuthRequest::of(&WEB).with("response_type", "token"), "unsupported_response_type"),
    ] {
        let reply = from_elsewhere(&test, "/oauth2/authorize", &ask).await;
        assert_eq!((reply.redirected_error().as_str(), reply.cookies().len()), (error, 0));
    }
    let page = from_elsewhere(&test, "/oauth2/authorize", &AuthRequest::of(&WEB).with("client_id", "nobody")).await;
    assert!(page.status == 400 && page.is_error_page() && page.cookies().is_empty(), "{:?}", page.cookies());
    let page = from_elsewhere(&test, "/login", &AuthRequest::bare("web")).await;
    assert!(page.cookies().is_empty(), "{:?}", page.cookies());
    let own = test.send(Call::post("/login", &[]).header("origin", "http://127.0.0.1:8080")).await;
    assert_eq!(own.cookies().len(), 1, "our own form in a browser that lost its cookie");
}

#[tokio::test]
async fn a_request_that_is_too_long_for_an_address_travels_by_reference() {
    let test = Test::new().await;
    let state = "x".repeat(12_000);
    let long = AuthRequest::of(&WEB).with("state", &state);
    let browser = test.signed_in("ada").await;
    let hop = from_elsewhere(&test, "/oauth2/authorize", &long).await;
    assert!(hop.location().contains("request_uri=urn") && !hop.location().contains("xxx"), "{}", hop.location());
    let form = browser.form(hop.location(), "/consent").await;
    let answer = browser.submit(&form.with("decision", "allow")).await;
    assert!(answer.param("code").is_some() && answer.param("state").as_deref() == Some(state.as_str()));
    assert_eq!(browser.get(hop.location()).await.redirected_error(), "invalid_request_uri", "it was used");
    // By GET, over sign-in, although every sign in it is written in five characters there.
    let signs = "&".repeat(3000);
    let ask = AuthRequest::of(&WEB).with("state", &signs);
    let stranger = test.browser();
    let sent = stranger.authorize(&ask).await;
    assert!(sent.location().starts_with("/login?return_to=") && sent.location().len() < 1000, "{}", sent.location());
    let form = stranger.form(sent.location(), "/login").await;
    let back = stranger.submit(&form.with("username", "ada").with("password", crate::harness::PASSWORD)).await;
    let answer = stranger.get(back.location()).await;
    assert_eq!(answer.param("state").as_deref(), Some(signs.as_str()), "{}", answer.location());
    assert!(test.exchange(&answer.param("code").unwrap()).await.status == 200);
}

#[tokio::test]
async fn what_cannot_be_carried_is_refused_at_once() {
    let test = Test::new().await;
    let endless = AuthRequest::of(&WEB).with("state", &"x".repeat(20_000));
    let refused = from_elsewhere(&test, "/oauth2/authorize", &endless).await;
    assert_eq!(refused.redirected_error(), "invalid_request");
    assert!(refused.param("error_description").unwrap().contains("16 KiB"));
    let long = AuthRequest::of(&WEB).with("state", &"x".repeat(12_000));
    let from = async |address: &str| {
        let call = Call::get(&long.path()).peer(address);
        test.send(call).await
    };
    for number in 0..20 {
        assert!(from("192.0.2.1").await.location().starts_with("/login"), "{number}");
    }
    assert_eq!(from("192.0.2.1").await.redirected_error(), "temporarily_unavailable");
    assert!(from("192.0.2.2").await.location().starts_with("/login"), "another address has its own");
    let short = test.send(Call::get(&AuthRequest::of(&WEB).path()).peer("192.0.2.1")).await;
    assert!(short.location().starts_with("/login"), "what fits needs no place");
    test.clock.advance(60);
    assert!(from("192.0.2.1").await.location().starts_with("/login"));
}
