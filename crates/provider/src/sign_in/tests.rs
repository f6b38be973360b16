#![expect(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use super::attempt::MOST_FOR_ADDRESS;
use super::*;
use crate::clock::Manual;
use crate::entropy::Seeded;
use crate::fetch::Scripted;
use crate::passwords::QueueKey;
use crate::{Dependencies, SecretKey, Settings, Store};

const NOON: Timestamp = Timestamp::from_seconds(1_800_000_000);

#[test]
fn an_ipv6_customer_is_one_address_and_a_mapped_ipv4_address_is_itself() {
    let key = |text: &str| text.parse().map(address_key).unwrap_or_default();
    assert_eq!(key("192.0.2.7"), "addr:192.0.2.7");
    assert_eq!(key("::ffff:192.0.2.7"), key("192.0.2.7"));
    assert_eq!(key("2001:db8:1:2:3::4"), "addr:2001:db8:1:2::/64");
    assert_eq!(key("2001:db8:1:2:ffff::"), key("2001:db8:1:2::1"));
    assert_ne!(key("2001:db8:1:3::1"), key("2001:db8:1:2::1"));
    assert_ne!(key("192.0.2.8"), key("192.0.2.7"));
}

#[test]
fn what_is_typed_as_a_name_does_not_stand_in_the_key() {
    assert!(!account_key("my secret password").contains("secret"));
    assert_eq!(account_key("ada"), account_key("ada"));
    assert_ne!(account_key("ada"), account_key("grace"));
}

/// A provider with one hashing thread and no wait for a permit.
async fn provider(folder: &std::path::Path) -> Provider {
    let url = format!("sqlite:{}", folder.join("jeton.db").display());
    Store::create(&url).unwrap();
    let store = Store::open(&url).await.unwrap();
    store.migrate().await.unwrap();
    let entropy = Seeded::new(7);
    let key = SecretKey::generate(&entropy);
    let settings = Settings { hash_threads: 1, hash_wait: 0, ..Settings::default() };
    let world = Dependencies {
        clock: Arc::new(Manual::new(NOON)),
        entropy: Arc::new(entropy),
        fetch: Arc::new(Scripted::default()),
    };
    Provider::open(store, key, settings, world)
}

#[tokio::test]
async fn an_address_that_is_not_listened_to_takes_no_place_in_the_line() {
    let folder = std::env::temp_dir().join(format!("jeton-line-{}", std::process::id()));
    let provider = provider(&folder).await;
    let (loud, quiet): (IpAddr, IpAddr) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
    for _ in 0..MOST_FOR_ADDRESS {
        let keys = vec![(address_key(loud), MOST_FOR_ADDRESS)];
        provider
            .store()
            .count_attempts(keys, InARow { key: "row:other".to_owned(), ends_at: NOON }, NOON, NOON.plus(WINDOW))
            .await
            .unwrap();
    }
    let mut places = Vec::new();
    while let Ok(place) = provider.hasher().permit(&QueueKey::alone("somebody".to_owned())).await {
        places.push(place);
    }
    let attempt = async |address| provider.check_password("ada", "wrong", address).await.unwrap_err();
    assert!(matches!(attempt(loud).await, Error::Throttled { retry_after: WINDOW }));
    assert!(matches!(attempt(quiet).await, Error::Busy), "and everybody else finds no place");
    places.clear();
    assert!(matches!(attempt(quiet).await, Error::OAuth(_)));
    std::fs::remove_dir_all(folder).unwrap();
}
