//! Cache invalidation: which cached rows a write makes stale, and how long the cache may be used
//! without word from the database.
//!
//! Writes invalidate the whole cache unless they declare less: an omission is slow, never stale. A
//! row is cached together with the epoch from before it was read, and served only while that is
//! still the current epoch. Writes of other processes arrive through [`listener`]; after
//! [`MAX_STALENESS`] without word from it, every lookup goes to the database.

pub mod listener;

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The `NOTIFY` channel for invalidations, whose payload is [`Invalidation::to_payload`].
pub const CHANNEL: &str = "jeton_changes";

/// `pg_notify` returns `void`, which the driver does not know: cast to text.
pub const NOTIFY: &str = "select pg_notify($1, $2)::text";

/// How long a write of another process may stay unnoticed.
pub const MAX_STALENESS: Duration = Duration::from_secs(1);

/// Token families share these counters by hash: a collision costs a cache miss, nothing else.
const SLOTS: usize = 4096;

/// No confirmation has arrived yet, in place of milliseconds.
const NEVER: u64 = u64::MAX;

/// Which cached rows a write makes stale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invalidation {
    /// No rows: the write adds rows, or changes columns that no decision reads.
    Nothing,
    /// The tokens of this family.
    Family(String),
    /// All rows.
    Everything,
}

impl Invalidation {
    /// The payload of the `NOTIFY` for other processes; `None` if none is needed.
    pub fn to_payload(&self) -> Option<&str> {
        match self {
            Self::Nothing => None,
            Self::Family(id) => Some(id),
            Self::Everything => Some(""),
        }
    }

    /// The reverse of [`Invalidation::to_payload`].
    pub fn from_payload(payload: &str) -> Self {
        if payload.is_empty() { Self::Everything } else { Self::Family(payload.to_owned()) }
    }
}

/// The counters before a read, while the family of the row is not known yet.
#[derive(Clone, Copy, Debug)]
pub struct EpochBeforeRead {
    all: u64,
    any_family: u64,
}

/// The counters as they were when a row was cached: it is valid while they are the current ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CacheEpoch {
    all: u64,
    family: u64,
}

/// The invalidation counters of this process. Cheap to clone; clones share the counters.
#[derive(Clone, Debug)]
pub struct CacheEpochs(Arc<Counters>);

#[derive(Debug)]
struct Counters {
    all: AtomicU64,
    any_family: AtomicU64,
    families: Vec<AtomicU64>,
    hasher: RandomState,
    started_at: Instant,
    /// Milliseconds from `started_at` up to which every write of other processes is known.
    confirmed_at: AtomicU64,
}

impl Default for CacheEpochs {
    fn default() -> Self {
        let families = (0..SLOTS).map(|_| AtomicU64::new(0)).collect();
        Self(Arc::new(Counters {
            all: AtomicU64::new(0),
            any_family: AtomicU64::new(0),
            families,
            hasher: RandomState::new(),
            started_at: instant(),
            confirmed_at: AtomicU64::new(NEVER),
        }))
    }
}

impl CacheEpochs {
    /// The epoch, to be taken before a row is read from the database.
    pub fn before_read(&self) -> EpochBeforeRead {
        EpochBeforeRead { all: self.0.all.load(Ordering::SeqCst), any_family: self.0.any_family.load(Ordering::SeqCst) }
    }

    /// The epoch for a row of this family that was just read; `None` when it may be stale already.
    pub fn after_read(&self, before: EpochBeforeRead, family: Option<&str>) -> Option<CacheEpoch> {
        let epoch = self.current(family);
        // The family's own counter is incremented last: if it is new, `any_family` is too.
        let quiet = family.is_none() || self.0.any_family.load(Ordering::SeqCst) == before.any_family;
        (quiet && epoch.all == before.all).then_some(epoch)
    }

    /// The current epoch of this family.
    pub fn current(&self, family: Option<&str>) -> CacheEpoch {
        let family = family.map_or(0, |id| self.slot(id).load(Ordering::SeqCst));
        CacheEpoch { all: self.0.all.load(Ordering::SeqCst), family }
    }

    /// Invalidates what a write changed; called after its commit and before its answer.
    pub fn invalidate(&self, invalidation: &Invalidation) {
        match invalidation {
            Invalidation::Nothing => {}
            Invalidation::Family(id) => {
                self.0.any_family.fetch_add(1, Ordering::SeqCst);
                self.slot(id).fetch_add(1, Ordering::SeqCst);
            }
            Invalidation::Everything => {
                self.0.all.fetch_add(1, Ordering::SeqCst);
            }
        }
    }

    /// Confirms that every write of other processes up to this moment is known.
    pub fn confirm(&self, moment: Instant) {
        let elapsed = moment.saturating_duration_since(self.0.started_at).as_millis();
        self.0.confirmed_at.store(u64::try_from(elapsed).unwrap_or(NEVER), Ordering::SeqCst);
    }

    /// Whether the cache may be used: the last confirmation is young enough.
    pub fn is_fresh(&self) -> bool {
        let confirmed_at = self.0.confirmed_at.load(Ordering::SeqCst);
        confirmed_at != NEVER
            && self.0.started_at.elapsed().saturating_sub(Duration::from_millis(confirmed_at)) < MAX_STALENESS
    }

    fn slot(&self, family: &str) -> &AtomicU64 {
        let mut hasher = self.0.hasher.build_hasher();
        hasher.write(family.as_bytes());
        let hash = usize::try_from(hasher.finish() % SLOTS as u64).unwrap_or(0);
        &self.0.families[hash]
    }
}

/// The monotonic clock, for the age of caches: wall-clock time may step.
#[expect(clippy::disallowed_methods, reason = "no use case decides by the age of a cache")]
pub fn instant() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invalidated_family_is_stale_and_another_is_not() {
        let epochs = CacheEpochs::default();
        let (before, other) = (epochs.current(Some("a")), epochs.current(Some("b")));
        epochs.invalidate(&Invalidation::Nothing);
        assert_eq!(epochs.current(Some("a")), before);
        epochs.invalidate(&Invalidation::Family("a".to_owned()));
        assert!(epochs.current(Some("a")) != before);
        assert!(epochs.current(Some("b")) == other || std::ptr::eq(epochs.slot("a"), epochs.slot("b")));
        epochs.invalidate(&Invalidation::Everything);
        assert!(epochs.current(Some("b")) != other && epochs.current(None) != CacheEpochs::default().current(None));
    }

    #[test]
    fn a_row_that_was_invalidated_during_its_read_is_not_cached() {
        let epochs = CacheEpochs::default();
        let before = epochs.before_read();
        assert_eq!(epochs.after_read(before, Some("a")), Some(epochs.current(Some("a"))));
        epochs.invalidate(&Invalidation::Family("a".to_owned()));
        assert_eq!(epochs.after_read(before, Some("a")), None);
        assert_eq!(epochs.after_read(before, None), Some(epochs.current(None)));
        epochs.invalidate(&Invalidation::Everything);
        assert_eq!(epochs.after_read(before, None), None);
    }

    #[test]
    fn a_cache_without_a_recent_confirmation_is_not_used() {
        let epochs = CacheEpochs::default();
        assert!(!epochs.is_fresh());
        epochs.confirm(instant());
        assert!(epochs.is_fresh());
        // Started longer ago than `MAX_STALENESS`, and confirmed only then.
        let old = CacheEpochs(Arc::new(Counters {
            all: AtomicU64::new(0),
            any_family: AtomicU64::new(0),
            families: Vec::new(),
            hasher: RandomState::new(),
            started_at: instant().checked_sub(MAX_STALENESS * 2).unwrap_or_else(instant),
            confirmed_at: AtomicU64::new(0),
        }));
        assert!(!old.is_fresh());
        old.confirm(instant());
        assert!(old.is_fresh());
    }

    #[test]
    fn an_invalidation_travels_to_other_processes() {
        for invalidation in [Invalidation::Everything, Invalidation::Family("f".to_owned())] {
            assert_eq!(invalidation.to_payload().map(Invalidation::from_payload), Some(invalidation));
        }
        assert_eq!(Invalidation::Nothing.to_payload(), None);
    }
}
