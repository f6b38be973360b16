//! The end of a session (OpenID Connect Back-Channel Logout §2.5, §2.7): part of every write that
//! ends one, for any reason.

use oauth::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::writer::statements::Statement;
use super::{grants, row};
use crate::error::Error;

/// No-op update that locks the session's row: spending a code of a session and ending the session
/// run one after the other.
const LOCK: &str = "update sessions set last_seen_at = last_seen_at where name = $1";

const INSERT: &str = "insert into session_clients (session_name, client_id, user_id, expires_at) \
    select $1, $2, $3, coalesce(max(expires_at), $4) from sessions where name = $1 \
    on conflict (session_name, client_id) do update set expires_at = excluded.expires_at";

/// Only a pre-filter: whether the client has a back-channel logout URI is checked when the notice
/// is sent.
const QUEUE_NOTICES: &str = "insert into logout_notices (session_name, client_id, user_id, attempts, created_at, due_at) \
    select s.session_name, s.client_id, s.user_id, 0, $2, $2 from session_clients s join clients c on c.id = s.client_id \
    where s.session_name = $1 and c.disabled_at is null and c.registration like '%\"backchannel_logout_uri\"%' \
    on conflict (session_name, client_id) do nothing";

const DELETE: &str = "delete from session_clients where session_name = $1";

/// The grants to lock first: tokens that a rotation is inserting must not escape the revocation.
const GRANTS: &str = "select distinct grant_id as id from refresh_tokens where session_id = $1 and revoked_at is null";

/// Revokes online access: refresh tokens with `openid` and without `offline_access`. Offline access
/// continues, and so do tokens that do not come from a sign-in.
const END_REFRESH: &str = "update refresh_tokens set revoked_at = $2 where session_id = $1 and revoked_at is null \
    and ' ' || scope || ' ' like '% openid %' and ' ' || scope || ' ' not like '% offline_access %'";

/// A client that got an ID token of a session, and so knows its `sid`.
#[derive(Clone, Debug)]
pub struct SessionClient {
    /// `sid`.
    pub session: String,
    /// The client.
    pub client_id: String,
    /// The user of the session.
    pub user_id: i64,
}

/// Locks the session row; false if it is gone. Lock order: session, then grant.
pub async fn lock(c: &mut AnyConnection, session: &str) -> Result<bool, Error> {
    Ok(lock_statement(session).execute(c).await? > 0)
}

/// The statement of [`lock`]: it changes one row if the session exists.
pub fn lock_statement(session: &str) -> Statement {
    Statement::new(LOCK, [session.into()])
}

/// Records that a client knows a session's `sid`. If the session has ended meanwhile, it ends for
/// this client as well.
pub async fn note(
    c: &mut AnyConnection,
    session_client: &SessionClient,
    is_there: bool,
    now: Timestamp,
) -> Result<(), Error> {
    insert_statement(session_client, now).execute(&mut *c).await?;
    if is_there { Ok(()) } else { end(c, &session_client.session, now).await }
}

/// The statement that records the client: it changes one row.
pub fn insert_statement(session_client: &SessionClient, now: Timestamp) -> Statement {
    let values = [
        session_client.session.as_str().into(),
        session_client.client_id.as_str().into(),
        session_client.user_id.into(),
        now.seconds().into(),
    ];
    Statement::new(INSERT, values)
}

/// Ends everything that depends on the sessions that a statement deleted; it must return their
/// `name`.
pub async fn ended(c: &mut AnyConnection, deleted: &[AnyRow], now: Timestamp) -> Result<(), Error> {
    let names = deleted.iter().map(|session| row::text_opt(session, "name")).collect::<Result<Vec<_>, _>>()?;
    let mut names: Vec<String> = names.into_iter().flatten().collect();
    // Sorted, so that two writes that end the same sessions lock in the same order and do not
    // deadlock.
    names.sort_unstable();
    for name in names {
        end(c, &name, now).await?;
    }
    Ok(())
}

async fn end(c: &mut AnyConnection, session: &str, now: Timestamp) -> Result<(), Error> {
    sqlx::query(QUEUE_NOTICES).bind(session).bind(now.seconds()).execute(&mut *c).await?;
    sqlx::query(DELETE).bind(session).execute(&mut *c).await?;
    let grants = sqlx::query(GRANTS).bind(session).fetch_all(&mut *c).await?;
    grants::lock_all(c, &grants).await?;
    sqlx::query(END_REFRESH).bind(session).bind(now.seconds()).execute(c).await?;
    Ok(())
}
