//! Rows that are asked for again and again, remembered within a bound in bytes.

mod bytes;

use std::hash::Hash;
use std::sync::Arc;

use oauth::{AuthorizationCode, Client, SecretHash, Timestamp};
use quick_cache::sync::Cache;
use quick_cache::{Equivalent, Weighter};

use super::access_tokens::LiveToken;
use super::changes::{Before, Changes, Mark, Touch};
use super::grants::KnownGrant;
use super::refresh_tokens::RefreshToken;
use super::scopes::ScopeRow;
use super::sessions::Session;
use super::users::User;

/// Bytes for each kind of row, and what one row comes to, for the number of places that are made ready.
const TOKENS: (u64, u64) = (48 << 20, 1 << 10);
const CLIENTS: (u64, u64) = (8 << 20, 2 << 10);
const PEOPLE: (u64, u64) = (4 << 20, 1 << 10);
const SCOPES: (u64, u64) = (1 << 20, 1 << 20);

/// A client, and its secrets as hashes, each with its end.
#[derive(Clone, Debug)]
pub struct KnownClient {
    /// The client.
    pub client: Client,
    /// Hashes of its secrets, with the moment from which each is of no use.
    pub secrets: Vec<(String, Option<Timestamp>)>,
}

/// Something that can be remembered.
pub trait Row {
    /// Whose touch makes it wrong; without one, only a touch of everything does.
    fn family(&self) -> Option<&str>;
    /// How many bytes it takes, with what it points to; rather too many than too few. Always the same for the same row: it is asked
    /// for again when the row leaves.
    fn bytes(&self) -> usize;
}

/// The memory of a process. Cheap to clone; every clone is the same. What a row says of its own end is for the caller to look at.
#[derive(Clone, Debug)]
pub struct Memory {
    /// What changes.
    pub changes: Changes,
    /// Live access and permanent tokens.
    pub tokens: Shelf<SecretHash, LiveToken>,
    /// Clients with their secrets.
    pub clients: Shelf<String, KnownClient>,
    /// Authorization codes that were made here.
    pub codes: Shelf<SecretHash, AuthorizationCode>,
    /// Refresh tokens whose grant and user are live.
    pub refresh_tokens: Shelf<SecretHash, RefreshToken>,
    /// People.
    pub users: Shelf<i64, User>,
    /// Browser sessions whose person is not disabled, by the hash of the cookie.
    pub sessions: Shelf<String, Session>,
    /// Live grants, by [`KnownGrant::key`].
    pub grants: Shelf<String, KnownGrant>,
    /// The list of scopes.
    pub scopes: Shelf<(), Vec<ScopeRow>>,
}

impl Memory {
    /// A memory that believes itself as long as these changes are heard of.
    pub fn new(changes: Changes) -> Self {
        Self {
            tokens: Shelf::new(&changes, TOKENS),
            clients: Shelf::new(&changes, CLIENTS),
            codes: Shelf::new(&changes, PEOPLE),
            refresh_tokens: Shelf::new(&changes, PEOPLE),
            users: Shelf::new(&changes, PEOPLE),
            sessions: Shelf::new(&changes, PEOPLE),
            grants: Shelf::new(&changes, PEOPLE),
            scopes: Shelf::new(&changes, SCOPES),
            changes,
        }
    }

    /// Makes everything wrong that is remembered.
    pub fn forget(&self) {
        self.changes.touch(&Touch::Everything);
    }

    /// To be taken before a read.
    pub fn before(&self) -> Before {
        self.changes.before()
    }
}

/// Rows of one kind.
#[derive(Debug)]
pub struct Shelf<K, V> {
    changes: Changes,
    rows: Arc<Cache<K, Remembered<V>, Size>>,
}

/// Something that was read, with the marks of before.
#[derive(Debug)]
struct Remembered<V> {
    mark: Mark,
    value: Arc<V>,
}

impl<K: Eq + Hash, V: Row> Shelf<K, V> {
    fn new(changes: &Changes, (bytes, each): (u64, u64)) -> Self {
        let places = usize::try_from(bytes / each).unwrap_or(1);
        Self { changes: changes.clone(), rows: Arc::new(Cache::with_weighter(places, bytes, Size)) }
    }

    /// The row with this key, if it is remembered and nothing that it stands on has changed.
    pub fn get<Q: Hash + Equivalent<K> + ?Sized>(&self, key: &Q) -> Option<Arc<V>> {
        let found = self.rows.get(key).filter(|_| self.changes.is_fresh())?;
        (found.mark == self.changes.mark(found.value.family())).then_some(found.value)
    }

    /// Forgets a row that will not be asked for again.
    pub fn forget(&self, key: &K) {
        self.rows.remove(key);
    }

    /// Remembers a row; `before` was taken before it was read, or written.
    pub fn keep(&self, key: K, before: Before, value: &Arc<V>) {
        if let Some(mark) = self.changes.since(before, value.family()) {
            self.rows.insert(key, Remembered { mark, value: value.clone() });
        }
    }
}

impl<K, V> Clone for Shelf<K, V> {
    fn clone(&self) -> Self {
        Self { changes: self.changes.clone(), rows: self.rows.clone() }
    }
}

impl<V> Clone for Remembered<V> {
    fn clone(&self) -> Self {
        Self { mark: self.mark, value: self.value.clone() }
    }
}

/// Asks a row how large it is.
#[derive(Clone, Copy, Debug)]
struct Size;

impl<K, V: Row> Weighter<K, Remembered<V>> for Size {
    fn weight(&self, _: &K, found: &Remembered<V>) -> u64 {
        found.value.bytes() as u64
    }
}
