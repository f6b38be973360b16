//! `POST /oauth2/revoke`, RFC 7009 and row S5 (RI-01 to RI-09).

use crate::harness::{AuthRequest, Call, NO_PKCE, Reply, SPA, Test, TestClient, Tokens, WEB};

async fn revoke(test: &Test, client: &TestClient, token: &str) -> Reply {
    test.send(client.call("/oauth2/revoke", &[("token", token)])).await
}

fn invalid_grant() -> (u16, String) {
    (400, "invalid_grant".to_owned())
}

#[tokio::test]
async fn a_revoked_access_token_is_dead_at_once_and_its_refresh_token_too() {
    let test = Test::new().await;
    let tokens = test.tokens().await;
    assert!(test.is_active(&tokens.access).await);
    let reply = revoke(&test, &WEB, &tokens.access).await;
    assert_eq!((reply.status, &reply.json()["success"]), (200, &true.into()));
    assert!(!reply.member("message").is_empty());
    assert!(!test.is_active(&tokens.access).await);
    assert_eq!(test.tokeninfo(&tokens.access).await.refusal(), (400, "invalid_token".to_owned()));
    assert_eq!(test.refresh(&tokens.refresh).await.refusal(), invalid_grant());
}

#[tokio::test]
async fn a_revoked_refresh_token_takes_its_access_tokens_along() {
    let test = Test::new().await;
    let first = test.tokens().await;
    let second = Tokens::of(&test.refresh(&first.refresh).await);
    assert_eq!(revoke(&test, &WEB, &second.refresh).await.status, 200);
    assert!(!test.is_active(&first.access).await && !test.is_active(&second.access).await);
    assert_eq!(test.refresh(&second.refresh).await.refusal(), invalid_grant());
}

#[tokio::test]
async fn another_sign_in_of_the_same_client_lives_on() {
    let test = Test::new().await;
    let (here, there) = (test.tokens().await, AuthRequest::of(&WEB));
    let code = test.signed_in("ada").await.code_with_or_without_consent(&there).await;
    let there = Tokens::of(&test.exchange(&code).await);
    revoke(&test, &WEB, &here.refresh).await;
    assert!(test.is_active(&there.access).await);
}

#[tokio::test]
async fn an_unknown_token_is_as_good_as_revoked() {
    let test = Test::new().await;
    let tokens = test.tokens().await;
    let right = revoke(&test, &WEB, &tokens.access).await;
    for token in ["garbage", "jtn_at_", &tokens.access, "jtn_pt_x", "💥"] {
        let reply = revoke(&test, &WEB, token).await;
        assert_eq!((reply.status, &reply.body), (200, &right.body), "{token}");
    }
    assert_eq!(revoke(&test, &WEB, &"x".repeat(1 << 20)).await.status, 413);
    assert_eq!(revoke(&test, &WEB, "").await.refusal(), (400, "invalid_request".to_owned()));
}

#[tokio::test]
async fn the_hint_may_be_wrong_or_unknown() {
    let test = Test::new().await;
    for (hint, of) in [("refresh_token", "access"), ("access_token", "refresh"), ("nonsense", "access")] {
        let code = test.signed_in("ada").await.code_with_or_without_consent(&AuthRequest::of(&WEB)).await;
        let tokens = Tokens::of(&test.exchange(&code).await);
        let token = if of == "access" { &tokens.access } else { &tokens.refresh };
        let pairs = [("token", token.as_str()), ("token_type_hint", hint)];
        assert_eq!(test.send(WEB.call("/oauth2/revoke", &pairs)).await.status, 200);
        assert!(!test.is_active(&tokens.access).await, "{hint}");
    }
}

#[tokio::test]
async fn nobody_ends_the_tokens_of_another_client() {
    let test = Test::new().await;
    let web = test.tokens().await;
    let code = test.signed_in("ada").await.code(&AuthRequest::of(&SPA)).await;
    let spa = Tokens::of(&test.send(Test::exchange_call(&SPA, &code)).await);
    let unknown = revoke(&test, &NO_PKCE, "garbage").await.body;
    for (client, tokens) in [(NO_PKCE, &web), (SPA, &web), (WEB, &spa)] {
        for token in [&tokens.access, &tokens.refresh] {
            let reply = revoke(&test, &client, token).await;
            assert_eq!((reply.status, &reply.body), (200, &unknown));
        }
    }
    assert!(test.is_active(&web.access).await && test.is_active(&spa.access).await);
    assert_eq!(revoke(&test, &SPA, &spa.refresh).await.status, 200);
    assert!(!test.is_active(&spa.access).await);
}

#[tokio::test]
async fn a_client_must_prove_who_it_is() {
    let test = Test::new().await;
    let tokens = test.tokens().await;
    let token = [("token", tokens.access.as_str())];
    let calls = [
        Call::post("/oauth2/revoke", &token),
        Call::post("/oauth2/revoke", &[token[0], ("client_id", "web")]),
        Call::post("/oauth2/revoke", &token).basic("web", "wrong"),
        Call::post("/oauth2/revoke", &token).bearer(&tokens.access),
    ];
    for call in calls {
        assert_eq!(test.send(call).await.refusal(), (401, "invalid_client".to_owned()));
    }
    assert!(test.is_active(&tokens.access).await);
}

#[tokio::test]
async fn it_takes_posts_alone() {
    let test = Test::new().await;
    let tokens = test.tokens().await;
    for target in [format!("/oauth2/revoke?access_token={}", tokens.access), "/oauth2/revoke?callback=x".to_owned()] {
        let reply = test.send(Call::get(&target).basic("web", WEB.secret.unwrap())).await;
        assert_eq!(reply.status, 405);
    }
    assert!(test.is_active(&tokens.access).await);
}

/// Row S5: the token itself, in the query or in the body.
async fn give_up(test: &Test, token: &str, in_query: bool) -> Reply {
    match in_query {
        true => test.send(Call::new("POST", &format!("/oauth2/revoke?access_token={token}"))).await,
        false => test.send(Call::post("/oauth2/revoke", &[("access_token", token)])).await,
    }
}

#[tokio::test]
async fn whoever_holds_a_token_may_end_it() {
    let test = Test::new().await;
    for in_query in [true, false] {
        let code = test.signed_in("ada").await.code_with_or_without_consent(&AuthRequest::of(&WEB)).await;
        let tokens = Tokens::of(&test.exchange(&code).await);
        let reply = give_up(&test, &tokens.access, in_query).await;
        assert_eq!((reply.status, &reply.json()["success"]), (200, &true.into()));
        assert!(!test.is_active(&tokens.access).await);
        assert_eq!(test.refresh(&tokens.refresh).await.refusal(), invalid_grant());
        let again = give_up(&test, &tokens.access, in_query).await;
        assert_eq!((again.status, &again.json()["success"]), (200, &false.into()));
        assert!(!again.member("message").is_empty());
    }
    let unknown = give_up(&test, "garbage", true).await;
    assert_eq!((unknown.status, &unknown.json()["success"]), (200, &false.into()));
}

#[tokio::test]
async fn both_forms_at_once_are_a_mistake() {
    let test = Test::new().await;
    let tokens = test.tokens().await;
    let pairs = [("access_token", tokens.access.as_str()), ("token", tokens.refresh.as_str())];
    let both = test.send(WEB.call("/oauth2/revoke", &pairs)).await;
    assert_eq!(both.refusal(), (400, "invalid_request".to_owned()));
    let target = format!("/oauth2/revoke?access_token={}", tokens.access);
    let twice = test.send(Call::post(&target, &pairs[..1])).await;
    assert_eq!(twice.refusal(), (400, "invalid_request".to_owned()));
    assert!(test.is_active(&tokens.access).await);
}
