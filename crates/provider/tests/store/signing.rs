//! The keys that sign: made once, rotated ahead of use, seen by every server, sealed.
#![expect(clippy::unwrap_used, reason = "tests")]

use provider::signing::{KeyState, PUBLISH_AHEAD, Rotation};

use crate::harness::{NOON, Test, on_each_database};

/// As long as a key is published after its last signature, with the default settings.
const KEPT: i64 = 3600 + PUBLISH_AHEAD;

async fn states(t: &Test) -> Vec<(&'static str, KeyState)> {
    let keys = t.provider.list_keys().await.unwrap();
    keys.iter().map(|key| (key.algorithm.as_str(), key.state)).collect()
}

async fn published(t: &Test) -> Vec<String> {
    let set = t.provider.public_keys().await.unwrap();
    set.keys().iter().map(|key| key.kid.clone().unwrap()).collect()
}

#[tokio::test]
async fn servers_that_start_at_once_make_one_set() {
    on_each_database(async |t| {
        let servers = [t.twin().await, t.twin().await, t.twin().await];
        let starts = servers.iter().map(|server| server.provider.clone());
        let starts: Vec<_> = starts.map(|one| tokio::spawn(async move { one.prepare_keys().await.unwrap() })).collect();
        for start in starts {
            start.await.unwrap();
        }
        assert_eq!(t.number("select count(*) from signing_keys").await, 2);
        for server in &servers {
            assert_eq!(published(server).await, published(&t).await);
        }
        assert_eq!(states(&t).await, [("ES256", KeyState::Active), ("RS256", KeyState::Active)]);
    })
    .await;
}

#[tokio::test]
async fn a_rotation_is_published_ahead_kept_after_and_then_gone() {
    on_each_database(async |t| {
        t.provider.prepare_keys().await.unwrap();
        let first = published(&t).await;
        assert_eq!(t.provider.rotate_keys().await.unwrap(), Rotation::Made(NOON.plus(PUBLISH_AHEAD)));
        assert_eq!(t.provider.rotate_keys().await.unwrap(), Rotation::Waiting(NOON.plus(PUBLISH_AHEAD)));
        let pair = |name, old, new| [(name, old), (name, new)];
        let all = |old, new| [pair("ES256", old, new), pair("RS256", old, new)].concat();
        assert_eq!(states(&t).await, all(KeyState::Active, KeyState::Next));
        assert_eq!(published(&t).await.len(), 4);
        t.clock.advance(PUBLISH_AHEAD);
        assert_eq!(states(&t).await, all(KeyState::Retired, KeyState::Active));
        t.clock.advance(KEPT - 1);
        assert_eq!(published(&t).await.len(), 4);
        t.clock.advance(1);
        let left = published(&t).await;
        assert!(left.len() == 2 && !left.iter().any(|id| first.contains(id)), "{left:?}");
        t.provider.sweep().await.unwrap();
        assert_eq!(t.number("select count(*) from signing_keys").await, 4);
        t.clock.advance(t.provider.settings().session_ttl + 1);
        t.provider.sweep().await.unwrap();
        assert_eq!(t.number("select count(*) from signing_keys").await, 2);
    })
    .await;
}

#[tokio::test]
async fn another_server_sees_a_rotation_a_second_later() {
    on_each_database(async |t| {
        let other = t.twin().await;
        assert_eq!(published(&other).await, published(&t).await);
        t.provider.rotate_keys().await.unwrap();
        t.clock.advance(1);
        let (ours, theirs) = (published(&t).await, published(&other).await);
        assert!(ours.len() == 4 && ours == theirs, "{ours:?} {theirs:?}");
    })
    .await;
}

#[tokio::test]
async fn keys_are_replaced_when_they_are_ninety_days_old() {
    on_each_database(async |t| {
        t.provider.prepare_keys().await.unwrap();
        t.clock.advance(90 * 86_400 - 1);
        t.provider.sweep().await.unwrap();
        assert_eq!(states(&t).await.len(), 2);
        t.clock.advance(1);
        t.provider.sweep().await.unwrap();
        t.provider.sweep().await.unwrap();
        t.clock.advance(1);
        assert_eq!(states(&t).await.iter().filter(|(_, state)| *state == KeyState::Next).count(), 2);
        assert_eq!(states(&t).await.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_server_that_ran_with_a_wrong_secret_key_has_no_key_removed() {
    on_each_database(async |t| {
        t.provider.prepare_keys().await.unwrap();
        let first = published(&t).await;
        let stranger = t.another().await;
        stranger.provider.prepare_keys().await.unwrap();
        assert_eq!(t.number("select count(*) from signing_keys").await, 4);
        t.clock.advance(t.provider.settings().session_ttl + KEPT + 1);
        for server in [&t, &stranger] {
            server.provider.sweep().await.unwrap();
            assert_eq!(t.number("select count(*) from signing_keys").await, 4);
        }
        t.clock.advance(1);
        assert_eq!(published(&t).await, first, "they sign, since the strangers' do not open");
    })
    .await;
}

#[tokio::test]
async fn a_key_that_does_not_open_is_neither_used_nor_published() {
    on_each_database(async |t| {
        t.provider.prepare_keys().await.unwrap();
        let first = published(&t).await;
        let stranger = t.another().await;
        let theirs = published(&stranger).await;
        assert!(theirs.len() == 2 && !theirs.iter().any(|id| first.contains(id)), "{theirs:?}");
        t.run("update signing_keys set id = 'x' || id").await;
        let moved = t.twin().await;
        let left = published(&moved).await;
        let unopened: Vec<_> = first.iter().chain(&theirs).map(|id| format!("x{id}")).collect();
        assert!(left.len() == 2 && !left.iter().any(|id| unopened.contains(id)), "{left:?}");
    })
    .await;
}
