//! Headers as text. A header is bytes (RFC 9110 §5.5): one that cannot be read must not hide the others.

use std::borrow::Cow;

use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// A header's text; what is none stands as `\u{fffd}`.
pub fn text(value: &HeaderValue) -> Cow<'_, str> {
    String::from_utf8_lossy(value.as_bytes())
}

/// The text of the first header of this name; empty when there is none.
pub fn first(headers: &HeaderMap, name: HeaderName) -> Cow<'_, str> {
    headers.get(name).map(text).unwrap_or_default()
}
