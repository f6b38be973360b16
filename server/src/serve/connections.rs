//! The connection registry: all open connections with their state. When no slot is free, the
//! connection that has waited longest for its peer is closed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::sync::futures::Notified;

use super::connection_timeouts::ConnectionState;
use super::totals::Totals;

/// All open connections. Clones share one registry.
#[derive(Clone, Debug, Default)]
pub struct Connections(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// By number, in the order in which they were accepted.
    open: Mutex<BTreeMap<u64, Arc<ConnectionState>>>,
    totals: Arc<Totals>,
    checked: Notify,
}

/// A connection's entry in the registry, removed on drop.
pub struct Registration {
    /// Its phase and its timeouts.
    pub state: Arc<ConnectionState>,
    number: u64,
    connections: Connections,
}

impl Connections {
    fn open(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<ConnectionState>>> {
        self.0.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Registers a new connection.
    pub fn register(&self) -> Registration {
        let number = self.0.totals.advance();
        let state = Arc::new(ConnectionState::new(self.0.totals.clone()));
        self.open().insert(number, state.clone());
        Registration { state, number, connections: self.clone() }
    }

    /// Closes the connections that have timed out. `draining`: by the short timeout of a server
    /// that shuts down.
    pub fn check_timeouts(&self, draining: bool) {
        self.0.totals.advance();
        for state in self.open().values().filter(|state| state.check_timed_out(draining)) {
            state.close();
        }
        self.0.checked.notify_waiters();
    }

    /// Returns after the next check that begins from now on.
    pub fn checked(&self) -> Notified<'_> {
        self.0.checked.notified()
    }

    /// Closes the connection that has waited longest for its peer, and for more than one check.
    /// `false`: there is none.
    pub fn close_longest_waiting(&self) -> bool {
        self.close_longest(|state| state.waiting_since(true))
    }

    /// Closes the incomplete request that has waited longest, if all of them together buffer too
    /// many bytes.
    pub fn limit_incomplete(&self) {
        if self.0.totals.is_over_limit() {
            self.close_longest(|state| state.waiting_since(false).filter(|_| state.incomplete_bytes() > 0));
        }
    }

    fn close_longest(&self, since: impl Fn(&ConnectionState) -> Option<u64>) -> bool {
        let open = self.open();
        loop {
            let longest = open.values().filter_map(|state| Some((since(state)?, state)));
            let Some((_, longest)) = longest.min_by_key(|(since, _)| *since) else { return false };
            // A request that became complete meanwhile is not closed; the next one is.
            if longest.close() {
                return true;
            }
        }
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        self.connections.open().remove(&self.number);
        self.state.release_bytes();
    }
}

#[cfg(test)]
mod tests {
    use super::super::totals::MAX_INCOMPLETE_BYTES;
    use super::*;

    fn closed(registered: &[Registration]) -> Vec<usize> {
        (0..registered.len()).filter(|number| registered[*number].state.is_closing()).collect()
    }

    #[test]
    fn the_longest_wait_is_closed_first_whatever_it_waits_for_and_handling_never_is() {
        let connections = Connections::default();
        let registered: Vec<Registration> = (0..5).map(|_| connections.register()).collect();
        // Two are handled; then one waits for a body, one for a head, one for a reader.
        registered[0].state.handling(false);
        registered[1].state.handling(true);
        registered[2].state.handling(true);
        connections.check_timeouts(false);
        registered[4].state.responded();
        connections.check_timeouts(false);
        registered[2].state.waits_for_body();
        assert!(connections.close_longest_waiting());
        assert_eq!(closed(&registered), [3], "the head is the oldest");
        assert!(!connections.close_longest_waiting(), "no other has waited for long");
        connections.check_timeouts(false);
        assert!(connections.close_longest_waiting());
        assert_eq!(closed(&registered), [3, 4], "a reader who takes the answer slowly");
        registered[4].state.bytes_written();
        connections.check_timeouts(false);
        assert!(connections.close_longest_waiting());
        assert_eq!(closed(&registered), [2, 3, 4], "a body");
        (0..100).for_each(|_| connections.check_timeouts(true));
        assert!(!connections.close_longest_waiting());
        assert_eq!(closed(&registered), [2, 3, 4]);
    }

    #[test]
    fn a_slow_reader_that_takes_a_byte_now_and_then_is_not_spared_when_no_slot_is_free() {
        let connections = Connections::default();
        let (reader, other) = (connections.register(), connections.register());
        reader.state.responded();
        connections.check_timeouts(false);
        other.state.responded();
        for _ in 0..100 {
            other.state.bytes_written();
            reader.state.bytes_written();
            connections.check_timeouts(false);
        }
        assert!(closed(&[reader, other]).is_empty(), "where slots are free both may go on");
        let (reader, other) = (connections.register(), connections.register());
        reader.state.responded();
        connections.check_timeouts(false);
        other.state.responded();
        for _ in 0..3 {
            reader.state.bytes_written();
            connections.check_timeouts(false);
        }
        assert!(connections.close_longest_waiting() && reader.state.is_closing() && !other.state.is_closing());
    }

    #[test]
    fn incomplete_requests_have_one_limit_together_and_the_oldest_is_closed() {
        let connections = Connections::default();
        let registered: Vec<Registration> = (0..4).map(|_| connections.register()).collect();
        for registration in &registered[1..] {
            connections.check_timeouts(false);
            registration.state.responded();
            registration.state.bytes_read(MAX_INCOMPLETE_BYTES / 3);
        }
        connections.limit_incomplete();
        assert!(closed(&registered).is_empty(), "that much is allowed");
        registered[3].state.bytes_read(3);
        connections.limit_incomplete();
        assert_eq!(closed(&registered), [1], "the first holds nothing");
        // Complete requests and closed connections are not counted.
        let mut registered = registered;
        drop(registered.remove(1));
        registered[1].state.handling(false);
        assert!(!connections.0.totals.is_over_limit());
        registered[2].state.bytes_read(MAX_INCOMPLETE_BYTES / 2);
        connections.limit_incomplete();
        assert!(closed(&registered).is_empty());
        drop(registered);
        assert_eq!(connections.0.totals.incomplete_bytes(), 0);
        assert!(connections.open().is_empty());
    }
}
