//! The queue of clients that are to hear that a session ended. Any number of servers work on it.

use oauth::{SKEW, Timestamp};
use sqlx::any::AnyRow;

use super::{Store, row};
use crate::error::Error;

/// That a session ended, for one client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// `sid`.
    pub session: String,
    /// The client.
    pub client_id: String,
    /// Whose session it was.
    pub user_id: i64,
    /// How often somebody has tried, this time included.
    pub attempts: i64,
    /// When the session ended.
    pub created_at: Timestamp,
}

/// Also due is what was put here before the clock was set back by more than [`SKEW`], until somebody has claimed it: a claim moves
/// `due_at` to before `created_at`.
const DUE: &str = "select client_id from logout_notices where due_at <= $1 or (created_at > $3 and due_at >= created_at) \
    group by client_id order by min(due_at), client_id limit $2";

/// The condition stands outside too: of two servers that chose the same row, the second finds it moved.
const CLAIM: &str = "update logout_notices set due_at = $3, attempts = attempts + 1 where client_id = $1 and (due_at <= $2 or (created_at > $4 and due_at >= created_at)) \
    and session_name = (select session_name from logout_notices where client_id = $1 \
    and (due_at <= $2 or (created_at > $4 and due_at >= created_at)) order by due_at, session_name limit 1) returning session_name, client_id, user_id, attempts, created_at";

const DELETE: &str = "delete from logout_notices where session_name = $1 and client_id = $2 and attempts = $3";
const POSTPONE: &str =
    "update logout_notices set due_at = $4 where session_name = $1 and client_id = $2 and attempts = $3";
/// Its others wait as well: a client that cannot be reached must not come first again for each of them.
const POSTPONE_OTHERS: &str = "update logout_notices set due_at = $3 where client_id = $1 and due_at <= $2";
const DELETE_ALL: &str = "delete from logout_notices where client_id = $1";

impl Store {
    /// The clients for which something is due, the longest waiting first.
    pub async fn clients_with_due_notices(&self, now: Timestamp, most: i64) -> Result<Vec<String>, Error> {
        let rows = sqlx::query(DUE).bind(now.seconds()).bind(most).bind(ahead(now)).fetch_all(self.readers()).await?;
        rows.iter().map(|found| row::text(found, "client_id")).collect()
    }

    /// Takes the next notice for a client; until `until` it is nobody else's.
    pub async fn claim_notice(
        &self,
        client_id: String,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<Notice>, Error> {
        self.write_new(move |c| {
            Box::pin(async move {
                let claim = sqlx::query(CLAIM).bind(client_id).bind(now.seconds()).bind(until.seconds());
                claim.bind(ahead(now)).fetch_optional(c).await?.map(|found| read(&found)).transpose()
            })
        })
        .await
    }

    /// Removes a notice that was claimed and is done with.
    pub async fn delete_notice(&self, notice: Notice) -> Result<(), Error> {
        self.write_new(move |c| {
            Box::pin(async move {
                let delete = sqlx::query(DELETE).bind(notice.session).bind(notice.client_id).bind(notice.attempts);
                delete.execute(c).await?;
                Ok(())
            })
        })
        .await
    }

    /// Puts a notice that was claimed off, and with it whatever else is due for its client.
    pub async fn postpone_notice(&self, notice: Notice, now: Timestamp, until: Timestamp) -> Result<(), Error> {
        self.write_new(move |c| {
            Box::pin(async move {
                let postpone = sqlx::query(POSTPONE).bind(notice.session).bind(&notice.client_id);
                postpone.bind(notice.attempts).bind(until.seconds()).execute(&mut *c).await?;
                let others = sqlx::query(POSTPONE_OTHERS).bind(&notice.client_id).bind(now.seconds());
                others.bind(until.seconds()).execute(c).await?;
                Ok(())
            })
        })
        .await
    }

    /// Removes everything that a client was to hear.
    pub async fn delete_notices(&self, client_id: String) -> Result<(), Error> {
        self.write_new(move |c| {
            Box::pin(async move {
                sqlx::query(DELETE_ALL).bind(client_id).execute(c).await?;
                Ok(())
            })
        })
        .await
    }
}

/// What was made later than this was made before the clock was set back.
fn ahead(now: Timestamp) -> i64 {
    now.plus(SKEW).seconds()
}

fn read(found: &AnyRow) -> Result<Notice, Error> {
    Ok(Notice {
        session: row::text(found, "session_name")?,
        client_id: row::text(found, "client_id")?,
        user_id: row::int(found, "user_id")?,
        attempts: row::int(found, "attempts")?,
        created_at: row::time(found, "created_at")?,
    })
}
