//! Counters of failed sign-ins. Counting and looking is one statement, so that any number of guesses at the same instant
//! cannot pass the limit (each sees its own number).

use oauth::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{Store, row};
use crate::error::Error;

/// What a counter shows after this attempt was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// Attempts in the window, this one among them.
    pub failures: i64,
    /// When the window ends and counting begins anew.
    pub ends_at: Timestamp,
}

/// A window that has ended begins anew; so does one that ends later than any can, because a clock was set back.
const COUNT: &str = "insert into sign_in_failures (key, failures, ends_at) values ($1, 1, $3) \
    on conflict (key) do update set \
    failures = case when sign_in_failures.ends_at > $2 and sign_in_failures.ends_at <= $4 \
    then sign_in_failures.failures + 1 else 1 end, \
    ends_at = case when sign_in_failures.ends_at > $2 and sign_in_failures.ends_at <= $4 \
    then sign_in_failures.ends_at else excluded.ends_at end \
    returning failures, ends_at";

/// In a window that has neither ended nor ends later than any can.
const FIND: &str = "select failures, ends_at from sign_in_failures where key = $1 and ends_at > $2 and ends_at <= $3";

/// In a row: however long it takes, until the row is removed or its time is over.
const COUNT_IN_A_ROW: &str = "insert into sign_in_failures (key, failures, ends_at) values ($1, 1, $3) \
    on conflict (key) do update set \
    failures = case when sign_in_failures.ends_at > $2 then sign_in_failures.failures + 1 else 1 end, \
    ends_at = excluded.ends_at returning failures, ends_at";

const FIND_IN_A_ROW: &str = "select failures, ends_at from sign_in_failures where key = $1 and ends_at > $2";

const UNCOUNT: &str = "update sign_in_failures set failures = failures - 1 where key = $1 and failures > 0";

const FORGET: &str = "delete from sign_in_failures where key = $1";

/// The counter of failures in a row: it is kept until its time.
#[derive(Clone)]
pub struct InARow {
    /// Under what it is counted.
    pub key: String,
    /// When it is forgotten.
    pub ends_at: Timestamp,
}

impl Store {
    /// Counts an attempt under each key, in this order, up to the first that is past its limit: what an address does
    /// while it is not listened to must not lock accounts. A new window ends at `ends_at`. Past no limit, it is counted `in_a_row` as well,
    /// which is kept until its time; how many that makes.
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

    /// How many failures in a row there were.
    pub async fn failures_in_a_row(&self, key: &str, now: Timestamp) -> Result<i64, Error> {
        let found = sqlx::query(FIND_IN_A_ROW).bind(key).bind(now.seconds()).fetch_optional(self.readers()).await?;
        found.map_or(Ok(0), |found| Ok(read(&found)?.failures))
    }

    /// What a counter shows now, if it counts; a window that begins now would end at `ends_at`.
    pub async fn attempts(&self, key: &str, now: Timestamp, ends_at: Timestamp) -> Result<Option<Count>, Error> {
        let found = sqlx::query(FIND).bind(key).bind(now.seconds()).bind(latest(now, ends_at).seconds());
        found.fetch_optional(self.readers()).await?.map(|found| read(&found)).transpose()
    }

    /// The attempt was right: takes it off the address's counter and removes the account's.
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

/// Twice the window, so that servers whose clocks differ by seconds count together.
fn latest(now: Timestamp, ends_at: Timestamp) -> Timestamp {
    ends_at.plus(ends_at.since(now))
}

fn read(found: &AnyRow) -> Result<Count, Error> {
    Ok(Count { failures: row::int(found, "failures")?, ends_at: row::time(found, "ends_at")? })
}
