//! `GET, POST /oauth2/tokeninfo` (row F1).

use serde_json::json;

use crate::harness::{Ask, Call, MACHINE, Test, WEB};

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
    assert_eq!(test.send(Call::get("/oauth2/tokeninfo")).await.refusal(), invalid_token);
    assert_eq!(
        test.send(Call::get("/oauth2/tokeninfo").header("authorization", "Bearer")).await.refusal(),
        invalid_token
    );
    assert_eq!(test.send(Call::get("/oauth2/tokeninfo").bearer("a b")).await.refusal(), invalid_token);
    test.clock.advance(3599);
    assert_eq!(test.tokeninfo(&tokens.access).await.status, 200);
    test.clock.advance(1);
    assert_eq!(test.tokeninfo(&tokens.access).await.refusal(), invalid_token);
}

#[tokio::test]
async fn one_way_at_a_time() {
    let test = Test::new().await;
    let token = test.tokens().await.access;
    let both = Call::get(&format!("/oauth2/tokeninfo?access_token={token}")).bearer(&token);
    let twice = Call::get(&format!("/oauth2/tokeninfo?access_token={token}&access_token={token}"));
    let spread = Call::post(&format!("/oauth2/tokeninfo?access_token={token}"), &[("access_token", &token)]);
    for call in [both, twice, spread] {
        assert_eq!(test.send(call).await.refusal(), (400, "invalid_request".to_owned()));
    }
}

#[tokio::test]
async fn the_order_of_scopes_does_not_depend_on_the_request() {
    let test = Test::new().await;
    let tokens = test.tokens_for("ada", &Ask::of(&WEB).with("scope", "write  read write")).await;
    assert_eq!(test.tokeninfo(&tokens.access).await.json()["scope"], json!(["read", "write"]));
}
