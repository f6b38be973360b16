//! `POST /oauth2/par` (RFC 9126)

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use super::dpop;
use crate::address::ClientAddress;
use crate::form::Form;
use crate::respond;
use crate::state::Site;

/// Stores an authorization request that the client pushes.
pub async fn post(
    State(site): State<Site>,
    Extension(from): Extension<ClientAddress>,
    uri: Uri,
    headers: HeaderMap,
    Form(params): Form,
) -> Response {
    let authorization = super::authorization(&headers);
    let dpop_request = dpop::of(&headers, &Method::POST, &uri);
    let response = match site.provider.push(authorization, &params, &dpop_request, from.0).await {
        Ok(pushed) => (StatusCode::CREATED, Json(pushed)).into_response(),
        Err(error) => respond::protocol(&site.provider.explain(error, authorization, &params)),
    };
    dpop::with_nonce(response, &site, &dpop_request)
}
