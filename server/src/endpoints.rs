//! The protocol's endpoints: each calls one use case and answers.

pub mod authorize;
pub mod check;
mod document;
pub mod end_session;
pub mod health;
pub mod introspect;
pub mod jwks;
pub mod metadata;
pub mod par;
pub mod proof;
pub mod revoke;
pub mod token;
pub mod tokeninfo;
pub mod userinfo;

use axum::http::{HeaderMap, header};

/// The `Authorization` header, if it is text; bytes that are none count as a header that cannot be right.
fn authorization(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap_or("Basic \u{0}"))
}
