//! The thread pool for hashing: the blocking threads of a separate tokio runtime, which runs
//! nothing else. A thread starts when the existing ones are all busy, and all end with the hasher.

use std::cell::Cell;
use std::fmt;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

use super::argon::ArgonMemory;
use crate::error::Error;

/// Niceness of hashing threads, so that request handling has priority. On a single busy core,
/// hashing still gets a tenth of it: only sign-ins get slow.
#[cfg(any(target_os = "linux", target_os = "android"))]
const NICENESS: i32 = 10;

/// Keep-alive of an idle thread: longer than any server runs, because its memory is never freed
/// ([`ArgonMemory`]).
const KEEP_ALIVE: Duration = Duration::from_secs(10 * 365 * 86_400);

thread_local! {
    static MEMORY: Cell<ArgonMemory> = const { Cell::new(ArgonMemory::new()) };
}

/// A job, run with the memory of its thread.
pub type Job = Box<dyn FnOnce(&mut ArgonMemory) + Send>;

/// Threads that run jobs in order of arrival.
pub struct ThreadPool {
    runtime: Option<Runtime>,
    started: Arc<AtomicUsize>,
    waiting: Arc<AtomicUsize>,
}

impl ThreadPool {
    /// A pool of at most this many threads; none is started yet.
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

    /// Queues a job.
    ///
    /// # Errors
    /// `Unavailable` when the system cannot start a thread.
    pub fn run(&self, job: Job) -> Result<(), Error> {
        let none = || Error::Unavailable("no thread for passwords".to_owned());
        let runtime = self.runtime.as_ref().ok_or_else(none)?;
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let waiting = self.waiting.clone();
        let work = move || {
            waiting.fetch_sub(1, Ordering::Relaxed);
            in_memory(job);
        };
        // tokio panics if the system cannot start any thread.
        let spawned = std::panic::catch_unwind(AssertUnwindSafe(|| runtime.spawn_blocking(work)));
        spawned.map(drop).map_err(|_| none())
    }

    /// Jobs that no thread has started yet.
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
    /// Does not wait: a running job ends with its thread.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// A panic in a job affects its caller only: the next job gets fresh memory.
fn in_memory(job: Job) {
    let mut memory = MEMORY.take();
    job(&mut memory);
    MEMORY.set(memory);
}

/// Only Linux has niceness per thread. If it is refused, hashing has normal priority.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn lower_priority() {
    let _ = rustix::process::nice(NICENESS);
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn lower_priority() {}
