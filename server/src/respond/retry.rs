//! `Retry-After` of refusals that end with time (RFC 9110 §10.2.3).

use axum::http::{HeaderValue, header};
use axum::response::Response;

/// `Retry-After` in seconds of a 503.
pub const RETRY_SOON: i64 = 2;

/// `Retry-After` in seconds of an account whose failures are capped: the cap does not end with
/// time, so a day stands for somebody's ending it.
pub const RETRY_CAPPED: i64 = 86_400;

/// The response with `Retry-After`.
pub(super) fn with_retry(mut response: Response, seconds: i64) -> Response {
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds.unsigned_abs()));
    response
}

/// The same where there is such a time.
pub(super) fn with_optional_retry(response: Response, seconds: Option<i64>) -> Response {
    match seconds {
        Some(seconds) => with_retry(response, seconds),
        None => response,
    }
}
