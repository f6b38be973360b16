//! Proofs of possession in requests, and the nonce in answers (RFC 9449 §4, §8).

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use axum::response::Response;
use provider::dpop::DpopRequest;

use crate::state::Site;

const DPOP: HeaderName = HeaderName::from_static("dpop");
/// The header that brings the nonce for the next proof.
pub const DPOP_NONCE: HeaderName = HeaderName::from_static("dpop-nonce");

/// What a request proves itself with. Its address is ours, by the issuer, whatever `Host` says.
pub fn of<'a>(headers: &'a HeaderMap, method: &'a Method, uri: &'a Uri) -> DpopRequest<'a> {
    // Bytes that are no text are a proof that cannot be right.
    let headers = headers.get_all(DPOP).iter().map(|value| value.to_str().unwrap_or("\u{0}"));
    DpopRequest { headers: headers.collect(), method: method.as_str(), path: uri.path() }
}

/// The answer, with the nonce for the next proof where the request brought one.
pub fn with_nonce(mut response: Response, site: &Site, dpop: &DpopRequest<'_>) -> Response {
    if dpop.headers.is_empty() {
        return response;
    }
    if let Ok(nonce) = HeaderValue::from_str(&site.provider.dpop_nonce()) {
        response.headers_mut().insert(DPOP_NONCE, nonce);
    }
    response
}
