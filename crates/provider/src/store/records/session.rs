//! Browser sessions as rows.

use oauth::Timestamp;

/// A stored browser session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the cookie's value.
    pub key_hash: String,
    /// The public id, which pages use; useless as a cookie.
    pub id: String,
    /// The signed-in user.
    pub user_id: Option<i64>,
    /// The id that clients know (`sid`).
    pub name: Option<String>,
    /// The data of the session layer, as JSON.
    pub data: String,
    /// The address from which it began.
    pub address: String,
    /// The browser's `User-Agent`.
    pub user_agent: String,
    /// When the user signed in.
    pub signed_in_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_seen_at: Timestamp,
    /// When it expires, however much it is used.
    pub expires_at: Timestamp,
}
