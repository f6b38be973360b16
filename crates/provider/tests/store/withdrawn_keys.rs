//! A signing key that leaked is withdrawn: at once, on every server, and nobody is left without a key.
#![expect(clippy::unwrap_used, reason = "tests")]

use provider::Error;
use provider::signing::{KeyState, PUBLISH_AHEAD, Rotation};

use crate::harness::{NOON, Test, on_each_database};

/// Id and state of the keys of one algorithm, the first made first.
async fn line(t: &Test, algorithm: &str) -> Vec<(String, KeyState)> {
    let keys = t.provider.list_keys().await.unwrap().into_iter().filter(|key| key.algorithm.as_str() == algorithm);
    keys.map(|key| (key.id, key.state)).collect()
}

async fn active(t: &Test, algorithm: &str) -> String {
    let line = line(t, algorithm).await;
    line.into_iter().find(|(_, state)| *state == KeyState::Active).unwrap().0
}

async fn published(t: &Test) -> Vec<String> {
    let set = t.provider.public_keys().await.unwrap();
    set.keys().iter().map(|key| key.kid.clone().unwrap()).collect()
}

#[tokio::test]
async fn a_withdrawn_key_is_neither_active_nor_published_and_a_new_one_is_both() {
    on_each_database(async |t| {
        t.provider.prepare_keys().await.unwrap();
        let (leaked, other) = (active(&t, "RS256").await, active(&t, "ES256").await);
        let done = t.provider.withdraw_key(&leaked).await.unwrap();
        let new = active(&t, "RS256").await;
        assert_eq!((done.algorithm.as_str(), done.at, &done.signer), ("RS256", NOON, &new));
        assert_ne!(new, leaked);
        assert_eq!(line(&t, "RS256").await, [(leaked.clone(), KeyState::Withdrawn), (new.clone(), KeyState::Active)]);
        assert_eq!(active(&t, "ES256").await, other, "the other algorithm goes on");
        let mut expected = [new.clone(), other];
        let mut keys = published(&t).await;
        expected.sort();
        keys.sort();
        assert_eq!(keys, expected);
        t.clock.advance(60);
        let again = t.provider.withdraw_key(&leaked).await.unwrap();
        assert_eq!((again.at, again.signer), (NOON, new), "twice is as good as once");
    })
    .await;
}

#[tokio::test]
async fn the_next_key_takes_over_at_once_where_one_was_published() {
    on_each_database(async |t| {
        t.provider.prepare_keys().await.unwrap();
        let leaked = active(&t, "RS256").await;
        assert!(matches!(t.provider.rotate_keys().await.unwrap(), Rotation::Made(_)));
        let next = line(&t, "RS256").await.pop().unwrap();
        assert_eq!(next.1, KeyState::Next);
        assert_eq!(t.provider.withdraw_key(&leaked).await.unwrap().signer, next.0);
        assert_eq!(line(&t, "RS256").await, [(leaked, KeyState::Withdrawn), (next.0, KeyState::Active)]);
        assert_eq!(line(&t, "ES256").await[1].1, KeyState::Next, "the other algorithm waits as before");
    })
    .await;
}

#[tokio::test]
async fn a_key_that_waits_or_has_retired_is_withdrawn_and_the_active_one_goes_on() {
    on_each_database(async |t| {
        t.provider.prepare_keys().await.unwrap();
        let first = active(&t, "RS256").await;
        t.provider.rotate_keys().await.unwrap();
        let waits = line(&t, "RS256").await.pop().unwrap().0;
        assert_eq!(t.provider.withdraw_key(&waits).await.unwrap().signer, first);
        t.clock.advance(PUBLISH_AHEAD + 1);
        assert_eq!(active(&t, "RS256").await, first, "what was withdrawn before it signed takes nobody's place");
        assert!(published(&t).await.contains(&first) && !published(&t).await.contains(&waits));
        assert!(matches!(t.provider.rotate_keys().await.unwrap(), Rotation::Made(_)));
        t.clock.advance(PUBLISH_AHEAD);
        let second = active(&t, "RS256").await;
        assert!(second != first && published(&t).await.contains(&first), "retired, and still published");
        assert_eq!(t.provider.withdraw_key(&first).await.unwrap().signer, second);
        assert!(!published(&t).await.contains(&first));
        assert_eq!(active(&t, "RS256").await, second);
    })
    .await;
}

#[tokio::test]
async fn every_server_obeys_within_a_second_and_a_clock_that_was_set_back_changes_nothing_about_it() {
    for step in [1, -30, -3600] {
        on_each_database(async |t| {
            let other = t.twin().await;
            let leaked = active(&other, "RS256").await;
            assert!(published(&other).await.contains(&leaked), "the control");
            let signer = t.provider.withdraw_key(&leaked).await.unwrap().signer;
            t.clock.advance(step);
            assert!(!published(&other).await.contains(&leaked), "{step}");
            assert!(published(&other).await.contains(&signer), "{step}");
            assert_eq!(active(&other, "RS256").await, signer, "{step}");
        })
        .await;
    }
}

#[tokio::test]
async fn two_servers_that_withdraw_the_same_key_at_once_leave_one_that_signs() {
    on_each_database(async |t| {
        let other = t.twin().await;
        let leaked = active(&t, "ES256").await;
        active(&other, "ES256").await;
        let (one, two) = tokio::join!(t.provider.withdraw_key(&leaked), other.provider.withdraw_key(&leaked));
        assert_eq!(one.unwrap().signer, two.unwrap().signer);
        assert_eq!(line(&t, "ES256").await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_key_that_does_not_exist_cannot_be_withdrawn() {
    on_each_database(async |t| {
        t.provider.prepare_keys().await.unwrap();
        for id in ["", "nobody's"] {
            assert!(matches!(t.provider.withdraw_key(id).await, Err(Error::NotFound)), "{id}");
        }
        assert_eq!(t.number("select count(*) from signing_keys").await, 2);
    })
    .await;
}
