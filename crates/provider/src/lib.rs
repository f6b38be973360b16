//! The use cases of the authorization server over its store: the only crate with SQL.
//!
//! Each use case reads the clock once, loads rows, decides in a pure function of crate `oauth`, and
//! ends with one write whose first statement is the gate. Secrets are in clear only from their
//! generation to the response.

pub mod authorize;
pub mod clients;
pub mod clock;
pub mod connections;
pub mod dpop;
pub mod entropy;
pub mod error;
pub mod fetch;
mod grant_usage;
pub mod health;
pub mod introspect;
pub mod key;
pub mod logout;
pub mod metadata;
pub mod passwords;
pub mod permanent_tokens;
pub mod problems;
pub mod provider;
mod rate_limit;
pub mod revoke;
pub mod scopes;
pub mod services;
pub mod sessions;
pub mod settings;
pub mod setup;
mod sid;
pub mod sign_in;
pub mod signed_in;
pub mod signing;
mod store;
pub mod sweep;
pub mod token;
mod usage;
pub mod userinfo;
pub mod users;

pub use crate::store::records::User;
pub use clock::Clock;
pub use entropy::Entropy;
pub use error::Error;
pub use fetch::Fetch;
pub use key::SecretKey;
pub use provider::{Dependencies, Provider};
pub use settings::{PasswordGrant, Settings};
pub use store::Store;
pub use store::backup::{Backup, NotRestorable};
pub use store::copy::{CopiedTable, CopyError, CopySource, Side};
pub use store::identity::KeyFit;
pub use store::obstacle::{Obstacle, Obstructed};
pub use store::open::Location;
