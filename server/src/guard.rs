//! What stands around every handler: the log, the headers, the limits, and CORS where programs of other sites call.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use tower_http::cors::{Any, CorsLayer};
use tracing::Instrument;

use crate::endpoints::proof::DPOP_NONCE;
use crate::respond;
use crate::state::Site;

/// Longer request targets are refused: no client of ours needs one.
const MOST_TARGET: usize = 16 * 1024;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Any origin, no credentials: these endpoints take no cookies. `X-Requested-With` is what Swagger UI always sends.
pub fn cors() -> CorsLayer {
    let headers = ["authorization", "content-type", "accept", "x-requested-with", "dpop", "mcp-protocol-version"];
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers(headers.map(HeaderName::from_static))
        .expose_headers([header::WWW_AUTHENTICATE, header::RETRY_AFTER, DPOP_NONCE, REQUEST_ID])
        .max_age(std::time::Duration::from_secs(600))
}

/// Gives each request an id and writes one line about it. The query is cut: it may hold what must not stand in a log.
pub async fn trace(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let id = site.provider.nonce();
    let Ok(value) = HeaderValue::from_str(&id) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    request.headers_mut().insert(REQUEST_ID, value.clone());
    let method = request.method().clone();
    // The route, not the path, where there is one: ids in paths help nobody in a log.
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| request.uri().path().to_owned(), |path| path.as_str().to_owned());
    let span = tracing::info_span!("request", id, %method, path = loggable(&path));
    async move {
        let mut response = next.run(request).await;
        tracing::info!(status = response.status().as_u16(), "answered");
        response.headers_mut().insert(REQUEST_ID, value);
        response
    }
    .instrument(span)
    .await
}

/// A path of bounded length in which nothing can pass for another line of the log.
fn loggable(path: &str) -> String {
    path.chars().take(200).map(|c| if c.is_ascii_graphic() { c } else { '?' }).collect()
}

/// Headers of every answer. Nothing dynamic is ever stored by a cache unless its handler says so.
pub async fn headers(State(site): State<Site>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    if site.secure() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}

/// 414 before anything is parsed.
pub async fn limit_target(request: Request, next: Next) -> Response {
    let length = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    if length > MOST_TARGET {
        return respond::json(StatusCode::URI_TOO_LONG, "invalid_request", "The address is longer than 16 KiB.");
    }
    next.run(request).await
}

/// A panic ends its own request and nothing else: here with JSON.
pub async fn catch_panics_of_programs(request: Request, next: Next) -> Response {
    match std::panic::AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => respond::protocol(&provider::Error::Internal("a handler panicked".to_owned())),
    }
}

/// A panic ends its own request and nothing else: here with a page.
pub async fn catch_panics(State(site): State<Site>, request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    match std::panic::AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => respond::page(&site, &provider::Error::Internal("a handler panicked".to_owned()), &headers),
    }
}

/// 405 in words; the router adds `Allow`.
pub async fn method_not_allowed() -> Response {
    respond::json(StatusCode::METHOD_NOT_ALLOWED, "invalid_request", "This address does not take that method.")
}
