//! Counters that all connections share: a logical clock, and the bytes of incomplete requests.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// Buffered bytes of incomplete heads and bodies, on all connections together. An honest request is
/// complete within milliseconds.
pub(super) const MAX_INCOMPLETE_BYTES: usize = 64 * 1024 * 1024;

/// Counters that all connections share.
#[derive(Debug, Default)]
pub struct Totals {
    tick: AtomicU64,
    incomplete_bytes: AtomicUsize,
}

impl Totals {
    /// A logical clock: it advances with each check and with each new connection.
    pub fn tick(&self) -> u64 {
        self.tick.load(Ordering::Relaxed)
    }

    /// Advances the clock; the tick before.
    pub fn advance(&self) -> u64 {
        self.tick.fetch_add(1, Ordering::Relaxed)
    }

    /// Adds buffered bytes of an incomplete request.
    pub fn add_incomplete(&self, bytes: usize) {
        self.incomplete_bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Takes off bytes of a request that is complete or gone.
    pub fn release_incomplete(&self, bytes: usize) {
        self.incomplete_bytes.fetch_sub(bytes, Ordering::Relaxed);
    }

    /// Buffered bytes of all incomplete requests.
    pub fn incomplete_bytes(&self) -> usize {
        self.incomplete_bytes.load(Ordering::Relaxed)
    }

    /// Whether the incomplete requests together are over [`MAX_INCOMPLETE_BYTES`].
    pub fn is_over_limit(&self) -> bool {
        self.incomplete_bytes() > MAX_INCOMPLETE_BYTES
    }
}
