//! Authority in the write: what must hold when a write is carried out, whatever a read said before. Each gate is a statement that changes
//! nothing, and one row; whoever takes the authority away waits for the write, or is waited for.
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
    /// Who is signed in.
    pub user_id: i64,
    /// The present second.
    pub now: Timestamp,
    /// A session that was last used then, or before, has ended.
    pub idle_since: Timestamp,
}

/// A statement that stands before a write.
#[derive(Clone, Debug)]
pub struct Gate {
    statement: Statement,
    /// The session that it is about.
    session: Option<String>,
}

impl Gate {
    /// The session is live, and so is the account.
    pub fn session(live: LiveSession) -> Self {
        let (key_hash, user_id) = (live.key_hash.as_str().into(), live.user_id.into());
        let statement =
            Statement::new(SESSION, [key_hash, user_id, live.now.seconds().into(), live.idle_since.seconds().into()]);
        Self { statement, session: Some(live.key_hash) }
    }

    /// The person may register applications.
    pub fn developer(user_id: i64) -> Self {
        Self { statement: Statement::new(DEVELOPER, [user_id.into()]), session: None }
    }

    /// The person registered the application, or administers, where that is enough.
    pub fn answers_for(user_id: i64, client_id: &str, as_administrator: bool) -> Self {
        let values = [client_id.into(), user_id.into(), i64::from(as_administrator).into()];
        Self { statement: Statement::new(ANSWERS, values), session: None }
    }

    /// The statement.
    pub fn statement(&self) -> Statement {
        self.statement.clone()
    }

    /// The session, for a gate of one.
    pub fn session_key(&self) -> Option<&String> {
        self.session.as_ref()
    }

    /// Holds it until the write ends. `SignedOut` where it is about a session, else `NotFound`.
    pub async fn hold(&self, c: &mut AnyConnection) -> Result<(), Error> {
        match (self.statement().execute(c).await?, &self.session) {
            (1, _) => Ok(()),
            (_, Some(_)) => Err(Error::SignedOut),
            (_, None) => Err(Error::NotFound),
        }
    }
}
