//! Which pages are sent compressed. The length of a compressed page tells whoever watches the line what stands twice in it
//! (BREACH): a page with a secret that stays the same is sent as it is, and the `csrf` field is new on every page.

use axum::http::{Extensions, HeaderMap, StatusCode, Version, header};
use axum::response::Response;
use tower_http::compression::predicate::Predicate;
use tower_http::compression::{CompressionLayer, CompressionLevel};

/// What marks, in its HTML, a page with a secret: a value that is shown once, the sealed request of the consent page, the
/// answer that an app takes over or that a form carries, the one-time link of the first administrator. Looked for in what is sent, so
/// that no handler has to think of it.
const SECRETS: [&str; 5] =
    ["class=\"mono secret\"", "name=\"request\"", "id=\"open-app\"", "name=\"token\"", "id=\"form-post\""];

/// A fast one. Gzip alone: for a page of this size brotli saves three hundredths more and takes several times as long; the
/// static files, compressed once, are sent with brotli.
const LEVEL: CompressionLevel = CompressionLevel::Precise(4);

/// Marks a response that may be compressed.
#[derive(Clone, Copy, Debug)]
struct Compressible;

/// The layer that compresses what `allow` has marked, as the browser accepts it.
#[must_use]
pub fn layer() -> CompressionLayer<impl Predicate> {
    CompressionLayer::new().quality(LEVEL).compress_when(is_marked)
}

fn is_marked(_: StatusCode, _: Version, _: &HeaderMap, marks: &Extensions) -> bool {
    marks.get::<Compressible>().is_some()
}

/// Lets a response be compressed.
pub(super) fn allow(response: &mut Response) {
    response.extensions_mut().insert(Compressible);
}

/// Whether a page holds no secret.
pub(super) fn is_harmless(html: &str) -> bool {
    !SECRETS.iter().any(|secret| html.contains(secret))
}

/// Whether a browser asks for compression at all; where it does not, nothing is searched.
pub(super) fn is_asked(headers: &HeaderMap) -> bool {
    headers.contains_key(header::ACCEPT_ENCODING)
}
