//! Withdrawal of a leaked signing key: at once, without the time that a rotation gives clients to
//! fetch the next key.

use oauth::Timestamp;
use oauth::jose::Algorithm;

use crate::error::Error;
use crate::provider::Provider;
use crate::store::signing_keys::Withdrawn;

/// The outcome of a withdrawal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// The algorithm of the key.
    pub algorithm: Algorithm,
    /// When it was withdrawn: now, or earlier.
    pub at: Timestamp,
    /// The key that signs now.
    pub signer: String,
}

impl Provider {
    /// Withdraws a key: from now on it neither signs nor is published, and its signatures are
    /// rejected. If it was active, the next key signs; if there is none, one is made. Idempotent.
    ///
    /// # Errors
    /// `NotFound` for a key that does not exist; `Unavailable` when the write failed.
    pub async fn withdraw_key(&self, id: &str) -> Result<Withdrawal, Error> {
        let now = self.now();
        let keys = self.load_keys(now).await?;
        let signer = super::ALGORITHMS.into_iter().filter_map(|algorithm| keys.signer(algorithm, now));
        let spare = match signer.into_iter().find(|key| key.id() == id) {
            // Generated before the write, which must not wait for it; the store drops it if another
            // key takes over.
            Some(key) => Some(self.new_key(key.algorithm, keys.next_generation(key.algorithm), now, now).await?),
            None => None,
        };
        let withdrawn = self.store().withdraw_signing_key(id.to_owned(), spare, now).await?;
        let Withdrawn { algorithm, at } = withdrawn.ok_or(Error::NotFound)?;
        let keys = self.load_or_make(now).await?;
        let signer = keys.signer(algorithm, now).map(|key| key.id().to_owned()).unwrap_or_default();
        tracing::warn!(key = id, signer, "a signing key was withdrawn");
        Ok(Withdrawal { algorithm, at, signer })
    }
}
