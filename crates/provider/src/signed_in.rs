//! The signed-in user of a request.

use oauth::Timestamp;

/// The signed-in user, and the browser session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The user.
    pub user_id: i64,
    /// When the user authenticated (`auth_time`, OpenID Connect Core §2).
    pub auth_time: Timestamp,
    /// SHA-256 of the session cookie: form values with a MAC for one session are refused in any
    /// other.
    pub session: String,
}
