//! The threads that hash: the blocking threads of a tokio runtime of their own, which runs nothing
//! else. Each is started when there is more to do than the ones before can take, and all end with
//! the hasher.

use std::cell::Cell;
use std::fmt;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

use super::argon::ArgonMemory;
use crate::error::Error;

/// How far hashing stands back behind what answers requests (`nice`). On a single busy core it still
/// gets a tenth of it: sign-ins get slow, and nothing else does.
#[cfg(any(target_os = "linux", target_os = "android"))]
const NICENESS: i32 = 10;

/// For how long a thread without work stays: longer than any server runs, because the memory that it
/// has is never given back ([`ArgonMemory`]).
const KEEP_ALIVE: Duration = Duration::from_secs(10 * 365 * 86_400);

thread_local! {
    static MEMORY: Cell<ArgonMemory> = const { Cell::new(ArgonMemory::new()) };
}

/// What is done in a thread's memory.
pub type Job = Box<dyn FnOnce(&mut ArgonMemory) + Send>;

/// Threads that take jobs in the order in which they came.
pub struct ThreadPool {
    runtime: Option<Runtime>,
    started: Arc<AtomicUsize>,
    waiting: Arc<AtomicUsize>,
}

impl ThreadPool {
    /// So many threads at most; none yet.
    pub fn new(most: usize) -> Self {
        let started = Arc::<AtomicUsize>::default();
        let count = started.clone();
        let runtime = Builder::new_current_thread()
            .max_blocking_threads(most)
            .thread_keep_alive(KEEP_ALIVE)
            .thread_name("jeton-password")
            .on_thread_start(move || {
                count.fetch_add(1, Ordering::Relaxed);
                lower_priority();
            })
            .build();
        Self { runtime: runtime.ok(), started, waiting: Arc::default() }
    }

    /// Leaves a job to the threads.
    ///
    /// # Errors
    /// `Unavailable` when the system has no thread for it.
    pub fn run(&self, job: Job) -> Result<(), Error> {
        let none = || Error::Unavailable("no thread for passwords".to_owned());
        let runtime = self.runtime.as_ref().ok_or_else(none)?;
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let waiting = self.waiting.clone();
        let work = move || {
            waiting.fetch_sub(1, Ordering::Relaxed);
            in_memory(job);
        };
        // tokio panics where the system has no thread at all.
        let spawned = std::panic::catch_unwind(AssertUnwindSafe(|| runtime.spawn_blocking(work)));
        spawned.map(drop).map_err(|_| none())
    }

    /// Jobs that no thread has taken yet.
    pub fn queued(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Threads that were started.
    pub fn started(&self) -> usize {
        self.started.load(Ordering::Relaxed)
    }
}

impl fmt::Debug for ThreadPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Threads")
            .field("jobs", &self.queued())
            .field("threads", &self.started())
            .finish_non_exhaustive()
    }
}

impl Drop for ThreadPool {
    /// Waits for nobody: a job that has begun ends with its thread.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// A job that panics is its caller's misfortune alone: the next one gets fresh memory.
fn in_memory(job: Job) {
    let mut memory = MEMORY.take();
    job(&mut memory);
    MEMORY.set(memory);
}

/// Linux alone counts niceness by thread. Where it is refused, hashing competes as everything does.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn lower_priority() {
    let _ = rustix::process::nice(NICENESS);
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn lower_priority() {}
