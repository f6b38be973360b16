//! Deletes expired rows after a while, so that a late replay is still detected.

use crate::error::Error;
use crate::provider::Provider;

/// Seconds for which expired rows are kept.
const KEEP: i64 = 86_400;

impl Provider {
    /// Deletes rows that expired a day ago or earlier, problems after 30 days, and signing keys
    /// that are no longer needed; returns how many. Rotates old signing keys.
    ///
    /// # Errors
    /// `Unavailable` when the write failed; the next run deletes the rest.
    pub async fn sweep(&self) -> Result<u64, Error> {
        let now = self.now();
        let rows = self.store().sweep(now.plus(-KEEP)).await?;
        Ok(rows + self.sweep_keys(now).await?)
    }
}
