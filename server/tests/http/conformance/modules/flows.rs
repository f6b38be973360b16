//! Flows that succeed.

use oauth::jose::Algorithm;
use serde_json::{Value, json};

use crate::conformance::suite::{FIRST, Suite};
use crate::conformance::suite_browser::Landing;
use crate::harness::{CHALLENGE, Call, VERIFIER};

pub async fn a_code_buys_an_id_token_and_access_to_userinfo(suite: Suite) {
    let flow = suite.flow(&suite.ask("")).await;
    assert_eq!(flow.landing.seen(), ["login-submit", "consent-allow"]);
    assert_eq!(flow.userinfo, json!({"sub": flow.id_token["sub"]}));
    assert!(flow.landing.code().len() >= 22);
}

pub async fn a_client_that_chose_no_algorithm_gets_rs256_with_a_kid(suite: Suite) {
    assert_eq!(suite.test.provider.show_client(FIRST.id).await.unwrap().id_token_algorithm, Algorithm::Rs256);
    let flow = suite.flow(&suite.ask("")).await;
    let header = suite.test.verified(&flow.reply.member("id_token")).await.unwrap().header;
    assert!(header.algorithm == Algorithm::Rs256 && header.kid.is_some());
}

/// The suite skips its module where discovery does not list `none`; what it would ask for cannot
/// even be registered.
pub async fn no_id_token_is_ever_unsigned(suite: Suite) {
    let document = suite.test.send(Call::get("/.well-known/openid-configuration")).await.json();
    let listed = document["id_token_signing_alg_values_supported"].as_array().unwrap();
    assert!(listed.contains(&json!("RS256")) && !listed.contains(&json!("none")), "{listed:?}");
    assert!(serde_json::from_value::<Algorithm>(json!("RS256")).is_ok());
    assert!(serde_json::from_value::<Algorithm>(json!("none")).is_err());
    suite.flow(&suite.ask("")).await;
}

pub async fn a_request_without_a_nonce_succeeds(suite: Suite) {
    let flow = suite.flow(&suite.ask("").without("nonce")).await;
    assert_eq!(flow.id_token.get("nonce"), None);
}

/// The suite reverses the order of the scope tokens and of the parameters.
pub async fn neither_scopes_nor_parameters_have_an_order(suite: Suite) {
    let straight = suite.ask("").with("scope", "email openid");
    let names: Vec<String> = straight.pairs().iter().rev().map(|(name, _)| (*name).to_owned()).collect();
    let reversed = names.iter().fold(straight.clone(), |ask, name| {
        let value = ask.value(name).to_owned();
        ask.with(name, &value)
    });
    assert_ne!(reversed.path(), straight.path());
    let flow = suite.flow(&reversed).await;
    assert_eq!((&flow.userinfo["email"], &flow.userinfo["email_verified"]), (&json!("ada@ada.example"), &json!(true)));
}

pub async fn an_unknown_parameter_is_ignored(suite: Suite) {
    suite.flow(&suite.ask("").with("extra", "foobar")).await;
}

pub async fn the_request_may_be_posted(suite: Suite) {
    let ask = suite.ask("");
    let reply = suite.browser.send(Call::post("/oauth2/authorize", &ask.pairs())).await;
    let landing = Landing::of(&suite.browser, reply).await;
    crate::conformance::checks::answer(&landing, suite.mode, &ask);
    let reply = suite.exchange(&FIRST, &landing.code()).await;
    suite.finish(&FIRST, &ask, landing, reply).await;
}

pub async fn the_secret_may_stand_in_the_body(suite: Suite) {
    let ask = suite.ask("");
    let landing = suite.land(&ask).await;
    let code = landing.code();
    let pairs = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", FIRST.redirect_uri),
        ("client_id", FIRST.id),
    ];
    let wrong = [&pairs[..], &[("client_secret", "wrong")]].concat();
    assert_eq!(
        suite.test.send(Call::post("/oauth2/token", &wrong)).await.refusal(),
        (401, "invalid_client".to_owned())
    );
    let right = [&pairs[..], &[("client_secret", FIRST.secret.unwrap())]].concat();
    let reply = suite.test.send(Call::post("/oauth2/token", &right)).await;
    suite.finish(&FIRST, &ask, landing, reply).await;
}

pub async fn a_client_without_the_duty_may_use_pkce(suite: Suite) {
    let ask = suite.ask("").with("code_challenge", CHALLENGE).with("code_challenge_method", "S256");
    let redeem = async |verifier: &str| {
        let landing = suite.land(&ask).await;
        let code = landing.code();
        let pairs = [
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", FIRST.redirect_uri),
            ("code_verifier", verifier),
        ];
        (landing, suite.test.token(&FIRST, &pairs).await)
    };
    let (landing, reply) = redeem(VERIFIER).await;
    assert_ne!(suite.finish(&FIRST, &ask, landing, reply).await.id_token["sub"], Value::Null);
    crate::conformance::checks::invalid_grant(&redeem(&VERIFIER.replace('d', "e")).await.1);
}
