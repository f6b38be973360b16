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
    /// The client that it was issued to; none for a password grant that named no client.
    pub client_id: Option<String>,
    /// The user that it acts for; none with client credentials.
    pub user_id: Option<i64>,
    /// The grant that it hangs on.
    pub grant_id: Option<String>,
    /// All that one authorization issued.
    pub family_id: String,
    /// What was granted.
    pub scope: Scope,
    /// The claims that userinfo is asked for by name.
    pub claims: ClaimsRequest,
    /// What it is bound to.
    pub binding: Binding,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// The first second at which it is of no use.
    pub expires_at: Timestamp,
    /// Whether the user's password bought it (RFC 6749 §4.3): it ends with that password.
    pub by_password: bool,
    /// The proof of possession that its request brought (RFC 9449): spent with it.
    pub proof: Option<ReplayKey>,
}

/// A token that is good now, with what decides what it may do now.
#[derive(Debug)]
pub struct LiveToken {
    /// All that one authorization issued; of a permanent token its own id.
    pub family_id: String,
    /// The client that it was issued to.
    pub client_id: Option<String>,
    /// The grant that it hangs on.
    pub grant_id: Option<Arc<str>>,
    /// What the client may have at all; `None` for anything.
    pub client_scope: Option<Scope>,
    /// The user that it acts for.
    pub user: Option<TokenUser>,
    /// What was granted.
    pub scope: Scope,
    /// The claims that userinfo is asked for by name.
    pub claims: Option<ClaimsRequest>,
    /// What it is bound to.
    pub binding: Binding,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// When it ends; permanent tokens do not.
    pub expires_at: Option<Timestamp>,
    /// The id of a permanent token.
    pub permanent_id: Option<String>,
    /// When a permanent token was last seen used.
    pub last_used: LastUse,
    /// What introspection answers about it, once it was asked for: nothing in it changes while the token is remembered.
    pub answer: OnceLock<Arc<str>>,
}

/// How many seconds a use waits to be written, about.
const WRITE_DELAY: i64 = 2;

/// When a permanent token was last seen used; goes on while the token is remembered.
#[derive(Debug)]
pub struct LastUse(AtomicI64);

impl LastUse {
    /// As it stands in the database.
    pub fn new(stored: Option<Timestamp>) -> Self {
        Self(AtomicI64::new(stored.map_or(i64::MIN, Timestamp::seconds)))
    }

    /// Whether a use at this moment is to be noted: so many seconds after the last one that was, or while that one still waits to
    /// be written.
    pub fn is_due(&self, now: Timestamp, seconds: i64) -> bool {
        let since = now.seconds().saturating_sub(self.0.load(Ordering::Relaxed));
        // A use far ahead is of before the clock was set back.
        let is_due = since >= seconds || since < -SKEW;
        if is_due {
            self.0.store(now.seconds(), Ordering::Relaxed);
        }
        is_due || (0..WRITE_DELAY).contains(&since)
    }
}

/// The user behind a token, as the rights stand now.
#[derive(Clone, Debug)]
pub struct TokenUser {
    /// The small integer of tokeninfo's `id`.
    pub id: i64,
    /// The name that the user signs in with.
    pub username: String,
    /// What the user may do now.
    pub rights: Rights,
}
