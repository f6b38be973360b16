//! Headers as text. A header's value is bytes (RFC 9110 §5.5), so decoding is lossy rather than an
//! error.

use std::borrow::Cow;

use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// A header's text, with `\u{fffd}` for bytes that are not UTF-8.
pub fn text(value: &HeaderValue) -> Cow<'_, str> {
    String::from_utf8_lossy(value.as_bytes())
}

/// The text of the first header of this name; empty when there is none.
pub fn first(headers: &HeaderMap, name: HeaderName) -> Cow<'_, str> {
    headers.get(name).map(text).unwrap_or_default()
}
