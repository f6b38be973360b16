//! Deletes expired rows in small steps, so that no step holds the writer for long: other writes run
//! between them.

use std::time::Duration;

use oauth::Timestamp;

use super::invalidation::instant;
use super::{Store, grant_usage};
use crate::error::Error;

/// Rows per step: the initial, the lowest and the highest number.
const FIRST: i64 = 32;
const LEAST: i64 = 4;
const MOST: i64 = 64;

/// The target duration of a step without its share of the commit, which is as much again. The next
/// step deletes fewer rows if it took longer, and more if it took less than half.
const AIM: Duration = Duration::from_millis(3);

/// Problems are kept this many seconds longer than other rows.
const PROBLEMS_KEPT: i64 = 29 * 86_400;

/// A pushed request is large and is used for two hours at most: it is not kept for a day.
const PUSHED_KEPT: i64 = 2 * 3600 - 86_400;

/// A replay key is needed until its token has expired; anyone may add some.
const MARKS_KEPT: i64 = 3600 - 86_400;

/// Each statement deletes some rows that ended before `$1`; with the seconds that they are kept
/// longer.
const STEPS: [(&str, i64); 12] = [
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
    (
        "delete from grant_uses where (grant_id, day) in (select grant_id, day from grant_uses where day < $1 limit $2)",
        grant_usage::DAYS * grant_usage::DAY - 86_400,
    ),
];

impl Store {
    /// Deletes what expired before `before`; returns how many rows.
    pub async fn sweep(&self, before: Timestamp) -> Result<u64, Error> {
        let (mut removed, mut rows, mut longest) = (0, FIRST, Duration::ZERO);
        for (sql, longer) in STEPS {
            loop {
                let (gone, took) = self.sweep_step(sql, before.plus(-longer), rows).await?;
                removed += gone;
                longest = longest.max(took);
                if gone < rows.unsigned_abs() {
                    break;
                }
                rows = next(rows, took);
            }
        }
        if removed > 0 {
            tracing::debug!(removed, longest_ms = longest.as_secs_f64() * 1000.0, "what expired was removed");
        }
        Ok(removed)
    }

    async fn sweep_step(&self, sql: &'static str, before: Timestamp, rows: i64) -> Result<(u64, Duration), Error> {
        self.write_new(move |c| {
            Box::pin(async move {
                let begin = instant();
                let gone = sqlx::query(sql).bind(before.seconds()).bind(rows).execute(c).await?.rows_affected();
                Ok((gone, begin.elapsed()))
            })
        })
        .await
    }
}

/// The number of rows for the next step, from the number and the duration of the last one.
fn next(rows: i64, took: Duration) -> i64 {
    let next = match took {
        long if long > AIM => rows / 2,
        short if short < AIM / 2 => rows * 2,
        _ => rows,
    };
    next.clamp(LEAST, MOST)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use sqlx::{AssertSqlSafe, Row};

    use super::*;

    /// A table with a handful of rows at any time.
    const SMALL: &str = "setup_links";

    #[tokio::test]
    async fn what_expired_is_found_by_an_index_and_not_by_looking_at_every_row() {
        let folder = std::env::temp_dir().join(format!("jeton-sweep-{}", std::process::id()));
        let url = format!("sqlite:{}", folder.join("jeton.db").display());
        Store::create(&url).unwrap();
        let store = Store::open(&url).await.unwrap();
        store.migrate().await.unwrap();
        let mut looked = Vec::new();
        for (sql, _) in STEPS {
            let plan = AssertSqlSafe(format!("explain query plan {sql}"));
            for step in sqlx::query(plan).bind(0).bind(1).fetch_all(store.readers()).await.unwrap() {
                let step: String = step.try_get("detail").unwrap();
                looked.extend(step.starts_with("SCAN").then_some(step));
            }
        }
        assert_eq!(looked, [format!("SCAN {SMALL}")]);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_step_that_took_long_is_followed_by_a_smaller_one_and_a_short_one_by_a_larger() {
        assert_eq!(next(32, AIM * 2), 16);
        assert_eq!(next(32, AIM), 32);
        assert_eq!(next(32, AIM / 4), 64);
        assert_eq!((next(LEAST, AIM * 9), next(MOST, Duration::ZERO)), (LEAST, MOST));
    }
}
