//! Browser sessions: stored for the session layer, listed and ended by their user.

use crate::store::records::Proof;
pub use crate::store::records::Session;
use oauth::Timestamp;
use oauth::device::Device;
use oauth::view::SessionView;

use crate::error::Error;
use crate::provider::Provider;
pub use crate::store::sessions::Replaced;

/// Minimum seconds between two writes of a session's last use.
const TOUCH_EVERY: i64 = 60;

/// A session to create.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// SHA-256 of the cookie's value.
    pub key_hash: String,
    /// The signed-in user.
    pub user_id: i64,
    /// The session layer's data, as JSON.
    pub data: String,
    /// The client's address.
    pub address: String,
    /// The `User-Agent` header.
    pub user_agent: String,
    /// When the user authenticated.
    pub signed_in_at: Timestamp,
    /// When the verified password had been set: the session is not created if the password has
    /// changed since.
    pub password_changed_at: Timestamp,
    /// The session that this one replaces; `None` for a new one.
    pub replaces: Option<Replaced>,
}

impl Provider {
    /// Creates a session of a signed-in user, for the session layer.
    ///
    /// # Errors
    /// `OAuth(invalid_grant)` when the password has changed meanwhile; `SignedOut` when the session
    /// to replace has ended; `Unavailable` when the write failed.
    pub async fn begin_session(&self, new: NewSession) -> Result<(), Error> {
        let session = Session {
            name: Some(self.derive_sid(&new.key_hash)),
            key_hash: new.key_hash,
            id: self.new_id(self.now()),
            user_id: Some(new.user_id),
            data: new.data,
            address: new.address,
            user_agent: new.user_agent,
            signed_in_at: new.signed_in_at,
            last_seen_at: self.now(),
            expires_at: new.signed_in_at.plus(self.settings().session_ttl),
        };
        let proof = Proof { user_id: new.user_id, password_changed_at: new.password_changed_at };
        self.store().insert_session(session, proof, new.replaces).await
    }

    /// Replaces the session layer's data; does nothing when the session has ended.
    ///
    /// # Errors
    /// `Unavailable` when the write failed.
    pub async fn keep_session(&self, key_hash: &str, data: &str) -> Result<(), Error> {
        self.store().update_session(key_hash.to_owned(), data.to_owned()).await
    }

    /// The live session with this hash; records its use in a background write.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn find_session(&self, key_hash: &str) -> Result<Option<Session>, Error> {
        let (now, found) = (self.now(), self.peek_session(key_hash).await?);
        if let Some(session) = found.as_ref().filter(|session| !now.is_within(TOUCH_EVERY, session.last_seen_at)) {
            let (store, key) = (self.store().clone(), session.key_hash.clone());
            self.in_background(async move { store.touch_session(key, now).await });
        }
        Ok(found)
    }

    /// The same without recording a use: requests that a page sends by itself do not extend the
    /// session.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn peek_session(&self, key_hash: &str) -> Result<Option<Session>, Error> {
        let now = self.now();
        let idle_since = now.plus(-self.settings().session_idle_ttl);
        self.store().find_session(key_hash, now, idle_since).await
    }

    /// Ends the session with this hash. As at every end of a session, its clients get a logout
    /// notice.
    ///
    /// # Errors
    /// `Unavailable` when the write failed.
    pub async fn delete_session(&self, key_hash: &str) -> Result<(), Error> {
        self.store().delete_session(key_hash.to_owned(), self.now()).await?;
        self.ended().notify_one();
        Ok(())
    }

    /// The `sid` of a browser session; `None` for a session from a version without `sid`.
    pub(crate) async fn sid(&self, key_hash: &str) -> Result<Option<String>, Error> {
        let found = self.store().session_name(key_hash).await?;
        Ok(found.unwrap_or_else(|| Some(self.derive_sid(key_hash))))
    }

    /// The user's sessions, the current one first.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn session_views(&self, user_id: i64, current: &str) -> Result<Vec<SessionView>, Error> {
        let now = self.now();
        let idle_since = now.plus(-self.settings().session_idle_ttl);
        let mut sessions = self.store().list_sessions(user_id, now, idle_since).await?;
        sessions.sort_by_key(|session| session.key_hash != current);
        Ok(sessions.into_iter().map(|session| view(session, current)).collect())
    }

    /// Ends one of the user's sessions by its public id. Idempotent.
    ///
    /// # Errors
    /// `NotFound` when it belongs to another user; `Unavailable` when the write failed.
    pub async fn end_session(&self, user_id: i64, id: &str) -> Result<(), Error> {
        let own = self.store().delete_own_session(id.to_owned(), user_id, self.now()).await?;
        self.ended().notify_one();
        if own { Ok(()) } else { Err(Error::NotFound) }
    }

    /// Ends all of the user's sessions except the one with this hash; returns how many.
    ///
    /// # Errors
    /// `Unavailable` when the write failed.
    pub async fn end_other_sessions(&self, user_id: i64, current: &str) -> Result<u64, Error> {
        let ended = self.store().delete_other_sessions(user_id, current.to_owned(), self.now()).await?;
        self.ended().notify_one();
        Ok(ended)
    }
}

fn view(session: Session, current: &str) -> SessionView {
    SessionView {
        device: Device::of(&session.user_agent),
        current: session.key_hash == current,
        id: session.id,
        user_agent: session.user_agent,
        address: session.address,
        signed_in_at: session.signed_in_at,
        last_seen_at: session.last_seen_at,
    }
}
