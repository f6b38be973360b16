//! The front: what every request meets first. Checks of tokens and requests for tokens are answered here, without the layers of the
//! router, which cost several times what a check does; everything else is the router's. What is answered is what the router would answer: the
//! handlers are the same, and a test compares the two.

mod ids;

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

use self::ids::Ids;
use crate::address::Sender;
use crate::endpoints::check::{Check, Refusal};
use crate::endpoints::token;
use crate::guard::{self, Began};
use crate::respond;
use crate::state::Site;

/// The whole site. Every clone is the same.
#[derive(Clone)]
pub struct Front(Arc<Inner>);

struct Inner {
    site: Site,
    router: NormalizePath<Router>,
    ids: Ids,
    /// The headers of a check that is answered, with a place for the request's id: a copy costs less than to put them in one by one.
    headers: HeaderMap,
}

impl Front {
    /// The front of this router.
    pub fn new(site: Site, router: NormalizePath<Router>) -> Self {
        let ids = Ids::new(&site.provider.nonce());
        let headers = headers(&site);
        Self(Arc::new(Inner { site, router, ids, headers }))
    }

    /// Answers a request of this peer.
    pub async fn answer<B>(&self, request: Request<B>, peer: SocketAddr) -> Response
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<axum::BoxError>,
    {
        let (method, uri) = (request.method(), request.uri());
        if guard::is_too_long_a_target(uri) || guard::is_ahead_of_time(method, uri, request.headers()) {
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
        let (began, id) = (Began::now(), self.0.ids.next());
        let sender = Sender::of(&self.0.site, peer.ip(), &head.headers);
        let span = guard::route_span(&head.method, head.uri.path(), id.to_str().unwrap_or_default(), &sender);
        let work = async {
            let answer = token::answer(&self.0.site, &head, body, sender.address);
            let answer = AssertUnwindSafe(answer).catch_unwind().await;
            let answer = answer.unwrap_or_else(|_| respond::protocol(&guard::panicked()));
            guard::note(answer.status(), None, began);
            answer
        };
        self.dressed(work.instrument(span).await, id)
    }

    /// What the layers of the router add to an answer that is not a preflight's.
    fn dressed(&self, mut response: Response, id: HeaderValue) -> Response {
        let headers = response.headers_mut();
        headers.reserve(16);
        headers.extend(guard::CORS);
        headers.insert(guard::REQUEST_ID, id);
        guard::dress(&self.0.site, headers);
        response
    }

    async fn check<B>(&self, check: Check, request: Request<B>, peer: SocketAddr) -> Response
    where
        B: HttpBody<Data = Bytes>,
    {
        let (head, body) = request.into_parts();
        let sender = Sender::of(&self.0.site, peer.ip(), &head.headers);
        let asked = Asked { check, head, id: self.0.ids.next(), sender, began: Began::now() };
        let told = AssertUnwindSafe(self.told(&asked, body)).catch_unwind().await;
        match told.unwrap_or_else(|_| Err(guard::panicked().into())) {
            Ok(answer) => self.tell(answer, asked),
            Err(refusal) => self.refuse(&refusal, asked),
        }
    }

    async fn told<B>(&self, asked: &Asked, body: B) -> Result<Bytes, Refusal>
    where
        B: HttpBody<Data = Bytes>,
    {
        let Asked { check, head, sender, .. } = asked;
        let span = if guard::is_talkative() { asked.span() } else { Span::none() };
        let params = check.params(head, body).instrument(span.clone()).await?;
        let answer = check.answer(&self.0.site, head, &params, sender.address);
        if span.is_none() { lately(answer, || asked.span()).await } else { answer.instrument(span).await }
    }

    fn tell(&self, answer: Bytes, asked: Asked) -> Response {
        if guard::is_talkative() {
            asked.span().in_scope(|| asked.note(StatusCode::OK));
        }
        let mut response = Response::new(Body::from(answer));
        *response.headers_mut() = self.0.headers.clone();
        response.headers_mut().insert(guard::REQUEST_ID, asked.id);
        response
    }

    fn refuse(&self, refusal: &Refusal, asked: Asked) -> Response {
        let response = asked.span().in_scope(|| {
            let response = asked.check.refuse(refusal);
            asked.note(response.status());
            response
        });
        self.dressed(response, asked.id)
    }
}

/// A check that is asked for.
struct Asked {
    check: Check,
    head: Parts,
    id: HeaderValue,
    sender: Sender,
    began: Began,
}

impl Asked {
    fn span(&self) -> Span {
        guard::routine_span(self.id.to_str().unwrap_or_default(), &self.sender)
    }

    fn note(&self, status: StatusCode) {
        guard::note(status, Some((&self.head.method, self.head.uri.path())), self.began);
    }
}

/// The same headers, in the same order, as an answer of the router gets layer by layer.
fn headers(site: &Site) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(16);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.extend(guard::CORS);
    headers.insert(guard::REQUEST_ID, HeaderValue::from_static("-"));
    guard::dress(site, &mut headers);
    headers
}

/// Does the work within a span that is made only when the work has to wait: what is told from memory has nothing to say.
async fn lately<F: Future>(work: F, span: impl FnOnce() -> Span) -> F::Output {
    let mut work = pin!(work);
    match poll_fn(|context| Poll::Ready(work.as_mut().poll(context))).await {
        Poll::Ready(output) => output,
        Poll::Pending => work.instrument(span()).await,
    }
}
