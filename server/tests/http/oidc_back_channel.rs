//! OpenID Connect Back-Channel Logout 1.0 §2.4 to §2.8 (SE-07, SE-09, SE-10, SE-15).

mod queue;
mod worker;

use oauth::jose::Verified;
use provider::fetch::Word;
use serde_json::json;

use crate::harness::{
    AuthRequest, BACK_CHANNEL_URI, Browser, ISSUER, LOGOUT_CLIENT, Log, NOON, PASSWORD, Reply, Test, TestClient,
    Tokens, WEB,
};

/// Delivers every due logout notice, as the background job does.
async fn deliver(test: &Test) {
    for client in test.provider.clients_with_due_notices().await.unwrap() {
        test.provider.deliver_notices(&client).await.unwrap();
    }
}

/// The logout tokens that arrived at this address since the last look, verified.
async fn delivered(test: &Test, at: &str, before: usize) -> Vec<Verified> {
    let mut delivered = Vec::new();
    for (url, pairs) in test.outside.sent().into_iter().skip(before) {
        assert!(url == at && pairs.len() == 1 && pairs[0].0 == "logout_token", "{url} {pairs:?}");
        delivered.push(test.verified(&pairs[0].1).await.unwrap());
    }
    delivered
}

async fn sid(test: &Test, reply: &Reply) -> String {
    test.id_claims(reply).await["sid"].as_str().unwrap().to_owned()
}

async fn sign_out(browser: &Browser) {
    let form = browser.form("/account", "/logout").await;
    assert_eq!(browser.submit(&form).await.location(), "/login?signed_out=1");
}

#[tokio::test]
async fn a_logout_token_says_what_the_specification_wants_and_nothing_more() {
    let test = Test::with_logout_client().await;
    let log = Log::capture();
    let browser = test.signed_in("ada").await;
    let sid = sid(&test, &browser.tokens_for(&LOGOUT_CLIENT, "").await).await;
    test.clock.advance(100);
    sign_out(&browser).await;
    let stored = test.database.dump().await;
    deliver(&test).await;
    let token = delivered(&test, BACK_CHANNEL_URI, 0).await.pop().unwrap();
    assert_eq!(token.header.typ.as_deref(), Some("logout+jwt"));
    let (claims, at) = (token.claims.members(), NOON.seconds() + 100);
    let jti = claims["jti"].as_str().unwrap();
    let expected = json!({
        "iss": ISSUER, "aud": "bye", "sub": test.id_of("ada").await.to_string(), "sid": sid, "iat": at, "exp": at + 120,
        "jti": jti, "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
    });
    assert!(*claims == *expected.as_object().unwrap() && jti.len() == 32, "{claims:?}");
    let sent = test.outside.sent().pop().unwrap().1.pop().unwrap().1;
    let signature = sent.rsplit('.').next().unwrap();
    for text in [log.text(), stored, test.database.dump().await] {
        assert!(!text.contains(signature) && !text.contains("logout_token"));
    }
}

#[tokio::test]
async fn a_client_hears_once_and_only_of_sessions_that_it_knows() {
    let test = Test::with_logout_client().await;
    let deaf = TestClient { id: "deaf", secret: Some("deaf-secret-1"), redirect_uri: "https://deaf.example/callback" };
    let idle = TestClient { id: "idle", secret: Some("idle-secret-1"), redirect_uri: "https://idle.example/callback" };
    test.add_logout_client(&deaf, None).await;
    test.add_logout_client(&idle, Some("https://idle.example/back-channel")).await;
    let (browser, other) = (test.signed_in("ada").await, test.signed_in("ada").await);
    for _ in 0..2 {
        browser.id_token(&LOGOUT_CLIENT).await;
    }
    browser.id_token(&deaf).await;
    // Only redeeming a code with `openid` notes the client: one without it, and one that is not
    // redeemed nothing at all.
    test.send(Test::exchange_call(&idle, &browser.code(&AuthRequest::of(&idle)).await)).await;
    browser.code(&AuthRequest::openid(&idle, "")).await;
    sign_out(&other).await;
    deliver(&test).await;
    assert!(test.outside.sent().is_empty());
    sign_out(&browser).await;
    deliver(&test).await;
    deliver(&test).await;
    assert_eq!(delivered(&test, BACK_CHANNEL_URI, 0).await.len(), 1);
}

/// Ends the session of this browser in one of the ways there are.
async fn end(test: &Test, way: &str, browser: &Browser) {
    let change = async |name: &str| browser.form(&format!("/account/{name}"), &format!("/account/{name}")).await;
    match way {
        "sign out" => sign_out(browser).await,
        "elsewhere" => {
            let other = test.signed_in("bob").await;
            let page = other.get("/account/sessions").await.text();
            let forms = crate::harness::Form::all(&page);
            let form = forms.into_iter().rfind(|form| form.action.ends_with("/end")).unwrap();
            assert_eq!(other.submit(&form).await.status, 303);
        }
        "all others" => {
            let other = test.signed_in("bob").await;
            let form = other.form("/account/sessions/others", "/account/sessions/others").await;
            assert_eq!(other.submit(&form).await.status, 303);
        }
        "password" => {
            let other = test.signed_in("bob").await;
            let form = other.form("/account/password", "/account/password").await;
            let form = form.with("current_password", PASSWORD).with("new_password", "another long passphrase");
            assert_eq!(other.submit(&form).await.status, 303);
        }
        "reset" => test.provider.set_password("bob", "another long passphrase").await.unwrap(),
        "disabled" => drop(test.provider.disable_user("bob").await.unwrap()),
        "deleted" => {
            let form = change("delete").await.with("password", PASSWORD);
            assert_eq!(browser.submit(&form).await.location(), "/login?deleted=1");
        }
        "somebody else" => browser.sign_in_as("ada").await,
        _ => {
            let hint = browser.id_token(&LOGOUT_CLIENT).await;
            assert_eq!(browser.end_session(&[("id_token_hint", &hint)]).await.status, 303);
        }
    }
}

#[tokio::test]
async fn however_a_session_ends_its_clients_get_a_logout_token() {
    let ways = "sign out,elsewhere,all others,password,reset,disabled,deleted,somebody else,by the client";
    for way in ways.split(',') {
        let test = Test::with_logout_client().await;
        let bob = test.user("bob").await;
        let browser = test.signed_in("bob").await;
        let sid = sid(&test, &browser.tokens_for(&LOGOUT_CLIENT, "").await).await;
        end(&test, way, &browser).await;
        deliver(&test).await;
        let response = delivered(&test, BACK_CHANNEL_URI, 0).await;
        assert_eq!(response.len(), 1, "{way}");
        let claims = response[0].claims.members();
        assert_eq!((&claims["sid"], &claims["sub"]), (&json!(sid), &json!(bob.id.to_string())), "{way}");
    }
}

#[tokio::test]
async fn the_session_that_goes_on_is_not_said_to_have_ended() {
    let test = Test::with_logout_client().await;
    let browser = test.browser();
    browser.sign_in_as("ada").await;
    let named = sid(&test, &browser.tokens_for(&LOGOUT_CLIENT, "").await).await;
    // Once more under a new cookie, and once more with a new password.
    browser.sign_in_as("ada").await;
    let form = browser.form("/account/password", "/account/password").await;
    let form = form.with("current_password", PASSWORD).with("new_password", "another long passphrase");
    assert_eq!(browser.submit(&form).await.status, 303);
    deliver(&test).await;
    assert!(test.outside.sent().is_empty());
    assert_eq!(sid(&test, &browser.tokens_for(&LOGOUT_CLIENT, "").await).await, named);
    sign_out(&browser).await;
    deliver(&test).await;
    assert_eq!(delivered(&test, BACK_CHANNEL_URI, 0).await[0].claims.members()["sid"], named);
}

#[tokio::test]
async fn a_code_that_is_redeemed_after_the_session_ended_is_followed_by_the_news() {
    let test = Test::with_logout_client().await;
    let browser = test.signed_in("ada").await;
    let code = browser.code(&AuthRequest::openid(&LOGOUT_CLIENT, "")).await;
    sign_out(&browser).await;
    deliver(&test).await;
    assert!(test.outside.sent().is_empty());
    let reply = test.send(Test::exchange_call(&LOGOUT_CLIENT, &code)).await;
    let named = sid(&test, &reply).await;
    deliver(&test).await;
    assert_eq!(delivered(&test, BACK_CHANNEL_URI, 0).await[0].claims.members()["sid"], named);
}

#[tokio::test]
async fn signing_out_ends_the_refresh_tokens_of_the_session_but_not_those_for_later() {
    let test = Test::with_logout_client().await;
    let (browser, other) = (test.signed_in("ada").await, test.signed_in("ada").await);
    let elsewhere = Tokens::of(&other.tokens_for(&LOGOUT_CLIENT, "read offline_access").await);
    let session = Tokens::of(&browser.tokens_for(&LOGOUT_CLIENT, "read offline_access").await);
    // As they were issued when every sign-in brought one.
    test.database.run("update refresh_tokens set scope = 'openid read'").await;
    test.provider.invalidate_caches();
    let later = Tokens::of(&browser.tokens_for(&LOGOUT_CLIENT, "read offline_access").await);
    let plain = Tokens::of(&test.exchange(&browser.code_with_or_without_consent(&AuthRequest::of(&WEB)).await).await);
    let refreshed = |token: String| {
        let test = test.clone();
        async move { test.send(Test::refresh_call(&LOGOUT_CLIENT, &token)).await }
    };
    let session = Tokens::of(&refreshed(session.refresh).await);
    sign_out(&browser).await;
    assert_eq!(refreshed(session.refresh).await.refusal(), (400, "invalid_grant".to_owned()));
    assert_eq!(refreshed(later.refresh).await.status, 200);
    assert_eq!(refreshed(elsewhere.refresh).await.status, 200);
    assert_eq!(test.refresh(&plain.refresh).await.status, 200);
}

/// What a developer may change on the pages does not reach the private hosts that the operator
/// listed; what the operator registered does.
#[tokio::test]
async fn an_applications_own_address_is_gone_to_on_its_owners_word() {
    let test = Test::with_logout_client().await;
    for (owner, word) in [("null", Word::Operator), ("(select id from users where username = 'ada')", Word::Developer)]
    {
        test.database.run(&format!("update clients set owner_id = {owner} where id = 'bye'")).await;
        test.provider.invalidate_caches();
        let browser = test.signed_in("ada").await;
        browser.id_token(&LOGOUT_CLIENT).await;
        sign_out(&browser).await;
        deliver(&test).await;
        assert_eq!(test.outside.words().pop(), Some((BACK_CHANNEL_URI.to_owned(), word)));
    }
}
