//! Redeeming codes (TK-01 to TK-09).

use crate::harness::{AuthRequest, NO_PKCE, SPA, Test, Tokens, VERIFIER, WEB};

fn refused() -> (u16, String) {
    (400, "invalid_grant".to_owned())
}

/// Redeems a code of the web client with these parameters instead of the right ones.
async fn exchange_with(test: &Test, code: &str, change: &[(&str, Option<&str>)]) -> (u16, String) {
    let right = [("redirect_uri", Some(WEB.redirect_uri)), ("code_verifier", Some(VERIFIER))];
    let rest = right.iter().filter(|(name, _)| !change.iter().any(|(changed, _)| changed == name));
    let mut pairs = vec![("grant_type", "authorization_code"), ("code", code)];
    pairs.extend(rest.chain(change).filter_map(|(name, value)| Some((*name, (*value)?))));
    test.token(&WEB, &pairs).await.refusal()
}

#[tokio::test]
async fn a_code_buys_tokens_as_the_contract_has_them() {
    let test = Test::new().await;
    let code = test.signed_in("ada").await.code(&AuthRequest::of(&WEB)).await;
    let reply = test.exchange(&code).await;
    assert_eq!(reply.status, 200);
    assert!(reply.member("access_token").starts_with("jtn_at_"));
    assert!(reply.member("refresh_token").starts_with("jtn_rt_"));
    let mut rest = reply.json();
    rest.as_object_mut().unwrap().retain(|name, _| !name.ends_with("_token"));
    assert_eq!(rest, serde_json::json!({ "token_type": "Bearer", "expires_in": 3600, "scope": "read" }));
}

#[tokio::test]
async fn a_code_cannot_be_spent_twice_and_what_it_bought_dies() {
    let test = Test::new().await;
    let code = test.signed_in("ada").await.code(&AuthRequest::of(&WEB)).await;
    let tokens = Tokens::of(&test.exchange(&code).await);
    let successor = Tokens::of(&test.refresh(&tokens.refresh).await);
    assert!(test.is_active(&tokens.access).await && test.is_active(&successor.access).await);
    assert_eq!(test.exchange(&code).await.refusal(), refused());
    for access in [tokens.access, successor.access] {
        assert!(!test.is_active(&access).await);
    }
    for refresh in [tokens.refresh, successor.refresh] {
        assert_eq!(test.refresh(&refresh).await.refusal(), refused());
    }
}

#[tokio::test]
async fn a_spent_code_that_comes_back_after_its_life_still_ends_what_it_bought() {
    let test = Test::new().await;
    let code = test.signed_in("ada").await.code(&AuthRequest::of(&WEB)).await;
    let tokens = Tokens::of(&test.exchange(&code).await);
    test.clock.advance(600);
    assert_eq!(test.exchange(&code).await.refusal(), refused());
    assert!(!test.is_active(&tokens.access).await);
}

#[tokio::test]
async fn who_could_not_have_used_the_code_ends_nothing_with_it() {
    let test = Test::new().await;
    let code = test.signed_in("ada").await.code(&AuthRequest::of(&WEB)).await;
    let tokens = Tokens::of(&test.exchange(&code).await);
    assert_eq!(test.send(Test::exchange_call(&NO_PKCE, &code)).await.refusal(), refused());
    assert_eq!(exchange_with(&test, &code, &[("code_verifier", Some(&"x".repeat(43)))]).await, refused());
    assert!(test.is_active(&tokens.access).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_twenty_redemptions_at_once_one_succeeds() {
    let test = Test::new().await;
    for _ in 0..3 {
        let code = test.signed_in("ada").await.code_with_or_without_consent(&AuthRequest::of(&WEB)).await;
        let replies = test.at_once(20, |test| {
            let code = code.clone();
            async move { test.exchange(&code).await }
        });
        let replies = replies.await;
        let won: Vec<_> = replies.iter().filter(|reply| reply.status == 200).collect();
        assert_eq!(won.len(), 1);
        let lost = replies.iter().filter(|reply| reply.refusal() == refused()).count();
        assert_eq!(lost, 19);
        // The losers are replays, so what the winner got is dead.
        assert!(!test.is_active(&won[0].member("access_token")).await);
    }
}

#[tokio::test]
async fn a_code_is_its_clients_alone() {
    let test = Test::new().await;
    let code = test.signed_in("ada").await.code(&AuthRequest::of(&WEB)).await;
    assert_eq!(test.send(Test::exchange_call(&NO_PKCE, &code)).await.refusal(), refused());
    assert_eq!(test.send(Test::exchange_call(&SPA, &code)).await.refusal(), refused());
    assert_eq!(test.exchange(&code).await.status, 200);
}

#[tokio::test]
async fn the_address_must_be_named_again_as_it_was() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let code = browser.code(&AuthRequest::of(&WEB)).await;
    assert_eq!(exchange_with(&test, &code, &[("redirect_uri", None)]).await, refused());
    let other = format!("{}/", WEB.redirect_uri);
    assert_eq!(exchange_with(&test, &code, &[("redirect_uri", Some(&other))]).await, refused());
    assert_eq!(exchange_with(&test, &code, &[]).await.0, 200);
    let left_out = browser.authorize(&AuthRequest::of(&WEB).without("redirect_uri")).await.param("code").unwrap();
    assert_eq!(exchange_with(&test, &left_out, &[("redirect_uri", None)]).await.0, 200);
}

#[tokio::test]
async fn the_verifier_must_fit_the_challenge() {
    let test = Test::new().await;
    let code = test.signed_in("ada").await.code(&AuthRequest::of(&WEB)).await;
    for verifier in [None, Some(""), Some("short"), Some(crate::harness::CHALLENGE)] {
        assert_eq!(exchange_with(&test, &code, &[("code_verifier", verifier)]).await, refused(), "{verifier:?}");
    }
    assert_eq!(exchange_with(&test, &code, &[]).await.0, 200);
}

#[tokio::test]
async fn a_verifier_without_a_challenge_shows_that_the_challenge_was_taken_out() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let code = browser.code(&AuthRequest::of(&NO_PKCE).without_pkce()).await;
    assert_eq!(test.send(Test::exchange_call(&NO_PKCE, &code)).await.refusal(), refused());
    let pairs = [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", NO_PKCE.redirect_uri)];
    assert_eq!(test.token(&NO_PKCE, &pairs).await.status, 200);
}

#[tokio::test]
async fn after_a_few_wrong_verifiers_the_code_is_of_no_use() {
    let test = Test::new().await;
    let code = test.signed_in("ada").await.code(&AuthRequest::of(&WEB)).await;
    let wrong = "x".repeat(43);
    for _ in 0..5 {
        assert_eq!(exchange_with(&test, &code, &[("code_verifier", Some(&wrong))]).await, refused());
    }
    assert_eq!(exchange_with(&test, &code, &[]).await, refused());
}

#[tokio::test]
async fn a_code_lives_for_a_minute() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let code = browser.code(&AuthRequest::of(&WEB)).await;
    test.clock.advance(60);
    assert_eq!(test.exchange(&code).await.refusal(), refused());
    let code = browser.code_with_or_without_consent(&AuthRequest::of(&WEB)).await;
    test.clock.advance(59);
    assert_eq!(test.exchange(&code).await.status, 200);
}

#[tokio::test]
async fn a_code_dies_with_its_user_its_consent_and_its_client() {
    let test = Test::new().await;
    test.user("grace").await;
    let codes = [
        test.signed_in("ada").await.code(&AuthRequest::of(&WEB)).await,
        test.signed_in("grace").await.code(&AuthRequest::of(&WEB)).await,
    ];
    test.provider.disable_user("ada").await.unwrap();
    assert_eq!(test.exchange(&codes[0]).await.refusal(), refused());
    let grace = test.id_of("grace").await;
    let grant = test.provider.connections(grace).await.unwrap().remove(0).id;
    test.provider.remove_connection(grace, &grant).await.unwrap();
    assert_eq!(test.exchange(&codes[1]).await.refusal(), refused());
    let code = test.signed_in("grace").await.code(&AuthRequest::of(&NO_PKCE)).await;
    test.provider.disable_client("lax").await.unwrap();
    assert_eq!(test.send(Test::exchange_call(&NO_PKCE, &code)).await.refusal(), (401, "invalid_client".to_owned()));
}

#[tokio::test]
async fn a_value_that_is_no_code_is_refused_like_one_that_is_spent() {
    let test = Test::new().await;
    let code = test.signed_in("ada").await.code(&AuthRequest::of(&WEB)).await;
    let mut wrong_sum = code.clone();
    wrong_sum.replace_range(code.len() - 1.., if code.ends_with('0') { "1" } else { "0" });
    for value in [wrong_sum.as_str(), "nonsense", "jtn_ac_", &code[1..]] {
        assert_eq!(test.exchange(value).await.refusal(), refused(), "{value}");
    }
    assert_eq!(test.exchange(&code).await.status, 200);
}
