//! Server functions: what an island asks the server, one for each thing that a person can do in place.
//!
//! The form's handler, which works without JavaScript, calls the same functions in the same context ([`Caller`]) and
//! renders what they answer. They check neither where a call comes from nor who sent it: the route `/ui` does that
//! before it calls them (`server/src/ui.rs`), and the form's handler does it for a form.

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
