//! The schema and the version that knows it.
#![expect(clippy::unwrap_used, reason = "tests")]

use provider::Store;

use crate::harness::{Test, on_each_database, on_each_empty_database};

#[tokio::test]
async fn a_schema_of_a_newer_version_is_refused_and_our_own_is_taken() {
    on_each_database(async |t| {
        let store = t.provider.store();
        assert_eq!(store.pending_migrations().await.unwrap(), 0);
        store.migrate().await.unwrap();
        t.run("update _sqlx_migrations set version = 9999 where version = 1").await;
        assert!(store.pending_migrations().await.is_err());
        assert!(store.migrate().await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_database_without_a_schema_lacks_all_of_it() {
    on_each_database(async |t| {
        t.run("drop table _sqlx_migrations").await;
        assert_eq!(t.provider.store().pending_migrations().await.unwrap(), Store::known_migrations());
    })
    .await;
}

/// So many servers start at the same moment, on the first day of their database.
const NODES: usize = 6;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nodes_that_start_at_once_on_an_empty_database_all_come_up_and_are_one_server() {
    on_each_empty_database(async |url: String| {
        let mut nodes = tokio::task::JoinSet::new();
        for _ in 0..NODES {
            nodes.spawn(Test::start(url.clone()));
        }
        let nodes = nodes.join_all().await;
        let keys = key_ids(&nodes[0]).await;
        assert!(!keys.is_empty());
        nodes[0].user("ada").await;
        for node in &nodes {
            assert_eq!(node.provider.store().pending_migrations().await.unwrap(), 0);
            node.provider.ready().await.unwrap();
            assert_eq!(node.provider.show_user("ada").await.unwrap().id, 1);
            assert_eq!(key_ids(node).await, keys);
        }
    })
    .await;
}

async fn key_ids(node: &Test) -> Vec<String> {
    node.provider.list_keys().await.unwrap().into_iter().map(|key| key.id).collect()
}
