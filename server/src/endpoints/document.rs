//! Public JSON documents with `Cache-Control` and `ETag`; 304 for a matching `If-None-Match` (RFC
//! 9110 §13.1.2).

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// A JSON document that caches may store for a minute.
pub fn answer(document: &Value, headers: &HeaderMap) -> Response {
    let body = document.to_string();
    let tag = format!("\"{}\"", oauth::jose::sha256(&body));
    let unchanged = headers.get_all(header::IF_NONE_MATCH).iter().any(|sent| names(sent, &tag));
    let mut response = match unchanged {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// Whether `If-None-Match` has the tag, by weak comparison (RFC 9110 §8.8.3.2).
fn names(sent: &HeaderValue, tag: &str) -> bool {
    let tags = crate::header::text(sent);
    tags.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}
