//! Password hashing: Argon2id on a thread pool behind a bounded, fair queue. A flood of sign-ins
//! slows neither token checks nor the machine, and uses no more memory than normal load; accounts
//! and addresses are served round robin, so that it does not slow other sign-ins either.

mod argon;
mod fair_queue;
mod fair_semaphore;
#[cfg(test)]
mod tests;
mod thread_pool;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use unicode_normalization::UnicodeNormalization;

use self::argon::ArgonMemory;
pub use self::fair_queue::QueueKey;
use self::fair_semaphore::{FairPermit, FairSemaphore};
use self::thread_pool::ThreadPool;
use crate::error::Error;

/// Maximum characters of a password; a longer one is refused before hashing.
pub const MOST_CHARACTERS: usize = 1024;

/// Maximum hashing threads. Including the spare permits, there are as many concurrent attempts as
/// failures that an account may have (`sign_in`): concurrent right passwords cannot lock it.
pub const MOST_THREADS: usize = 8;

/// Permits beyond the threads: while one password is hashed, the next attempt is being counted and
/// the last one cleared.
const SPARE_PERMITS: usize = 2;

/// Queue length per thread: what a core of 2026 hashes in about a second.
const WAITING_PER_THREAD: usize = 64;

/// Hashes and verifies passwords, with bounded concurrency.
#[derive(Debug)]
pub struct Hasher {
    pool: ThreadPool,
    semaphore: Arc<FairSemaphore>,
    longest_wait: Duration,
}

/// A permit to hash one password, released when the last clone is dropped. The hashing thread holds
/// a clone, so that a cancelled request releases nothing early.
#[derive(Clone, Debug)]
pub struct Permit(#[expect(dead_code, reason = "it counts while it lives")] Arc<FairPermit>);

impl Hasher {
    /// A hasher with this many threads (one to [`MOST_THREADS`]); `longest_wait` is the timeout for
    /// a permit.
    #[must_use]
    pub fn new(threads: usize, longest_wait: Duration) -> Self {
        let threads = threads.clamp(1, MOST_THREADS);
        Self {
            pool: ThreadPool::new(threads),
            semaphore: FairSemaphore::new(threads + SPARE_PERMITS, threads * WAITING_PER_THREAD),
            longest_wait,
        }
    }

    /// Waits in the fair queue for a permit to hash. Dropping the future leaves the queue.
    ///
    /// # Errors
    /// `Busy` when the queue is full, or after the timeout.
    pub async fn permit(&self, key: &QueueKey) -> Result<Permit, Error> {
        self.semaphore.acquire(key, self.longest_wait).await.map(|permit| Permit(Arc::new(permit)))
    }

    /// The hash to store: a PHC string with its salt and cost.
    ///
    /// # Errors
    /// `Busy`; `Internal` when the hashing thread failed.
    pub async fn hash(&self, key: &QueueKey, password: &str, salt: [u8; 16]) -> Result<String, Error> {
        let permit = self.permit(key).await?;
        let password = normalized(password);
        self.on_pool(permit, move |memory| argon::hash(&password, salt, memory)).await
    }

    /// Whether the password matches the stored hash. Without one, the same work is done and the
    /// result is false.
    ///
    /// # Errors
    /// `Internal` when the hashing thread failed or the stored hash cannot be read.
    pub async fn verify(&self, permit: Permit, password: &str, stored: Option<String>) -> Result<bool, Error> {
        let password = normalized(password);
        let work = move |memory: &mut ArgonMemory| {
            let right = argon::verify(&password, stored.as_deref().unwrap_or(argon::DUMMY_HASH), memory)?;
            Ok(right && stored.is_some())
        };
        self.on_pool(permit, work).await
    }

    /// Runs the work on the thread pool, unless the request has been cancelled by then.
    async fn on_pool<T, F>(&self, permit: Permit, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut ArgonMemory) -> Result<T, Error> + Send + 'static,
    {
        let (answer, done) = oneshot::channel();
        self.pool.run(Box::new(move |memory| {
            if answer.is_closed() {
                return;
            }
            let outcome = work(memory);
            drop(permit);
            let _ = answer.send(outcome);
        }))?;
        done.await.map_err(|_| Error::Internal("a password thread failed".to_owned()))?
    }
}

/// Whether a password exceeds the maximum length.
#[must_use]
pub fn too_long(password: &str) -> bool {
    password.chars().count() > MOST_CHARACTERS
}

/// Unicode normalisation: keyboards may compose the same password differently
/// (NIST SP 800-63B §3.1.1.2).
fn normalized(password: &str) -> String {
    password.nfc().collect()
}
