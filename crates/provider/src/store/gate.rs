//! Gates: authorization checked inside the write, whatever a read returned before. Each gate is a
//! no-op update of one row, so that it locks the row: a concurrent revocation waits for the write,
//! or the write for it.
//!
//! Lock order on PostgreSQL: session, then user, client and grant.

use oauth::Timestamp;
use sqlx::AnyConnection;

use super::writer::statements::Statement;
use crate::error::Error;

const SESSION: &str = "update sessions set last_seen_at = last_seen_at where key_hash = $1 and user_id = $2 and expires_at > $3 \
    and last_seen_at > $4 and exists (select 1 from users u where u.id = sessions.user_id and u.disabled_at is null)";

const DEVELOPER: &str =
    "update users set created_at = created_at where id = $1 and access = 'full' and disabled_at is null";

const ANSWERS: &str = "update clients set version = version where id = $1 and exists (select 1 from users u \
    where u.id = $2 and u.disabled_at is null \
    and ((clients.owner_id = u.id and u.access = 'full') or ($3 = 1 and u.administrator = 1)))";

/// A browser session that must be live.
#[derive(Clone, Debug)]
pub struct LiveSession {
    /// SHA-256 of the cookie's value.
    pub key_hash: String,
    /// The signed-in user.
    pub user_id: i64,
    /// The current time.
    pub now: Timestamp,
    /// Idle timeout: a session last used then or before has expired.
    pub idle_since: Timestamp,
}

/// A statement that a write begins with.
#[derive(Clone, Debug)]
pub struct Gate {
    statement: Statement,
    /// The session, for a gate of one.
    session: Option<String>,
}

impl Gate {
    /// The session is live, and its user is not disabled.
    pub fn session(live: LiveSession) -> Self {
        let (key_hash, user_id) = (live.key_hash.as_str().into(), live.user_id.into());
        let statement =
            Statement::new(SESSION, [key_hash, user_id, live.now.seconds().into(), live.idle_since.seconds().into()]);
        Self { statement, session: Some(live.key_hash) }
    }

    /// The user may register clients.
    pub fn developer(user_id: i64) -> Self {
        Self { statement: Statement::new(DEVELOPER, [user_id.into()]), session: None }
    }

    /// The user owns the client, or is an administrator, if `as_administrator`.
    pub fn answers_for(user_id: i64, client_id: &str, as_administrator: bool) -> Self {
        let values = [client_id.into(), user_id.into(), i64::from(as_administrator).into()];
        Self { statement: Statement::new(ANSWERS, values), session: None }
    }

    /// The gate as a statement.
    pub fn statement(&self) -> Statement {
        self.statement.clone()
    }

    /// The session, for a gate of one.
    pub fn session_key(&self) -> Option<&String> {
        self.session.as_ref()
    }

    /// Runs the gate, which locks its row until the write ends. `SignedOut` if a session's gate
    /// fails, else `NotFound`.
    pub async fn hold(&self, c: &mut AnyConnection) -> Result<(), Error> {
        match (self.statement().execute(c).await?, &self.session) {
            (1, _) => Ok(()),
            (_, Some(_)) => Err(Error::SignedOut),
            (_, None) => Err(Error::NotFound),
        }
    }
}
