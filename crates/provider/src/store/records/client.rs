//! Clients as they are cached.

use oauth::{Client, Timestamp};

/// A client with the hashes of its secrets.
#[derive(Clone, Debug)]
pub struct CachedClient {
    /// The client.
    pub client: Client,
    /// Hashes of its secrets, each with the time at which it expires.
    pub secrets: Vec<(String, Option<Timestamp>)>,
}
