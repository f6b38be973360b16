//! The live session of whoever writes: the gate of every write that a signed-in person asks for.

use oauth::Timestamp;
use sqlx::AnyConnection;

use super::writer::script::Line;
use crate::error::Error;

/// Changes nothing: whoever ends the session and whoever acts in it pass here one after the other. Lock order on PostgreSQL: session, then
/// user, client and grant.
const GATE: &str = "update sessions set last_seen_at = last_seen_at where key_hash = $1 and user_id = $2 and expires_at > $3 \
    and last_seen_at > $4 and exists (select 1 from users u where u.id = sessions.user_id and u.disabled_at is null)";

/// A browser session that must be live when a write is carried out, whatever a read said before.
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

impl LiveSession {
    /// The statement of the gate: it changes the session's row while session and account live.
    pub fn gate(&self) -> Line {
        let (key_hash, user_id) = (self.key_hash.as_str().into(), self.user_id.into());
        Line::new(GATE, [key_hash, user_id, self.now.seconds().into(), self.idle_since.seconds().into()])
    }

    /// Holds the session until the write ends. The first statement of the write.
    pub async fn hold(&self, c: &mut AnyConnection) -> Result<(), Error> {
        if self.gate().execute(c).await? == 1 { Ok(()) } else { Err(Error::SignedOut) }
    }
}
