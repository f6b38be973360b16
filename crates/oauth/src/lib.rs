//! The OAuth 2 and OpenID Connect protocol rules as pure functions: values in, `Result` out.
//!
//! No clock, randomness, async or I/O, so the same rules run on the server and in the browser. Each
//! module is a part of the specifications: [`authorization`] and [`callback`] are the authorization
//! endpoint (RFC 6749 §4.1), [`token`], [`code`] and [`credentials`] (client authentication) the
//! token endpoint (RFC 6749 §3.2), [`introspection`] RFC 7662, [`bearer`] RFC 6750, [`pkce`] RFC
//! 7636, [`metadata`] RFC 8414; [`problem`] explains errors behind `error_uri`. [`form`], [`view`]
//! and [`answer`] are shared by the pages; [`message`] is i18n.
//!
//! [`jose`] is signed tokens and keys, [`oidc`] OpenID Connect. Extensions: [`client_assertion`]
//! RFC 7523, [`request_object`] RFC 9101, [`par`] RFC 9126, [`resource`] RFC 8707,
//! [`access_token_jwt`] RFC 9068, [`dpop`] RFC 9449, [`binding`] RFC 8707 and RFC 9449 for a token,
//! [`registration`] the metadata of a client.

pub mod access_token_jwt;
pub mod answer;
pub mod authorization;
pub mod bearer;
pub mod binding;
pub mod callback;
pub mod client;
pub mod client_assertion;
pub mod code;
pub mod credentials;
pub mod device;
pub mod dpop;
pub mod error;
#[cfg(test)]
mod fixture;
pub mod form;
pub mod hex;
pub mod introspection;
pub mod jose;
pub mod message;
pub mod metadata;
pub mod oidc;
#[cfg(feature = "openapi")]
pub mod openapi;
pub mod par;
pub mod params;
mod percent;
pub mod pkce;
pub mod problem;
pub mod profile;
pub mod redirect_uri;
pub mod registration;
pub mod request_object;
pub mod resource;
pub mod response_mode;
pub mod risk;
pub mod scope;
pub mod secret;
pub mod spelling;
pub mod time;
pub mod token;
pub mod user;
pub mod view;

pub use authorization::{AuthorizationRequest, Prompt};
pub use bearer::BearerError;
pub use binding::Binding;
pub use callback::{Callback, CallbackError};
pub use client::{Client, ClientKind, GrantType};
pub use code::AuthorizationCode;
pub use credentials::Credentials;
pub use error::{Error, ErrorCode};
pub use introspection::{Introspection, TokenInfo};
pub use message::Message;
pub use metadata::Metadata;
pub use params::Params;
pub use pkce::{CodeChallenge, PkceRule};
pub use profile::Profile;
pub use registration::Registration;
pub use resource::Resources;
pub use response_mode::ResponseMode;
pub use risk::Risk;
pub use scope::Scope;
pub use secret::{Prefix, Secret, SecretHash};
pub use time::{SKEW, Timestamp};
pub use token::{CodeExchange, TokenRequest, TokenResponse};
pub use user::{Access, Rights};
