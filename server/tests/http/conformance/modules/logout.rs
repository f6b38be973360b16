//! RP-Initiated Logout, and Back-Channel Logout of the session's clients.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::conformance::checks;
use crate::conformance::suite::{FIRST, Flow, LEFT, Mode, Suite, TOLD};
use crate::conformance::suite_browser::{Landing, tag};
use crate::harness::{Call, ISSUER, Test, end_session};

/// The suite sends one of 128 characters, to see that it comes back unharmed.
const STATE: &str = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._~\
    0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Goes to sign out with these parameters.
async fn end_session_page(suite: &Suite, pairs: &[(&str, &str)]) -> Landing {
    Landing::of(&suite.browser, suite.browser.get(&end_session(pairs)).await).await
}

/// Whether a request with `prompt=none` finds nobody signed in.
async fn is_signed_out(suite: &Suite) -> bool {
    let landing = suite.land(&suite.ask("").with("prompt", "none")).await;
    assert!(landing.pages.is_empty());
    match landing.param("error") {
        Some(_) => checks::refused(&landing, &["login_required"]),
        None => drop(landing.code()),
    }
    landing.param("error").is_some()
}

async fn signed_in(suite: &Suite) -> (Flow, String) {
    let flow = suite.flow(&suite.ask("")).await;
    let hint = flow.reply.member("id_token");
    (flow, hint)
}

/// The client gets exactly this back, and the person is signed out.
async fn comes_back(suite: &Suite, pairs: &[(&str, &str)], expected: &[(&str, &str)]) {
    let landing = end_session_page(suite, pairs).await;
    let expected = expected.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    assert_eq!(landing.answer, Some((Mode::Query, expected)));
    assert!(is_signed_out(suite).await);
}

/// The page of the server says that the user is signed out, which is true.
async fn says_so(suite: Suite, hinted: bool, pairs: &[(&str, &str)]) {
    let (_, hint) = signed_in(&suite).await;
    let mut pairs = pairs.to_vec();
    pairs.extend(hinted.then_some(("id_token_hint", hint.as_str())));
    let landing = end_session_page(&suite, &pairs).await;
    assert!(landing.answer.is_none() && landing.reply.text().contains("id=\"logged-out\""));
    assert_eq!(landing.seen(), if hinted { &[""; 0][..] } else { &["logout-confirm"] });
    assert!(is_signed_out(&suite).await);
}

/// An error page, nobody is signed out; and the same request made right works.
async fn is_refused(suite: Suite, change: impl Fn(&str) -> Vec<(&'static str, String)>) {
    let (_, hint) = signed_in(&suite).await;
    let changed = change(&hint);
    let pairs: Vec<(&str, &str)> = changed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let landing = end_session_page(&suite, &[&pairs[..], &[("state", STATE)]].concat()).await;
    assert!(landing.answer.is_none() && landing.reply.status == 400 && landing.reply.is_error_page());
    assert!(tag(&landing.reply.text(), "logout-confirm").is_none() && !is_signed_out(&suite).await);
    comes_back(&suite, &[("id_token_hint", &hint), ("post_logout_redirect_uri", LEFT)], &[]).await;
}

async fn document(suite: &Suite) -> Value {
    suite.test.send(Call::get("/.well-known/openid-configuration")).await.json()
}

pub async fn discovery_lists_where_to_sign_out(suite: Suite) {
    assert_eq!(document(&suite).await["end_session_endpoint"], format!("{ISSUER}/oauth2/end-session"));
}

pub async fn whoever_signs_out_comes_back_with_the_state_and_is_signed_out(suite: Suite) {
    let (_, hint) = signed_in(&suite).await;
    assert!(STATE.len() == 128 && !is_signed_out(&suite).await);
    let pairs = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", LEFT), ("state", STATE)];
    comes_back(&suite, &pairs, &[("state", STATE)]).await;
}

pub async fn an_unregistered_address_is_an_error_page(suite: Suite) {
    let bad = |hint: &str| vec![("id_token_hint", hint.into()), ("post_logout_redirect_uri", format!("{LEFT}xyz"))];
    is_refused(suite, bad).await;
}

pub async fn an_address_with_a_query_added_is_an_error_page(suite: Suite) {
    let bad =
        |hint: &str| vec![("id_token_hint", hint.into()), ("post_logout_redirect_uri", format!("{LEFT}?foo=bar"))];
    is_refused(suite, bad).await;
}

pub async fn an_address_without_an_id_token_is_an_error_page(suite: Suite) {
    is_refused(suite, |_| vec![("post_logout_redirect_uri", LEFT.into())]).await;
}

pub async fn an_id_token_without_its_signature_is_an_error_page(suite: Suite) {
    let unsigned = |hint: &str| {
        let payload = hint.split('.').nth(1).unwrap();
        format!("{}.{payload}.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#))
    };
    is_refused(suite, |hint| vec![("id_token_hint", unsigned(hint)), ("post_logout_redirect_uri", LEFT.into())]).await;
}

/// The suite signs one of its own; here it is that of another server.
pub async fn an_id_token_that_we_did_not_sign_is_an_error_page(suite: Suite) {
    let (_, foreign) = signed_in(&Suite::begin(Mode::Query).await).await;
    is_refused(suite, |_| vec![("id_token_hint", foreign.clone()), ("post_logout_redirect_uri", LEFT.into())]).await;
}

pub async fn without_parameters_the_person_is_asked_and_signed_out(suite: Suite) {
    says_so(suite, false, &[]).await;
}

pub async fn with_a_state_alone_our_own_page_says_so(suite: Suite) {
    says_so(suite, false, &[("state", STATE)]).await;
}

pub async fn without_an_address_our_own_page_says_so(suite: Suite) {
    says_so(suite, true, &[("state", STATE)]).await;
}

pub async fn without_a_state_none_comes_back(suite: Suite) {
    let (_, hint) = signed_in(&suite).await;
    comes_back(&suite, &[("id_token_hint", &hint), ("post_logout_redirect_uri", LEFT)], &[]).await;
}

pub async fn discovery_lists_the_back_channel(suite: Suite) {
    let document = document(&suite).await;
    for name in ["backchannel_logout_supported", "backchannel_logout_session_supported"] {
        assert_eq!(document[name], json!(true), "{name}");
    }
}

/// Delivers every due logout notice, as the background job does; the logout tokens.
async fn delivered_tokens(test: &Test) -> Vec<(String, Vec<(String, String)>)> {
    for client in test.provider.clients_with_due_notices().await.unwrap() {
        test.provider.deliver_notices(&client).await.unwrap();
    }
    test.outside.sent()
}

pub async fn the_client_is_told_on_the_back_channel_who_left(suite: Suite) {
    let (flow, hint) = signed_in(&suite).await;
    assert!(delivered_tokens(&suite.test).await.is_empty());
    let pairs = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", LEFT), ("state", STATE)];
    comes_back(&suite, &pairs, &[("state", STATE)]).await;
    let sent = delivered_tokens(&suite.test).await;
    let [(address, pairs)] = sent.as_slice() else { unreachable!("one is told: {sent:?}") };
    let [(name, token)] = pairs.as_slice() else { unreachable!("one parameter: {pairs:?}") };
    assert_eq!((address.as_str(), name.as_str()), (TOLD, "logout_token"));
    let verified = suite.test.verified(token).await.unwrap();
    let claims = Value::Object(verified.claims.members().clone());
    assert_eq!((&claims["iss"], &claims["aud"]), (&json!(ISSUER), &json!(FIRST.id)));
    assert_eq!((&claims["sub"], &claims["sid"]), (&flow.id_token["sub"], &flow.id_token["sid"]));
    assert_eq!(claims["events"], json!({"http://schemas.openid.net/event/backchannel-logout": {}}));
    assert!(claims["iat"] == suite.test.provider.now().seconds() && claims["jti"].is_string());
    assert_eq!((verified.header.kid.is_some(), claims.get("nonce")), (true, None));
}
