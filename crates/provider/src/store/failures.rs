//! Counters of failed sign-ins. One statement counts and returns the count, so that concurrent
//! attempts cannot exceed the limit: each sees its own number.

use oauth::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{Store, row};
use crate::error::Error;

/// A counter after this attempt was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// Attempts in the window, including this one.
    pub failures: i64,
    /// When the window ends and counting restarts.
    pub ends_at: Timestamp,
}

/// A window that has ended restarts; so does one that ends later than any can, because a clock was
/// set back.
const COUNT: &str = "insert into sign_in_failures (key, failures, ends_at) values ($1, 1, $3) \
    on conflict (key) do update set \
    failures = case when sign_in_failures.ends_at > $2 and sign_in_failures.ends_at <= $4 \
    then sign_in_failures.failures + 1 else 1 end, \
    ends_at = case when sign_in_failures.ends_at > $2 and sign_in_failures.ends_at <= $4 \
    then sign_in_failures.ends_at else excluded.ends_at end \
    returning failures, ends_at";

/// Only a window that has neither ended nor ends later than any can.
const FIND: &str = "select failures, ends_at from sign_in_failures where key = $1 and ends_at > $2 and ends_at <= $3";

/// Failures in a row: no window, counted until the row is deleted or expires.
const COUNT_IN_A_ROW: &str = "insert into sign_in_failures (key, failures, ends_at) values ($1, 1, $3) \
    on conflict (key) do update set \
    failures = case when sign_in_failures.ends_at > $2 then sign_in_failures.failures + 1 else 1 end, \
    ends_at = excluded.ends_at returning failures, ends_at";

const FIND_IN_A_ROW: &str = "select failures, ends_at from sign_in_failures where key = $1 and ends_at > $2";

const UNCOUNT: &str = "update sign_in_failures set failures = failures - 1 where key = $1 and failures > 0";

const FORGET: &str = "delete from sign_in_failures where key = $1";

/// The counter of failures in a row, which each failure extends to `ends_at`.
#[derive(Clone)]
pub struct InARow {
    /// The key of the counter.
    pub key: String,
    /// When it expires.
    pub ends_at: Timestamp,
}

impl Store {
    /// Counts an attempt under each key, in this order, and stops at the first that exceeds its
    /// limit: attempts from a blocked address must not lock accounts. A new window ends at
    /// `ends_at`. If no limit is exceeded, the attempt counts as `in_a_row` as well, which has an
    /// expiry of its own; returns that count too.
    pub async fn count_attempts(
        &self,
        keys: Vec<(String, i64)>,
        in_a_row: InARow,
        now: Timestamp,
        ends_at: Timestamp,
    ) -> Result<(Vec<Count>, i64), Error> {
        self.write_new(move |c| {
            Box::pin(async move {
                let mut counts = Vec::with_capacity(keys.len());
                for (key, most) in keys {
                    let counted = count(c, key, now, ends_at).await?;
                    counts.push(counted);
                    if counted.failures > most {
                        return Ok((counts, 0));
                    }
                }
                let counted =
                    sqlx::query(COUNT_IN_A_ROW).bind(in_a_row.key).bind(now.seconds()).bind(in_a_row.ends_at.seconds());
                Ok((counts, read(&counted.fetch_one(c).await?)?.failures))
            })
        })
        .await
    }

    /// The current count of failures in a row.
    pub async fn failures_in_a_row(&self, key: &str, now: Timestamp) -> Result<i64, Error> {
        let found = sqlx::query(FIND_IN_A_ROW).bind(key).bind(now.seconds()).fetch_optional(self.readers()).await?;
        found.map_or(Ok(0), |found| Ok(read(&found)?.failures))
    }

    /// The current count, if the window is valid; a window that begins now would end at `ends_at`.
    pub async fn attempts(&self, key: &str, now: Timestamp, ends_at: Timestamp) -> Result<Option<Count>, Error> {
        let found = sqlx::query(FIND).bind(key).bind(now.seconds()).bind(latest(now, ends_at).seconds());
        found.fetch_optional(self.readers()).await?.map(|found| read(&found)).transpose()
    }

    /// After a successful attempt: subtracts it from the address's counter and deletes the
    /// account's.
    pub async fn forgive_attempt(&self, address: Option<String>, account: Vec<String>) -> Result<(), Error> {
        self.write_new(move |c| {
            Box::pin(async move {
                if let Some(address) = address {
                    sqlx::query(UNCOUNT).bind(address).execute(&mut *c).await?;
                }
                for key in account {
                    sqlx::query(FORGET).bind(key).execute(&mut *c).await?;
                }
                Ok(())
            })
        })
        .await
    }
}

async fn count(c: &mut AnyConnection, key: String, now: Timestamp, ends_at: Timestamp) -> Result<Count, Error> {
    let counted = sqlx::query(COUNT)
        .bind(key)
        .bind(now.seconds())
        .bind(ends_at.seconds())
        .bind(latest(now, ends_at).seconds())
        .fetch_one(c)
        .await?;
    read(&counted)
}

/// The latest valid end of a window: twice its length, so that servers whose clocks differ by
/// seconds share a counter.
fn latest(now: Timestamp, ends_at: Timestamp) -> Timestamp {
    ends_at.plus(ends_at.since(now))
}

fn read(found: &AnyRow) -> Result<Count, Error> {
    Ok(Count { failures: row::int(found, "failures")?, ends_at: row::time(found, "ends_at")? })
}
