//! Browser sessions: tower-sessions over the provider's store. The cookie's value is never stored, only its hash.

use async_trait::async_trait;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use oauth::{SecretHash, Timestamp};
use provider::Provider;
use provider::sessions::{NewSession, Replaced};
use serde::{Deserialize, Serialize};
use tower_sessions::cookie::SameSite;
use tower_sessions::cookie::time::{Duration, OffsetDateTime};
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Expiry, Session, SessionManagerLayer, SessionStore};

use crate::state::Site;

/// The cookie that holds a session's id.
pub const COOKIE: &str = "jeton_session";

/// The key under which a session keeps who is signed in.
pub const PERSON: &str = "person";

/// Who is signed in, and how that came to be.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Person {
    /// The user.
    pub user_id: i64,
    /// When the user proved who they are.
    pub auth_time: Timestamp,
    /// When the password that proved it had been set.
    pub password_changed_at: Timestamp,
    /// Where from.
    pub address: String,
    /// With which browser.
    pub user_agent: String,
    /// The hash of the session that goes on in this one, while this one begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
    /// Whether it stands on that session alone, and no password was shown.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub renewed: bool,
}

/// The layer that loads and saves sessions. `Lax`, since `Strict` would hide the session when a client sends its user to us.
#[must_use]
pub fn layer(site: &Site) -> SessionManagerLayer<Sessions> {
    SessionManagerLayer::new(Sessions(site.provider.clone()))
        .with_name(site.cookie_name(COOKIE))
        .with_secure(site.secure())
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(Duration::seconds(site.provider.settings().session_ttl)))
}

/// The hash under which a session is stored; it also binds what is sealed for this session.
#[must_use]
pub fn key_hash(id: Id) -> String {
    SecretHash::of(&id.to_string()).as_str().to_owned()
}

/// Requests that a page makes of its own accord: they do not keep the session awake, so that an open tab idles out.
pub async fn unseen(request: Request, next: Next) -> Response {
    UNSEEN.scope((), next.run(request)).await
}

tokio::task_local! {
    /// There while a request runs that nobody pressed for.
    static UNSEEN: ();
    /// The session that goes on under another id.
    static GOES_ON: Id;
}

/// Gives a session a new id and somebody who is signed in, in one write with the end of the old one. `person.replaces` says whether the
/// old one goes on in it.
///
/// # Errors
/// What the store says.
pub async fn renew(session: &Session, person: Person) -> std::result::Result<(), tower_sessions::session::Error> {
    match session.id().filter(|id| person.replaces.as_ref() == Some(&key_hash(*id))) {
        Some(old) => GOES_ON.scope(old, session.cycle_id()).await?,
        None => session.cycle_id().await?,
    }
    session.insert(PERSON, person).await?;
    // Saved here, so that a database that does not take it is told in a page of ours.
    session.save().await
}

/// The provider's store, as tower-sessions sees it.
#[derive(Clone)]
pub struct Sessions(Provider);

impl std::fmt::Debug for Sessions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sessions")
    }
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let person = record.data.get(PERSON).cloned().ok_or_else(|| encode("a session without a person"))?;
        let person: Person = serde_json::from_value(person).map_err(encode)?;
        let new = NewSession {
            key_hash: key_hash(record.id),
            user_id: person.user_id,
            data: serde_json::to_string(&record.data).map_err(encode)?,
            address: person.address,
            user_agent: person.user_agent,
            signed_in_at: person.auth_time,
            password_changed_at: person.password_changed_at,
            replaces: person.replaces.map(|key_hash| Replaced { key_hash, must_live: person.renewed }),
        };
        self.0.begin_session(new).await.map_err(backend)
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let data = serde_json::to_string(&record.data).map_err(encode)?;
        self.0.keep_session(&key_hash(record.id), &data).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let key = key_hash(*id);
        let found = if UNSEEN.try_with(|()| ()).is_ok() {
            self.0.peek_session(&key).await
        } else {
            self.0.find_session(&key).await
        };
        let Some(found) = found.map_err(backend)? else { return Ok(None) };
        let data = serde_json::from_str(&found.data).map_err(|error| Error::Decode(error.to_string()))?;
        // Expiry is decided by the store; the layer only wants a date for the cookie.
        let end = OffsetDateTime::from_unix_timestamp(found.expires_at.seconds());
        let expiry_date = end.map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        // It goes on in the session that the same request begins, in one write; ended here, it would be over for a moment, and its
        // applications would be told.
        if GOES_ON.try_with(|kept| *kept == *id).unwrap_or_default() {
            return Ok(());
        }
        self.0.delete_session(&key_hash(*id)).await.map_err(backend)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn backend(error: provider::Error) -> Error {
    Error::Backend(error.to_string())
}

fn encode(error: impl std::fmt::Display) -> Error {
    Error::Encode(error.to_string())
}
