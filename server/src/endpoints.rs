//! The protocol endpoints: each parses a request, calls one use case (which does the client
//! authentication) and makes the response.

pub mod authorize;
pub mod check;
mod document;
pub mod dpop;
pub mod end_session;
pub mod health;
pub mod introspect;
pub mod jwks;
pub mod metadata;
pub mod par;
pub mod revoke;
pub mod token;
pub mod tokeninfo;
pub mod userinfo;

use axum::http::{HeaderMap, header};

/// The `Authorization` header; one with bytes that are no text becomes an invalid one.
fn authorization(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap_or("Basic \u{0}"))
}
