//! The cache of client keys by `jwks_uri` (OpenID Connect Core §10.1.1). Keys in a signed token never
//! say where to fetch.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use oauth::Timestamp;
use oauth::jose::JwkSet;
use tokio::sync::{Mutex as AsyncMutex, OwnedSemaphorePermit, Semaphore};

use crate::error::Error;

/// An address is asked at most once in so many seconds, whatever comes of it: a key that was rotated a moment ago counts no later
/// than that.
const MIN_INTERVAL: i64 = 30;
/// Keys that were fetched so many seconds ago are fetched again before they are used.
const REFRESH_AFTER: i64 = 600;
/// They are used for so many seconds at most when the address does not answer any more.
const MAX_AGE: i64 = 3600;
/// Addresses in memory, at most.
const MAX_ENTRIES: usize = 1000;
/// Requests to addresses of clients under way at the same time, at most. 500 that never answer, each asked every 30 seconds for
/// 3 seconds, take 50.
const MAX_FETCHES: usize = 128;

/// The keys that were fetched, by address.
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
    /// Held while the address is asked: whoever comes then waits, and takes what came.
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
    /// What is known of an address. Where there are too many, the one goes that was asked longest ago.
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

    /// Whether an address failed a moment ago.
    pub(crate) fn has_failed(&self, uri: &str, now: Timestamp) -> bool {
        self.entry(uri).was_tried(now)
    }

    /// Notes that an address failed: it is left alone for a while.
    pub(crate) fn mark_failed(&self, uri: &str, now: Timestamp) {
        self.entry(uri).mark_tried(now);
    }

    /// A place for a request to an address of a client.
    pub(crate) fn slot(&self) -> Result<OwnedSemaphorePermit, Error> {
        self.slots.clone().try_acquire_owned().map_err(|_| Error::Busy)
    }
}

impl CachedKeys {
    /// The keys, unless they are too old to be believed.
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

    /// Whether the address was asked a moment ago.
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
