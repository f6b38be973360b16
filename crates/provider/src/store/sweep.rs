//! Expired rows leave in small steps, so that no step holds the writer for long.

use oauth::Timestamp;

use super::Store;
use crate::error::Error;

/// Rows that one step removes at most.
const STEP: i64 = 500;

/// What went wrong may be read for so many seconds longer than other rows stay.
const PROBLEMS_KEPT: i64 = 29 * 86_400;

/// A pushed request is large, and no one is on their way with it for longer than two hours: it does not stay for a day.
const PUSHED_KEPT: i64 = 2 * 3600 - 86_400;

/// A mark is of use until the token that it marks has expired; anyone may leave some.
const MARKS_KEPT: i64 = 3600 - 86_400;

/// Each statement removes some rows whose time ended before `$1`; and by how many seconds longer they stay.
const STEPS: [(&str, i64); 11] = [
    (
        "delete from access_tokens where token_hash in (select token_hash from access_tokens where expires_at < $1 limit $2)",
        0,
    ),
    (
        "delete from refresh_tokens where token_hash in (select token_hash from refresh_tokens where expires_at < $1 limit $2)",
        0,
    ),
    (
        "delete from authorization_codes where code_hash in (select code_hash from authorization_codes where expires_at < $1 limit $2)",
        0,
    ),
    ("delete from sessions where key_hash in (select key_hash from sessions where expires_at < $1 limit $2)", 0),
    (
        "delete from session_clients where (session_name, client_id) in \
            (select session_name, client_id from session_clients where expires_at < $1 limit $2)",
        0,
    ),
    (
        "delete from logout_notices where (session_name, client_id) in \
            (select session_name, client_id from logout_notices where created_at < $1 limit $2)",
        0,
    ),
    ("delete from sign_in_failures where key in (select key from sign_in_failures where ends_at < $1 limit $2)", 0),
    ("delete from problems where id in (select id from problems where last_at < $1 limit $2)", PROBLEMS_KEPT),
    (
        "delete from setup_links where token_hash in (select token_hash from setup_links where expires_at < $1 limit $2)",
        0,
    ),
    (
        "delete from spent_tokens where key_hash in (select key_hash from spent_tokens where expires_at < $1 limit $2)",
        MARKS_KEPT,
    ),
    (
        "delete from pushed_requests where key_hash in (select key_hash from pushed_requests where expires_at < $1 limit $2)",
        PUSHED_KEPT,
    ),
];

impl Store {
    /// Removes what expired before `before`; how many rows went.
    pub async fn sweep(&self, before: Timestamp) -> Result<u64, Error> {
        let mut removed = 0;
        for (sql, longer) in STEPS {
            loop {
                let gone = self.sweep_step(sql, before.plus(-longer)).await?;
                removed += gone;
                if gone < STEP.unsigned_abs() {
                    break;
                }
            }
        }
        Ok(removed)
    }

    async fn sweep_step(&self, sql: &'static str, before: Timestamp) -> Result<u64, Error> {
        self.write_new(move |c| {
            Box::pin(
                async move { Ok(sqlx::query(sql).bind(before.seconds()).bind(STEP).execute(c).await?.rows_affected()) },
            )
        })
        .await
    }
}
