//! Userinfo and the claims.

use oauth::oidc::claims::STANDARD;
use serde_json::json;

use crate::conformance::suite::Suite;
use crate::harness::Call;

const PATH: &str = "/oauth2/userinfo";

/// A flow, then userinfo by this method.
async fn check_userinfo(suite: &Suite, call: impl Fn(&str) -> Call) {
    let flow = suite.flow(&suite.ask("")).await;
    let check_userinfo = suite.userinfo(call(&flow.reply.member("access_token"))).await;
    assert_eq!(check_userinfo, json!({"sub": flow.id_token["sub"]}));
    let refused = suite.test.send(call("jtn_at_nonsense")).await;
    assert_eq!(refused.status, 401);
}

pub async fn the_token_in_the_header_of_a_get_is_taken(suite: Suite) {
    check_userinfo(&suite, |token| Call::get(PATH).bearer(token)).await;
}

pub async fn the_token_in_the_header_of_a_post_is_taken(suite: Suite) {
    check_userinfo(&suite, |token| Call::new("POST", PATH).bearer(token)).await;
}

pub async fn the_token_in_the_body_of_a_post_is_taken(suite: Suite) {
    check_userinfo(&suite, |token| Call::post(PATH, &[("access_token", token)])).await;
}

/// Userinfo has every claim of these scopes, each of its type, and no other; the ID token has
/// none of them.
async fn tells_all_of(suite: Suite, scope: &str) {
    let flow = suite.flow(&suite.ask(scope)).await;
    let granted: Vec<&str> = scope.split(' ').collect();
    for claim in STANDARD {
        let value = &flow.userinfo[claim.name];
        let right = if granted.contains(&claim.scope) { claim.accepts(value) } else { value.is_null() };
        assert!(right, "{}: {value}", claim.name);
    }
    assert!(flow.userinfo["birthdate"].as_str().is_none_or(|date| date.len() == 10));
    assert!(flow.userinfo["updated_at"].as_i64().is_none_or(|at| at <= suite.test.provider.now().seconds()));
}

pub async fn the_scope_profile_tells_all_of_its_claims(suite: Suite) {
    tells_all_of(suite, "profile").await;
}

pub async fn the_scope_email_tells_all_of_its_claims(suite: Suite) {
    tells_all_of(suite, "email").await;
}

pub async fn the_scope_address_tells_all_of_its_claims(suite: Suite) {
    tells_all_of(suite, "address").await;
}

pub async fn the_scope_phone_tells_all_of_its_claims(suite: Suite) {
    tells_all_of(suite, "phone").await;
}

pub async fn all_scopes_together_tell_all_twenty_claims(suite: Suite) {
    assert_eq!(STANDARD.len(), 19, "and sub");
    tells_all_of(suite, "address email phone profile").await;
}

pub async fn an_essential_claim_is_told_by_userinfo_alone(suite: Suite) {
    let wanted = json!({"userinfo": {"name": {"essential": true}}}).to_string();
    let flow = suite.flow(&suite.ask("").with("claims", &wanted)).await;
    assert_eq!((&flow.userinfo["name"], flow.id_token.get("name")), (&json!("Ada King Lovelace"), None));
}
