//! The queue of logout notices: retried, claimed by one task, and deleted with the client.

use std::sync::Arc;

use provider::entropy::Seeded;
use provider::fetch::FetchError;
use provider::{Dependencies, Provider};

use super::{deliver, delivered, sign_out};
use crate::harness::{BACK_CHANNEL_URI, LOGOUT_CLIENT, Log, Test, unique};

/// Another server on the same database.
pub fn twin(test: &Test) -> Provider {
    let dependencies = Dependencies {
        clock: test.clock.clone(),
        entropy: Arc::new(Seeded::new(unique())),
        fetch: test.outside.clone(),
    };
    let provider = &test.provider;
    Provider::open(provider.store().clone(), provider.key().clone(), provider.settings().clone(), dependencies)
}

/// A session of which [`LOGOUT_CLIENT`] knows has ended.
async fn ended(test: &Test) {
    let browser = test.signed_in("ada").await;
    browser.id_token(&LOGOUT_CLIENT).await;
    sign_out(&browser).await;
}

#[tokio::test]
async fn a_client_that_fails_is_tried_again_after_longer_and_longer_pauses() {
    let test = Test::with_logout_client().await;
    ended(&test).await;
    let failures = [Err(FetchError::Failed("no answer".into())), Ok(500), Ok(400), Ok(302), Ok(404), Ok(503)];
    for (tried, (failure, pause)) in failures.into_iter().zip([5, 30, 120, 600, 3600, 3600]).enumerate() {
        test.outside.answer(BACK_CHANNEL_URI, failure);
        deliver(&test).await;
        assert_eq!(test.outside.sent().len(), tried + 1);
        test.clock.advance(pause - 1);
        deliver(&test).await;
        assert_eq!(test.outside.sent().len(), tried + 1, "not before {pause} seconds have gone");
        test.clock.advance(1);
    }
    deliver(&test).await;
    deliver(&test).await;
    let tokens = all_delivered(&test).await;
    assert_eq!(tokens.len(), 7);
    // Each is made when it is sent: it has not expired, and is not a copy of one that may have
    // arrived.
    let now = test.provider.now().seconds();
    assert_eq!(tokens[6].claims.members()["iat"], now);
    let mut ids: Vec<_> = tokens.iter().map(|token| token.claims.members()["jti"].to_string()).collect();
    ids.dedup();
    assert_eq!(ids.len(), 7);
}

#[tokio::test]
async fn a_client_that_fails_is_not_asked_again_at_once_for_its_other_sessions() {
    let test = Test::with_logout_client().await;
    ended(&test).await;
    ended(&test).await;
    test.outside.answer(BACK_CHANNEL_URI, Err(FetchError::Failed("no answer".into())));
    deliver(&test).await;
    deliver(&test).await;
    assert_eq!(test.outside.sent().len(), 1);
    test.clock.advance(5);
    deliver(&test).await;
    assert_eq!(test.outside.sent().len(), 3);
}

async fn all_delivered(test: &Test) -> Vec<oauth::jose::Verified> {
    delivered(test, BACK_CHANNEL_URI, 0).await
}

#[tokio::test]
async fn after_a_day_nobody_tries_any_more() {
    let test = Test::with_logout_client().await;
    let log = Log::capture();
    ended(&test).await;
    test.outside.answer(BACK_CHANNEL_URI, Ok(500));
    deliver(&test).await;
    test.clock.advance(86_399);
    test.outside.answer(BACK_CHANNEL_URI, Ok(500));
    deliver(&test).await;
    test.clock.advance(3600);
    deliver(&test).await;
    assert_eq!(test.outside.sent().len(), 2);
    assert!(log.text().contains("never reached"));
    test.clock.advance(3600);
    assert!(test.provider.clients_with_due_notices().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_servers_one_tells_a_client() {
    let test = Test::with_logout_client().await;
    for _ in 0..3 {
        ended(&test).await;
    }
    let servers: Vec<Provider> = (0..8).map(|_| twin(&test)).collect();
    let tasks: Vec<_> = servers
        .into_iter()
        .map(|server| tokio::spawn(async move { while server.deliver_notices("bye").await.unwrap() > 0 {} }))
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    deliver(&test).await;
    let sessions: std::collections::HashSet<_> =
        all_delivered(&test).await.iter().map(|token| token.claims.members()["sid"].to_string()).collect();
    assert_eq!((test.outside.sent().len(), sessions.len()), (3, 3));
}

#[tokio::test]
async fn what_one_server_left_over_another_tells() {
    let test = Test::with_logout_client().await;
    ended(&test).await;
    let after = twin(&test);
    assert_eq!(after.clients_with_due_notices().await.unwrap(), ["bye"]);
    assert_eq!(after.deliver_notices("bye").await.unwrap(), 1);
    assert_eq!(all_delivered(&test).await.len(), 1);
}

#[tokio::test]
async fn a_client_that_is_disabled_or_removed_hears_nothing_more() {
    for is_removed in [false, true] {
        let test = Test::with_logout_client().await;
        let browser = test.signed_in("ada").await;
        browser.id_token(&LOGOUT_CLIENT).await;
        ended(&test).await;
        match is_removed {
            false => test.provider.disable_client("bye").await.unwrap(),
            true => test.provider.remove_client("bye").await.unwrap(),
        }
        sign_out(&browser).await;
        assert!(test.provider.clients_with_due_notices().await.unwrap().is_empty());
        assert_eq!(test.provider.deliver_notices("bye").await.unwrap(), 0);
        assert!(test.outside.sent().is_empty());
    }
}

#[tokio::test]
async fn the_cache_of_a_session_is_evicted_with_it() {
    let test = Test::with_logout_client().await;
    let browser = test.signed_in("ada").await;
    browser.id_token(&LOGOUT_CLIENT).await;
    let is_remembered = async || {
        test.provider.sweep().await.unwrap();
        test.database.dump().await.contains("session_clients.client_id: bye")
    };
    test.clock.advance(test.provider.settings().session_ttl + 86_400);
    assert!(is_remembered().await);
    test.clock.advance(1);
    assert!(!is_remembered().await);
}
