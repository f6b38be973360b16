//! Browser sessions as rows.

use oauth::Timestamp;

/// A stored browser session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the cookie's value.
    pub key_hash: String,
    /// The id that pages name it by; worth nothing as a cookie.
    pub id: String,
    /// Who is signed in.
    pub user_id: Option<i64>,
    /// What clients know it by (`sid`).
    pub name: Option<String>,
    /// What the session layer keeps in it, as JSON.
    pub data: String,
    /// Where it was begun from.
    pub address: String,
    /// The browser's own description.
    pub user_agent: String,
    /// When the person signed in.
    pub signed_in_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_seen_at: Timestamp,
    /// Its end, however much it is used.
    pub expires_at: Timestamp,
}
