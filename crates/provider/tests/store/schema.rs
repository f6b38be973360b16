//! The schema and the version that knows it.
#![expect(clippy::unwrap_used, reason = "tests")]

use provider::Store;

use crate::flow::Flow;
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

/// A rolling upgrade: the new version has added its columns while the old one still serves.
#[tokio::test]
async fn a_server_works_on_while_a_newer_version_adds_columns() {
    on_each_database(async |t| {
        let flow = Flow::new(&t).await;
        let ask = async || {
            let tokens = flow.exchange(&flow.code().await).await.unwrap();
            let next = flow.refresh(&tokens.refresh_token.unwrap()).await.unwrap();
            assert!(flow.is_active(&next.access_token).await);
            assert!(t.provider.list_users().await.unwrap().iter().any(|user| user.id == flow.user.id));
            assert_eq!(t.provider.list_clients().await.unwrap().len(), 1);
        };
        ask().await;
        for sql in LATER {
            t.run(sql).await;
        }
        ask().await;
    })
    .await;
}

const LATER: [&str; 8] = [
    "alter table users add column later text",
    "alter table clients add column later text",
    "alter table client_redirect_uris add column later text",
    "alter table client_secrets add column later text",
    "alter table grants add column later text",
    "alter table authorization_codes add column later text",
    "alter table access_tokens add column later text",
    "alter table refresh_tokens add column later text",
];

/// What the test above cannot reach: `select *` and `returning *` take columns that are not known yet.
#[test]
fn every_statement_names_its_columns() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let files = files(&folder);
    assert!(files.len() > 20, "{}", files.len());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let takes_all = ["select *", ".* from", "returning *"].iter().find(|all| text.contains(*all));
        assert_eq!(takes_all, None, "{}", file.display());
    }
}

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
