//! Browser sessions: tower-sessions over the provider's store. The store has the hash of the
//! cookie's value only.

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

/// The key of the signed-in user in the session's data.
pub const PERSON: &str = "person";

/// The signed-in user of a session, and how they signed in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Person {
    /// The user.
    pub user_id: i64,
    /// When the user proved who they are.
    pub auth_time: Timestamp,
    /// When the password that proved it had been set.
    pub password_changed_at: Timestamp,
    /// The client's address at sign-in.
    pub address: String,
    /// The `User-Agent` at sign-in.
    pub user_agent: String,
    /// The hash of the session that this one replaces, while it is created.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
    /// Whether it depends on that session alone, without a new sign-in: then that session must
    /// still be live.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub renewed: bool,
}

/// The layer that loads and saves sessions. `SameSite=Lax`: `Strict` would withhold the cookie when
/// a client redirects its user here.
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

/// The hash under which a session is stored; sealed values of the session are bound to it, too.
#[must_use]
pub fn key_hash(id: Id) -> String {
    SecretHash::of(&id.to_string()).as_str().to_owned()
}

/// Middleware of background requests, which a page sends without a user's action: they do not
/// extend the session, so that an open tab times out.
pub async fn background(request: Request, next: Next) -> Response {
    BACKGROUND_REQUEST.scope((), next.run(request)).await
}

tokio::task_local! {
    /// Set while a background request runs.
    static BACKGROUND_REQUEST: ();
    /// The session that is renewed under another id.
    static RENEWED_SESSION: Id;
}

/// Gives the session a new id and a signed-in user; the old session ends in the same write.
/// `person.replaces`: the session that continues in the new one.
///
/// # Errors
/// The store's.
pub async fn renew(session: &Session, person: Person) -> std::result::Result<(), tower_sessions::session::Error> {
    match session.id().filter(|id| person.replaces.as_ref() == Some(&key_hash(*id))) {
        Some(old) => RENEWED_SESSION.scope(old, session.cycle_id()).await?,
        None => session.cycle_id().await?,
    }
    session.insert(PERSON, person).await?;
    // Saved here rather than by the layer, so that an error of the database becomes an error page.
    session.save().await
}

/// The provider's store as a `SessionStore`.
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
        let found = if BACKGROUND_REQUEST.try_with(|()| ()).is_ok() {
            self.0.peek_session(&key).await
        } else {
            self.0.find_session(&key).await
        };
        let Some(found) = found.map_err(backend)? else { return Ok(None) };
        let data = serde_json::from_str(&found.data).map_err(|error| Error::Decode(error.to_string()))?;
        // The store decides about expiry; the layer needs the date for the cookie.
        let end = OffsetDateTime::from_unix_timestamp(found.expires_at.seconds());
        let expiry_date = end.map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        // The new session replaces it in one write; deleted here, it would end first, and logout
        // tokens would be sent.
        if RENEWED_SESSION.try_with(|renewed| *renewed == *id).unwrap_or_default() {
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
