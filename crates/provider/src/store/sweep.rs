//! Expired rows leave in small steps, so that no step holds the writer for long.

use oauth::Timestamp;

use super::Store;
use crate::error::Error;

/// Rows that one step removes at most.
const STEP: i64 = 500;

/// Each statement removes some rows whose time ended before `$1`.
const STEPS: [&str; 6] = [
    "delete from access_tokens where token_hash in (select token_hash from access_tokens where expires_at < $1 limit $2)",
    "delete from refresh_tokens where token_hash in (select token_hash from refresh_tokens where expires_at < $1 limit $2)",
    "delete from authorization_codes where code_hash in (select code_hash from authorization_codes where expires_at < $1 limit $2)",
    "delete from sessions where key_hash in (select key_hash from sessions where expires_at < $1 limit $2)",
    "delete from sign_in_failures where key in (select key from sign_in_failures where ends_at < $1 limit $2)",
    "delete from setup_links where token_hash in (select token_hash from setup_links where expires_at < $1 limit $2)",
];

impl Store {
    /// Removes what expired before `before`; how many rows went.
    pub async fn sweep(&self, before: Timestamp) -> Result<u64, Error> {
        let mut removed = 0;
        for sql in STEPS {
            loop {
                let gone = self.sweep_step(sql, before).await?;
                removed += gone;
                if gone < STEP.unsigned_abs() {
                    break;
                }
            }
        }
        Ok(removed)
    }

    async fn sweep_step(&self, sql: &'static str, before: Timestamp) -> Result<u64, Error> {
        self.write(move |c| {
            Box::pin(
                async move { Ok(sqlx::query(sql).bind(before.seconds()).bind(STEP).execute(c).await?.rows_affected()) },
            )
        })
        .await
    }
}
