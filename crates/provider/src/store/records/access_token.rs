//! Access tokens as rows, and what a live one may do.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};

use oauth::jose::ReplayKey;
use oauth::oidc::ClaimsRequest;
use oauth::{Binding, Rights, SKEW, Scope, SecretHash, Timestamp};

/// An access token to be stored.
#[derive(Clone, Debug)]
pub struct NewAccessToken {
    /// SHA-256 of its value.
    pub hash: SecretHash,
    /// The client that it was issued to; `None` for a password grant that named no client.
    pub client_id: Option<String>,
    /// The user that it acts for; `None` with client credentials.
    pub user_id: Option<i64>,
    /// The grant that it belongs to.
    pub grant_id: Option<String>,
    /// The family: everything that one authorization issued.
    pub family_id: String,
    /// What was granted.
    pub scope: Scope,
    /// The claims requested by name for userinfo.
    pub claims: ClaimsRequest,
    /// What it is bound to.
    pub binding: Binding,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// When it expires: the first second at which it is invalid.
    pub expires_at: Timestamp,
    /// Whether it was issued for the user's password (RFC 6749 §4.3): it ends when the password
    /// changes.
    pub by_password: bool,
    /// The DPoP proof of its request (RFC 9449), spent in the same write.
    pub proof: Option<ReplayKey>,
}

/// A live token, with everything that decides what it may do now.
#[derive(Debug)]
pub struct LiveToken {
    /// The family: everything that one authorization issued; for a permanent token its own id.
    pub family_id: String,
    /// The client that it was issued to.
    pub client_id: Option<String>,
    /// The grant that it belongs to.
    pub grant_id: Option<Arc<str>>,
    /// The client's scope; `None` for any.
    pub client_scope: Option<Scope>,
    /// The user that it acts for.
    pub user: Option<TokenUser>,
    /// What was granted.
    pub scope: Scope,
    /// The claims requested by name for userinfo.
    pub claims: Option<ClaimsRequest>,
    /// What it is bound to.
    pub binding: Binding,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// When it expires; `None` for a permanent token.
    pub expires_at: Option<Timestamp>,
    /// The id of a permanent token.
    pub permanent_id: Option<String>,
    /// When a permanent token was last used.
    pub last_used: LastUse,
    /// The introspection answer, built on first use: nothing in it changes while the token is
    /// cached.
    pub answer: OnceLock<Arc<str>>,
}

/// About how many seconds a use waits to be written.
const WRITE_DELAY: i64 = 2;

/// When a permanent token was last used; updated in the cached token.
#[derive(Debug)]
pub struct LastUse(AtomicI64);

impl LastUse {
    /// From the stored time.
    pub fn new(stored: Option<Timestamp>) -> Self {
        Self(AtomicI64::new(stored.map_or(i64::MIN, Timestamp::seconds)))
    }

    /// Whether a use at this time is to be recorded: so many seconds after the last recorded one,
    /// or while that one still waits to be written.
    pub fn is_due(&self, now: Timestamp, seconds: i64) -> bool {
        let since = now.seconds().saturating_sub(self.0.load(Ordering::Relaxed));
        // A use far in the future was recorded before the clock was set back.
        let is_due = since >= seconds || since < -SKEW;
        if is_due {
            self.0.store(now.seconds(), Ordering::Relaxed);
        }
        is_due || (0..WRITE_DELAY).contains(&since)
    }
}

/// The user of a token, with current rights.
#[derive(Clone, Debug)]
pub struct TokenUser {
    /// The small integer of tokeninfo's `id`.
    pub id: i64,
    /// The name that the user signs in with.
    pub username: String,
    /// What the user may do now.
    pub rights: Rights,
}
