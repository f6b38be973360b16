//! A database and its key know each other.
#![expect(clippy::unwrap_used, reason = "tests")]

use provider::entropy::Seeded;
use provider::{KeyFit, SecretKey};

use crate::harness::on_each_database;

#[tokio::test]
async fn a_database_that_was_named_knows_its_key_from_another() {
    on_each_database(async |t| {
        let (store, own, other) = (t.provider.store(), t.provider.key(), SecretKey::generate(&Seeded::new(7)));
        t.provider.prepare_keys().await.unwrap();
        // Without a name its signing keys tell.
        assert_eq!(store.key_fit(own).await.unwrap(), KeyFit::Unnamed);
        assert_eq!(store.key_fit(&other).await.unwrap(), KeyFit::Differs);
        t.run("delete from signing_keys").await;
        assert_eq!(store.key_fit(&other).await.unwrap(), KeyFit::Unnamed);
        store.name(own, &Seeded::new(1)).await.unwrap();
        assert_eq!(store.key_fit(own).await.unwrap(), KeyFit::Fits);
        assert_eq!(store.key_fit(&other).await.unwrap(), KeyFit::Differs);
        // A second name is none.
        store.name(&other, &Seeded::new(2)).await.unwrap();
        assert_eq!(store.key_fit(own).await.unwrap(), KeyFit::Fits);
        store.rekey(&other, &Seeded::new(3)).await.unwrap();
        assert_eq!(store.key_fit(own).await.unwrap(), KeyFit::Differs);
        assert_eq!(store.key_fit(&other).await.unwrap(), KeyFit::Fits);
        assert_eq!(t.number("select count(*) from identity").await, 1);
    })
    .await;
}

#[tokio::test]
async fn of_servers_that_name_a_database_at_once_one_counts_and_all_have_its_key() {
    on_each_database(async |t| {
        let mut nodes = tokio::task::JoinSet::new();
        for seed in 0..8 {
            let (store, key) = (t.provider.store().clone(), t.provider.key().clone());
            nodes.spawn(async move {
                store.name(&key, &Seeded::new(seed)).await.unwrap();
                store.key_fit(&key).await.unwrap()
            });
        }
        assert!(nodes.join_all().await.into_iter().all(|fit| fit == KeyFit::Fits));
        assert_eq!(t.number("select count(*) from identity").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_store_that_is_closed_keeps_everything_in_one_file_and_takes_no_more() {
    on_each_database(async |t| {
        t.user("ada").await;
        t.provider.close().await;
        let refused = t.provider.store().name(t.provider.key(), &Seeded::new(1)).await;
        assert!(matches!(refused, Err(provider::Error::Unavailable(_))), "{refused:?}");
        assert_eq!(t.number("select count(*) from users").await, 1);
        if let Some(path) = t.url().strip_prefix("sqlite:") {
            assert!(!std::path::Path::new(&format!("{path}-wal")).exists());
        }
    })
    .await;
}
