//! The schema and the version that knows it.
#![expect(clippy::unwrap_used, reason = "tests")]

use provider::Store;

use crate::harness::on_each_database;

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
