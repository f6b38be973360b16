//! Connection timeouts (protection against Slowloris): each connection's phase, and how many checks
//! it has lasted. One periodic check of all connections replaces a timer for each request, which
//! would cost more than most requests do.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering};

use tokio::sync::Notify;

use super::totals::Totals;

/// Checks that find the same head, or the same body, incomplete before the connection is closed: 8
/// seconds, 10 at most (DS-01).
const REQUEST_CHECKS: u32 = 4;

/// Keep-alive timeout in checks: 75 seconds without a byte of a request read or of an answer
/// written. Longer than the keep-alive timeouts of proxies and clients, so that they close the
/// connection, and not the server under a request on its way.
const IDLE_CHECKS: u32 = 37;

/// Checks that any wait for the peer may last while the server drains, and that one has lasted at
/// least before its connection is closed to free a slot: a new connection has time to send its
/// request.
const DRAINING_CHECKS: u32 = 1;

/// Reads a request's head, or waits for its first byte on a new connection.
const READING_HEAD: u8 = 0;
/// The server handles a request, and waits for nothing from the peer.
const HANDLING: u8 = 1;
/// The server waits for the rest of a request's body.
const READING_BODY: u8 = 2;
/// The response is being written, or has been: the peer reads, sends another request, or is idle.
const RESPONDED: u8 = 3;
/// The connection is to be closed.
const CLOSING: u8 = 4;

/// A connection's phase, how many checks the phase has lasted, and how many bytes of an incomplete
/// request are buffered. A new connection begins by reading a head.
#[derive(Debug, Default)]
pub struct ConnectionState {
    phase: AtomicU8,
    checks: AtomicU32,
    /// Checks since bytes were written.
    checks_since_write: AtomicU32,
    since_tick: AtomicU64,
    incomplete_bytes: AtomicUsize,
    totals: Arc<Totals>,
    closed: Notify,
}

impl ConnectionState {
    /// The state of a new connection; `totals` are shared by all connections.
    pub fn new(totals: Arc<Totals>) -> Self {
        let since_tick = AtomicU64::new(totals.tick());
        Self { totals, since_tick, ..Self::default() }
    }

    /// A head is complete and its request is handled: no timeout runs, since the peer does not
    /// decide how long that takes. `has_body`: whether a part of the body is still to come.
    pub fn handling(&self, has_body: bool) {
        self.enter_phase(HANDLING);
        if !has_body {
            self.release_bytes();
        }
    }

    /// The handler waits for more of the body. Each byte of a slow body does not restart the
    /// timeout.
    pub fn waits_for_body(&self) {
        if self.phase() == HANDLING {
            self.enter_phase(READING_BODY);
        }
    }

    /// The body is complete, or its reader needs no more of it.
    pub fn body_done(&self) {
        if self.phase() == READING_BODY {
            self.enter_phase(HANDLING);
        }
        self.release_bytes();
    }

    /// The response is made: it is written, and then the connection is idle.
    pub fn responded(&self) {
        self.release_bytes();
        self.enter_phase(RESPONDED);
    }

    /// Whether a head is being read, or its first byte awaited on a new connection.
    pub fn is_reading_head(&self) -> bool {
        self.phase() == READING_HEAD
    }

    /// Whether the connection is to be closed.
    pub fn is_closing(&self) -> bool {
        self.phase() == CLOSING
    }

    /// The tick since which it waits for the peer; `None` while it does not. `settled`: only where
    /// it has waited for more than [`DRAINING_CHECKS`].
    pub fn waiting_since(&self, settled: bool) -> Option<u64> {
        let enough = !settled || self.checks.load(Ordering::Relaxed) > DRAINING_CHECKS;
        (enough && waits_for_peer(self.phase())).then(|| self.since_tick.load(Ordering::Relaxed))
    }

    /// Buffered bytes of an incomplete request.
    pub fn incomplete_bytes(&self) -> usize {
        self.incomplete_bytes.load(Ordering::Relaxed)
    }

    /// Closes the connection, if it still waits for the peer; whether it did.
    pub fn close(&self) -> bool {
        let phase = self.phase();
        let closes = waits_for_peer(phase)
            && self.phase.compare_exchange(phase, CLOSING, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if closes {
            self.closed.notify_one();
        }
        closes
    }

    /// Returns when [`Self::close`] was called.
    pub async fn closed(&self) {
        self.closed.notified().await;
    }

    /// Counts one check; whether the phase has timed out. `draining`: by the short timeout of a
    /// server that shuts down.
    pub fn check_timed_out(&self, draining: bool) -> bool {
        let checks = self.checks.fetch_add(1, Ordering::Relaxed);
        let checks_since_write = self.checks_since_write.fetch_add(1, Ordering::Relaxed);
        let (count, limit) = match self.phase() {
            HANDLING | CLOSING => return false,
            RESPONDED => (checks_since_write, IDLE_CHECKS),
            _ => (checks, REQUEST_CHECKS),
        };
        count >= if draining { DRAINING_CHECKS } else { limit }
    }

    /// Counts bytes read from the peer; the first after a response begin the next head.
    pub fn bytes_read(&self, count: usize) {
        if self.phase() == RESPONDED {
            self.enter_phase(READING_HEAD);
        }
        self.incomplete_bytes.fetch_add(count, Ordering::Relaxed);
        self.totals.add_incomplete(count);
    }

    /// Notes that bytes of a response were written: the keep-alive timeout begins again, since even
    /// a slow reader reads. The wait as such is not shorter for it: when a slot is needed, a slow
    /// reader is closed like an idle peer.
    pub fn bytes_written(&self) {
        if self.phase() == RESPONDED {
            self.checks_since_write.store(0, Ordering::Relaxed);
        }
    }

    fn phase(&self) -> u8 {
        self.phase.load(Ordering::Relaxed)
    }

    fn enter_phase(&self, phase: u8) {
        self.phase.store(phase, Ordering::Relaxed);
        self.checks.store(0, Ordering::Relaxed);
        self.checks_since_write.store(0, Ordering::Relaxed);
        self.since_tick.store(self.totals.tick(), Ordering::Relaxed);
    }

    /// Takes the buffered bytes off the totals: the request is complete, or the connection is gone.
    pub fn release_bytes(&self) {
        self.totals.release_incomplete(self.incomplete_bytes.swap(0, Ordering::Relaxed));
    }
}

fn waits_for_peer(phase: u8) -> bool {
    matches!(phase, READING_HEAD | READING_BODY | RESPONDED)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checks(state: &ConnectionState, draining: bool) -> u32 {
        (1..1000).find(|_| state.check_timed_out(draining)).unwrap_or(1000)
    }

    fn reading_body() -> ConnectionState {
        let state = ConnectionState::default();
        state.handling(true);
        state.waits_for_body();
        state
    }

    #[test]
    fn a_head_may_take_four_checks_a_body_too_idleness_more_and_handling_any_number() {
        let state = ConnectionState::default();
        assert!(state.is_reading_head());
        assert_eq!(checks(&state, false), REQUEST_CHECKS + 1);
        state.handling(true);
        assert_eq!((state.is_reading_head(), checks(&state, false)), (false, 1000));
        state.waits_for_body();
        assert_eq!((state.is_reading_head(), checks(&state, false)), (false, REQUEST_CHECKS + 1));
        state.body_done();
        assert_eq!(checks(&state, false), 1000);
        state.responded();
        assert_eq!((state.is_reading_head(), checks(&state, false)), (false, IDLE_CHECKS + 1));
    }

    #[test]
    fn while_draining_no_wait_for_the_peer_may_last_and_handling_may() {
        let state = reading_body();
        assert_eq!(checks(&state, true), DRAINING_CHECKS + 1);
        state.responded();
        assert_eq!(checks(&state, true), DRAINING_CHECKS + 1);
        state.handling(false);
        assert_eq!(checks(&state, true), 1000);
        assert_eq!(checks(&ConnectionState::default(), true), DRAINING_CHECKS + 1);
    }

    #[test]
    fn a_slow_head_or_body_gains_no_time_and_a_slow_response_does() {
        let head = ConnectionState::default();
        head.responded();
        head.bytes_read(1);
        assert!(head.is_reading_head());
        for state in [head, reading_body()] {
            for _ in 0..REQUEST_CHECKS {
                state.bytes_read(1);
                state.waits_for_body();
                // `100 Continue` is no response.
                state.bytes_written();
                assert!(!state.check_timed_out(false));
            }
            assert!(state.check_timed_out(false));
            state.responded();
            for _ in 0..IDLE_CHECKS * 3 {
                assert!(!state.check_timed_out(false));
                state.bytes_written();
            }
        }
    }

    #[test]
    fn whatever_waits_for_the_peer_can_be_closed_and_handling_cannot() {
        let (head, body, reader) = (ConnectionState::default(), reading_body(), ConnectionState::default());
        reader.responded();
        for state in [head, body, reader] {
            assert!(state.waiting_since(true).is_none(), "it is new");
            (0..=DRAINING_CHECKS).for_each(|_| assert!(!state.check_timed_out(false)));
            assert!(state.waiting_since(true).is_some() && state.close() && state.is_closing());
            assert!(!state.close(), "once");
        }
        let handling = reading_body();
        handling.body_done();
        (0..100).for_each(|_| assert!(!handling.check_timed_out(true)));
        assert!(handling.waiting_since(false).is_none() && !handling.close() && !handling.is_closing());
    }
}
