//! Counts of what a run saw.

use std::io::Write;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Longer than this without what a test waits for is a failure.
const PATIENCE: Duration = Duration::from_secs(120);

/// What can be wrong with something that was acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It was to be there and is not.
    Lost,
    /// It had ended and is good again.
    Revived,
    /// It was to happen once and happened twice.
    Doubled,
    /// An answer that no crash excuses.
    Strange,
}

/// The counts, at one moment.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// Acknowledged and journalled.
    pub answers: usize,
    /// Answered with 503: either outcome.
    pub refused: usize,
    /// Not answered at all: either outcome.
    pub unanswered: usize,
    faults: Vec<(Fault, String)>,
}

impl Counts {
    pub fn of(&self, kind: Fault) -> usize {
        self.faults.iter().filter(|(fault, _)| *fault == kind).count()
    }
}

/// The counts while many write them.
#[derive(Default)]
pub struct Tally(Mutex<Counts>, Condvar);

impl Tally {
    fn change(&self, change: impl FnOnce(&mut Counts)) {
        change(&mut self.lock());
        self.1.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One more thing is in the journal.
    pub fn answered(&self) {
        self.change(|counts| counts.answers += 1);
    }

    pub fn refused(&self) {
        self.change(|counts| counts.refused += 1);
    }

    pub fn unanswered(&self) {
        self.change(|counts| counts.unanswered += 1);
    }

    pub fn fault(&self, fault: Fault, what: String) {
        println!("{fault:?}: {what}");
        self.change(|counts| counts.faults.push((fault, what)));
    }

    /// The counts now.
    pub fn now(&self) -> Counts {
        self.lock().clone()
    }

    /// Waits until the counts are so.
    pub fn wait(&self, enough: impl Fn(&Counts) -> bool) {
        let (_counts, waited) = self.1.wait_timeout_while(self.lock(), PATIENCE, |counts| !enough(counts)).unwrap();
        assert!(!waited.timed_out(), "still waiting after {} s: {:?}", PATIENCE.as_secs(), self.now());
    }

    /// Says in one line what was seen, and fails if anything was wrong.
    pub fn close(&self, what: &str, seed: u64) {
        let counts = self.now();
        let [lost, revived, doubled] = [Fault::Lost, Fault::Revived, Fault::Doubled].map(|kind| counts.of(kind));
        let line = format!(
            "{what}: {} answers journalled, {} refused, {} without an answer; \
             {lost} lost, {revived} revived, {doubled} doubled (seed {seed})",
            counts.answers, counts.refused, counts.unanswered
        );
        println!("{line}");
        if let Some(path) = std::env::var_os("JETON_CRASH_FIGURES") {
            let mut file = std::fs::OpenOptions::new().append(true).create(true).open(path).unwrap();
            writeln!(file, "{line}").unwrap();
        }
        assert!(counts.faults.is_empty(), "{line}\n{:#?}", &counts.faults[..counts.faults.len().min(20)]);
    }
}
