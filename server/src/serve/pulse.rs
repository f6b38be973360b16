//! What a connection is about, looked at every now and then: a clock for each request would cost more than most requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering};

use tokio::sync::Notify;

use super::crowd::Sums;

/// Looks that find the same head, or the same body, unfinished: 8 seconds, 10 at most (DS-01).
const REQUEST: u32 = 4;

/// Looks that find nothing asked and nothing written: 75 seconds, longer than what proxies and clients wait before they give up
/// a connection themselves, so that they are the ones who do.
const IDLE: u32 = 37;

/// Looks that any wait for the peer may last when the server is about to end, and that it lasts at least before it is cut to make
/// room: whoever has just come can say what they want.
const HURRIED: u32 = 1;

/// A request's head is on its way, or is to come soon.
const ASKED: u8 = 0;
/// The server works, and waits for nobody outside.
const WORKING: u8 = 1;
/// The server waits for the rest of a body.
const BODY: u8 = 2;
/// The answer is on its way out, or has gone: the peer may read, ask again, or be silent.
const WAITING: u8 = 3;
/// It is to end.
const CUT: u8 = 4;

/// A connection's phase, how many looks it has lasted, and how much of a request has come that is not complete. It begins as one
/// that is asked: who connects has something to say.
#[derive(Debug, Default)]
pub struct Pulse {
    phase: AtomicU8,
    looks: AtomicU32,
    /// Looks since bytes went out.
    quiet: AtomicU32,
    since: AtomicU64,
    bytes: AtomicUsize,
    sums: Arc<Sums>,
    ended: Notify,
}

impl Pulse {
    /// That of a connection among others.
    pub fn among(sums: Arc<Sums>) -> Self {
        let since = AtomicU64::new(sums.turn());
        Self { sums, since, ..Self::default() }
    }

    /// A request is being answered. How long that takes is not the peer's doing. `body`: whether a part of it is still to come.
    pub fn works(&self, body: bool) {
        self.enter(WORKING);
        if !body {
            self.release();
        }
    }

    /// Whoever works needs more of the body than there is. A body that drips gains no time.
    pub fn wants_body(&self) {
        if self.phase() == WORKING {
            self.enter(BODY);
        }
    }

    /// Nobody waits for the body any more.
    pub fn has_body(&self) {
        if self.phase() == BODY {
            self.enter(WORKING);
        }
        self.release();
    }

    /// The answer is made; what follows is its way out, and then silence.
    pub fn waits(&self) {
        self.release();
        self.enter(WAITING);
    }

    /// Whether a head has begun to arrive and is not complete.
    pub fn is_asked(&self) -> bool {
        self.phase() == ASKED
    }

    /// Whether it is to end.
    pub fn is_cut(&self) -> bool {
        self.phase() == CUT
    }

    /// Since when it waits for the peer; `None` while it does not. `patient`: only if it has done so for a while.
    pub fn waits_since(&self, patient: bool) -> Option<u64> {
        let enough = !patient || self.looks.load(Ordering::Relaxed) > HURRIED;
        (enough && is_wait(self.phase())).then(|| self.since.load(Ordering::Relaxed))
    }

    /// How much of an incomplete request it holds.
    pub fn bytes(&self) -> usize {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Ends it, if it still waits for the peer.
    pub fn cut(&self) -> bool {
        let phase = self.phase();
        let cut =
            is_wait(phase) && self.phase.compare_exchange(phase, CUT, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if cut {
            self.ended.notify_one();
        }
        cut
    }

    /// Returns when somebody wants to end it.
    pub async fn ended(&self) {
        self.ended.notified().await;
    }

    /// Looks at it: whether it has lasted too long.
    pub fn is_lost(&self, hurry: bool) -> bool {
        let looks = self.looks.fetch_add(1, Ordering::Relaxed);
        let quiet = self.quiet.fetch_add(1, Ordering::Relaxed);
        let (lasted, most) = match self.phase() {
            WORKING | CUT => return false,
            WAITING => (quiet, IDLE),
            _ => (looks, REQUEST),
        };
        lasted >= if hurry { HURRIED } else { most }
    }

    /// So much came in.
    pub fn read(&self, bytes: usize) {
        if self.phase() == WAITING {
            self.enter(ASKED);
        }
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.sums.hold(bytes);
    }

    /// Bytes of an answer on their way out show that the peer is there, however slow it takes them. That spares it the end of a
    /// silence, and makes it no younger where somebody must make room.
    pub fn wrote(&self) {
        if self.phase() == WAITING {
            self.quiet.store(0, Ordering::Relaxed);
        }
    }

    fn phase(&self) -> u8 {
        self.phase.load(Ordering::Relaxed)
    }

    fn enter(&self, phase: u8) {
        self.phase.store(phase, Ordering::Relaxed);
        self.looks.store(0, Ordering::Relaxed);
        self.quiet.store(0, Ordering::Relaxed);
        self.since.store(self.sums.turn(), Ordering::Relaxed);
    }

    /// What it holds is complete, or gone.
    pub fn release(&self) {
        self.sums.release(self.bytes.swap(0, Ordering::Relaxed));
    }
}

fn is_wait(phase: u8) -> bool {
    matches!(phase, ASKED | BODY | WAITING)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(pulse: &Pulse, hurry: bool) -> u32 {
        (1..1000).find(|_| pulse.is_lost(hurry)).unwrap_or(1000)
    }

    fn in_body() -> Pulse {
        let pulse = Pulse::default();
        pulse.works(true);
        pulse.wants_body();
        pulse
    }

    #[test]
    fn a_head_may_take_four_looks_a_body_too_a_silence_more_and_an_answer_for_ever() {
        let pulse = Pulse::default();
        assert!(pulse.is_asked());
        assert_eq!(looks(&pulse, false), REQUEST + 1);
        pulse.works(true);
        assert_eq!((pulse.is_asked(), looks(&pulse, false)), (false, 1000));
        pulse.wants_body();
        assert_eq!((pulse.is_asked(), looks(&pulse, false)), (false, REQUEST + 1));
        pulse.has_body();
        assert_eq!(looks(&pulse, false), 1000);
        pulse.waits();
        assert_eq!((pulse.is_asked(), looks(&pulse, false)), (false, IDLE + 1));
    }

    #[test]
    fn at_the_end_no_wait_for_the_peer_may_last_and_work_may() {
        let pulse = in_body();
        assert_eq!(looks(&pulse, true), HURRIED + 1);
        pulse.waits();
        assert_eq!(looks(&pulse, true), HURRIED + 1);
        pulse.works(false);
        assert_eq!(looks(&pulse, true), 1000);
        assert_eq!(looks(&Pulse::default(), true), HURRIED + 1);
    }

    #[test]
    fn a_head_or_a_body_that_drips_gains_no_time_and_an_answer_that_does_gains_it() {
        let asked = Pulse::default();
        asked.waits();
        asked.read(1);
        assert!(asked.is_asked());
        for pulse in [asked, in_body()] {
            for _ in 0..REQUEST {
                pulse.read(1);
                pulse.wants_body();
                // `100 Continue` is no answer.
                pulse.wrote();
                assert!(!pulse.is_lost(false));
            }
            assert!(pulse.is_lost(false));
            pulse.waits();
            for _ in 0..IDLE * 3 {
                assert!(!pulse.is_lost(false));
                pulse.wrote();
            }
        }
    }

    #[test]
    fn whatever_waits_for_the_peer_can_be_cut_and_work_cannot() {
        let (asked, body, reader) = (Pulse::default(), in_body(), Pulse::default());
        reader.waits();
        for pulse in [asked, body, reader] {
            assert!(pulse.waits_since(true).is_none(), "it has just come");
            (0..=HURRIED).for_each(|_| assert!(!pulse.is_lost(false)));
            assert!(pulse.waits_since(true).is_some() && pulse.cut() && pulse.is_cut());
            assert!(!pulse.cut(), "once");
        }
        let working = in_body();
        working.has_body();
        (0..100).for_each(|_| assert!(!working.is_lost(true)));
        assert!(working.waits_since(false).is_none() && !working.cut() && !working.is_cut());
    }
}
