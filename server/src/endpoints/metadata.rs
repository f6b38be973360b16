//! `GET /.well-known/oauth-authorization-server` (RFC 8414), and the same under OpenID Connect's
//! name.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::document;
use crate::respond;
use crate::state::Site;

/// The server's metadata.
pub async fn get(State(site): State<Site>, headers: HeaderMap) -> Response {
    match site.provider.metadata().await {
        Ok(metadata) => document::answer(&metadata, &headers),
        Err(error) => respond::protocol(&error),
    }
}

/// 404 as JSON for any other path under `/.well-known` (RFC 8615).
pub async fn missing() -> Response {
    respond::json(StatusCode::NOT_FOUND, "invalid_request", "There is no such document here.")
}
