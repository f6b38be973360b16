//! `POST /oauth2/par` (RFC 9126)

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::form::Form;
use crate::respond;
use crate::state::Site;

/// Takes an authorization request from the client itself.
pub async fn post(State(site): State<Site>, headers: HeaderMap, Form(params): Form) -> Response {
    let authorization = super::authorization(&headers);
    match site.provider.push(authorization, &params).await {
        Ok(pushed) => (StatusCode::CREATED, Json(pushed)).into_response(),
        Err(error) => respond::protocol(&site.provider.explain(error, authorization, &params)),
    }
}
