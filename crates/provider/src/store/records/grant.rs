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

/// A grant that is remembered.
#[derive(Clone, Debug)]
pub struct CachedGrant {
    /// By whom and for whom: [`CachedGrant::key`].
    pub key: String,
    /// What was allowed.
    pub grant: Grant,
}

impl CachedGrant {
    /// What a grant of this person for this client is remembered by, and is touched by where it changes.
    pub fn key(user_id: i64, client_id: &str) -> String {
        format!("{user_id} {client_id}")
    }
}
