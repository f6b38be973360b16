//! One request and its answer over HTTP/1.1. Whatever the answer's status says, nobody goes on from here to another address.

use axum::body::Body;
use axum::http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, HOST, USER_AGENT};
use axum::http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;

use super::LONGEST;
use super::connect::Connected;
use super::destination::Destination;

/// The status line and the headers of an answer, in bytes.
const LONGEST_HEAD: usize = 16 * 1024;

/// What is sent.
pub struct Message {
    method: Method,
    body: Option<String>,
}

impl Message {
    /// Asks for a body.
    pub fn get() -> Self {
        Self { method: Method::GET, body: None }
    }

    /// Brings a form.
    pub fn post(form: &[(&str, &str)]) -> Self {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        Self { method: Method::POST, body: Some(body) }
    }

    fn request(self, to: &Destination) -> Result<Request<Body>, String> {
        let request = Request::builder()
            .method(self.method)
            .uri(&to.target)
            .header(HOST, &to.authority)
            .header(USER_AGENT, "jeton")
            .header(ACCEPT, "application/json, */*;q=0.5")
            .header(ACCEPT_ENCODING, "identity");
        let request = match self.body {
            Some(body) => request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(body)),
            None => request.body(Body::empty()),
        };
        request.map_err(|error| error.to_string())
    }
}

/// The body of a success.
///
/// # Errors
/// What went wrong: any other status, an encoded body, one that is too long.
pub async fn body(over: Connected, to: &Destination, message: Message) -> Result<Vec<u8>, String> {
    send(over, to, message, async |answer| {
        if answer.status() != StatusCode::OK {
            return Err(format!("the answer is {}", answer.status()));
        }
        if answer.headers().contains_key(CONTENT_ENCODING) {
            return Err("the answer is compressed, which was not asked for".to_owned());
        }
        let read = Limited::new(answer.into_body(), LONGEST).collect().await;
        read.map(|body| body.to_bytes().to_vec()).map_err(|error| error.to_string())
    })
    .await
}

/// The status of the answer; nobody reads on.
///
/// # Errors
/// What went wrong.
pub async fn status(over: Connected, to: &Destination, message: Message) -> Result<u16, String> {
    send(over, to, message, async |answer| Ok(answer.status().as_u16())).await
}

async fn send<T>(
    over: Connected,
    to: &Destination,
    message: Message,
    read: impl AsyncFnOnce(Response<Incoming>) -> Result<T, String>,
) -> Result<T, String> {
    let request = message.request(to)?;
    let handshake = http1::Builder::new().max_buf_size(LONGEST_HEAD).handshake(TokioIo::new(over)).await;
    let (mut sender, connection) = handshake.map_err(|error| error.to_string())?;
    let exchange = async {
        let answer = sender.send_request(request).await.map_err(|error| error.to_string())?;
        read(answer).await
    };
    let mut exchange = std::pin::pin!(exchange);
    tokio::select! {
        done = &mut exchange => done,
        // The peer has hung up; what it had sent until then can still be read.
        _ = connection => exchange.await,
    }
}
