//! Usage of tokens as it is written.

use oauth::Timestamp;
use oauth::view::CheckEndpoint;

/// What one grant's tokens were checked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantUse {
    /// How often.
    pub uses: i64,
    /// When last.
    pub at: Timestamp,
    /// Where that was.
    pub endpoint: CheckEndpoint,
    /// The client that asked then.
    pub client_id: Option<String>,
}

/// A use of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenUse {
    /// When.
    pub at: Timestamp,
    /// The address that it came from.
    pub from: Option<String>,
}
