//! Headers as text, and the names of headers that several parts set. A header's value is bytes
//! (RFC 9110 §5.5), so decoding is lossy rather than an error.

use std::borrow::Cow;

use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// The response header with the id that the log lines of the request carry.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The response header with the nonce for the next DPoP proof (RFC 9449 §8).
pub const DPOP_NONCE: HeaderName = HeaderName::from_static("dpop-nonce");

/// A header's text, with `\u{fffd}` for bytes that are not UTF-8.
pub fn text(value: &HeaderValue) -> Cow<'_, str> {
    String::from_utf8_lossy(value.as_bytes())
}

/// The text of the first header of this name; empty when there is none.
pub fn first(headers: &HeaderMap, name: HeaderName) -> Cow<'_, str> {
    headers.get(name).map(text).unwrap_or_default()
}
