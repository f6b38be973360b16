//! Every response of the fast path is byte for byte what the router would have answered.

mod requests;

use std::convert::Infallible;
use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::response::Response;
use futures_util::stream::poll_fn;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use server::FastPath;
use server::state::{Edge, Site};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tower::ServiceExt;
use tower_http::normalize_path::NormalizePath;

use self::requests::{FORM, basic, introspections, raw, token_infos, tokens};
use crate::harness::{Log, MACHINE, Test};

const PEER: ([u8; 4], u16) = ([192, 0, 2, 7], 40_000);

/// The same server with and without the fast path.
#[derive(Clone)]
struct Sides {
    fast_path: FastPath,
    router: NormalizePath<Router>,
}

impl Sides {
    fn of(test: &Test) -> Self {
        let site = Site::new(test.provider.clone(), Edge::default());
        Self { fast_path: server::service(site.clone()), router: server::routed(site) }
    }

    async fn by_fast_path(self, request: hyper::Request<Incoming>) -> Result<Response, Infallible> {
        Ok(self.fast_path.answer(request, SocketAddr::from(PEER)).await)
    }

    async fn by_router(self, request: hyper::Request<Incoming>) -> Result<Response, Infallible> {
        routed(self.router, request.map(Body::new)).await
    }
}

async fn routed(router: NormalizePath<Router>, mut request: Request) -> Result<Response, Infallible> {
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(PEER)));
    router.oneshot(request).await
}

/// Sends these bytes; the response's status line, its headers sorted and without those that always
/// differ, and its body.
async fn exchange<A>(bytes: &[u8], answer: impl Fn(hyper::Request<Incoming>) -> A) -> Vec<String>
where
    A: Future<Output = Result<Response, Infallible>>,
{
    let (mut client, server) = tokio::io::duplex(1 << 20);
    client.write_all(bytes).await.unwrap();
    http1::Builder::new().serve_connection(TokioIo::new(server), service_fn(answer)).await.unwrap();
    let mut text = String::new();
    client.read_to_string(&mut text).await.unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines = head.split("\r\n").map(str::to_owned);
    let first = lines.next().unwrap();
    let mut headers: Vec<String> = lines.filter(|line| !line.starts_with("date:")).map(without_id).collect();
    headers.sort();
    [vec![first], headers, vec![body.to_owned()]].concat()
}

fn without_id(line: String) -> String {
    match line.strip_prefix("x-request-id: ") {
        Some(id) if id.len() == 32 && id.bytes().all(|digit| digit.is_ascii_hexdigit()) => "x-request-id".to_owned(),
        _ => line,
    }
}

/// A response without the token in it, which always differs.
fn without_token(mut answer: Vec<String>) -> Vec<String> {
    let body = answer.pop().unwrap();
    let hidden = match (body.find("jtn_at_"), body.find("\",\"token_type")) {
        (Some(begin), Some(end)) if end - begin == 56 => [&body[..begin], &body[end..]].concat(),
        _ => body,
    };
    answer.push(hidden);
    answer
}

#[tokio::test]
async fn a_request_for_a_token_is_answered_as_the_router_would_answer_it() {
    for issuer in ["http://127.0.0.1:8080", "https://id.example"] {
        let test = Test::with(|settings| settings.issuer = issuer.to_owned()).await;
        let sides = Sides::of(&test);
        for (status, bytes) in tokens() {
            let request = String::from_utf8_lossy(&bytes[..bytes.len().min(300)]).into_owned();
            let fast_path = exchange(&bytes, |request| sides.clone().by_fast_path(request)).await;
            let router = exchange(&bytes, |request| sides.clone().by_router(request)).await;
            assert_eq!(without_token(fast_path.clone()), without_token(router), "{request}");
            assert_eq!(fast_path[0].split(' ').nth(1), Some(status.to_string().as_str()), "{request}");
        }
    }
}

#[tokio::test]
async fn a_check_is_answered_as_the_router_would_answer_it() {
    for issuer in ["http://127.0.0.1:8080", "https://id.example"] {
        let test = Test::with(|settings| settings.issuer = issuer.to_owned()).await;
        let token = test.token(&MACHINE, &[("grant_type", "client_credentials"), ("scope", "read")]).await;
        let (sides, token) = (Sides::of(&test), token.member("access_token"));
        for (status, bytes) in [introspections(&token), token_infos(&token)].concat() {
            let request = String::from_utf8_lossy(&bytes[..bytes.len().min(300)]).into_owned();
            let fast_path = exchange(&bytes, |request| sides.clone().by_fast_path(request)).await;
            let router = exchange(&bytes, |request| sides.clone().by_router(request)).await;
            assert_eq!(fast_path, router, "{request}");
            assert_eq!(fast_path[0].split(' ').nth(1), Some(status.to_string().as_str()), "{request}");
        }
    }
}

/// The server's log lines of one request, without time and request id.
async fn lines_about<A>(bytes: &[u8], service: impl Fn(hyper::Request<Incoming>) -> A) -> Vec<String>
where
    A: Future<Output = Result<Response, Infallible>>,
{
    let log = Log::capture();
    exchange(bytes, service).await;
    let text = log.text();
    let lines = text.lines().filter(|line| line.contains(" server::"));
    lines
        .map(|line| {
            let (before, rest) = line.split_once("request{id=\"").unwrap();
            let (level, (id, fields)) = (before.split_whitespace().nth(1).unwrap(), rest.split_once('"').unwrap());
            assert_eq!(id.len(), 32, "{line}");
            let fields = fields.split(" ms=").next().unwrap();
            format!("{level}{fields}")
        })
        .collect()
}

#[tokio::test]
async fn both_log_the_same_lines_of_a_request() {
    let test = Test::new().await;
    let sides = Sides::of(&test);
    let by = |secret| format!("{}{FORM}", basic("machine", secret));
    let cases = [
        (
            raw("POST", "/oauth2/introspect", &by(MACHINE.secret.unwrap()), "token=x"),
            "DEBUG address=192.0.2.7}: server::middleware: answered status=200",
        ),
        (
            raw("POST", "/oauth2/introspect", &by("wrong"), "token=x"),
            "INFO address=192.0.2.7}: server::middleware: answered method=POST path=\"/oauth2/introspect\" status=401",
        ),
        (
            raw("GET", "/oauth/tokeninfo?access_token=x", "", ""),
            "INFO address=192.0.2.7}: server::middleware: answered method=GET path=\"/oauth/tokeninfo\" status=400",
        ),
        (
            raw("POST", "/oauth2/token", &by(MACHINE.secret.unwrap()), "grant_type=client_credentials"),
            "INFO method=POST path=\"/oauth2/token\" address=192.0.2.7 client=\"machine\"}: server::middleware: answered status=200",
        ),
        (
            raw("POST", "/oauth/token", &by("wrong"), "grant_type=client_credentials"),
            "INFO method=POST path=\"/oauth/token\" address=192.0.2.7 client=\"machine\"}: server::middleware: answered status=401",
        ),
    ];
    for (bytes, last) in cases {
        let fast_path = lines_about(&bytes, |request| sides.clone().by_fast_path(request)).await;
        let router = lines_about(&bytes, |request| sides.clone().by_router(request)).await;
        assert_eq!(fast_path, router);
        assert_eq!(fast_path.last().map(|line| line.replace("  ", " ")).as_deref(), Some(last));
    }
}

#[tokio::test]
async fn a_check_whose_handler_panics_is_answered_too() {
    let test = Test::new().await;
    let sides = Sides::of(&test);
    let request = || {
        let body = Body::from_stream(poll_fn(|_| fault()));
        Request::post("/oauth2/introspect")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body)
            .unwrap()
    };
    let fast_path = sides.fast_path.answer(request(), SocketAddr::from(PEER)).await;
    let router = routed(sides.router, request()).await.unwrap();
    let mut responses = Vec::new();
    for answer in [fast_path, router] {
        let (mut head, body) = answer.into_parts();
        // hyper adds Content-Length on the wire where it is missing here.
        let own = ["x-request-id", "content-length"].map(|name| head.headers.remove(name).is_some());
        assert!(own[0]);
        responses.push((head.status, head.headers, body.collect().await.unwrap().to_bytes()));
    }
    assert_eq!(responses[0], responses[1]);
    assert_eq!(responses[0].0, 500);
}

#[expect(clippy::panic, reason = "what the test is about")]
fn fault() -> std::task::Poll<Option<Result<Vec<u8>, Infallible>>> {
    panic!("a fault that the test wants")
}
