//! Middleware: the request layer (request id, log line, security headers), CORS, limits of the
//! request target, and panics as responses.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use tower_http::cors::{Any, CorsLayer};
use tracing::Instrument;
use tracing::field::Empty;

use crate::address::{self, Sender};
use crate::header::{DPOP_NONCE, REQUEST_ID};
use crate::respond;
use crate::state::Site;

/// The longest request target, in bytes; longer ones are refused with 414.
const MAX_TARGET: usize = 16 * 1024;

/// What [`cors`] adds to every response but a preflight's, for the fast path, which has no layers.
pub const CORS: [(HeaderName, HeaderValue); 3] = [
    (header::VARY, HeaderValue::from_static("origin, access-control-request-method, access-control-request-headers")),
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    (
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("www-authenticate,retry-after,dpop-nonce,x-request-id"),
    ),
];

/// Security headers with a constant value, on every response.
const SECURITY_HEADERS: [(HeaderName, HeaderValue); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
];

/// The CORS layer: any origin, no credentials, since these endpoints take no cookies.
/// `X-Requested-With` is what Swagger UI always sends.
pub fn cors() -> CorsLayer {
    let headers = ["authorization", "content-type", "accept", "x-requested-with", "dpop", "mcp-protocol-version"];
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers(headers.map(HeaderName::from_static))
        .expose_headers([header::WWW_AUTHENTICATE, header::RETRY_AFTER, DPOP_NONCE, REQUEST_ID])
        .max_age(std::time::Duration::from_secs(600))
}

/// The request layer, around every handler: the client's address, the request id, the log line and
/// the security headers. One middleware for all of them, because each layer costs every request
/// more than what it does.
pub async fn request_layer(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let started = Started::now();
    let id = site.provider.nonce();
    let Ok(value) = HeaderValue::from_str(&id) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let sender = address::attach_address(&site, &mut request);
    request.headers_mut().insert(REQUEST_ID, value.clone());
    let routine = is_routine(&request);
    // The span of a routine request has few fields: making the others would cost more than they
    // tell.
    let span = if routine { routine_span(&id, &sender) } else { span(&request, &id, &sender) };
    let routine_route = routine.then(|| (request.method().clone(), request.extensions().get::<MatchedPath>().cloned()));
    let mut response = match is_prefetch(request.method(), request.uri(), request.headers()) {
        true => prefetch_refused(),
        false => next.run(request).instrument(span.clone()).await,
    };
    let routine_route =
        routine_route.as_ref().map(|(method, route)| (method, route.as_ref().map_or("", MatchedPath::as_str)));
    span.in_scope(|| log_response(response.status(), routine_route, started));
    response.headers_mut().insert(REQUEST_ID, value);
    security_headers(&site, response.headers_mut());
    response
}

/// Token and health checks, of which a service makes thousands a second: logged at debug level when
/// they succeed.
fn is_routine(request: &Request) -> bool {
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    ["/introspect", "/tokeninfo", "/health/live", "/health/ready"].iter().any(|end| route.ends_with(end))
}

/// When a request began, for the duration in the log; no decision depends on it.
#[derive(Clone, Copy)]
pub struct Started(Instant);

impl Started {
    /// Now.
    #[expect(clippy::disallowed_methods, reason = "how long a request took is told to the log, and decides nothing")]
    pub fn now() -> Self {
        Self(Instant::now())
    }

    fn milliseconds(self) -> u64 {
        u64::try_from(self.0.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Whether successful routine requests are logged. Where they are not, no span is made for them.
pub fn logs_routine_requests() -> bool {
    tracing::enabled!(tracing::Level::DEBUG)
}

/// Logs the response. `routine`: method and route of a routine request, whose span does not have
/// them.
pub fn log_response(status: StatusCode, routine: Option<(&Method, &str)>, started: Started) {
    let (status_code, ms) = (status.as_u16(), started.milliseconds());
    match routine {
        Some(_) if status.is_success() => tracing::debug!(status = status_code, ms, "answered"),
        Some((method, path)) => {
            tracing::info!(%method, path, status = status_code, ms, "answered");
        }
        None => tracing::info!(status = status_code, ms, "answered"),
    }
}

/// The log span of a routine request.
pub fn routine_span(id: &str, sender: &Sender) -> tracing::Span {
    let proxy_id = sender.proxy_id.as_deref();
    tracing::info_span!("request", id, address = %sender.address, proxy_id)
}

/// The log span of a request, without its query, which may hold secrets.
fn span(request: &Request, id: &str, sender: &Sender) -> tracing::Span {
    let method = request.method();
    // The route rather than the path, where there is one, so that lines can be grouped.
    match request.extensions().get::<MatchedPath>() {
        Some(route) => route_span(method, route.as_str(), id, sender),
        None => route_span(method, &loggable(request.uri().path()), id, sender),
    }
}

/// The log span of a request to this route; client and user are recorded as soon as they are known.
pub fn route_span(method: &Method, route: &str, id: &str, sender: &Sender) -> tracing::Span {
    let proxy_id = sender.proxy_id.as_deref();
    let address = sender.address;
    tracing::info_span!("request", id, %method, path = route, %address, proxy_id, client = Empty, user = Empty)
}

/// The path for the log, of bounded length, without control characters (log injection) and without
/// secrets.
fn loggable(path: &str) -> String {
    let path = oauth::problem::redacted(path);
    path.chars().take(200).map(|c| if c.is_ascii_graphic() || c == '…' { c } else { '?' }).collect()
}

/// The security headers of every response. `Cache-Control: no-store` unless the handler has set
/// another value.
pub fn security_headers(site: &Site, headers: &mut HeaderMap) {
    for (name, value) in SECURITY_HEADERS {
        headers.insert(name, value);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    if site.secure() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
}

/// Middleware of the endpoints that programs call: 414 before anything is parsed, and a panic
/// becomes a JSON error of its own request.
pub async fn program_layer(request: Request, next: Next) -> Response {
    if is_too_long(&request) {
        return too_long();
    }
    match std::panic::AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => respond::protocol(&panicked()),
    }
}

/// The error of a request whose handler panicked.
pub fn panicked() -> provider::Error {
    provider::Error::Internal("a handler panicked".to_owned())
}

/// Whether this is a prefetch or prerender (`Sec-Purpose` of the Fetch standard; `Purpose` and the
/// others in older browsers) of an address that may have effects: a code, the end of a session, a
/// flash message. Files have none, nor have the documents and checks that scripts of a prerendered
/// page fetch across origins.
pub fn is_prefetch(method: &Method, uri: &Uri, headers: &HeaderMap) -> bool {
    const PURPOSE: [&str; 4] = ["sec-purpose", "purpose", "x-purpose", "x-moz"];
    const PUBLISH_AHEAD: [&[u8]; 3] = [b"prefetch", b"prerender", b"preview"];
    let words = PURPOSE.into_iter().flat_map(|name| headers.get_all(name));
    let mut words = words.flat_map(|value| value.as_bytes().split(|byte| b",; ".contains(byte)));
    (method == Method::GET || method == Method::HEAD)
        && words.any(|word| PUBLISH_AHEAD.iter().any(|ahead| ahead.eq_ignore_ascii_case(word)))
        && !is_safe_to_prefetch(uri.path())
}

fn is_safe_to_prefetch(path: &str) -> bool {
    const CHECKS: [&str; 4] = ["/jwks", "/tokeninfo", "/userinfo", "/favicon.ico"];
    let is_document = path.starts_with("/.well-known/") && !path.starts_with("/.well-known/change-password");
    let path = path.trim_end_matches('/');
    is_document
        || path.starts_with("/assets/")
        || path.starts_with("/health/")
        || CHECKS.iter().any(|end| path.ends_with(end))
}

/// An error that is not stored: a success could be shown later to the person who does navigate
/// there.
fn prefetch_refused() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(header::CACHE_CONTROL, "no-store")]).into_response()
}

/// 414 before anything is parsed.
pub async fn limit_target(request: Request, next: Next) -> Response {
    if is_too_long(&request) { too_long() } else { next.run(request).await }
}

fn is_too_long(request: &Request) -> bool {
    is_target_too_long(request.uri())
}

/// Whether this is a target that is refused with 414.
pub fn is_target_too_long(uri: &Uri) -> bool {
    uri.path_and_query().is_some_and(|target| target.as_str().len() > MAX_TARGET)
}

fn too_long() -> Response {
    respond::json(StatusCode::URI_TOO_LONG, "invalid_request", "The address is longer than 16 KiB.")
}

/// Middleware: a panic becomes an error page of its own request.
pub async fn catch_panics(State(site): State<Site>, request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    match std::panic::AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => respond::page(&site, &panicked(), &headers),
    }
}

/// 405 with a description; the router adds `Allow`.
pub async fn method_not_allowed() -> Response {
    respond::json(StatusCode::METHOD_NOT_ALLOWED, "invalid_request", "This address does not take that method.")
}
