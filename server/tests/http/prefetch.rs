//! HEAD requests and prefetches (`Sec-Purpose`) have no effect.

use crate::harness::{AuthRequest, Browser, Call, LOGOUT_CLIENT, POST_LOGOUT_URI, Test, WEB};

/// How browsers say that they only prepare.
const PUBLISH_AHEAD: [(&str, &str); 5] = [
    ("sec-purpose", "prefetch"),
    ("sec-purpose", "prefetch;prerender"),
    ("sec-purpose", "prefetch;anonymous-client-ip"),
    ("purpose", "prefetch"),
    ("x-moz", "Prefetch"),
];

/// How many codes there are.
async fn codes(test: &Test) -> usize {
    test.database.dump().await.matches("authorization_codes.code_hash").count()
}

async fn head(browser: &Browser, path: &str) -> (u16, String) {
    let reply = browser.send(Call::new("HEAD", path)).await;
    assert!(reply.body.is_empty());
    (reply.status, reply.location().to_owned())
}

/// What the scripts of a page ask for that a browser renders beforehand.
const METADATA: &str = "/.well-known/openid-configuration";

#[tokio::test]
async fn what_is_fetched_ahead_of_time_is_refused_and_has_no_effect() {
    let test = Test::with_logout_client().await;
    let browser = test.signed_in("ada").await;
    let token = test.tokens().await.access;
    let hint = browser.id_token(&LOGOUT_CLIENT).await;
    let bye = crate::harness::end_session(&[("id_token_hint", &hint), ("post_logout_redirect_uri", POST_LOGOUT_URI)]);
    let pushed = test.send(WEB.call("/oauth2/par", &AuthRequest::of(&WEB).pairs())).await.member("request_uri");
    let pushed = AuthRequest::bare(WEB.id).with("request_uri", &pushed);
    let before = codes(&test).await;
    let paths = [AuthRequest::of(&WEB).path(), pushed.path(), bye.clone(), "/account".into(), "/setup?token=x".into()];
    let pages = ["/login".into(), "/.well-known/change-password".into()];
    let checks = [format!("/oauth2/tokeninfo?access_token={token}"), "/oauth2/jwks/".into(), METADATA.into()];
    for (name, value) in PUBLISH_AHEAD {
        for path in &checks {
            let reply = test.send(Call::get(path).header(name, value).header("origin", "https://app.example")).await;
            assert_eq!((reply.status, reply.header("access-control-allow-origin")), (200, "*"), "{name} {path}");
        }
        for path in paths.iter().chain(&pages) {
            let reply = browser.send(Call::get(path).header(name, value)).await;
            assert_eq!((reply.status, reply.header("cache-control")), (503, "no-store"), "{name} {path}");
            assert!(reply.location().is_empty() && reply.body.is_empty());
        }
    }
    assert!(before > 0 && codes(&test).await == before);
    // Real navigations still work: the code, the pushed request, the sign-out.
    for path in &paths[..2] {
        let real = Call::get(path).header("sec-purpose", "no-prefetch-at-all").header("purpose", "navigate");
        assert!(browser.send(real).await.param("code").is_some(), "{path}");
    }
    assert!(browser.is_signed_in().await);
    assert_eq!(browser.get(&bye).await.location(), POST_LOGOUT_URI);
    assert!(!browser.is_signed_in().await);
}

#[tokio::test]
async fn files_may_be_fetched_ahead_of_time() {
    let test = Test::new().await;
    let page = test.send(Call::get("/login").header("accept", "text/html")).await.text();
    let (_, rest) = page.split_once("/assets/").unwrap();
    let file = format!("/assets/{}", rest.split('"').next().unwrap());
    assert_eq!(test.send(Call::get(&file).header("sec-purpose", "prefetch")).await.status, 200);
}

#[tokio::test]
async fn a_head_is_that_of_the_page_that_would_sign_in_and_makes_no_code() {
    let test = Test::with_logout_client().await;
    let browser = test.signed_in("ada").await;
    let code = browser.code(&AuthRequest::of(&WEB)).await;
    assert_eq!(test.exchange(&code).await.status, 200);
    let pushed = test.send(WEB.call("/oauth2/par", &AuthRequest::of(&WEB).pairs())).await.member("request_uri");
    let pushed = AuthRequest::bare(WEB.id).with("request_uri", &pushed).path();
    let before = codes(&test).await;
    for path in
        [AuthRequest::of(&WEB).path(), pushed.clone(), AuthRequest::of(&WEB).path().replace("/oauth2/", "/oauth/")]
    {
        let (status, location) = head(&browser, &path).await;
        assert_eq!(status, 303);
        assert!(location.starts_with("/login?return_to="), "{location}");
    }
    let (status, _) = head(&browser, &AuthRequest::of(&WEB).with("client_id", "nobody").path()).await;
    assert_eq!(status, 400);
    assert_eq!(codes(&test).await, before);
    assert!(browser.get(&pushed).await.param("code").is_some(), "the pushed request was not used up");
    let hint = browser.id_token(&LOGOUT_CLIENT).await;
    let bye = crate::harness::end_session(&[("id_token_hint", &hint), ("post_logout_redirect_uri", POST_LOGOUT_URI)]);
    assert_eq!(head(&browser, &bye).await, (200, String::new()), "it leads nowhere, since nothing has ended");
    assert!(browser.is_signed_in().await, "a head signs nobody out");
    assert_eq!(head(&browser, "/account").await.0, 200);
}

#[tokio::test]
async fn a_head_does_not_take_the_message_that_is_told_once() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let form = browser.form("/account/name", "/account/name").await;
    browser.submit(&form.with("given_name", "Ada").with("family_name", "L")).await;
    let told = |page: &str| page.contains("role=\"status\"");
    head(&browser, "/account").await;
    let page = browser.get("/account").await.text();
    let again = browser.get("/account").await.text();
    assert!(page.len() > again.len() && (told(&page) || page != again), "told once, to whoever read it");
}
