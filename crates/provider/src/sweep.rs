//! Cleaning up: what expired is kept for a while, so that a late replay is still known for what it is, and then removed.

use crate::error::Error;
use crate::provider::Provider;

/// Expired rows stay for a day.
const KEEP: i64 = 86_400;

impl Provider {
    /// Removes rows that expired a day ago or earlier, notes of failed requests after 30 days, and signing keys of which nothing
    /// can be left; how many. Signing keys that are old are replaced.
    ///
    /// # Errors
    /// `Unavailable` when the database did not take it; what remains goes next time.
    pub async fn sweep(&self) -> Result<u64, Error> {
        let now = self.now();
        let rows = self.store().sweep(now.plus(-KEEP)).await?;
        Ok(rows + self.sweep_keys(now).await?)
    }
}
