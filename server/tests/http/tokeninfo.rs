//! `GET, POST /oauth2/tokeninfo` (row F1).

use serde_json::json;

use crate::harness::{AuthRequest, Call, MACHINE, Test, WEB};

#[tokio::test]
async fn the_token_may_come_in_the_query_the_body_or_the_header() {
    let test = Test::new().await;
    let token = test.tokens().await.access;
    let id = test.id_of("ada").await;
    test.clock.advance(600);
    let whole = json!({
        "id": id, "scope": ["read"], "username": "ada", "client_id": "web", "access": "full", "expires_in": 3000,
    });
    let calls = [
        Call::get(&format!("/oauth2/tokeninfo?access_token={token}")),
        Call::new("POST", &format!("/oauth2/tokeninfo?access_token={token}")),
        Call::post("/oauth2/tokeninfo", &[("access_token", &token)]),
        Call::get("/oauth2/tokeninfo").bearer(&token),
        Call::post("/oauth2/tokeninfo", &[]).bearer(&token),
    ];
    for call in calls {
        let reply = test.send(call).await;
        assert_eq!((reply.status, reply.json()), (200, whole.clone()));
        assert_eq!(reply.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn a_client_that_acts_for_itself_has_no_user() {
    let test = Test::new().await;
    let pairs = [("grant_type", "client_credentials"), ("scope", "read")];
    let token = test.token(&MACHINE, &pairs).await.member("access_token");
    let whole = json!({ "scope": ["read"], "client_id": "machine", "expires_in": 3600 });
    assert_eq!(test.tokeninfo(&token).await.json(), whole);
}

#[tokio::test]
async fn a_token_that_is_not_good_is_a_bad_request() {
    let test = Test::new().await;
    let tokens = test.tokens().await;
    let invalid_token = (400, "invalid_token".to_owned());
    for token in ["garbage", "", &tokens.refresh, "jtn_at_x"] {
        assert_eq!(test.tokeninfo(token).await.refusal(), invalid_token, "{token}");
    }
    let beside = |header| Call::get("/oauth2/tokeninfo?access_token=garbage").header("authorization", header);
    for header in ["Bearer", "Bearer garbage", "Basic YTpi"] {
        assert_eq!(test.send(beside(header)).await.refusal(), invalid_token, "{header}");
    }
    test.clock.advance(3599);
    assert_eq!(test.tokeninfo(&tokens.access).await.status, 200);
    test.clock.advance(1);
    assert_eq!(test.tokeninfo(&tokens.access).await.refusal(), invalid_token);
}

/// As nginx's `auth_request` does it.
#[tokio::test]
async fn asked_as_a_protected_resource_is_asked_it_answers_as_one() {
    let test = Test::new().await;
    let tokens = test.tokens().await;
    let ask = async |header: Option<&str>| {
        let call = Call::get("/oauth2/tokeninfo");
        test.send(header.iter().fold(call, |call, value| call.header("authorization", value))).await
    };
    assert_eq!(ask(Some(&format!("Bearer {}", tokens.access))).await.status, 200);
    let refresh = format!("Bearer {}", tokens.refresh);
    for header in ["Bearer garbage", "Bearer", "Bearer a b", &refresh] {
        let reply = ask(Some(header)).await;
        assert_eq!(reply.refusal(), (401, "invalid_token".to_owned()), "{header}");
        assert!(reply.header("www-authenticate").starts_with("Bearer realm=\"token\", error=\"invalid_token\""));
    }
    for header in [None, Some("Basic YTpi"), Some("DPoP x"), Some("")] {
        let reply = ask(header).await;
        assert_eq!((reply.status, reply.body.len()), (401, 0), "{header:?}");
        assert_eq!(reply.header("www-authenticate"), "Bearer realm=\"token\"");
    }
    let posted = test.send(Call::post("/oauth2/tokeninfo", &[])).await;
    assert_eq!((posted.status, posted.header("www-authenticate")), (401, "Bearer realm=\"token\""));
    test.clock.advance(3600);
    assert_eq!(ask(Some(&format!("Bearer {}", tokens.access))).await.status, 401);
}

#[tokio::test]
async fn the_same_token_in_header_and_parameter_is_one_token() {
    let test = Test::new().await;
    let token = test.tokens().await.access;
    let other = test.token(&MACHINE, &[("grant_type", "client_credentials")]).await.member("access_token");
    let path = |token: &str| format!("/oauth2/tokeninfo?access_token={token}");
    assert_eq!(test.send(Call::get(&path(&token)).bearer(&token)).await.status, 200);
    assert_eq!(test.send(Call::post(&path(&token), &[]).bearer(&token)).await.status, 200);
    let twice = Call::get(&format!("{}&access_token={token}", path(&token)));
    let spread = Call::post(&path(&token), &[("access_token", &token)]);
    for call in [Call::get(&path(&token)).bearer(&other), twice, spread] {
        assert_eq!(test.send(call).await.refusal(), (400, "invalid_request".to_owned()));
    }
}

#[tokio::test]
async fn the_order_of_scopes_does_not_depend_on_the_request() {
    let test = Test::new().await;
    let tokens = test.tokens_for("ada", &AuthRequest::of(&WEB).with("scope", "write  read write")).await;
    assert_eq!(test.tokeninfo(&tokens.access).await.json()["scope"], json!(["read", "write"]));
}
