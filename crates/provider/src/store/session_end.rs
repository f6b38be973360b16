//! What ends with a session (Back-Channel Logout 2.5, 2.7): part of every write that ends one, whatever the reason.

use oauth::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::writer::statements::Statement;
use super::{grants, row};
use crate::error::Error;

/// Changes nothing: whoever spends a code of a session and whoever ends the session pass here one after the other.
const LOCK: &str = "update sessions set last_seen_at = last_seen_at where name = $1";

const INSERT: &str = "insert into session_clients (session_name, client_id, user_id, expires_at) \
    select $1, $2, $3, coalesce(max(expires_at), $4) from sessions where name = $1 \
    on conflict (session_name, client_id) do update set expires_at = excluded.expires_at";

/// Whether there really is an address is looked at when the client is told.
const QUEUE_NOTICES: &str = "insert into logout_notices (session_name, client_id, user_id, attempts, created_at, due_at) \
    select s.session_name, s.client_id, s.user_id, 0, $2, $2 from session_clients s join clients c on c.id = s.client_id \
    where s.session_name = $1 and c.disabled_at is null and c.registration like '%\"backchannel_logout_uri\"%' \
    on conflict (session_name, client_id) do nothing";

const DELETE: &str = "delete from session_clients where session_name = $1";

/// To be locked: what a rotation is inserting must not escape.
const GRANTS: &str = "select distinct grant_id as id from refresh_tokens where session_id = $1 and revoked_at is null";

/// What an application got to act while the person is there. What it got to act when they are away stays, and so does what has
/// nothing to do with signing in.
const END_REFRESH: &str = "update refresh_tokens set revoked_at = $2 where session_id = $1 and revoked_at is null \
    and ' ' || scope || ' ' like '% openid %' and ' ' || scope || ' ' not like '% offline_access %'";

/// A client that gets an ID token of a session.
#[derive(Clone, Debug)]
pub struct SessionClient {
    /// `sid`.
    pub session: String,
    /// The client.
    pub client_id: String,
    /// Whose session it is.
    pub user_id: i64,
}

/// Waits for whoever is just ending the session; whether it is still there. Before any lock on a grant.
pub async fn lock(c: &mut AnyConnection, session: &str) -> Result<bool, Error> {
    Ok(lock_statement(session).execute(c).await? > 0)
}

/// The statement of [`lock`]: it changes the session's row while that is there.
pub fn lock_statement(session: &str) -> Statement {
    Statement::new(LOCK, [session.into()])
}

/// Remembers that a client knows of a session. One that has ended meanwhile ends for this client as well.
pub async fn note(
    c: &mut AnyConnection,
    session_client: &SessionClient,
    is_there: bool,
    now: Timestamp,
) -> Result<(), Error> {
    insert_statement(session_client, now).execute(&mut *c).await?;
    if is_there { Ok(()) } else { end(c, &session_client.session, now).await }
}

/// The statement that remembers it: one row.
pub fn insert_statement(session_client: &SessionClient, now: Timestamp) -> Statement {
    let values = [
        session_client.session.as_str().into(),
        session_client.client_id.as_str().into(),
        session_client.user_id.into(),
        now.seconds().into(),
    ];
    Statement::new(INSERT, values)
}

/// Everything that ends with the sessions that a statement deleted; it returns their `name`.
pub async fn ended(c: &mut AnyConnection, deleted: &[AnyRow], now: Timestamp) -> Result<(), Error> {
    let names = deleted.iter().map(|session| row::text_opt(session, "name")).collect::<Result<Vec<_>, _>>()?;
    let mut names: Vec<String> = names.into_iter().flatten().collect();
    // In one order: two writes that end the same sessions must not wait for each other.
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
