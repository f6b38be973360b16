//! `GET /oauth2/jwks` (RFC 7517 §5): the public keys by which clients verify what is signed here.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::document;
use crate::respond;
use crate::state::Site;

/// The active keys, the next ones, and retired ones while a token that they signed can be valid.
pub async fn get(State(site): State<Site>, headers: HeaderMap) -> Response {
    match site.provider.public_keys().await {
        Ok(keys) => document::answer(&keys.to_json(), &headers),
        Err(error) => respond::protocol(&error),
    }
}
