//! Who is signed in.

use oauth::Timestamp;

/// Who is signed in, in which browser session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The user.
    pub user_id: i64,
    /// When the user proved who they are (OpenID Connect's `auth_time`).
    pub auth_time: Timestamp,
    /// SHA-256 of the session's cookie: what is sealed for one session is refused in any other.
    pub session: String,
}
