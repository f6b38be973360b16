//! The queue of back-channel logout notices for clients whose session ended. Any number of servers
//! work on it.

use oauth::{SKEW, Timestamp};
use sqlx::any::AnyRow;

use super::{Store, row};
use crate::error::Error;

/// A logout notice: a session's end, for one client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// `sid`.
    pub session: String,
    /// The client.
    pub client_id: String,
    /// The user of the session.
    pub user_id: i64,
    /// How many attempts were made, including this one.
    pub attempts: i64,
    /// When the session ended.
    pub created_at: Timestamp,
}

/// Also due is a notice queued before the clock was set back by more than [`SKEW`], until it is
/// claimed: a claim moves `due_at` to before `created_at`.
const DUE: &str = "select client_id from logout_notices where due_at <= $1 or (created_at > $3 and due_at >= created_at) \
    group by client_id order by min(due_at), client_id limit $2";

/// The outer query repeats the condition: of two servers that select the same row, the second finds
/// `due_at` moved.
const CLAIM: &str = "update logout_notices set due_at = $3, attempts = attempts + 1 where client_id = $1 and (due_at <= $2 or (created_at > $4 and due_at >= created_at)) \
    and session_name = (select session_name from logout_notices where client_id = $1 \
    and (due_at <= $2 or (created_at > $4 and due_at >= created_at)) order by due_at, session_name limit 1) returning session_name, client_id, user_id, attempts, created_at";

const DELETE: &str = "delete from logout_notices where session_name = $1 and client_id = $2 and attempts = $3";
const POSTPONE: &str =
    "update logout_notices set due_at = $4 where session_name = $1 and client_id = $2 and attempts = $3";
/// Postpones the client's other notices too: an unreachable client must not be first in the queue
/// again for each of them.
const POSTPONE_OTHERS: &str = "update logout_notices set due_at = $3 where client_id = $1 and due_at <= $2";
const DELETE_ALL: &str = "delete from logout_notices where client_id = $1";

impl Store {
    /// The clients with due notices, the longest waiting first.
    pub async fn clients_with_due_notices(&self, now: Timestamp, most: i64) -> Result<Vec<String>, Error> {
        let rows = sqlx::query(DUE).bind(now.seconds()).bind(most).bind(ahead(now)).fetch_all(self.readers()).await?;
        rows.iter().map(|found| row::text(found, "client_id")).collect()
    }

    /// Claims the next notice for a client; until `until` no other server can claim it.
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

    /// Deletes a claimed notice that is finished.
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

    /// Postpones a claimed notice, and everything else that is due for its client.
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

    /// Deletes every notice for a client.
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

/// Whatever was queued later than this was queued before the clock was set back.
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
