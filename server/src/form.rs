//! Form bodies (`application/x-www-form-urlencoded`) as pairs, so that repeated parameters are
//! found, with own errors instead of axum's.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;

use axum::body::{Bytes, HttpBody};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use oauth::Params;

use crate::respond;

/// The largest body, in bytes.
const MAX_BODY: usize = 64 * 1024;

/// The time for a body to arrive, as long as for a head. Soon after it the connection is closed,
/// too.
const BODY_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(8);

const FORM: &str = "application/x-www-form-urlencoded";

/// The body's pairs.
pub struct Form(pub Params);

/// Why a body could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormError {
    /// Over 64 KiB.
    TooLarge,
    /// With a `Content-Encoding`.
    Compressed,
    /// Of another media type than `application/x-www-form-urlencoded`.
    NotAForm,
    /// Not a form: invalid UTF-8, a NUL, too many pairs.
    Unreadable(&'static str),
    /// The connection broke.
    Broken,
}

impl FormError {
    /// The status of the response.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Compressed => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::NotAForm | Self::Unreadable(_) | Self::Broken => StatusCode::BAD_REQUEST,
        }
    }

    /// A sentence for the developer.
    #[must_use]
    pub const fn description(&self) -> &'static str {
        match self {
            Self::TooLarge => "The body is larger than 64 KiB.",
            Self::Compressed => "The body must not be compressed.",
            Self::NotAForm => "The body must be application/x-www-form-urlencoded.",
            Self::Unreadable(description) => description,
            Self::Broken => "The body ended early.",
        }
    }

    /// The error response of a protocol endpoint.
    #[must_use]
    pub fn response(&self) -> Response {
        respond::json(self.status(), "invalid_request", self.description())
    }
}

impl IntoResponse for FormError {
    /// JSON, for protocol endpoints; pages take the `Result` and render an error page.
    fn into_response(self) -> Response {
        self.response()
    }
}

impl<S: Sync> FromRequest<S> for Form {
    type Rejection = FormError;

    async fn from_request(request: Request, _: &S) -> Result<Self, FormError> {
        let (head, body) = request.into_parts();
        params(&head.headers, body).await.map(Self)
    }
}

impl Form {
    /// The pairs of query and body together, where an endpoint takes both: a parameter in both
    /// counts as repeated (RFC 6749 §3.1).
    ///
    /// # Errors
    /// [`FormError::Unreadable`] when the query cannot be read.
    pub fn with_query(self, query: Option<&str>) -> Result<Params, FormError> {
        let query = Params::parse(query.unwrap_or_default().as_bytes());
        let query = query.map_err(|error| FormError::Unreadable(error.description))?;
        Ok(query.chain_body(self.0))
    }
}

/// The pairs of a body under these headers.
///
/// # Errors
/// [`FormError`].
pub async fn params<B>(headers: &HeaderMap, body: B) -> Result<Params, FormError>
where
    B: HttpBody<Data = Bytes>,
{
    if headers.contains_key(header::CONTENT_ENCODING) {
        return Err(FormError::Compressed);
    }
    let bytes = read(headers, body).await?;
    // Without a body, a POST with all parameters in its query needs no `Content-Type` (row S5).
    if bytes.is_empty() {
        return Ok(Params::default());
    }
    if !is_form(headers) {
        return Err(FormError::NotAForm);
    }
    Params::parse(&bytes).map_err(|error| FormError::Unreadable(error.description))
}

async fn read<B>(headers: &HeaderMap, body: B) -> Result<Bytes, FormError>
where
    B: HttpBody<Data = Bytes>,
{
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > MAX_BODY as u64) {
        return Err(FormError::TooLarge);
    }
    with_timeout(collect_body(pin!(body))).await.unwrap_or(Err(FormError::Broken))
}

/// Collects the body. One that arrives in a single frame, as nearly all do, is not copied.
async fn collect_body<B>(mut body: Pin<&mut B>) -> Result<Bytes, FormError>
where
    B: HttpBody<Data = Bytes>,
{
    let (mut first, mut whole) = (Bytes::new(), Vec::new());
    while !body.is_end_stream() {
        let Some(frame) = body.frame().await else { break };
        // Frames without data are trailers, which are ignored.
        let Ok(data) = frame.map_err(|_| FormError::Broken)?.into_data() else { continue };
        if first.len().max(whole.len()) + data.len() > MAX_BODY {
            return Err(FormError::TooLarge);
        }
        match (first.is_empty(), whole.is_empty()) {
            (true, _) => first = data,
            (false, true) => whole = [first.as_ref(), data.as_ref()].concat(),
            (false, false) => whole.extend_from_slice(&data),
        }
    }
    Ok(if whole.is_empty() { first } else { whole.into() })
}

/// Runs the future with the timeout [`BODY_TIMEOUT`]. It is polled twice before a timer is made,
/// which costs more than a poll: a body that arrived with its head is ready by then.
async fn with_timeout<F: Future>(future: F) -> Option<F::Output> {
    let (mut future, mut polled) = (pin!(future), false);
    let ready = poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending if polled => Poll::Ready(None),
        Poll::Pending => {
            polled = true;
            context.waker().wake_by_ref();
            Poll::Pending
        }
    });
    match ready.await {
        Some(output) => Some(output),
        None => tokio::time::timeout(BODY_TIMEOUT, future).await.ok(),
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(header::CONTENT_TYPE) else { return false };
    let kind = || value.as_bytes().split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
    // The common spelling first; then any other that is valid.
    value == FORM || kind().eq_ignore_ascii_case(FORM.as_bytes())
}
