//! Refresh tokens as rows.

use oauth::oidc::ClaimsRequest;
use oauth::{Binding, Scope, SecretHash, Timestamp};

/// The sign-in that tokens are based on, for the ID tokens of refreshes (OpenID Connect Core
/// §12.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authentication {
    /// When the user signed in.
    pub auth_time: Timestamp,
    /// `sid`.
    pub session: Option<String>,
    /// The claims that the client asked for by name.
    pub claims: ClaimsRequest,
}

/// A refresh token to be stored.
#[derive(Clone, Debug)]
pub struct NewRefreshToken {
    /// SHA-256 of its value.
    pub hash: SecretHash,
    /// The only client that may use it.
    pub client_id: String,
    /// The user that it acts for.
    pub user_id: i64,
    /// The grant that it belongs to.
    pub grant_id: String,
    /// The family: everything that one authorization issued.
    pub family_id: String,
    /// What was granted; never wider in a successor (RFC 6749 §6).
    pub scope: Scope,
    /// The sign-in, if a user was at the browser.
    pub authentication: Option<Authentication>,
    /// What it is bound to: all the resources of the grant, and the key of a public client.
    pub binding: Binding,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// When the whole chain expires: a successor inherits it.
    pub expires_at: Timestamp,
}

/// A stored refresh token whose grant and user are live.
#[derive(Clone, Debug)]
pub struct RefreshToken {
    /// The only client that may use it.
    pub client_id: String,
    /// The user that it acts for.
    pub user_id: i64,
    /// The grant that it belongs to.
    pub grant_id: String,
    /// The family: everything that one authorization issued.
    pub family_id: String,
    /// What was granted.
    pub scope: Scope,
    /// The sign-in, if a user was at the browser.
    pub authentication: Option<Authentication>,
    /// What it is bound to.
    pub binding: Binding,
    /// When the whole chain expires.
    pub expires_at: Timestamp,
    /// Revoked itself, or with its family.
    pub revoked: bool,
}
