//! Refresh token rotation, retries and replays (group RT, and the contract's rule).

use crate::harness::{AuthRequest, NO_PKCE, SPA, Test, Tokens, WEB};

fn refused() -> (u16, String) {
    (400, "invalid_grant".to_owned())
}

async fn narrowed(test: &Test, token: &str, scope: &str) -> crate::harness::Reply {
    test.token(&WEB, &[("grant_type", "refresh_token"), ("refresh_token", token), ("scope", scope)]).await
}

#[tokio::test]
async fn a_refresh_brings_a_new_pair_and_the_old_one_ends_with_its_use() {
    let test = Test::new().await;
    let first = test.tokens().await;
    let second = Tokens::of(&test.refresh(&first.refresh).await);
    assert_ne!(first.refresh, second.refresh);
    assert_ne!(first.access, second.access);
    let third = Tokens::of(&test.refresh(&second.refresh).await);
    assert!(test.is_active(&third.access).await);
    assert_eq!(test.refresh(&first.refresh).await.refusal(), refused());
}

#[tokio::test]
async fn an_older_token_than_the_predecessor_is_theft_and_ends_the_grant() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let first = Tokens::of(&test.exchange(&browser.code(&AuthRequest::of(&WEB)).await).await);
    let second = Tokens::of(&test.refresh(&first.refresh).await);
    let third = Tokens::of(&test.refresh(&second.refresh).await);
    assert_eq!(test.refresh(&first.refresh).await.refusal(), refused());
    for access in [&first.access, &second.access, &third.access] {
        assert!(!test.is_active(access).await);
    }
    assert_eq!(test.refresh(&third.refresh).await.refusal(), refused());
    assert!(browser.authorize(&AuthRequest::of(&WEB)).await.text().contains("consent-allow"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_four_refreshes_at_once_leave_one_live_successor() {
    let test = Test::new().await;
    let first = test.tokens().await;
    let replies = test.at_once(64, |test| {
        let token = first.refresh.clone();
        async move { test.refresh(&token).await }
    });
    let replies = replies.await;
    assert!(
        replies.iter().all(|reply| reply.status == 200),
        "{:?}",
        replies.iter().map(|r| r.status).collect::<Vec<_>>()
    );
    let successor = Tokens::of(&replies[0]).refresh;
    assert!(replies.iter().all(|reply| reply.member("refresh_token") == successor));
    assert!(replies.iter().all(|reply| reply.member("access_token") == replies[0].member("access_token")));
    assert_eq!(test.refresh(&successor).await.status, 200);
    assert_eq!(test.refresh(&first.refresh).await.refusal(), refused());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_generations_at_once_never_leave_two_live_chains() {
    let test = Test::new().await;
    let first = test.tokens().await;
    let second = Tokens::of(&test.refresh(&first.refresh).await);
    let replies = test.at_once(32, |test| {
        let tokens = [first.refresh.clone(), second.refresh.clone()];
        async move {
            let (old, new) = tokio::join!(test.refresh(&tokens[0]), test.refresh(&tokens[1]));
            if old.status == 200 { new } else { old }
        }
    });
    assert!(replies.await.iter().all(|reply| reply.status < 500));
    assert_eq!(test.refresh(&first.refresh).await.refusal(), refused());
    assert_eq!(test.refresh(&second.refresh).await.refusal(), refused());
}

#[tokio::test]
async fn another_client_cannot_use_it_and_harms_nobody() {
    let test = Test::new().await;
    let first = test.tokens().await;
    for client in [NO_PKCE, SPA] {
        assert_eq!(test.send(Test::refresh_call(&client, &first.refresh)).await.refusal(), refused());
    }
    let second = Tokens::of(&test.refresh(&first.refresh).await);
    assert_eq!(test.send(Test::refresh_call(&NO_PKCE, &first.refresh)).await.refusal(), refused());
    assert!(test.is_active(&second.access).await);
}

#[tokio::test]
async fn the_scope_can_be_narrowed_and_restored_but_never_widened() {
    let test = Test::new().await;
    let first = test.tokens_for("ada", &AuthRequest::of(&WEB).with("scope", "read write")).await;
    let second = narrowed(&test, &first.refresh, "read").await;
    assert_eq!(second.member("scope"), "read");
    let second = Tokens::of(&second);
    assert_eq!(test.introspect(&second.access).await["scope"], "read");
    let wider = narrowed(&test, &second.refresh, "read write service_id=uslicer.iponweb.com").await;
    assert_eq!(wider.refusal(), (400, "invalid_scope".to_owned()));
    let third = narrowed(&test, &second.refresh, "read write").await;
    assert_eq!(third.member("scope"), "read write");
    assert_eq!(test.refresh(&third.member("refresh_token")).await.member("scope"), "read write");
}

#[tokio::test]
async fn refreshing_for_ever_ends_with_the_life_of_the_chain() {
    let test = Test::new().await;
    let mut token = test.tokens().await.refresh;
    for _ in 0..29 {
        test.clock.advance(86_400);
        token = Tokens::of(&test.refresh(&token).await).refresh;
    }
    test.clock.advance(86_399);
    token = Tokens::of(&test.refresh(&token).await).refresh;
    test.clock.advance(1);
    assert_eq!(test.refresh(&token).await.refusal(), refused());
}

#[tokio::test]
async fn it_dies_with_its_user_the_operators_new_password_and_the_consent() {
    let test = Test::new().await;
    for name in ["disabled", "reset", "withdrawn", "lives"] {
        test.user(name).await;
    }
    let tokens = async |name: &str| test.tokens_for(name, &AuthRequest::of(&WEB)).await.refresh;
    let (disabled, reset) = (tokens("disabled").await, tokens("reset").await);
    let (withdrawn, lives) = (tokens("withdrawn").await, tokens("lives").await);
    test.provider.disable_user("disabled").await.unwrap();
    test.provider.set_password("reset", "another horse battery staple").await.unwrap();
    let id = test.id_of("withdrawn").await;
    let grant = test.provider.connections(id).await.unwrap().remove(0).id;
    test.provider.remove_connection(id, &grant).await.unwrap();
    for token in [disabled, reset, withdrawn] {
        assert_eq!(test.refresh(&token).await.refusal(), refused());
    }
    assert_eq!(test.refresh(&lives).await.status, 200);
}

#[tokio::test]
async fn it_dies_with_its_client() {
    let test = Test::new().await;
    let token = test.tokens().await.refresh;
    test.provider.disable_client("web").await.unwrap();
    assert_eq!(test.refresh(&token).await.refusal(), (401, "invalid_client".to_owned()));
    test.provider.remove_client("web").await.unwrap();
    assert_eq!(test.send(Test::refresh_call(&NO_PKCE, &token)).await.refusal(), refused());
}

#[tokio::test]
async fn an_access_token_is_no_refresh_token_and_a_refresh_token_no_access_token() {
    let test = Test::new().await;
    let tokens = test.tokens().await;
    assert_eq!(test.refresh(&tokens.access).await.refusal(), refused());
    assert_eq!(test.tokeninfo(&tokens.refresh).await.refusal(), (400, "invalid_token".to_owned()));
    assert_eq!(test.refresh(&tokens.refresh).await.status, 200);
}

#[tokio::test]
async fn a_public_client_refreshes_with_its_id_alone() {
    let test = Test::new().await;
    let code = test.signed_in("ada").await.code(&AuthRequest::of(&SPA)).await;
    let tokens = Tokens::of(&test.send(Test::exchange_call(&SPA, &code)).await);
    assert_eq!(test.send(Test::refresh_call(&SPA, &tokens.refresh)).await.status, 200);
}
