//! `POST /oauth2/token` (RFC 6749 §3.2)

use std::net::IpAddr;

use axum::Json;
use axum::body::{Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{Method, header};
use axum::response::{IntoResponse, Response};

use super::dpop;
use crate::address::ClientAddress;
use crate::form;
use crate::respond;
use crate::state::Site;

/// Whether the fast path answers this method and path; one with a trailing slash is left to the
/// router.
pub fn is_at(method: &Method, path: &str) -> bool {
    method == Method::POST && matches!(path, "/oauth2/token" | "/oauth/token")
}

/// Handles a request that came by the router.
pub async fn post(State(site): State<Site>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let from = ClientAddress::of(&head).0;
    answer(&site, &head, body, from).await
}

/// Issues tokens. Parameters in the query are ignored, since URIs are logged (RFC 6749 §2.3.1).
pub async fn answer<B>(site: &Site, head: &Parts, body: B, from: IpAddr) -> Response
where
    B: HttpBody<Data = Bytes>,
{
    let params = match form::params(&head.headers, body).await {
        Ok(params) => params,
        Err(error) => return error.response(),
    };
    let authorization = super::authorization(&head.headers);
    let dpop_request = dpop::of(&head.headers, &head.method, &head.uri);
    let response = match site.provider.token(authorization, &params, from, &dpop_request).await {
        // RFC 6749 §5.1 requires it beside `Cache-Control: no-store`, which every response has.
        Ok(tokens) => ([(header::PRAGMA, "no-cache")], Json(tokens)).into_response(),
        Err(error) => respond::protocol(&site.provider.explain(error, authorization, &params)),
    };
    dpop::with_nonce(response, site, &dpop_request)
}
