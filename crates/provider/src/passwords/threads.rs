//! The threads that hash. Each is started when there is more to do than the ones before can take, and all end with the hasher.

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::argon::Memory;
use crate::error::Error;

/// How far hashing stands back behind what answers requests (`nice`). On a single busy core it still gets a tenth of it:
/// sign-ins get slow, and nothing else does.
#[cfg(any(target_os = "linux", target_os = "android"))]
const NICE: i32 = 10;

/// What is done in a thread's memory.
pub type Job = Box<dyn FnOnce(&mut Memory) + Send>;

/// Threads that take jobs in the order in which they came.
#[derive(Debug)]
pub struct Threads {
    shared: Arc<Shared>,
    most: usize,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    change: Condvar,
}

#[derive(Default)]
struct State {
    jobs: VecDeque<Job>,
    threads: usize,
    idle: usize,
    over: bool,
}

impl Threads {
    /// So many threads at most; none yet.
    pub fn new(most: usize) -> Self {
        Self { shared: Arc::default(), most }
    }

    /// Leaves a job to the threads.
    ///
    /// # Errors
    /// `Unavailable` when the system has no thread for it.
    pub fn run(&self, job: Job) -> Result<(), Error> {
        let mut state = self.shared.lock();
        state.jobs.push_back(job);
        if state.jobs.len() > state.idle && state.threads < self.most {
            match start(&self.shared) {
                Ok(()) => state.threads += 1,
                Err(error) if state.threads == 0 => {
                    state.jobs.pop_back();
                    return Err(Error::Unavailable(format!("no thread for passwords: {error}")));
                }
                Err(_) => {}
            }
        }
        drop(state);
        self.shared.change.notify_one();
        Ok(())
    }
}

#[cfg(test)]
impl Threads {
    /// Jobs that no thread has taken yet.
    pub fn lying(&self) -> usize {
        self.shared.lock().jobs.len()
    }

    /// Threads that were started.
    pub fn running(&self) -> usize {
        self.shared.lock().threads
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        self.shared.lock().over = true;
        self.shared.change.notify_all();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next job; `None` when there will be none any more.
    fn next(&self) -> Option<Job> {
        let mut state = self.lock();
        loop {
            if state.over {
                return None;
            }
            if let Some(job) = state.jobs.pop_front() {
                return Some(job);
            }
            state.idle += 1;
            state = self.change.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.idle -= 1;
        }
    }
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State").field("jobs", &self.jobs.len()).field("threads", &self.threads).finish_non_exhaustive()
    }
}

fn start(shared: &Arc<Shared>) -> std::io::Result<()> {
    let shared = Arc::clone(shared);
    std::thread::Builder::new().name("jeton-password".to_owned()).spawn(move || work(&shared)).map(drop)
}

fn work(shared: &Shared) {
    stand_back();
    let mut memory = Memory::new();
    while let Some(job) = shared.next() {
        // A job that panics is its caller's misfortune alone: the thread goes on, in fresh memory.
        if std::panic::catch_unwind(AssertUnwindSafe(|| job(&mut memory))).is_err() {
            memory = Memory::new();
        }
    }
}

/// Linux alone counts niceness by thread. Where it is refused, hashing competes as everything does.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn stand_back() {
    let _ = rustix::process::nice(NICE);
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn stand_back() {}
