//! `POST /oauth2/token` (RFC 6749 §3.2)

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, Method, Uri, header};
use axum::response::{IntoResponse, Response};

use super::proof;
use crate::address::ClientAddress;
use crate::form::Form;
use crate::respond;
use crate::state::Site;

/// Issues tokens. Parameters count only in the body: a query would stand in logs (§2.3.1).
pub async fn post(
    State(site): State<Site>,
    Extension(address): Extension<ClientAddress>,
    (method, uri): (Method, Uri),
    headers: HeaderMap,
    Form(params): Form,
) -> Response {
    let authorization = super::authorization(&headers);
    let proving = proof::of(&headers, &method, &uri);
    let response = match site.provider.token(authorization, &params, address.0, &proving).await {
        // `no-store` stands on every answer; here RFC 6749 §5.1 wants this one too.
        Ok(tokens) => ([(header::PRAGMA, "no-cache")], Json(tokens)).into_response(),
        Err(error) => respond::protocol(&site.provider.explain(error, authorization, &params)),
    };
    proof::with_nonce(response, &site, &proving)
}
