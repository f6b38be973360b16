//! The clock dependency: the only place that reads the system time.

use std::sync::atomic::{AtomicI64, Ordering};

use oauth::Timestamp;

/// A clock, read once per use case.
pub trait Clock: Send + Sync {
    /// The current second.
    fn now(&self) -> Timestamp;
}

/// The system clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

impl Clock for System {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_seconds(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
    }
}

/// A manual clock for tests: it changes only by `advance`.
#[derive(Debug)]
pub struct Manual(AtomicI64);

impl Manual {
    /// A clock set to `at`.
    #[must_use]
    pub const fn new(at: Timestamp) -> Self {
        Self(AtomicI64::new(at.seconds()))
    }

    /// Advances the clock by this many seconds (back, if negative).
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for Manual {
    fn now(&self) -> Timestamp {
        Timestamp::from_seconds(self.0.load(Ordering::SeqCst))
    }
}
