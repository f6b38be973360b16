//! Everybody inside: who has waited longest goes first when there is no room.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::sync::futures::Notified;

use super::pulse::Pulse;

/// Bytes of heads and bodies that are not complete, on all connections together. An honest one is there for an instant.
const MOST_UNFINISHED: usize = 64 * 1024 * 1024;

/// What all connections have in common.
#[derive(Debug, Default)]
pub struct Sums {
    turn: AtomicU64,
    unfinished: AtomicUsize,
}

impl Sums {
    /// Something like the time: it goes on with each look, and with each who comes.
    pub fn turn(&self) -> u64 {
        self.turn.load(Ordering::Relaxed)
    }

    /// So much of an incomplete request is held.
    pub fn hold(&self, bytes: usize) {
        self.unfinished.fetch_add(bytes, Ordering::Relaxed);
    }

    /// So much is not any more.
    pub fn release(&self, bytes: usize) {
        self.unfinished.fetch_sub(bytes, Ordering::Relaxed);
    }

    /// Whether incomplete requests take more than they may, all together.
    pub fn is_too_much(&self) -> bool {
        self.unfinished.load(Ordering::Relaxed) > MOST_UNFINISHED
    }
}

/// The connections that are open. Every clone is the same crowd.
#[derive(Clone, Debug, Default)]
pub struct Crowd(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// In the order in which they came.
    inside: Mutex<BTreeMap<u64, Arc<Pulse>>>,
    sums: Arc<Sums>,
    looked: Notify,
}

/// One of the crowd, until it is dropped.
pub struct Member {
    /// What its connection is about.
    pub pulse: Arc<Pulse>,
    number: u64,
    crowd: Crowd,
}

impl Crowd {
    fn inside(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<Pulse>>> {
        self.0.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One more.
    pub fn enter(&self) -> Member {
        let number = self.0.sums.turn.fetch_add(1, Ordering::Relaxed);
        let pulse = Arc::new(Pulse::among(self.0.sums.clone()));
        self.inside().insert(number, pulse.clone());
        Member { pulse, number, crowd: self.clone() }
    }

    /// Looks at everybody, and ends what has lasted too long. `hurry`: when nobody may wait any more.
    pub fn look(&self, hurry: bool) {
        self.0.sums.turn.fetch_add(1, Ordering::Relaxed);
        for pulse in self.inside().values().filter(|pulse| pulse.is_lost(hurry)) {
            pulse.cut();
        }
        self.0.looked.notify_waiters();
    }

    /// Returns after the next look from now on.
    pub fn looked(&self) -> Notified<'_> {
        self.0.looked.notified()
    }

    /// Ends the connection that has waited longest for its peer, and for a while at least. `false`: there is none.
    pub fn make_room(&self) -> bool {
        self.cut_oldest(|pulse| pulse.waits_since(true))
    }

    /// Ends the incomplete request that has waited longest, as long as all of them together take too much.
    pub fn make_less(&self) {
        if self.0.sums.is_too_much() {
            self.cut_oldest(|pulse| pulse.waits_since(false).filter(|_| pulse.bytes() > 0));
        }
    }

    fn cut_oldest(&self, since: impl Fn(&Pulse) -> Option<u64>) -> bool {
        let inside = self.inside();
        loop {
            let oldest = inside.values().filter_map(|pulse| Some((since(pulse)?, pulse)));
            let Some((_, oldest)) = oldest.min_by_key(|(since, _)| *since) else { return false };
            // Whoever has just begun to work meanwhile is none that waits any more.
            if oldest.cut() {
                return true;
            }
        }
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        self.crowd.inside().remove(&self.number);
        self.pulse.release();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(members: &[Member]) -> Vec<usize> {
        (0..members.len()).filter(|number| members[*number].pulse.is_cut()).collect()
    }

    #[test]
    fn the_oldest_wait_is_cut_first_whatever_it_waits_for_and_work_never_is() {
        let crowd = Crowd::default();
        let members: Vec<Member> = (0..5).map(|_| crowd.enter()).collect();
        // The first two work; then one waits for a body, one for a head, one for a reader.
        members[0].pulse.works(false);
        members[1].pulse.works(true);
        members[2].pulse.works(true);
        crowd.look(false);
        members[4].pulse.waits();
        crowd.look(false);
        members[2].pulse.wants_body();
        assert!(crowd.make_room());
        assert_eq!(cut(&members), [3], "the head is the oldest");
        assert!(!crowd.make_room(), "nobody else has waited for long");
        crowd.look(false);
        assert!(crowd.make_room());
        assert_eq!(cut(&members), [3, 4], "a reader who takes the answer slowly");
        members[4].pulse.wrote();
        crowd.look(false);
        assert!(crowd.make_room());
        assert_eq!(cut(&members), [2, 3, 4], "a body");
        (0..100).for_each(|_| crowd.look(true));
        assert!(!crowd.make_room());
        assert_eq!(cut(&members), [2, 3, 4]);
    }

    #[test]
    fn a_slow_reader_that_takes_a_byte_now_and_then_is_not_spared_when_there_is_no_room() {
        let crowd = Crowd::default();
        let (reader, other) = (crowd.enter(), crowd.enter());
        reader.pulse.waits();
        crowd.look(false);
        other.pulse.waits();
        for _ in 0..100 {
            other.pulse.wrote();
            reader.pulse.wrote();
            crowd.look(false);
        }
        assert!(cut(&[reader, other]).is_empty(), "where there is room both may go on");
        let (reader, other) = (crowd.enter(), crowd.enter());
        reader.pulse.waits();
        crowd.look(false);
        other.pulse.waits();
        for _ in 0..3 {
            reader.pulse.wrote();
            crowd.look(false);
        }
        assert!(crowd.make_room() && reader.pulse.is_cut() && !other.pulse.is_cut());
    }

    #[test]
    fn unfinished_requests_have_a_bound_together_and_the_oldest_pays() {
        let crowd = Crowd::default();
        let members: Vec<Member> = (0..4).map(|_| crowd.enter()).collect();
        for member in &members[1..] {
            crowd.look(false);
            member.pulse.waits();
            member.pulse.read(MOST_UNFINISHED / 3);
        }
        crowd.make_less();
        assert!(cut(&members).is_empty(), "that much is allowed");
        members[3].pulse.read(3);
        crowd.make_less();
        assert_eq!(cut(&members), [1], "the first holds nothing");
        // What is complete, or gone, is not counted.
        let mut members = members;
        drop(members.remove(1));
        members[1].pulse.works(false);
        assert!(!crowd.0.sums.is_too_much());
        members[2].pulse.read(MOST_UNFINISHED / 2);
        crowd.make_less();
        assert!(cut(&members).is_empty());
        drop(members);
        assert_eq!(crowd.0.sums.unfinished.load(Ordering::Relaxed), 0);
        assert!(crowd.inside().is_empty());
    }
}
