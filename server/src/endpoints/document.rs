//! Documents that anybody may read and keep for a while: with an ETag, and 304 for whoever has them already (RFC 9110 §13.1.2).

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// A JSON document that may be kept for a minute.
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

/// Whether `If-None-Match` names the tag. A proxy may have made a weak one of it, which is as good here.
fn names(sent: &HeaderValue, tag: &str) -> bool {
    let tags = crate::header::text(sent);
    tags.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}
