//! What stands around every handler: the log, the headers, the limits, and CORS where programs of other sites call.

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
use crate::endpoints::proof::DPOP_NONCE;
use crate::respond;
use crate::state::Site;

/// Longer request targets are refused: no client of ours needs one.
const MOST_TARGET: usize = 16 * 1024;

/// The name of a request in the log, which the caller is told.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What [`cors`] adds to every answer but those to a preflight, for who answers without it.
pub const CORS: [(HeaderName, HeaderValue); 3] = [
    (header::VARY, HeaderValue::from_static("origin, access-control-request-method, access-control-request-headers")),
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    (
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("www-authenticate,retry-after,dpop-nonce,x-request-id"),
    ),
];

const FIXED: [(HeaderName, HeaderValue); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
];

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

/// What stands around every answer, in one layer, because each layer costs every request more than what it does: the caller's
/// address, the line in the log, and the headers.
pub async fn around(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let began = Began::now();
    let id = site.provider.nonce();
    let Ok(value) = HeaderValue::from_str(&id) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let sender = address::find(&site, &mut request);
    request.headers_mut().insert(REQUEST_ID, value.clone());
    let routine = is_routine(&request);
    // What a line about one of thousands says beside its id is not worth its making.
    let span = if routine { routine_span(&id, &sender) } else { span(&request, &id, &sender) };
    let seen = routine.then(|| (request.method().clone(), request.extensions().get::<MatchedPath>().cloned()));
    let mut response = match is_ahead_of_time(request.method(), request.uri(), request.headers()) {
        true => ahead_of_time(),
        false => next.run(request).instrument(span.clone()).await,
    };
    let seen = seen.as_ref().map(|(method, route)| (method, route.as_ref().map_or("", MatchedPath::as_str)));
    span.in_scope(|| note(response.status(), seen, began));
    response.headers_mut().insert(REQUEST_ID, value);
    dress(&site, response.headers_mut());
    response
}

/// Checks of tokens and of health, of which a service makes thousands a second: each with a line of its own would drown the log.
fn is_routine(request: &Request) -> bool {
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    ["/introspect", "/tokeninfo", "/health/live", "/health/ready"].iter().any(|end| route.ends_with(end))
}

/// When a request began, for the log alone: nothing is decided by it.
#[derive(Clone, Copy)]
pub struct Began(Instant);

impl Began {
    /// Now.
    #[expect(clippy::disallowed_methods, reason = "how long a request took is told to the log, and decides nothing")]
    pub fn now() -> Self {
        Self(Instant::now())
    }

    fn milliseconds(self) -> u64 {
        u64::try_from(self.0.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Whether the log tells of routine requests that went well. Where it does not, their span is worth nothing.
pub fn is_talkative() -> bool {
    tracing::enabled!(tracing::Level::DEBUG)
}

/// One line about the answer. `routine`: method and route of a request whose lines do not name them.
pub fn note(status: StatusCode, routine: Option<(&Method, &str)>, began: Began) {
    let (status_code, ms) = (status.as_u16(), began.milliseconds());
    match routine {
        Some(_) if status.is_success() => tracing::debug!(status = status_code, ms, "answered"),
        Some((method, path)) => {
            tracing::info!(%method, path, status = status_code, ms, "answered");
        }
        None => tracing::info!(status = status_code, ms, "answered"),
    }
}

/// What the lines about one of thousands of requests say of it.
pub fn routine_span(id: &str, sender: &Sender) -> tracing::Span {
    let proxy_id = sender.proxy_id.as_deref();
    tracing::info_span!("request", id, address = %sender.address, proxy_id)
}

/// What each line about a request says of it. The query is cut: it may hold what must not stand in a log.
fn span(request: &Request, id: &str, sender: &Sender) -> tracing::Span {
    let method = request.method();
    // The route, not the path, where there is one: ids in paths help nobody in a log.
    match request.extensions().get::<MatchedPath>() {
        Some(route) => route_span(method, route.as_str(), id, sender),
        None => route_span(method, &loggable(request.uri().path()), id, sender),
    }
}

/// What each line about a request of this route says of it; client and user as soon as they are known.
pub fn route_span(method: &Method, route: &str, id: &str, sender: &Sender) -> tracing::Span {
    let proxy_id = sender.proxy_id.as_deref();
    let address = sender.address;
    tracing::info_span!("request", id, %method, path = route, %address, proxy_id, client = Empty, user = Empty)
}

/// A path of bounded length in which nothing can pass for another line of the log.
fn loggable(path: &str) -> String {
    let path = oauth::problem::redacted(path);
    path.chars().take(200).map(|c| if c.is_ascii_graphic() || c == '…' { c } else { '?' }).collect()
}

/// Headers of every answer. Nothing dynamic is ever stored by a cache unless its handler says so.
pub fn dress(site: &Site, headers: &mut HeaderMap) {
    for (name, value) in FIXED {
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

/// What stands around the endpoints that programs call: 414 before anything is parsed, and a panic ends its own request and
/// nothing else, here with JSON.
pub async fn around_programs(request: Request, next: Next) -> Response {
    if is_too_long(&request) {
        return too_long();
    }
    match std::panic::AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => respond::protocol(&panicked()),
    }
}

/// What is said of a request that met a fault in this program.
pub fn panicked() -> provider::Error {
    provider::Error::Internal("a handler panicked".to_owned())
}

/// Whether a browser asks before anybody has decided to go there (Fetch: `Sec-Purpose`; `Purpose` and the others in older browsers). Pages
/// may have effects: a code, the end of a session, a message that is told once. Files have none, nor have the documents and checks that
/// the scripts of a page which is rendered beforehand ask for across origins.
pub fn is_ahead_of_time(method: &Method, uri: &Uri, headers: &HeaderMap) -> bool {
    const PURPOSE: [&str; 4] = ["sec-purpose", "purpose", "x-purpose", "x-moz"];
    const AHEAD: [&[u8]; 3] = [b"prefetch", b"prerender", b"preview"];
    let words = PURPOSE.into_iter().flat_map(|name| headers.get_all(name));
    let mut words = words.flat_map(|value| value.as_bytes().split(|byte| b",; ".contains(byte)));
    (method == Method::GET || method == Method::HEAD)
        && words.any(|word| AHEAD.iter().any(|ahead| ahead.eq_ignore_ascii_case(word)))
        && !is_without_effect(uri.path())
}

fn is_without_effect(path: &str) -> bool {
    const CHECKS: [&str; 4] = ["/jwks", "/tokeninfo", "/userinfo", "/favicon.ico"];
    let is_document = path.starts_with("/.well-known/") && !path.starts_with("/.well-known/change-password");
    let path = path.trim_end_matches('/');
    is_document
        || path.starts_with("/assets/")
        || path.starts_with("/health/")
        || CHECKS.iter().any(|end| path.ends_with(end))
}

/// An error, and not stored: whatever succeeds could be shown to who really goes there later.
fn ahead_of_time() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(header::CACHE_CONTROL, "no-store")]).into_response()
}

/// 414 before anything is parsed.
pub async fn limit_target(request: Request, next: Next) -> Response {
    if is_too_long(&request) { too_long() } else { next.run(request).await }
}

fn is_too_long(request: &Request) -> bool {
    is_too_long_a_target(request.uri())
}

/// Whether this is a target that is refused with 414.
pub fn is_too_long_a_target(uri: &Uri) -> bool {
    uri.path_and_query().is_some_and(|target| target.as_str().len() > MOST_TARGET)
}

fn too_long() -> Response {
    respond::json(StatusCode::URI_TOO_LONG, "invalid_request", "The address is longer than 16 KiB.")
}

/// A panic ends its own request and nothing else: here with a page.
pub async fn catch_panics(State(site): State<Site>, request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    match std::panic::AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => respond::page(&site, &panicked(), &headers),
    }
}

/// 405 in words; the router adds `Allow`.
pub async fn method_not_allowed() -> Response {
    respond::json(StatusCode::METHOD_NOT_ALLOWED, "invalid_request", "This address does not take that method.")
}
