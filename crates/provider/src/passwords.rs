//! Password hashing: Argon2id off the async threads, never more at once than there are permits, and never more waiting
//! than a bounded queue, so that a flood of sign-ins slows neither token checks nor the machine.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use unicode_normalization::UnicodeNormalization;

use crate::error::Error;

/// Longer passwords are refused before anything is hashed; in characters.
pub const MOST_CHARACTERS: usize = 1024;

/// How many sign-ins may wait for a permit.
const MOST_WAITING: usize = 64;

/// What an unknown user's password is compared with: the cost of a real one, and no password that anybody knows.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$amV0b24tZHVtbXktc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Hashes and verifies passwords within bounds.
#[derive(Debug)]
pub struct Hasher {
    permits: Arc<Semaphore>,
    waiting: AtomicUsize,
}

/// The right to hash one password. It goes along into the hashing thread, so that a caller who leaves frees nothing early.
#[derive(Debug)]
pub struct Permit(OwnedSemaphorePermit);

impl Hasher {
    /// A hasher that works on so many passwords at the same time (at least one).
    #[must_use]
    pub fn new(permits: usize) -> Self {
        Self { permits: Arc::new(Semaphore::new(permits.max(1))), waiting: AtomicUsize::new(0) }
    }

    /// Waits for the right to hash.
    ///
    /// # Errors
    /// `Busy` when too many wait already.
    pub async fn permit(&self) -> Result<Permit, Error> {
        if let Ok(permit) = Arc::clone(&self.permits).try_acquire_owned() {
            return Ok(Permit(permit));
        }
        let _place = Place::take(&self.waiting)?;
        let permit = Arc::clone(&self.permits).acquire_owned().await;
        permit.map(Permit).map_err(|_| Error::Busy)
    }

    /// The hash to store, a PHC string with its salt and cost.
    ///
    /// # Errors
    /// `Busy`; `Internal` when the hashing thread failed.
    pub async fn hash(&self, password: &str, salt: [u8; 16]) -> Result<String, Error> {
        let permit = self.permit().await?;
        let password = normalized(password);
        off_thread(permit, move || {
            let hash: PasswordHash = Argon2::default()
                .hash_password_with_salt(password.as_bytes(), &salt)
                .map_err(|error| Error::Internal(format!("password hash: {error}")))?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether the password belongs to the stored hash. Without one the same work is done, and the answer is no.
    ///
    /// # Errors
    /// `Internal` when the hashing thread failed or the stored hash cannot be read.
    pub async fn verify(&self, permit: Permit, password: &str, stored: Option<String>) -> Result<bool, Error> {
        let password = normalized(password);
        off_thread(permit, move || {
            let known = stored.is_some();
            let stored = stored.unwrap_or_else(|| NOBODY.to_owned());
            let stored = PasswordHash::new(&stored).map_err(|_| Error::corrupt("users.password_hash"))?;
            let right = Argon2::default().verify_password(password.as_bytes(), &stored).is_ok();
            Ok(right && known)
        })
        .await
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

async fn off_thread<T, F>(permit: Permit, work: F) -> Result<T, Error>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, Error> + Send + 'static,
{
    let done = tokio::task::spawn_blocking(move || {
        let done = work();
        drop(permit.0);
        done
    });
    done.await.map_err(|error| Error::Internal(format!("password thread: {error}")))?
}

/// A place in the queue, given back when the caller stops waiting for whatever reason.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize) -> Result<Self, Error> {
        let before = waiting.fetch_add(1, Ordering::SeqCst);
        let place = Self(waiting);
        if before >= MOST_WAITING { Err(Error::Busy) } else { Ok(place) }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    async fn verify(hasher: &Hasher, password: &str, stored: Option<&str>) -> bool {
        let permit = hasher.permit().await.unwrap();
        hasher.verify(permit, password, stored.map(str::to_owned)).await.unwrap()
    }

    #[tokio::test]
    async fn only_the_right_password_is_accepted() {
        let hasher = Hasher::new(1);
        let stored = hasher.hash("correct horse battery staple", [7; 16]).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verify(&hasher, "correct horse battery staple", Some(&stored)).await);
        assert!(!verify(&hasher, "correct horse battery stapl", Some(&stored)).await);
        assert!(!verify(&hasher, "", Some(&stored)).await);
    }

    #[tokio::test]
    async fn a_user_who_does_not_exist_has_no_right_password_but_costs_the_same() {
        let hasher = Hasher::new(1);
        assert!(!verify(&hasher, "correct horse battery staple", None).await);
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let real = hasher.hash("correct horse battery staple", [7; 16]).await.unwrap();
        let real = PasswordHash::new(&real).unwrap();
        assert_eq!(nobody.algorithm, real.algorithm);
        assert_eq!(nobody.params, real.params);
        assert_eq!(nobody.hash.unwrap().len(), real.hash.unwrap().len());
    }

    #[tokio::test]
    async fn a_password_set_decomposed_and_typed_composed_is_the_same() {
        let hasher = Hasher::new(1);
        let stored = hasher.hash("Zu\u{308}rich am Morgen", [7; 16]).await.unwrap();
        assert!(verify(&hasher, "Z\u{fc}rich am Morgen", Some(&stored)).await);
        assert!(!verify(&hasher, "Zurich am Morgen", Some(&stored)).await);
    }

    #[tokio::test]
    async fn more_sign_ins_than_the_queue_holds_are_told_that_we_are_busy() {
        let hasher = Arc::new(Hasher::new(1));
        let held = hasher.permit().await.unwrap();
        let mut waiters = Vec::new();
        for _ in 0..MOST_WAITING {
            let hasher = Arc::clone(&hasher);
            waiters.push(tokio::spawn(async move { hasher.permit().await.map(drop) }));
        }
        while hasher.waiting.load(Ordering::SeqCst) < MOST_WAITING {
            tokio::task::yield_now().await;
        }
        assert!(matches!(hasher.permit().await, Err(Error::Busy)));
        drop(held);
        for waiter in waiters {
            waiter.await.unwrap().unwrap();
        }
        assert!(hasher.permit().await.is_ok());
    }

    #[test]
    fn a_password_of_1024_characters_is_hashed_and_one_more_is_not() {
        assert!(!too_long(&"ü".repeat(MOST_CHARACTERS)));
        assert!(too_long(&"ü".repeat(MOST_CHARACTERS + 1)));
    }
}
