//! `prompt` and `max_age` (AZ-25 to AZ-28), and the return from sign-in.

use crate::harness::{AuthRequest, Browser, Form, PASSWORD, Test, WEB};

async fn error(browser: &Browser, ask: &AuthRequest) -> String {
    let reply = browser.authorize(ask).await;
    assert_eq!(reply.status, 303, "{ask:?}");
    reply.redirected_error()
}

/// Whether the request leads to the sign-in page.
async fn asks_to_sign_in(browser: &Browser, ask: &AuthRequest) -> bool {
    browser.authorize(ask).await.location().starts_with("/login?return_to=")
}

#[tokio::test]
async fn sign_in_leads_back_to_the_request() {
    let test = Test::new().await;
    let browser = test.browser();
    let to_login = browser.authorize(&AuthRequest::of(&WEB)).await;
    assert_eq!(to_login.status, 303);
    let page = browser.get(to_login.location()).await;
    assert!(page.text().contains("to continue to"));
    let form = Form::find(&page.text(), "/login").unwrap();
    let back = browser.submit(&form.with("username", "ada").with("password", PASSWORD)).await;
    assert_eq!(back.status, 303);
    let consent = browser.form(back.location(), "/consent").await;
    let reply = browser.submit(&consent.with("decision", "allow")).await;
    assert_eq!(reply.param("state").as_deref(), Some("xyz"));
    assert_eq!(test.exchange(&reply.param("code").unwrap()).await.status, 200);
}

#[tokio::test]
async fn prompt_none_never_shows_a_page() {
    let test = Test::new().await;
    let none = AuthRequest::of(&WEB).with("prompt", "none");
    assert_eq!(error(&test.browser(), &none).await, "login_required");
    let browser = test.signed_in("ada").await;
    assert_eq!(error(&browser, &none).await, "consent_required");
    browser.allow(&AuthRequest::of(&WEB)).await;
    assert!(browser.authorize(&none).await.param("code").is_some());
    assert_eq!(error(&browser, &none.clone().with("scope", "read write")).await, "consent_required");
    test.clock.advance(100);
    assert_eq!(error(&browser, &none.clone().with("max_age", "99")).await, "login_required");
    assert!(browser.authorize(&none.with("max_age", "100")).await.param("code").is_some());
}

#[tokio::test]
async fn max_age_zero_asks_to_sign_in_and_a_young_session_goes_on() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    test.clock.advance(10);
    assert!(asks_to_sign_in(&browser, &AuthRequest::of(&WEB).with("max_age", "0")).await);
    assert!(asks_to_sign_in(&browser, &AuthRequest::of(&WEB).with("max_age", "5")).await);
    assert!(!asks_to_sign_in(&browser, &AuthRequest::of(&WEB).with("max_age", "10")).await);
    assert!(!asks_to_sign_in(&browser, &AuthRequest::of(&WEB).with("max_age", "9223372036854775807")).await);
}

#[tokio::test]
async fn prompt_login_wants_the_password_again_and_then_goes_on() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    browser.allow(&AuthRequest::of(&WEB)).await;
    test.clock.advance(10);
    let to_login = browser.authorize(&AuthRequest::of(&WEB).with("prompt", "login")).await;
    let page = browser.get(to_login.location()).await.text();
    assert!(page.contains("Confirm it is you"), "{page}");
    let form = Form::find(&page, "/login").unwrap();
    let wrong = browser.submit(&form.clone().with("username", "ada").with("password", "wrong password")).await;
    assert_eq!(wrong.status, 422);
    let back = browser.submit(&form.with("username", "ada").with("password", PASSWORD)).await;
    assert!(browser.get(back.location()).await.param("code").is_some());
}

#[tokio::test]
async fn who_gives_up_at_prompt_login_has_proved_nothing() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    browser.allow(&AuthRequest::of(&WEB)).await;
    test.clock.advance(10);
    let login = AuthRequest::of(&WEB).with("prompt", "login");
    let to_login = browser.authorize(&login).await;
    let way_back = to_login.param("return_to").unwrap();
    // Going on without having signed in asks again, and an old mark or one of another request
    // proves nothing.
    assert!(browser.get(&way_back).await.location().starts_with("/login?"));
    assert!(browser.get(&way_back.replace("state=xyz", "state=abc")).await.location().starts_with("/login?"));
    let young = AuthRequest::of(&WEB).with("prompt", "none").with("max_age", "5");
    assert_eq!(error(&browser, &young).await, "login_required");
}

#[tokio::test]
async fn that_somebody_was_sent_to_sign_in_counts_in_their_browser_alone() {
    let test = Test::new().await;
    let login = AuthRequest::of(&WEB).with("prompt", "login");
    let (thief, victim) = (test.browser(), test.browser());
    let theirs = thief.authorize(&login).await.param("return_to").unwrap();
    test.clock.advance(10);
    // Both sign in after that; only the browser that was sent to sign-in may continue by this
    // address.
    for browser in [&thief, &victim] {
        browser.sign_in_as("ada").await;
        browser.code_with_or_without_consent(&AuthRequest::of(&WEB)).await;
    }
    assert!(thief.get(&theirs).await.param("code").is_some());
    assert!(victim.get(&theirs).await.location().starts_with("/login?return_to="));
    // A new browser gets its cookie with the redirect.
    let fresh = test.browser();
    let form = fresh.form(fresh.authorize(&login).await.location(), "/login").await;
    let back = fresh.submit(&form.with("username", "ada").with("password", PASSWORD)).await;
    assert!(fresh.get(back.location()).await.param("code").is_some());
}

#[tokio::test]
async fn prompt_consent_asks_although_it_was_allowed() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    browser.allow(&AuthRequest::of(&WEB)).await;
    assert!(browser.authorize(&AuthRequest::of(&WEB)).await.param("code").is_some());
    assert!(browser.allow(&AuthRequest::of(&WEB).with("prompt", "consent")).await.param("code").is_some());
}

#[tokio::test]
async fn select_account_asks_once_and_takes_whoever_signs_in() {
    let test = Test::new().await;
    test.user("grace").await;
    let browser = test.signed_in("ada").await;
    let to_login = browser.authorize(&AuthRequest::of(&WEB).with("prompt", "select_account")).await;
    let back = to_login.param("return_to").unwrap();
    browser.sign_in_as("grace").await;
    let page = browser.get(&back).await.text();
    assert!(page.contains("grace") && page.contains("consent-allow"), "{page}");
}

#[tokio::test]
async fn the_name_that_the_client_expects_stands_in_the_form() {
    let test = Test::new().await;
    let browser = test.browser();
    let to_login = browser.authorize(&AuthRequest::of(&WEB).with("login_hint", "grace\"<b>")).await;
    let form = browser.form(to_login.location(), "/login").await;
    assert_eq!(form.value("username"), Some("grace\"<b>"));
}

#[tokio::test]
async fn another_account_can_be_used_from_the_question() {
    let test = Test::new().await;
    test.user("grace").await;
    let browser = test.signed_in("ada").await;
    let page = browser.authorize(&AuthRequest::of(&WEB)).await.text();
    assert!(page.contains("Use another account") && page.contains("name=\"switch\""), "{page}");
    browser.sign_in_as("grace").await;
    assert!(browser.authorize(&AuthRequest::of(&WEB)).await.text().contains("grace"));
}
