//! Grants as rows: what a user allowed a client.

use oauth::Scope;

/// A live grant.
#[derive(Clone, Debug)]
pub struct Grant {
    /// Its id.
    pub id: String,
    /// Everything that the user allowed so far.
    pub scope: Scope,
}

/// A grant as it is cached.
#[derive(Clone, Debug)]
pub struct CachedGrant {
    /// The cache key, of user and client: [`CachedGrant::key`].
    pub key: String,
    /// What was allowed.
    pub grant: Grant,
}

impl CachedGrant {
    /// The cache key of this user's grant for this client; a change of the grant invalidates it.
    pub fn key(user_id: i64, client_id: &str) -> String {
        format!("{user_id} {client_id}")
    }
}
