//! `POST /oauth2/introspect` (RI-10, RI-11, RI-14) and rights at the moment of use.

use oauth::{Access, Scope};
use provider::users::Rights;
use serde_json::json;

use crate::harness::{AuthRequest, Call, ISSUER, MACHINE, NOON, Reply, SPA, Test, WEB};

async fn ask(test: &Test, call: Call) -> Reply {
    test.send(call).await
}

#[tokio::test]
async fn a_live_token_is_told_about_whole() {
    let test = Test::new().await;
    let tokens = test.tokens_for("ada", &AuthRequest::of(&WEB).with("scope", "read write")).await;
    let id = test.id_of("ada").await;
    let whole = json!({
        "active": true, "scope": "read write", "client_id": "web", "username": "ada", "token_type": "Bearer",
        "iat": NOON.seconds(), "exp": NOON.seconds() + 3600, "sub": id.to_string(), "iss": ISSUER, "access": "full",
    });
    assert_eq!(test.introspect(&tokens.access).await, whole);
}

#[tokio::test]
async fn every_token_that_is_not_good_looks_the_same() {
    let test = Test::new().await;
    let expired = test.tokens().await;
    let code = test.signed_in("ada").await.code_with_or_without_consent(&AuthRequest::of(&WEB)).await;
    test.clock.advance(3599);
    assert!(test.is_active(&expired.access).await);
    test.clock.advance(1);
    let live = test.tokens_for("ada", &AuthRequest::of(&WEB).with("prompt", "consent")).await;
    let mut wrong_sum = live.access.clone();
    wrong_sum.replace_range(live.access.len() - 1.., if live.access.ends_with('0') { "1" } else { "0" });
    let jwt = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.";
    let bad =
        [&expired.access, &live.refresh, &code, &wrong_sum, "garbage", "jtn_at_", "jtn_pt_", jwt, "'; drop table x"];
    for token in bad {
        assert_eq!(test.introspect(token).await, json!({ "active": false }), "{token}");
        let hint = [("token", token), ("token_type_hint", "refresh_token")];
        assert_eq!(ask(&test, WEB.call("/oauth2/introspect", &hint)).await.json(), json!({ "active": false }));
    }
    assert!(test.is_active(&live.access).await);
}

#[tokio::test]
async fn the_caller_must_be_a_confidential_client_or_hold_the_scope_for_it() {
    let test = Test::new().await;
    let tokens = test.tokens().await;
    let pair = [("token", tokens.access.as_str())];
    let post = || Call::post("/oauth2/introspect", &pair);
    let invalid_client = (401, "invalid_client".to_owned());
    assert_eq!(ask(&test, post()).await.refusal(), invalid_client);
    assert_eq!(ask(&test, post().basic("web", "wrong")).await.refusal(), invalid_client);
    assert_eq!(ask(&test, SPA.call("/oauth2/introspect", &pair)).await.refusal(), invalid_client);
    let unauthorized = ask(&test, post().bearer("garbage")).await;
    assert_eq!(unauthorized.refusal(), (401, "invalid_token".to_owned()));
    assert!(unauthorized.header("www-authenticate").contains("error=\"invalid_token\""));
    let forbidden = ask(&test, post().bearer(&tokens.access)).await;
    assert_eq!(forbidden.refusal(), (401, "insufficient_scope".to_owned()));
    assert!(forbidden.header("www-authenticate").contains("scope=\"introspect\""));
    let own = test.token(&MACHINE, &[("grant_type", "client_credentials"), ("scope", "introspect")]).await;
    let response = ask(&test, post().bearer(&own.member("access_token"))).await;
    assert_eq!(response.json()["active"], true);
    assert_eq!(ask(&test, MACHINE.call("/oauth2/introspect", &pair)).await.json()["active"], true);
}

#[tokio::test]
async fn a_stranger_is_not_even_told_what_is_wrong_with_the_request() {
    let test = Test::new().await;
    assert_eq!(ask(&test, Call::post("/oauth2/introspect", &[])).await.status, 401);
    let known = ask(&test, WEB.call("/oauth2/introspect", &[])).await;
    assert_eq!(known.refusal(), (400, "invalid_request".to_owned()));
    let twice = ask(&test, WEB.call("/oauth2/introspect", &[("token", "a"), ("token", "b")])).await;
    assert_eq!(twice.refusal(), (400, "invalid_request".to_owned()));
    assert_eq!(ask(&test, Call::get("/oauth2/introspect?token=x").basic("web", WEB.secret.unwrap())).await.status, 405);
}

#[tokio::test]
async fn a_narrowed_account_narrows_its_live_tokens_at_once() {
    let test = Test::new().await;
    test.user("grace").await;
    let tokens = test.tokens_for("grace", &AuthRequest::of(&WEB).with("scope", "read write")).await;
    let rights = |access, scope: &str| Rights {
        access: Some(access),
        allowed: Some(Scope::parse(scope).unwrap()),
        ..Rights::default()
    };
    test.provider.set_user("grace", rights(Access::Partial, "read")).await.unwrap();
    let response = test.introspect(&tokens.access).await;
    assert_eq!((&response["scope"], &response["access"]), (&json!("read"), &json!("partial")));
    let info = test.tokeninfo(&tokens.access).await.json();
    assert_eq!((&info["scope"], &info["access"]), (&json!(["read"]), &json!("partial")));
    test.provider.set_user("grace", rights(Access::Full, "")).await.unwrap();
    assert_eq!(test.introspect(&tokens.access).await["scope"], "read write");
}

#[tokio::test]
async fn a_disabled_account_and_a_disabled_client_have_no_live_tokens() {
    let test = Test::new().await;
    test.user("grace").await;
    let (ada, grace) = (test.tokens().await, test.tokens_for("grace", &AuthRequest::of(&WEB)).await);
    test.provider.disable_user("grace").await.unwrap();
    assert!(!test.is_active(&grace.access).await && test.is_active(&ada.access).await);
    test.provider.disable_client("web").await.unwrap();
    let response = ask(&test, MACHINE.call("/oauth2/introspect", &[("token", &ada.access)])).await;
    assert_eq!(response.json(), json!({ "active": false }));
}
