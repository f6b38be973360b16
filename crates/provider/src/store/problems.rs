//! Problems: failed requests of clients, a bounded list for each client.

use oauth::problem::{Fault, Finding};
use oauth::{Client, ErrorCode, Timestamp};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{Store, clients, row};
use crate::error::Error;

/// The most problems of a client; the oldest is dropped first, and strangers' before the owner's
/// own.
const MOST: i64 = 50;

/// A problem as it is stored.
#[derive(Clone, Debug)]
pub struct ProblemRow {
    /// A MAC over everything that makes two problems equal.
    pub id: String,
    /// The client that sent the request.
    pub client_id: String,
    /// The `error` code of the answer.
    pub code: ErrorCode,
    /// What was wrong: redacted and truncated already.
    pub finding: Finding,
    /// It came from a browser in which the owner was signed in.
    pub by_owner: bool,
    /// How many were counted.
    pub times: i64,
    /// When the first one was counted.
    pub first_at: Timestamp,
    /// When the last one was counted.
    pub last_at: Timestamp,
}

/// The outcome of adding a redirect URI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is registered, now or before.
    Yes,
    /// The client was changed meanwhile.
    Changed,
}

/// No-op update that locks the client: concurrent writes could drop rows in different orders and
/// deadlock.
const LOCK: &str = "update clients set version = version where id = $1 returning id";

const NOTE: &str = "insert into problems (id, client_id, code, fault, parameter, sent, expected, age, lifetime, by_owner, \
    times, first_at, last_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $11) \
    on conflict (id) do update set times = problems.times + 1, last_at = excluded.last_at, \
    fault = excluded.fault, parameter = excluded.parameter, expected = excluded.expected, \
    age = excluded.age, lifetime = excluded.lifetime, \
    by_owner = case when excluded.by_owner = 0 then problems.by_owner else excluded.by_owner end";

const DROP_OLDEST: &str = "delete from problems where client_id = $1 and id not in (select id from problems \
    where client_id = $1 order by case when id = $2 then 0 else 1 end, by_owner desc, last_at desc, id limit $3)";

const LIST: &str = "select id, client_id, code, fault, parameter, sent, expected, age, lifetime, by_owner, times, first_at, last_at \
    from problems where client_id = $1 order by last_at desc, id";
const FIND: &str = "select id, client_id, code, fault, parameter, sent, expected, age, lifetime, by_owner, times, first_at, last_at \
    from problems where id = $1";

const GATE: &str = "update clients set version = version + 1 where id = $1 and version = $2 returning id";
const ADD_URI: &str = "insert into client_redirect_uris (client_id, position, uri) \
    select $1, coalesce(max(position), -1) + 1, $2 from client_redirect_uris where client_id = $1 \
    having count(case when uri = $2 then 1 end) = 0";
const FORGET: &str = "delete from problems where id = $1";
const FORGET_OF: &str = "delete from problems where client_id = $1";

impl Store {
    /// Counts a problem and drops what exceeds the limit, in one write. Does nothing if the client
    /// is gone.
    pub async fn note_problem(&self, new: ProblemRow) -> Result<(), Error> {
        self.write_new(move |c| Box::pin(async move { note(c, new).await })).await
    }

    /// The client's problems, the latest first.
    pub async fn list_problems(&self, client_id: &str) -> Result<Vec<ProblemRow>, Error> {
        let rows = sqlx::query(LIST).bind(client_id).fetch_all(self.readers()).await?;
        rows.iter().map(read).collect()
    }

    /// The problem with this id.
    pub async fn find_problem(&self, id: &str) -> Result<Option<ProblemRow>, Error> {
        let found = sqlx::query(FIND).bind(id).fetch_optional(self.readers()).await?;
        found.map(|found| read(&found)).transpose()
    }

    /// Deletes a problem.
    pub async fn forget_problem(&self, id: String) -> Result<(), Error> {
        self.write_new(move |c| Box::pin(async move { delete(c, &id).await })).await
    }

    /// Deletes every problem of a client.
    pub async fn forget_problems_of(&self, client_id: String) -> Result<(), Error> {
        self.write_new(move |c| {
            Box::pin(async move {
                sqlx::query(FORGET_OF).bind(client_id).execute(c).await?;
                Ok(())
            })
        })
        .await
    }

    /// Adds a redirect URI to the client, if it is still as the owner saw it, and deletes the
    /// problem about that URI.
    pub async fn add_redirect_uri(&self, seen: Client, uri: String, problem_id: String) -> Result<Added, Error> {
        self.write(move |c| Box::pin(async move { add_uri(c, &seen, &uri, &problem_id).await })).await
    }
}

async fn delete(c: &mut AnyConnection, id: &str) -> Result<(), Error> {
    sqlx::query(FORGET).bind(id).execute(c).await?;
    Ok(())
}

async fn note(c: &mut AnyConnection, new: ProblemRow) -> Result<(), Error> {
    if sqlx::query(LOCK).bind(&new.client_id).fetch_optional(&mut *c).await?.is_none() {
        return Ok(());
    }
    sqlx::query(NOTE)
        .bind(&new.id)
        .bind(&new.client_id)
        .bind(new.code.as_str())
        .bind(new.finding.fault.as_str())
        .bind(new.finding.parameter)
        .bind(new.finding.sent)
        .bind(new.finding.expected)
        .bind(new.finding.age)
        .bind(new.finding.lifetime)
        .bind(i64::from(new.by_owner))
        .bind(new.last_at.seconds())
        .execute(&mut *c)
        .await?;
    sqlx::query(DROP_OLDEST).bind(&new.client_id).bind(&new.id).bind(MOST).execute(c).await?;
    Ok(())
}

async fn add_uri(c: &mut AnyConnection, seen: &Client, uri: &str, problem_id: &str) -> Result<Added, Error> {
    let gate = sqlx::query(GATE).bind(&seen.id).bind(seen.version).fetch_optional(&mut *c).await?;
    if gate.is_some() {
        sqlx::query(ADD_URI).bind(&seen.id).bind(uri).execute(&mut *c).await?;
    } else if !clients::reread(c, &seen.id).await?.redirect_uris.iter().any(|known| known == uri) {
        return Ok(Added::Changed);
    }
    delete(c, problem_id).await?;
    Ok(Added::Yes)
}

fn read(found: &AnyRow) -> Result<ProblemRow, Error> {
    let fault = Fault::parse(&row::text(found, "fault")?).ok_or_else(|| Error::corrupt("problems.fault"))?;
    Ok(ProblemRow {
        id: row::text(found, "id")?,
        client_id: row::text(found, "client_id")?,
        code: ErrorCode::parse(&row::text(found, "code")?).ok_or_else(|| Error::corrupt("problems.code"))?,
        finding: Finding {
            fault,
            parameter: row::text(found, "parameter")?,
            sent: row::text_opt(found, "sent")?,
            expected: row::text_opt(found, "expected")?,
            age: row::int_opt(found, "age")?,
            lifetime: row::int_opt(found, "lifetime")?,
        },
        by_owner: row::flag(found, "by_owner")?,
        times: row::int(found, "times")?,
        first_at: row::time(found, "first_at")?,
        last_at: row::time(found, "last_at")?,
    })
}
