//! Requests that come as forms, and the form that carries the decision.

use super::confirmation;
use crate::harness::{Call, LOGOUT_CLIENT, POST_LOGOUT_URI, Test};

#[tokio::test]
async fn a_posted_request_goes_on_as_a_get_without_the_id_token() {
    let test = Test::with_logout_client().await;
    let browser = test.signed_in("ada").await;
    let hint = browser.id_token(&LOGOUT_CLIENT).await;
    let pairs = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", POST_LOGOUT_URI), ("state", "a b")];
    let hop = browser.end_session_by_form(&pairs).await;
    assert!(
        hop.status == 303 && hop.location().starts_with("/oauth2/end-session?jeton_request="),
        "{}",
        hop.location()
    );
    let signature = hint.rsplit('.').next().unwrap();
    assert!(!hop.location().contains(signature) && hop.cookies().is_empty() && browser.is_signed_in().await);
    assert_eq!(browser.get(hop.location()).await.location(), format!("{POST_LOGOUT_URI}?state=a%20b"));
    assert!(!browser.is_signed_in().await);
}

#[tokio::test]
async fn a_posted_request_without_an_id_token_asks() {
    let test = Test::with_logout_client().await;
    let browser = test.signed_in("ada").await;
    let hop = browser.end_session_by_form(&[("state", "s"), ("ui_locales", "fr de")]).await;
    let reply = browser.get(hop.location()).await;
    assert!(reply.text().contains("lang=\"de\"") && reply.text().contains("Angemeldet bleiben"));
    let form = confirmation(&browser, &reply).await;
    assert_eq!(browser.submit(&form).await.location(), "/logged-out");
}

#[tokio::test]
async fn a_changed_or_old_address_of_a_posted_request_proves_nothing() {
    let test = Test::with_logout_client().await;
    let browser = test.signed_in("ada").await;
    let hint = browser.id_token(&LOGOUT_CLIENT).await;
    let pairs = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", POST_LOGOUT_URI)];
    let hop = browser.end_session_by_form(&pairs).await.location().to_owned();
    confirmation(&browser, &browser.get(&format!("{hop}x")).await).await;
    confirmation(&browser, &browser.get(&hop.replace("jeton_request=", "jeton_request=x")).await).await;
    test.clock.advance(300);
    confirmation(&browser, &browser.get(&hop).await).await;
    test.clock.advance(-1);
    assert_eq!(browser.get(&hop).await.location(), POST_LOGOUT_URI);
}

#[tokio::test]
async fn a_form_that_was_changed_or_is_of_another_browser_or_old_ends_nothing() {
    let test = Test::with_logout_client().await;
    let (browser, other) = (test.signed_in("ada").await, test.signed_in("ada").await);
    let hint = other.id_token(&LOGOUT_CLIENT).await;
    let pairs = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", POST_LOGOUT_URI)];
    let form = confirmation(&browser, &browser.end_session(&pairs).await).await;
    let foreign = confirmation(&other, &other.end_session(&[]).await).await;
    let sealed = form.value("request").unwrap().to_owned();
    let forms = [
        form.clone().with("request", foreign.value("request").unwrap()),
        form.clone().with("request", &format!("x{sealed}")),
        form.clone().with("request", ""),
        form.clone().with("csrf", ""),
        foreign,
    ];
    for bad in &forms {
        let reply = browser.submit(bad).await;
        assert!(reply.is_error_page() && reply.status == 403, "{}", reply.status);
    }
    let pairs: Vec<(&str, &str)> = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let crossed = Call::post("/logout/confirm", &pairs).header("sec-fetch-site", "cross-site");
    assert_eq!(browser.send(crossed).await.status, 403);
    test.clock.advance(3600);
    assert_eq!(browser.submit(&form).await.status, 403);
    assert!(browser.is_signed_in().await);
    test.clock.advance(-1);
    assert_eq!(browser.submit(&form).await.location(), POST_LOGOUT_URI);
    assert!(!browser.is_signed_in().await && other.is_signed_in().await);
}

#[tokio::test]
async fn an_address_that_the_client_has_no_more_is_not_gone_to() {
    let test = Test::with_logout_client().await;
    let (browser, other) = (test.signed_in("ada").await, test.signed_in("ada").await);
    let hint = other.id_token(&LOGOUT_CLIENT).await;
    let pairs = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", POST_LOGOUT_URI)];
    let form = confirmation(&browser, &browser.end_session(&pairs).await).await;
    test.provider.disable_client("bye").await.unwrap();
    assert_eq!(browser.submit(&form).await.location(), "/logged-out");
    assert!(!browser.is_signed_in().await);
}

#[tokio::test]
async fn a_user_who_signed_in_meanwhile_is_asked_anew() {
    let test = Test::with_logout_client().await;
    test.user("bob").await;
    let browser = test.browser();
    browser.sign_in_as("ada").await;
    let form = confirmation(&browser, &browser.end_session(&[]).await).await;
    browser.sign_in_as("bob").await;
    let reply = browser.submit(&form).await;
    // Between tags, since three letters also come up in what is sealed.
    assert!(reply.text().contains(">bob<") && !reply.text().contains(">ada<"));
    let form = confirmation(&browser, &reply).await;
    assert_eq!(browser.submit(&form).await.location(), "/logged-out");
}
