//! Usage of tokens, as it is written.

use oauth::Timestamp;
use oauth::view::CheckEndpoint;

/// Checks of one grant's tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantUse {
    /// How many checks.
    pub uses: i64,
    /// The time of the last check.
    pub at: Timestamp,
    /// The endpoint of the last check.
    pub endpoint: CheckEndpoint,
    /// The client that made the last check.
    pub client_id: Option<String>,
}

/// A use of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenUse {
    /// The time.
    pub at: Timestamp,
    /// The address that it came from.
    pub from: Option<String>,
}
