//! What makes remembered rows wrong, and for how long a memory may be believed.
//!
//! Every write says what it touches, and says *everything* unless somebody thought about it: forgetting to think costs speed and
//! never lets a dead token live. A row is read with the marks of before the read, and counts only while they are still the
//! marks of now. Writes of other processes are heard of by a channel (`watch`); whoever has not heard from it for
//! [`PATIENCE`] asks the database.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// For so long a write of another process may go unheard.
pub const PATIENCE: Duration = Duration::from_secs(1);

/// Families share these counters by their hash: two that meet cost each other a look into the database.
const SLOTS: usize = 4096;

/// Milliseconds that no clock shows: nothing was heard yet.
const NEVER: u64 = u64::MAX;

/// What a write makes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touch {
    /// Nothing that is remembered: new rows, and columns that decide nothing.
    Nothing,
    /// The tokens of this family.
    Family(String),
    /// Everything.
    Everything,
}

impl Touch {
    /// For other processes.
    pub fn to_payload(&self) -> Option<&str> {
        match self {
            Self::Nothing => None,
            Self::Family(id) => Some(id),
            Self::Everything => Some(""),
        }
    }

    /// The reverse of [`Touch::to_payload`].
    pub fn from_payload(payload: &str) -> Self {
        if payload.is_empty() { Self::Everything } else { Self::Family(payload.to_owned()) }
    }
}

/// The counters before a read, when the family of what is to be read is not known yet.
#[derive(Clone, Copy, Debug)]
pub struct Before {
    all: u64,
    any_family: u64,
}

/// The counters on which something remembered stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    all: u64,
    family: u64,
}

/// The counters of a process. Cheap to clone; every clone is the same.
#[derive(Clone, Debug)]
pub struct Changes(Arc<Counters>);

#[derive(Debug)]
struct Counters {
    all: AtomicU64,
    any_family: AtomicU64,
    families: Vec<AtomicU64>,
    hasher: RandomState,
    begin: Instant,
    /// Milliseconds from `begin` to the moment up to which every write of others is known here.
    heard: AtomicU64,
}

impl Default for Changes {
    fn default() -> Self {
        let families = (0..SLOTS).map(|_| AtomicU64::new(0)).collect();
        Self(Arc::new(Counters {
            all: AtomicU64::new(0),
            any_family: AtomicU64::new(0),
            families,
            hasher: RandomState::new(),
            begin: instant(),
            heard: AtomicU64::new(NEVER),
        }))
    }
}

impl Changes {
    /// To be taken before a read.
    pub fn before(&self) -> Before {
        Before { all: self.0.all.load(Ordering::SeqCst), any_family: self.0.any_family.load(Ordering::SeqCst) }
    }

    /// What a row of this family stands on, now that it is read; `None` when it may be wrong already.
    pub fn since(&self, before: Before, family: Option<&str>) -> Option<Mark> {
        let mark = self.mark(family);
        // The family's own counter goes up last: where it is new already, this one is too.
        let quiet = family.is_none() || self.0.any_family.load(Ordering::SeqCst) == before.any_family;
        (quiet && mark.all == before.all).then_some(mark)
    }

    /// What a row of this family would stand on if it were read now.
    pub fn mark(&self, family: Option<&str>) -> Mark {
        let family = family.map_or(0, |id| self.slot(id).load(Ordering::SeqCst));
        Mark { all: self.0.all.load(Ordering::SeqCst), family }
    }

    /// Makes wrong what a write touched; after its commit, and before its answer.
    pub fn touch(&self, touch: &Touch) {
        match touch {
            Touch::Nothing => {}
            Touch::Family(id) => {
                self.0.any_family.fetch_add(1, Ordering::SeqCst);
                self.slot(id).fetch_add(1, Ordering::SeqCst);
            }
            Touch::Everything => {
                self.0.all.fetch_add(1, Ordering::SeqCst);
            }
        }
    }

    /// Every write of others up to this moment is known.
    pub fn heard(&self, moment: Instant) {
        let since = moment.saturating_duration_since(self.0.begin).as_millis();
        self.0.heard.store(u64::try_from(since).unwrap_or(NEVER), Ordering::SeqCst);
    }

    /// Whether what is remembered may be believed at all.
    pub fn is_fresh(&self) -> bool {
        let heard = self.0.heard.load(Ordering::SeqCst);
        heard != NEVER && self.0.begin.elapsed().saturating_sub(Duration::from_millis(heard)) < PATIENCE
    }

    fn slot(&self, family: &str) -> &AtomicU64 {
        let mut hasher = self.0.hasher.build_hasher();
        hasher.write(family.as_bytes());
        let hash = usize::try_from(hasher.finish() % SLOTS as u64).unwrap_or(0);
        &self.0.families[hash]
    }
}

/// Now, for the age of memories, which is no matter of the clock that people see.
#[expect(clippy::disallowed_methods, reason = "how old a memory is no use case decides by")]
pub fn instant() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_touched_family_is_wrong_and_another_is_not() {
        let changes = Changes::default();
        let (before, other) = (changes.mark(Some("a")), changes.mark(Some("b")));
        changes.touch(&Touch::Nothing);
        assert_eq!(changes.mark(Some("a")), before);
        changes.touch(&Touch::Family("a".to_owned()));
        assert!(changes.mark(Some("a")) != before);
        assert!(changes.mark(Some("b")) == other || std::ptr::eq(changes.slot("a"), changes.slot("b")));
        changes.touch(&Touch::Everything);
        assert!(changes.mark(Some("b")) != other && changes.mark(None) != Changes::default().mark(None));
    }

    #[test]
    fn what_was_touched_during_a_read_is_not_remembered() {
        let changes = Changes::default();
        let before = changes.before();
        assert_eq!(changes.since(before, Some("a")), Some(changes.mark(Some("a"))));
        changes.touch(&Touch::Family("a".to_owned()));
        assert_eq!(changes.since(before, Some("a")), None);
        assert_eq!(changes.since(before, None), Some(changes.mark(None)));
        changes.touch(&Touch::Everything);
        assert_eq!(changes.since(before, None), None);
    }

    #[test]
    fn what_was_heard_long_ago_is_not_believed() {
        let changes = Changes::default();
        assert!(!changes.is_fresh());
        changes.heard(instant());
        assert!(changes.is_fresh());
        // The counters were made before this moment by more than the patience, as far as they can tell.
        let old = Changes(Arc::new(Counters {
            all: AtomicU64::new(0),
            any_family: AtomicU64::new(0),
            families: Vec::new(),
            hasher: RandomState::new(),
            begin: instant().checked_sub(PATIENCE * 2).unwrap_or_else(instant),
            heard: AtomicU64::new(0),
        }));
        assert!(!old.is_fresh());
        old.heard(instant());
        assert!(old.is_fresh());
    }

    #[test]
    fn a_touch_travels_to_other_processes() {
        for touch in [Touch::Everything, Touch::Family("f".to_owned())] {
            assert_eq!(touch.to_payload().map(Touch::from_payload), Some(touch));
        }
        assert_eq!(Touch::Nothing.to_payload(), None);
    }
}
