//! A request and its response.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Method, Request, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use leptos::server_fn::Decodes;
use leptos::server_fn::codec::PostcardEncoding;
use oauth::Params;
use serde_json::Value;

/// A request in the making.
#[derive(Clone, Debug)]
pub struct Call {
    method: Method,
    target: String,
    headers: HeaderMap,
    body: Vec<u8>,
    peer: Option<IpAddr>,
}

impl Call {
    pub fn new(method: &str, target: &str) -> Self {
        let method = method.parse().unwrap();
        Self { method, target: target.to_owned(), headers: HeaderMap::new(), body: Vec::new(), peer: None }
    }

    pub fn get(target: &str) -> Self {
        Self::new("GET", target)
    }

    /// A posted form.
    pub fn post(target: &str, pairs: &[(&str, &str)]) -> Self {
        let body = Params::from_pairs(pairs.iter().copied()).encode();
        Self::new("POST", target).body("application/x-www-form-urlencoded", body)
    }

    pub fn body(self, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let call = self.header("content-type", media_type);
        Self { body: body.into(), ..call }
    }

    pub fn header(mut self, name: &'static str, value: impl AsRef<[u8]>) -> Self {
        self.headers.append(name, HeaderValue::from_bytes(value.as_ref()).unwrap());
        self
    }

    pub fn without_header(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    /// `Authorization: Basic`, both halves form-encoded (RFC 6749 §2.3.1).
    pub fn basic(self, id: &str, secret: &str) -> Self {
        let encode = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        self.basic_raw(&format!("{}:{}", encode(id), encode(secret)))
    }

    /// `Authorization: Basic` over exactly these characters.
    pub fn basic_raw(self, credentials: &str) -> Self {
        self.header("authorization", format!("Basic {}", STANDARD.encode(credentials)))
    }

    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", format!("Bearer {token}"))
    }

    /// From this address instead of the loopback one.
    pub fn peer(self, address: &str) -> Self {
        Self { peer: Some(address.parse().unwrap()), ..self }
    }

    /// The request and its peer; one that does not say otherwise is on this machine.
    pub(super) fn request(self) -> (Request<Body>, SocketAddr) {
        let mut request = Request::new(Body::from(self.body));
        *request.method_mut() = self.method;
        *request.uri_mut() = self.target.parse().unwrap();
        *request.headers_mut() = self.headers;
        (request, SocketAddr::new(self.peer.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)), 40_000))
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| unreadable(self))
    }

    /// What a server function answered.
    pub fn answer<T>(&self) -> T
    where
        PostcardEncoding: Decodes<T, Error: std::fmt::Debug>,
    {
        assert_eq!(self.status, 200, "{:?}", self.body);
        PostcardEncoding::decode(self.body.clone()).unwrap()
    }

    /// A member of the JSON answer as text; empty when it is not there.
    pub fn member(&self, name: &str) -> String {
        self.json()[name].as_str().unwrap_or_default().to_owned()
    }

    /// Status and `error` together, as most refusals are compared.
    pub fn refusal(&self) -> (u16, String) {
        (self.status, self.member("error"))
    }

    /// The only value of a header; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    pub fn location(&self) -> &str {
        self.header(header::LOCATION.as_str())
    }

    /// A parameter of the address that the answer redirects to.
    pub fn param(&self, name: &str) -> Option<String> {
        let (_, query) = self.location().split_once('?')?;
        Params::parse(query.as_bytes()).unwrap().get(name).unwrap().map(str::to_owned)
    }

    /// The `error` of a redirect to a client.
    pub fn redirected_error(&self) -> String {
        self.param("error").unwrap_or_default()
    }

    pub fn cookies(&self) -> Vec<&str> {
        self.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect()
    }

    /// Whether this is our page about a request that cannot be followed.
    pub fn is_error_page(&self) -> bool {
        self.headers.get(header::LOCATION).is_none() && self.text().contains("id=\"error-page\"")
    }
}

#[expect(clippy::panic, reason = "the test ends here")]
fn unreadable(reply: &Reply) -> Value {
    panic!("not JSON: {} {:?}", reply.status, reply.body)
}
