//! `POST /oauth2/par` (RFC 9126)

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use super::proof;
use crate::form::Form;
use crate::respond;
use crate::state::Site;

/// Takes an authorization request from the client itself.
pub async fn post(
    State(site): State<Site>,
    (method, uri): (Method, Uri),
    headers: HeaderMap,
    Form(params): Form,
) -> Response {
    let authorization = super::authorization(&headers);
    let proving = proof::of(&headers, &method, &uri);
    let response = match site.provider.push(authorization, &params, &proving).await {
        Ok(pushed) => (StatusCode::CREATED, Json(pushed)).into_response(),
        Err(error) => respond::protocol(&site.provider.explain(error, authorization, &params)),
    };
    proof::with_nonce(response, &site, &proving)
}
