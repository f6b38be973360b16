//! Password hashing: Argon2id on a few threads of its own, with a bounded line in front, so that a flood of sign-ins slows
//! neither token checks nor the machine, and takes no more memory than an ordinary day. In the line accounts and addresses
//! take turns, so that it slows nobody else's sign-in either.

mod argon;
mod line;
mod queue;
#[cfg(test)]
mod tests;
mod threads;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use unicode_normalization::UnicodeNormalization;

use self::argon::Memory;
use self::line::{Line, Turn};
pub use self::queue::Who;
use self::threads::Threads;
use crate::error::Error;

/// Longer passwords are refused before anything is hashed; in characters.
pub const MOST_CHARACTERS: usize = 1024;

/// Threads of one hasher, at most. With the spare permits that makes as many attempts under way as an account may fail
/// (`sign_in`): right passwords that arrive together cannot lock it.
pub const MOST_THREADS: usize = 8;

/// Permits beyond the threads: while one password is hashed, the attempt of the next is being counted, and that of the last
/// forgiven.
const SPARE_PERMITS: usize = 2;

/// How many may wait for a permit, for each thread: what a core of 2026 hashes in about a second.
const WAITING_PER_THREAD: usize = 64;

/// Hashes and verifies passwords within bounds.
#[derive(Debug)]
pub struct Hasher {
    threads: Threads,
    line: Arc<Line>,
    longest_wait: Duration,
}

/// The right to hash one password, free again when the last copy is dropped. One copy goes along to the hashing thread, so that
/// a caller who leaves frees nothing early.
#[derive(Clone, Debug)]
pub struct Permit(#[expect(dead_code, reason = "it counts while it lives")] Arc<Turn>);

impl Hasher {
    /// A hasher that works on so many passwords at the same time (from one to [`MOST_THREADS`]), each after so long a wait at most.
    #[must_use]
    pub fn new(threads: usize, longest_wait: Duration) -> Self {
        let threads = threads.clamp(1, MOST_THREADS);
        Self {
            threads: Threads::new(threads),
            line: Line::new(threads + SPARE_PERMITS, threads * WAITING_PER_THREAD),
            longest_wait,
        }
    }

    /// Waits in line for the right to hash: accounts and addresses take turns. Who stops waiting leaves the line.
    ///
    /// # Errors
    /// `Busy` when too many wait already, or when it took too long.
    pub async fn permit(&self, who: &Who) -> Result<Permit, Error> {
        self.line.turn(who, self.longest_wait).await.map(|turn| Permit(Arc::new(turn)))
    }

    /// The hash to store, a PHC string with its salt and cost.
    ///
    /// # Errors
    /// `Busy`; `Internal` when the hashing thread failed.
    pub async fn hash(&self, who: &Who, password: &str, salt: [u8; 16]) -> Result<String, Error> {
        let permit = self.permit(who).await?;
        let password = normalized(password);
        self.on_thread(permit, move |memory| argon::hash(&password, salt, memory)).await
    }

    /// Whether the password belongs to the stored hash. Without one the same work is done, and the answer is no.
    ///
    /// # Errors
    /// `Internal` when the hashing thread failed or the stored hash cannot be read.
    pub async fn verify(&self, permit: Permit, password: &str, stored: Option<String>) -> Result<bool, Error> {
        let password = normalized(password);
        let work = move |memory: &mut Memory| {
            let right = argon::verify(&password, stored.as_deref().unwrap_or(argon::NOBODY), memory)?;
            Ok(right && stored.is_some())
        };
        self.on_thread(permit, work).await
    }

    /// Does the work when its turn has come, unless its caller has left by then.
    async fn on_thread<T, F>(&self, permit: Permit, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut Memory) -> Result<T, Error> + Send + 'static,
    {
        let (answer, done) = oneshot::channel();
        self.threads.run(Box::new(move |memory| {
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

/// Whether a password is longer than any that can be right.
#[must_use]
pub fn too_long(password: &str) -> bool {
    password.chars().count() > MOST_CHARACTERS
}

/// The same password typed on another keyboard may arrive composed differently (NIST SP 800-63B §3.1.1.2).
fn normalized(password: &str) -> String {
    password.nfc().collect()
}
