//! The fast path in front of the router: introspection, tokeninfo and the token endpoint are
//! answered without the router's middleware, which costs several times what a token check does;
//! every other request goes to the router. Both call the same handlers, and a test compares the
//! bytes of their responses.

mod request_id;

use std::future::poll_fn;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use axum::response::Response;
use futures_util::FutureExt;
use tower::ServiceExt;
use tower_http::normalize_path::NormalizePath;
use tracing::{Instrument, Span};

use self::request_id::RequestIds;
use crate::address::Sender;
use crate::endpoints::check::{Check, Refusal};
use crate::endpoints::token;
use crate::header::REQUEST_ID;
use crate::middleware::{self, Started};
use crate::respond;
use crate::state::Site;

/// The whole site as one service. Clones share it.
#[derive(Clone)]
pub struct FastPath(Arc<Inner>);

struct Inner {
    site: Site,
    router: NormalizePath<Router>,
    request_ids: RequestIds,
    /// The headers of a successful check, with a placeholder for the request's id: cloning the map
    /// is cheaper than inserting each.
    headers: HeaderMap,
}

impl FastPath {
    /// The fast path of this router.
    pub fn new(site: Site, router: NormalizePath<Router>) -> Self {
        let request_ids = RequestIds::new(&site.provider.nonce());
        let headers = headers(&site);
        Self(Arc::new(Inner { site, router, request_ids, headers }))
    }

    /// Answers a request, by the fast path or by the router.
    pub async fn answer<B>(&self, request: Request<B>, peer: SocketAddr) -> Response
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<axum::BoxError>,
    {
        let (method, uri) = (request.method(), request.uri());
        if middleware::is_target_too_long(uri) || middleware::is_prefetch(method, uri, request.headers()) {
            return self.route(request.map(Body::new), peer).await;
        }
        match Check::at(method, uri.path()) {
            Some(check) => self.check(check, request, peer).await,
            None if token::is_at(method, uri.path()) => self.token(request, peer).await,
            None => self.route(request.map(Body::new), peer).await,
        }
    }

    async fn route(&self, mut request: Request<Body>, peer: SocketAddr) -> Response {
        request.extensions_mut().insert(ConnectInfo(peer));
        match self.0.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        }
    }

    async fn token<B>(&self, request: Request<B>, peer: SocketAddr) -> Response
    where
        B: HttpBody<Data = Bytes>,
    {
        let (head, body) = request.into_parts();
        let (started, id) = (Started::now(), self.0.request_ids.next());
        let sender = Sender::of(&self.0.site, peer.ip(), &head.headers);
        let span = middleware::route_span(&head.method, head.uri.path(), id.to_str().unwrap_or_default(), &sender);
        let work = async {
            let answer = token::answer(&self.0.site, &head, body, sender.address);
            let answer = AssertUnwindSafe(answer).catch_unwind().await;
            let answer = answer.unwrap_or_else(|_| respond::protocol(&middleware::panicked()));
            middleware::log_response(answer.status(), None, started);
            answer
        };
        self.with_response_headers(work.instrument(span).await, id)
    }

    /// Adds what the router's middleware adds to every response but a preflight's: CORS, request id
    /// and security headers.
    fn with_response_headers(&self, mut response: Response, id: HeaderValue) -> Response {
        let headers = response.headers_mut();
        headers.reserve(16);
        headers.extend(middleware::CORS);
        headers.insert(REQUEST_ID, id);
        middleware::security_headers(&self.0.site, headers);
        response
    }

    async fn check<B>(&self, check: Check, request: Request<B>, peer: SocketAddr) -> Response
    where
        B: HttpBody<Data = Bytes>,
    {
        let (head, body) = request.into_parts();
        let sender = Sender::of(&self.0.site, peer.ip(), &head.headers);
        let pending = PendingCheck { check, head, id: self.0.request_ids.next(), sender, started: Started::now() };
        let checked = AssertUnwindSafe(self.checked(&pending, body)).catch_unwind().await;
        match checked.unwrap_or_else(|_| Err(middleware::panicked().into())) {
            Ok(answer) => self.respond(answer, pending),
            Err(refusal) => self.refuse(&refusal, pending),
        }
    }

    async fn checked<B>(&self, pending: &PendingCheck, body: B) -> Result<Bytes, Refusal>
    where
        B: HttpBody<Data = Bytes>,
    {
        let PendingCheck { check, head, sender, .. } = pending;
        let span = if middleware::logs_routine_requests() { pending.span() } else { Span::none() };
        let params = check.params(head, body).instrument(span.clone()).await?;
        let answer = check.answer(&self.0.site, head, &params, sender.address);
        if span.is_none() { with_lazy_span(answer, || pending.span()).await } else { answer.instrument(span).await }
    }

    fn respond(&self, answer: Bytes, pending: PendingCheck) -> Response {
        if middleware::logs_routine_requests() {
            pending.span().in_scope(|| pending.log_response(StatusCode::OK));
        }
        let mut response = Response::new(Body::from(answer));
        *response.headers_mut() = self.0.headers.clone();
        response.headers_mut().insert(REQUEST_ID, pending.id);
        response
    }

    fn refuse(&self, refusal: &Refusal, pending: PendingCheck) -> Response {
        let response = pending.span().in_scope(|| {
            let response = pending.check.refuse(refusal);
            pending.log_response(response.status());
            response
        });
        self.with_response_headers(response, pending.id)
    }
}

/// A token check under way.
struct PendingCheck {
    check: Check,
    head: Parts,
    id: HeaderValue,
    sender: Sender,
    started: Started,
}

impl PendingCheck {
    fn span(&self) -> Span {
        middleware::routine_span(self.id.to_str().unwrap_or_default(), &self.sender)
    }

    fn log_response(&self, status: StatusCode) {
        middleware::log_response(status, Some((&self.head.method, self.head.uri.path())), self.started);
    }
}

/// The same headers, in the same order, as the router's middleware adds layer by layer.
fn headers(site: &Site) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(16);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.extend(middleware::CORS);
    headers.insert(REQUEST_ID, HeaderValue::from_static("-"));
    middleware::security_headers(site, &mut headers);
    headers
}

/// Runs the future inside a span that is made only if it is pending at first: an answer from the
/// cache logs nothing, and needs none.
async fn with_lazy_span<F: Future>(work: F, span: impl FnOnce() -> Span) -> F::Output {
    let mut work = pin!(work);
    match poll_fn(|context| Poll::Ready(work.as_mut().poll(context))).await {
        Poll::Ready(output) => output,
        Poll::Pending => work.instrument(span()).await,
    }
}
