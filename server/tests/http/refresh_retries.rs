//! A retry with a spent refresh token: the same response for 30 seconds, then a replay
//! (RT-01 to RT-04, RFC 9700 §4.14.2).

use std::collections::BTreeSet;

use provider::services::{Format, ServiceRow};

use crate::harness::{AuthRequest, Call, Key, NO_PKCE, Reply, SPA, Test, Tokens, WEB};

const READER: &str = "https://reader.example/api";

fn refused() -> (u16, String) {
    (400, "invalid_grant".to_owned())
}

fn narrowed(token: &str, scope: &str) -> Call {
    WEB.call("/oauth2/token", &[("grant_type", "refresh_token"), ("refresh_token", token), ("scope", scope)])
}

/// Tokens of a code, and those of a first refresh.
async fn refreshed(test: &Test) -> (Tokens, Tokens) {
    let first = test.tokens().await;
    let second = Tokens::of(&test.refresh(&first.refresh).await);
    (first, second)
}

#[tokio::test]
async fn a_retry_within_thirty_seconds_gets_the_same_answer() {
    let test = Test::new().await;
    let (first, second) = refreshed(&test).await;
    for seconds in [0, 1, 28] {
        test.clock.advance(seconds);
        let again = test.refresh(&first.refresh).await;
        assert_eq!(Tokens::of(&again).refresh, second.refresh);
        assert_eq!(Tokens::of(&again).access, second.access);
        let left = 3600 - test.provider.now().since(crate::harness::NOON);
        assert_eq!(again.json()["expires_in"], left, "the same token is not younger");
    }
    let third = Tokens::of(&test.refresh(&second.refresh).await);
    assert_eq!(Tokens::of(&test.refresh(&second.refresh).await).refresh, third.refresh, "and so for the next pair");
    assert!(test.is_active(&third.access).await);
}

#[tokio::test]
async fn a_retry_after_thirty_one_seconds_is_a_theft_although_the_successor_is_unused() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let first = Tokens::of(&test.exchange(&browser.code(&AuthRequest::of(&WEB)).await).await);
    let second = Tokens::of(&test.refresh(&first.refresh).await);
    test.clock.advance(31);
    assert!(test.is_active(&second.access).await);
    assert_eq!(test.refresh(&first.refresh).await.refusal(), refused());
    for access in [&first.access, &second.access] {
        assert!(!test.is_active(access).await);
    }
    assert_eq!(test.refresh(&second.refresh).await.refusal(), refused(), "the owner's chain ended too");
    assert!(browser.authorize(&AuthRequest::of(&WEB)).await.text().contains("consent-allow"), "the grant ended");
}

#[tokio::test]
async fn the_thirty_seconds_are_counted_from_the_first_use_and_no_retry_prolongs_them() {
    let test = Test::new().await;
    let (first, second) = refreshed(&test).await;
    for _ in 0..2 {
        test.clock.advance(14);
        assert_eq!(Tokens::of(&test.refresh(&first.refresh).await).refresh, second.refresh);
    }
    test.clock.advance(3);
    assert_eq!(test.refresh(&first.refresh).await.refusal(), refused());
    assert_eq!(test.refresh(&second.refresh).await.refusal(), refused());
}

#[tokio::test]
async fn five_replays_of_a_spent_token_buy_no_further_access_token() {
    let test = Test::new().await;
    let (first, second) = refreshed(&test).await;
    let mut seen = BTreeSet::new();
    for _ in 0..5 {
        seen.insert(Tokens::of(&test.refresh(&first.refresh).await).access);
    }
    assert_eq!(seen, BTreeSet::from([second.access]));
}

#[tokio::test]
async fn retries_with_other_wishes_get_their_tokens_and_the_ninth_gets_none() {
    let test = Test::new().await;
    test.provider.add_scope("more", "", "").await.unwrap();
    let scopes = ["read", "write", "service_id=uslicer.iponweb.com", "more"];
    let first = test.tokens_for("ada", &AuthRequest::of(&WEB).with("scope", &scopes.join(" "))).await;
    test.clock.advance(1);
    // Of 15 narrowings, the whole being the first.
    let mut replies: Vec<Reply> = vec![test.refresh(&first.refresh).await];
    for bits in 1..15_usize {
        let some: Vec<&str> = (0..4).filter(|bit| bits & (1 << bit) != 0).map(|bit| scopes[bit]).collect();
        test.clock.advance(1);
        replies.push(test.send(narrowed(&first.refresh, &some.join(" "))).await);
    }
    let good: BTreeSet<String> =
        replies.iter().filter(|reply| reply.status == 200).map(|r| r.member("access_token")).collect();
    assert_eq!(good.len(), 8);
    assert!(replies[8..].iter().all(|reply| reply.refusal() == refused()), "{:?}", replies.last().map(|r| &r.body));
    let successor = replies[0].member("refresh_token");
    assert_eq!(Tokens::of(&test.refresh(&first.refresh).await).refresh, successor, "the first wish is answered still");
    assert_eq!(test.refresh(&successor).await.status, 200);
}

#[tokio::test]
async fn a_signed_access_token_comes_again_as_it_was() {
    let test = Test::new().await;
    let service = ServiceRow { resource: READER.to_owned(), name: String::new(), format: Format::Jwt };
    test.provider.add_service(service).await.unwrap();
    let first = test.tokens_for("ada", &AuthRequest::of(&WEB).with("resource", READER)).await;
    let second = Tokens::of(&test.refresh(&first.refresh).await);
    assert!(second.access.starts_with("ey"));
    test.clock.advance(29);
    assert_eq!(Tokens::of(&test.refresh(&first.refresh).await).access, second.access);
    test.clock.advance(2);
    assert_eq!(test.refresh(&first.refresh).await.refusal(), refused());
}

#[tokio::test]
async fn another_client_or_another_key_gets_nothing_by_a_retry_and_harms_nobody() {
    let test = Test::new().await;
    let (thief, key) = (Key::new(), Key::new());
    let code = test.signed_in("ada").await.code(&AuthRequest::of(&SPA)).await;
    let first = Tokens::of(&test.send(test.proven(Test::exchange_call(&SPA, &code), &key)).await);
    let refresh = |client, key| test.proven(Test::refresh_call(client, &first.refresh), key);
    let second = Tokens::of(&test.send(refresh(&SPA, &key)).await);
    for call in [refresh(&SPA, &thief), refresh(&NO_PKCE, &key), Test::refresh_call(&SPA, &first.refresh)] {
        assert_eq!(test.send(call).await.refusal(), refused());
    }
    assert_eq!(Tokens::of(&test.send(refresh(&SPA, &key)).await).refresh, second.refresh, "the owner retries");
}

#[tokio::test]
async fn victim_and_thief_in_step_are_noticed_at_the_second_step() {
    let test = Test::new().await;
    let stolen = test.tokens().await;
    let victim = Tokens::of(&test.refresh(&stolen.refresh).await);
    // The thief comes within the time, and gets what the victim has; from there one of the two is
    // always late.
    let thief = Tokens::of(&test.refresh(&stolen.refresh).await);
    assert_eq!(thief.refresh, victim.refresh);
    test.clock.advance(3000);
    assert_eq!(test.refresh(&victim.refresh).await.status, 200);
    test.clock.advance(60);
    assert_eq!(test.refresh(&thief.refresh).await.refusal(), refused());
    assert_eq!(test.refresh(&victim.refresh).await.refusal(), refused());
}
