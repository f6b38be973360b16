//! Server functions: the calls that islands make, one for each action of a person.
//!
//! The handler of the plain form, which works without JavaScript, calls the same function in the
//! same context ([`Caller`]) and renders its answer. The functions check neither CSRF nor who sends
//! the call: the route `/ui` does both before it calls them (`server/src/ui.rs`), and the handler
//! of a form does both for a form.

#[cfg(any(feature = "ssr", feature = "account"))]
pub mod account;
#[cfg(any(feature = "ssr", feature = "developer"))]
pub mod applications;
#[cfg(feature = "ssr")]
mod caller;
#[cfg(any(feature = "ssr", feature = "calls"))]
mod client;
#[cfg(any(feature = "ssr", feature = "account"))]
pub mod connections;
mod error;
#[cfg(any(feature = "ssr", feature = "account"))]
pub mod sessions;
#[cfg(any(feature = "ssr", feature = "account"))]
pub mod tokens;
#[cfg(feature = "ssr")]
mod translator;

#[cfg(feature = "ssr")]
pub use caller::Caller;
#[cfg(any(feature = "ssr", feature = "calls"))]
pub use client::ApiClient;
pub use error::{ApiError, ApiErrorKind, ErrorLink};
#[cfg(feature = "ssr")]
pub(crate) use translator::Translator;
