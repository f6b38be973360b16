//! Clocks that are set back or jump ahead, on one node, and differ between two: what lies a little
//! ahead is no error (DU-14, DU-15).

use oauth::Registration;
use serde_json::json;

use crate::harness::{
    AuthRequest, Call, Form, Key, LOGOUT_CLIENT, MACHINE, NOON, PASSWORD, SIGNER, Signer, Test, Tokens, WEB, assertion,
    claims_of, signer,
};

/// Seconds by which the clock of a server that has just begun to serve is moved.
const STEPS: [i64; 6] = [-86_400, -3600, -61, -30, 30, 1800];

async fn is_ready(test: &Test) -> bool {
    test.send(Call::get("/health/ready")).await.status == 200
}

/// A whole sign-in with an ID token that verifies with the published keys.
async fn signs_in(test: &Test, step: i64) {
    let reply = test.signed_in("ada").await.tokens_for(&WEB, "read").await;
    let claims = test.id_claims(&reply).await;
    assert_eq!((reply.status, claims["iat"].as_i64()), (200, Some(test.provider.now().seconds())), "{step}");
    assert!(test.is_active(&reply.member("access_token")).await, "{step}");
}

#[tokio::test]
async fn a_server_signs_id_tokens_whatever_its_clock_shows() {
    for step in STEPS {
        let test = Test::new().await;
        // The keys are made now, and none has begun when the clock is set back.
        let keys = test.keys().await.keys().len();
        test.clock.advance(step);
        signs_in(&test, step).await;
        test.clock.advance(-step);
        signs_in(&test, step).await;
        assert_eq!(test.keys().await.keys().len(), keys, "{step}: no key was made in need");
        assert!(is_ready(&test).await, "{step}");
    }
}

#[tokio::test]
async fn what_was_issued_before_the_step_is_good_after_it() {
    for step in STEPS {
        let test = Test::new().await;
        let browser = test.signed_in("ada").await;
        let tokens = test.tokens().await;
        let code = browser.code_with_or_without_consent(&AuthRequest::of(&WEB)).await;
        test.clock.advance(step);
        assert!(test.is_active(&tokens.access).await && browser.is_signed_in().await, "{step}");
        let next = Tokens::of(&test.refresh(&tokens.refresh).await);
        assert!(test.is_active(&next.access).await, "{step}");
        // The life of a code is a minute.
        assert_eq!(test.exchange(&code).await.status, if step < 60 { 200 } else { 400 }, "{step}");
        assert!(browser.is_signed_in().await, "{step}");
    }
}

#[tokio::test]
async fn nothing_that_lives_is_swept_while_the_clock_is_an_hour_ahead() {
    let test = Test::new().await;
    let (tokens, browser) = (test.tokens().await, test.signed_in("ada").await);
    for step in [3600, -3600] {
        test.clock.advance(step);
        test.provider.sweep().await.unwrap();
    }
    assert!(test.is_active(&tokens.access).await && browser.is_signed_in().await);
    assert_eq!(test.refresh(&tokens.refresh).await.status, 200);
}

#[tokio::test]
async fn a_proof_and_an_assertion_of_a_clock_that_is_right_are_taken_by_one_that_is_thirty_seconds_behind() {
    for (step, is_taken) in [(-3600, false), (-31, false), (-30, true), (0, true), (30, true)] {
        let test = Test::new().await;
        let (key, client) = (Key::new(), Signer::new(oauth::jose::Algorithm::Es256, "k"));
        signer(&test, Registration { jwks: Some(client.set()), ..Registration::default() }).await;
        let pairs = [("grant_type", "client_credentials"), ("scope", "read")];
        test.clock.advance(step);
        let proof = test.proof(&key, "POST", "/oauth2/token").with("iat", NOON.seconds()).by(&key);
        let proven = test.send(MACHINE.call("/oauth2/token", &pairs).header("dpop", proof)).await;
        assert_eq!(proven.status, if is_taken { 200 } else { 400 }, "{step}: {:?}", proven.body);
        let mut claims = claims_of(SIGNER.id);
        claims["iat"] = json!(NOON.seconds());
        let signed = client.sign(&claims);
        let reply = test.send(Call::post("/oauth2/token", &assertion(&pairs, &signed))).await;
        assert_eq!(reply.status, if is_taken { 200 } else { 401 }, "{step}: {:?}", reply.body);
    }
}

#[tokio::test]
async fn a_throttle_holds_over_a_small_step_and_never_longer_than_its_window() {
    for (step, status) in [(-30, 429), (30, 429), (-3600, 400), (3600, 400)] {
        let test = Test::new().await;
        let sign_in = async |password: &str| {
            let pairs = [("grant_type", "password"), ("username", "ada"), ("password", password)];
            test.token(&crate::harness::FIRST_PARTY, &pairs).await.status
        };
        for _ in 0..10 {
            assert_eq!(sign_in("wrong").await, 400);
        }
        assert_eq!(sign_in(PASSWORD).await, 429);
        test.clock.advance(step);
        assert_eq!(sign_in("wrong").await, status, "{step}");
    }
}

#[tokio::test]
async fn clients_get_a_logout_token_although_the_clock_was_set_back() {
    for step in [-3600, -30, 0] {
        let test = Test::with_logout_client().await;
        let browser = test.signed_in("ada").await;
        browser.id_token(&LOGOUT_CLIENT).await;
        let hint = browser.id_token(&LOGOUT_CLIENT).await;
        assert_eq!(browser.end_session(&[("id_token_hint", &hint)]).await.status, 303);
        test.clock.advance(step);
        // A little is waited for.
        test.clock.advance(if step == -30 { 30 } else { 0 });
        assert_eq!(test.provider.clients_with_due_notices().await.unwrap(), ["bye"], "{step}");
        test.provider.deliver_notices("bye").await.unwrap();
        assert_eq!(test.outside.sent().len(), 1, "{step}");
    }
}

#[tokio::test]
async fn the_last_use_of_a_token_is_noted_although_the_clock_was_set_back() {
    let test = Test::new().await;
    let id = test.id_of("ada").await;
    let form =
        oauth::form::NewToken { name: "script".to_owned(), scopes: vec!["read".to_owned()], scope: String::new() };
    let made = test.provider.create_token(id, &form, "form").await.unwrap();
    for step in [0, -3600] {
        test.clock.advance(step);
        assert!(test.is_active(made.secret.expose()).await);
        test.provider.flush().await;
        let used = test.provider.token_view(id, &made.id).await.unwrap().last_used;
        assert_eq!(used, Some(test.provider.now()), "{step}");
    }
}

#[tokio::test]
async fn two_nodes_whose_clocks_differ_by_a_minute_are_one_server() {
    for ahead in [-60, -30, 30, 59] {
        let test = Test::with_logout_client().await;
        test.keys().await;
        let (browser, key) = (test.signed_in("ada").await, Key::new());
        let other = test.node(ahead).await;
        let code = browser.code(&AuthRequest::of(&WEB)).await;
        let first = Tokens::of(&other.exchange(&code).await);
        let code = browser.code_with_or_without_consent(&AuthRequest::openid(&WEB, "read")).await;
        other.id_claims(&other.exchange(&code).await).await;
        assert!(test.is_active(&first.access).await && other.is_active(&first.access).await, "{ahead}");
        let second = Tokens::of(&test.refresh(&first.refresh).await);
        if ahead <= 30 {
            assert_eq!(Tokens::of(&other.refresh(&first.refresh).await).refresh, second.refresh, "{ahead}");
        }
        let beside = browser.at(&other);
        assert!(beside.is_signed_in().await, "{ahead}");
        let proof = test.proof(&key, "POST", "/oauth2/token").with("iat", NOON.plus(ahead.max(0)).seconds()).by(&key);
        let pairs = [("grant_type", "client_credentials"), ("scope", "read")];
        assert_eq!(
            other.send(MACHINE.call("/oauth2/token", &pairs).header("dpop", proof)).await.status,
            if ahead == -60 { 400 } else { 200 }
        );
        // Forms of one node are answered at the other: of a consent, and of a sign-out.
        let ask = AuthRequest::openid(&LOGOUT_CLIENT, "read");
        let allowed = beside.submit(&browser.consent_form(&ask).await.with("decision", "allow")).await;
        assert!(allowed.param("code").is_some(), "{ahead}: {} {:?}", allowed.status, allowed.body);
        let hop = browser.end_session_by_form(&[("state", "s")]).await;
        let page = beside.get(hop.location()).await;
        let form = Form::find(&browser.get(hop.location()).await.text(), "/logout/confirm");
        assert!(page.status == 200 && form.is_some(), "{ahead}");
        let done = beside.submit(&form.unwrap()).await;
        assert!(done.status == 303 && !beside.is_signed_in().await, "{ahead}: {}", done.status);
    }
}
