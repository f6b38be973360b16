//! The cache of client keys by `jwks_uri` (OpenID Connect Core §10.1.1). Headers of a signed token
//! never decide where keys are fetched.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use oauth::Timestamp;
use oauth::jose::JwkSet;
use tokio::sync::{Mutex as AsyncMutex, OwnedSemaphorePermit, Semaphore};

use crate::error::Error;

/// Minimum seconds between two fetches of a URL, whatever their result: a rotated key is accepted
/// after this time at the latest.
const MIN_INTERVAL: i64 = 30;
/// Keys older than this many seconds are fetched again before use.
const REFRESH_AFTER: i64 = 600;
/// Maximum age of keys, in seconds, while their URL does not answer.
const MAX_AGE: i64 = 3600;
/// Maximum number of cached URLs.
const MAX_ENTRIES: usize = 1000;
/// Maximum number of concurrent fetches. 500 URLs that never answer, each fetched every 30 seconds
/// with a timeout of 3 seconds, take 50.
const MAX_FETCHES: usize = 128;

/// The fetched keys, by URL.
pub(crate) struct KeyCache {
    entries: Mutex<HashMap<String, Arc<CachedKeys>>>,
    slots: Arc<Semaphore>,
}

impl Default for KeyCache {
    fn default() -> Self {
        Self { entries: Mutex::default(), slots: Arc::new(Semaphore::new(MAX_FETCHES)) }
    }
}

#[derive(Default)]
pub(crate) struct CachedKeys {
    /// Held during a fetch: concurrent requests wait and share its result.
    pub(super) lock: Arc<AsyncMutex<()>>,
    fetched: Mutex<Fetched>,
}

#[derive(Default)]
struct Fetched {
    keys: Arc<JwkSet>,
    fetched_at: Option<Timestamp>,
    tried_at: Option<Timestamp>,
}

impl KeyCache {
    /// The cache entry of a URL. A full cache evicts the entry that was fetched longest ago.
    pub(super) fn entry(&self, uri: &str) -> Arc<CachedKeys> {
        let mut entries = guard(&self.entries);
        if let Some(entry) = entries.get(uri) {
            return entry.clone();
        }
        if entries.len() >= MAX_ENTRIES {
            let oldest =
                entries.iter().min_by_key(|(_, entry)| guard(&entry.fetched).tried_at).map(|(uri, _)| uri.clone());
            oldest.and_then(|uri| entries.remove(&uri));
        }
        entries.entry(uri.to_owned()).or_default().clone()
    }

    /// Whether the last fetch of a URL failed, less than `MIN_INTERVAL` ago.
    pub(crate) fn has_failed(&self, uri: &str, now: Timestamp) -> bool {
        self.entry(uri).was_tried(now)
    }

    /// Records a failed fetch: no retry for a while.
    pub(crate) fn mark_failed(&self, uri: &str, now: Timestamp) {
        self.entry(uri).mark_tried(now);
    }

    /// A slot for a fetch from a client's URL.
    pub(crate) fn slot(&self) -> Result<OwnedSemaphorePermit, Error> {
        self.slots.clone().try_acquire_owned().map_err(|_| Error::Busy)
    }
}

impl CachedKeys {
    /// The keys, unless they are older than `MAX_AGE`.
    pub(super) fn keys(&self, now: Timestamp) -> Arc<JwkSet> {
        let fetched = guard(&self.fetched);
        match fetched.fetched_at {
            Some(at) if now.is_within(MAX_AGE, at) => fetched.keys.clone(),
            _ => Arc::default(),
        }
    }

    pub(super) fn is_fresh(&self, now: Timestamp) -> bool {
        guard(&self.fetched).fetched_at.is_some_and(|at| now.is_within(REFRESH_AFTER, at))
    }

    /// Whether the URL was fetched less than `MIN_INTERVAL` ago.
    pub(super) fn was_tried(&self, now: Timestamp) -> bool {
        guard(&self.fetched).tried_at.is_some_and(|at| now.is_within(MIN_INTERVAL, at))
    }

    pub(super) fn mark_tried(&self, now: Timestamp) {
        guard(&self.fetched).tried_at = Some(now);
    }

    pub(super) fn store(&self, keys: JwkSet, now: Timestamp) {
        let mut fetched = guard(&self.fetched);
        (fetched.keys, fetched.fetched_at) = (Arc::new(keys), Some(now));
    }
}

fn guard<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
