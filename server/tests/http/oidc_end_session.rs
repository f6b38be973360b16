//! Signing out at a client's request (RP-Initiated Logout 2 to 4): what each module of the
//! conformance plan does, and cases SE-12, SE-13, SE-14 and SE-16.

mod forms;
mod refused;

use provider::signing::PUBLISH_AHEAD;

use crate::harness::{Browser, Call, Form, ISSUER, LOGOUT_CLIENT, POST_LOGOUT_URI, Reply, Test, WEB};

/// The question whether to sign out: nothing has ended.
async fn confirmation(browser: &Browser, reply: &Reply) -> Form {
    assert_eq!(reply.status, 200, "{} {}", reply.status, reply.location());
    assert!(reply.text().contains("id=\"logout-confirm\""), "{}", reply.text());
    assert!(browser.is_signed_in().await);
    Form::find(&reply.text(), "/logout/confirm").unwrap()
}

/// The page at the end.
async fn is_out(browser: &Browser, reply: &Reply) {
    assert_eq!((reply.status, reply.location()), (303, "/logged-out"), "{}", reply.text());
    assert!(!browser.is_signed_in().await);
    let page = browser.get("/logged-out").await;
    assert!(page.status == 200 && page.text().contains("id=\"logged-out\""), "{}", page.text());
    assert!(page.text().contains("href=\"/login\""));
}

#[tokio::test]
async fn discovery_names_the_endpoint_and_both_ways_of_signing_out() {
    let test = Test::new().await;
    let document = test.send(Call::get("/.well-known/openid-configuration")).await.json();
    assert_eq!(document["end_session_endpoint"], format!("{ISSUER}/oauth2/end-session"));
    assert_eq!(document["backchannel_logout_supported"], true);
    assert_eq!(document["backchannel_logout_session_supported"], true);
}

#[tokio::test]
async fn an_id_token_of_this_very_session_signs_out_and_leads_back_with_state() {
    let test = Test::with_logout_client().await;
    for (path, state, to) in [
        ("/oauth2/end-session", Some("a b&c"), format!("{POST_LOGOUT_URI}?state=a%20b%26c")),
        ("/oauth2/end-session/", None, POST_LOGOUT_URI.to_owned()),
        ("/oauth/end-session", Some(""), POST_LOGOUT_URI.to_owned()),
    ] {
        let browser = test.signed_in("ada").await;
        let hint = browser.id_token(&LOGOUT_CLIENT).await;
        let thief = browser.copy();
        let mut pairs = vec![("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", POST_LOGOUT_URI)];
        pairs.extend(state.map(|state| ("state", state)));
        let reply = browser.get(&crate::harness::end_session(&pairs).replace("/oauth2/end-session", path)).await;
        assert_eq!((reply.status, reply.location()), (303, to.as_str()));
        assert!(browser.session().is_none() && !browser.is_signed_in().await && !thief.is_signed_in().await);
    }
}

#[tokio::test]
async fn a_registered_address_with_a_query_gets_the_state_behind_it() {
    let test = Test::with_logout_client().await;
    let browser = test.signed_in("ada").await;
    let hint = browser.id_token(&LOGOUT_CLIENT).await;
    let uri = format!("{POST_LOGOUT_URI}?kind=kept");
    let pairs =
        [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", &uri), ("state", "s"), ("client_id", "bye")];
    assert_eq!(browser.end_session(&pairs).await.location(), format!("{POST_LOGOUT_URI}?kind=kept&state=s"));
}

#[tokio::test]
async fn without_an_address_the_page_says_that_one_is_signed_out() {
    let test = Test::with_logout_client().await;
    let browser = test.signed_in("ada").await;
    let hint = browser.id_token(&LOGOUT_CLIENT).await;
    let reply = browser.end_session(&[("id_token_hint", &hint), ("state", "s")]).await;
    is_out(&browser, &reply).await;
}

#[tokio::test]
async fn without_an_id_token_the_person_is_asked_and_may_stay() {
    let test = Test::with_logout_client().await;
    let browser = test.signed_in("ada").await;
    for pairs in [&[][..], &[("state", "only")], &[("client_id", "bye")], &[("unknown", "x")]] {
        let reply = browser.end_session(pairs).await;
        confirmation(&browser, &reply).await;
        assert_eq!(reply.text().contains("The bye client"), pairs.contains(&("client_id", "bye")));
        assert!(reply.text().contains("action=\"/account\"") && reply.header("cache-control").contains("no-store"));
    }
    let form = confirmation(&browser, &browser.end_session(&[("state", "only")]).await).await;
    let reply = browser.submit(&form).await;
    is_out(&browser, &reply).await;
    // Once more, as by a press of Back: nobody is signed in any more.
    let reply = browser.submit(&form).await;
    is_out(&browser, &reply).await;
}

#[tokio::test]
async fn an_id_token_of_another_session_asks_and_leads_back_afterwards() {
    let test = Test::with_logout_client().await;
    test.user("bob").await;
    let (elsewhere, somebody) = (test.signed_in("ada").await, test.signed_in("bob").await);
    for other in [elsewhere, somebody] {
        let browser = test.signed_in("ada").await;
        let hint = other.id_token(&LOGOUT_CLIENT).await;
        let pairs = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", POST_LOGOUT_URI), ("state", "s")];
        let reply = browser.end_session(&pairs).await;
        assert!(reply.header("content-security-policy").contains("form-action 'self' https://bye.example;"));
        let form = confirmation(&browser, &reply).await;
        assert_eq!(browser.submit(&form).await.location(), format!("{POST_LOGOUT_URI}?state=s"));
        assert!(!browser.is_signed_in().await && other.is_signed_in().await);
    }
}

#[tokio::test]
async fn an_expired_id_token_of_a_retired_key_is_a_hint_all_the_same() {
    let test = Test::with_logout_client().await;
    let browser = test.signed_in("ada").await;
    let hint = browser.id_token(&LOGOUT_CLIENT).await;
    test.provider.rotate_keys().await.unwrap();
    test.clock.advance(PUBLISH_AHEAD + 2 * 3600);
    test.provider.sweep().await.unwrap();
    assert!(test.verified(&hint).await.is_err(), "the key is not published any more");
    let reply = browser.end_session(&[("id_token_hint", &hint), ("post_logout_redirect_uri", POST_LOGOUT_URI)]).await;
    assert_eq!((reply.location(), browser.is_signed_in().await), (POST_LOGOUT_URI, false));
}

#[tokio::test]
async fn an_id_token_of_a_withdrawn_key_is_no_hint() {
    let test = Test::with_logout_client().await;
    let browser = test.signed_in("ada").await;
    let hint = browser.id_token(&LOGOUT_CLIENT).await;
    let keys = test.send(Call::get("/oauth2/jwks")).await.json();
    let signer = keys["keys"].as_array().unwrap().iter().find(|key| key["alg"] == "RS256").unwrap();
    test.provider.withdraw_key(signer["kid"].as_str().unwrap()).await.unwrap();
    let reply = browser.end_session(&[("id_token_hint", &hint), ("post_logout_redirect_uri", POST_LOGOUT_URI)]).await;
    assert!(
        browser.is_signed_in().await && reply.location() != POST_LOGOUT_URI,
        "{} {}",
        reply.status,
        reply.location()
    );
    let hint = browser.id_token(&LOGOUT_CLIENT).await;
    let reply = browser.end_session(&[("id_token_hint", &hint), ("post_logout_redirect_uri", POST_LOGOUT_URI)]).await;
    assert_eq!((reply.location(), browser.is_signed_in().await), (POST_LOGOUT_URI, false), "one of the new key is");
}

#[tokio::test]
async fn who_is_not_signed_in_is_led_back_at_once() {
    let test = Test::with_logout_client().await;
    let browser = test.signed_in("ada").await;
    let hint = browser.id_token(&LOGOUT_CLIENT).await;
    let stranger = test.browser();
    let reply = stranger.end_session(&[("id_token_hint", &hint), ("post_logout_redirect_uri", POST_LOGOUT_URI)]).await;
    assert_eq!((reply.location(), browser.is_signed_in().await), (POST_LOGOUT_URI, true));
    is_out(&stranger, &stranger.end_session(&[]).await).await;
}

#[tokio::test]
async fn nothing_of_the_account_is_shown_or_kept_after_signing_out() {
    let test = Test::with_logout_client().await;
    let browser = test.signed_in("ada").await;
    let page = browser.get("/account").await;
    assert!(page.header("cache-control").contains("no-store"));
    let hint = browser.id_token(&LOGOUT_CLIENT).await;
    assert_eq!(browser.end_session(&[("id_token_hint", &hint)]).await.status, 303);
    let again = browser.get("/account").await;
    assert!(again.status == 303 && again.location().starts_with("/login") && !again.text().contains("ada"));
    assert!(!browser.get("/logged-out").await.text().contains("ada"));
}

#[tokio::test]
async fn a_client_that_hears_of_no_session_gets_no_sid_and_still_signs_its_own_people_out() {
    let test = Test::with_logout_client().await;
    let (browser, phone) = (test.signed_in("ada").await, test.browser());
    let with_sid = test.id_claims(&browser.tokens_for(&LOGOUT_CLIENT, "").await).await;
    let sid = with_sid["sid"].as_str().unwrap();
    assert!(sid.len() == 22 && !browser.session().unwrap().contains(sid));
    let answer = browser.tokens_for(&WEB, "").await;
    assert_eq!(test.id_claims(&answer).await.get("sid"), None);
    let hint = answer.member("id_token");
    test.clock.advance(60);
    phone.sign_in_as("ada").await;
    let asked = phone.end_session(&[("id_token_hint", &hint)]).await;
    confirmation(&phone, &asked).await;
    is_out(&browser, &browser.end_session(&[("id_token_hint", &hint)]).await).await;
}

#[tokio::test]
async fn proving_again_who_one_is_keeps_the_session_and_somebody_else_begins_another() {
    let test = Test::with_logout_client().await;
    test.user("bob").await;
    let browser = test.browser();
    browser.sign_in_as("ada").await;
    let sid = |reply: &Reply| {
        let (test, token) = (test.clone(), reply.member("id_token"));
        async move { test.verified(&token).await.unwrap().claims.text("sid").unwrap().unwrap().to_owned() }
    };
    let first = sid(&browser.tokens_for(&LOGOUT_CLIENT, "").await).await;
    browser.sign_in_as("ada").await;
    let second = sid(&browser.tokens_for(&LOGOUT_CLIENT, "").await).await;
    browser.sign_in_as("bob").await;
    let third = sid(&browser.tokens_for(&LOGOUT_CLIENT, "").await).await;
    assert!(first == second && second != third);
}
