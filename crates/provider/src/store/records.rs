//! Rows as values: the part of the store without SQL or connections.

mod access_token;
mod client;
mod grant;
mod refresh_token;
mod scope;
mod session;
mod usage;
mod user;

pub use self::access_token::{LastUse, LiveToken, NewAccessToken, TokenUser};
pub use self::client::CachedClient;
pub use self::grant::{CachedGrant, Grant};
pub use self::refresh_token::{Authentication, NewRefreshToken, RefreshToken};
pub use self::scope::{ScopeRow, ScopeText};
pub use self::session::Session;
pub use self::usage::{GrantUse, TokenUse};
pub use self::user::{Proof, User};
