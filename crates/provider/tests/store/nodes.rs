//! Several servers on one database: what one of them ends, the others refuse, although each remembers what it has read.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::time::Duration;

use oauth::{Access, Scope};
use provider::Provider;
use provider::users::Rights;

use crate::flow::{ADDRESS, Flow};
use crate::harness::{Test, on_each_database};

#[tokio::test]
async fn what_one_server_revokes_another_refuses_within_a_second() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let other = listening(&t).await;
        let tokens = [flow.bought().await, flow.bought().await];
        remembered(&other, &tokens[0]).await;
        remembered(&other, &tokens[1]).await;
        assert!(t.provider.revoke_value(&tokens[0]).await.unwrap());
        assert!(within_a_second(async || !is_live(&other, &tokens[0]).await).await);
        assert!(is_live(&other, &tokens[1]).await);
    })
    .await;
}

#[tokio::test]
async fn what_one_server_narrows_another_narrows_within_a_second() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let other = listening(&t).await;
        let token = flow.bought().await;
        remembered(&other, &token).await;
        let rights = Rights { access: Some(Access::Partial), allowed: Some(Scope::default()), administrator: None };
        t.provider.set_user(&flow.user.username, rights).await.unwrap();
        let narrowed = async || other.provider.tokeninfo(&token, ADDRESS).await.unwrap().scope.is_empty();
        assert!(within_a_second(narrowed).await);
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_told_nothing_obeys_within_a_second_too() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let token = flow.bought().await;
        // On SQLite it sees that the file has changed; on PostgreSQL it knows that it does not listen, and asks each time.
        let deaf = t.twin().await;
        assert!(is_live(&deaf, &token).await);
        t.run("update access_tokens set revoked_at = 1").await;
        assert!(within_a_second(async || !is_live(&deaf, &token).await).await);
    })
    .await;
}

/// A second server, which hears of what the first one writes.
async fn listening(t: &Test) -> Test {
    let other = t.twin().await;
    let (provider, url) = (other.provider.clone(), other.url().to_owned());
    tokio::spawn(async move { provider.watch(&url).await });
    other
}

/// Asks until the answer comes from memory.
async fn remembered(other: &Test, token: &str) {
    assert!(is_live(other, token).await);
    let known = async || is_live(other, token).await && other.provider.remembers(token);
    assert!(within_a_second(known).await, "never remembered");
}

async fn is_live(server: &Test, token: &str) -> bool {
    tokeninfo(&server.provider, token).await
}

async fn tokeninfo(provider: &Provider, token: &str) -> bool {
    provider.tokeninfo(token, ADDRESS).await.is_ok()
}

async fn within_a_second(condition: impl AsyncFn() -> bool) -> bool {
    let held = async {
        while !condition().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(1), held).await.is_ok()
}
