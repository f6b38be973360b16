//! DPoP proofs in requests, and the DPoP nonce in responses (RFC 9449 §4, RFC 9449 §8).

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use axum::response::Response;
use provider::dpop::DpopRequest;

use crate::header::DPOP_NONCE;
use crate::state::Site;

const DPOP: HeaderName = HeaderName::from_static("dpop");

/// The DPoP proofs of a request. The `htu` that they must have comes from the issuer, not from
/// `Host`.
pub fn of<'a>(headers: &'a HeaderMap, method: &'a Method, uri: &'a Uri) -> DpopRequest<'a> {
    // Bytes that are no text become an invalid proof.
    let headers = headers.get_all(DPOP).iter().map(|value| value.to_str().unwrap_or("\u{0}"));
    DpopRequest { headers: headers.collect(), method: method.as_str(), path: uri.path() }
}

/// The response, with the nonce for the next proof if the request had one.
pub fn with_nonce(mut response: Response, site: &Site, dpop_request: &DpopRequest<'_>) -> Response {
    if dpop_request.headers.is_empty() {
        return response;
    }
    if let Ok(nonce) = HeaderValue::from_str(&site.provider.dpop_nonce()) {
        response.headers_mut().insert(DPOP_NONCE, nonce);
    }
    response
}
