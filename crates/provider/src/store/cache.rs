//! The read cache: rows that the hot paths look up often, bounded in bytes.

mod size;

use crate::store::records::CachedClient;
use crate::store::records::{CachedGrant, LiveToken, RefreshToken, ScopeRow, Session, User};
use std::hash::Hash;
use std::sync::Arc;

use oauth::{AuthorizationCode, SecretHash};
use quick_cache::sync::Cache as QuickCache;
use quick_cache::{Equivalent, Weighter};

use super::invalidation::{CacheEpoch, CacheEpochs, EpochBeforeRead, Invalidation};

/// The capacity for one kind of row.
#[derive(Clone, Copy)]
struct Capacity {
    /// Bytes in all.
    bytes: u64,
    /// The typical size of a row in bytes, which sets the number of slots.
    row: u64,
}

const TOKENS: Capacity = Capacity { bytes: 48 << 20, row: 1 << 10 };
const CLIENTS: Capacity = Capacity { bytes: 8 << 20, row: 2 << 10 };
const PEOPLE: Capacity = Capacity { bytes: 4 << 20, row: 1 << 10 };
const SCOPES: Capacity = Capacity { bytes: 1 << 20, row: 1 << 20 };

/// A row that can be cached.
pub trait Cacheable {
    /// The token family whose invalidation makes it stale; without one, only
    /// `Invalidation::Everything` does.
    fn family(&self) -> Option<&str>;
    /// Its size in bytes, with everything it points to; rather too high than too low. Must not
    /// change for the same row: it is computed again on eviction.
    fn bytes(&self) -> usize;
}

/// The caches of this process. Cheap to clone; clones share the rows. The caller checks whether a
/// row has expired.
#[derive(Clone, Debug)]
pub struct Caches {
    /// The invalidation counters.
    pub epochs: CacheEpochs,
    /// Live access and permanent tokens.
    pub tokens: Cache<SecretHash, LiveToken>,
    /// Clients with their secrets.
    pub clients: Cache<String, CachedClient>,
    /// Authorization codes that this process issued.
    pub codes: Cache<SecretHash, AuthorizationCode>,
    /// Refresh tokens whose grant and user are live.
    pub refresh_tokens: Cache<SecretHash, RefreshToken>,
    /// Users.
    pub users: Cache<i64, User>,
    /// Browser sessions whose user is not disabled, by the hash of the cookie.
    pub sessions: Cache<String, Session>,
    /// Live grants, by [`CachedGrant::key`].
    pub grants: Cache<String, CachedGrant>,
    /// The list of scopes.
    pub scopes: Cache<(), Vec<ScopeRow>>,
}

impl Caches {
    /// Empty caches, validated by these counters.
    pub fn new(epochs: CacheEpochs) -> Self {
        Self {
            tokens: Cache::new(&epochs, TOKENS),
            clients: Cache::new(&epochs, CLIENTS),
            codes: Cache::new(&epochs, PEOPLE),
            refresh_tokens: Cache::new(&epochs, PEOPLE),
            users: Cache::new(&epochs, PEOPLE),
            sessions: Cache::new(&epochs, PEOPLE),
            grants: Cache::new(&epochs, PEOPLE),
            scopes: Cache::new(&epochs, SCOPES),
            epochs,
        }
    }

    /// Invalidates every cached row.
    pub fn invalidate_all(&self) {
        self.epochs.invalidate(&Invalidation::Everything);
    }

    /// The epoch, to be taken before a row is read from the database.
    pub fn before_read(&self) -> EpochBeforeRead {
        self.epochs.before_read()
    }
}

/// Cached rows of one kind.
#[derive(Debug)]
pub struct Cache<K, V> {
    epochs: CacheEpochs,
    rows: Arc<QuickCache<K, Entry<V>, Size>>,
}

/// A row, with the epoch from before it was read.
#[derive(Debug)]
struct Entry<V> {
    epoch: CacheEpoch,
    value: Arc<V>,
}

impl<K: Eq + Hash, V: Cacheable> Cache<K, V> {
    fn new(epochs: &CacheEpochs, capacity: Capacity) -> Self {
        let slots = usize::try_from(capacity.bytes / capacity.row).unwrap_or(1);
        Self { epochs: epochs.clone(), rows: Arc::new(QuickCache::with_weighter(slots, capacity.bytes, Size)) }
    }

    /// The row with this key, if it is cached and not stale.
    pub fn get<Q: Hash + Equivalent<K> + ?Sized>(&self, key: &Q) -> Option<Arc<V>> {
        let found = self.rows.get(key).filter(|_| self.epochs.is_fresh())?;
        (found.epoch == self.epochs.current(found.value.family())).then_some(found.value)
    }

    /// Evicts a row that will not be looked up again.
    pub fn evict(&self, key: &K) {
        self.rows.remove(key);
    }

    /// Caches a row; `before` was taken before it was read, or written.
    pub fn insert(&self, key: K, before: EpochBeforeRead, value: &Arc<V>) {
        if let Some(epoch) = self.epochs.after_read(before, value.family()) {
            self.rows.insert(key, Entry { epoch, value: value.clone() });
        }
    }
}

impl<K, V> Clone for Cache<K, V> {
    fn clone(&self) -> Self {
        Self { epochs: self.epochs.clone(), rows: self.rows.clone() }
    }
}

impl<V> Clone for Entry<V> {
    fn clone(&self) -> Self {
        Self { epoch: self.epoch, value: self.value.clone() }
    }
}

/// Weighs rows by their size in bytes.
#[derive(Clone, Copy, Debug)]
struct Size;

impl<K, V: Cacheable> Weighter<K, Entry<V>> for Size {
    fn weight(&self, _: &K, found: &Entry<V>) -> u64 {
        found.value.bytes() as u64
    }
}
