//! `POST /oauth2/par` (RFC 9126)

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use super::proof;
use crate::address::ClientAddress;
use crate::form::Form;
use crate::respond;
use crate::state::Site;

/// Takes an authorization request from the client itself.
pub async fn post(
    State(site): State<Site>,
    Extension(from): Extension<ClientAddress>,
    (method, uri): (Method, Uri),
    headers: HeaderMap,
    Form(params): Form,
) -> Response {
    let authorization = super::authorization(&headers);
    let dpop = proof::of(&headers, &method, &uri);
    let response = match site.provider.push(authorization, &params, &dpop, from.0).await {
        Ok(pushed) => (StatusCode::CREATED, Json(pushed)).into_response(),
        Err(error) => respond::protocol(&site.provider.explain(error, authorization, &params)),
    };
    proof::with_nonce(response, &site, &dpop)
}
