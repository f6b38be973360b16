//! Compression of pages, but for those with secrets: the length of a compressed page leaks repeated
//! text to an eavesdropper (BREACH). The `csrf` field is masked anew on every page.

use axum::http::{Extensions, HeaderMap, StatusCode, Version, header};
use axum::response::Response;
use tower_http::compression::predicate::Predicate;
use tower_http::compression::{CompressionLayer, CompressionLevel};

/// HTML that marks a page with a secret: a value that is shown once, the sealed request of the
/// consent page, an authorization response for an application or a form, the setup token. Searched
/// in the rendered page, so that no handler has to declare it.
const SECRETS: [&str; 5] =
    ["class=\"mono secret\"", "name=\"request\"", "id=\"open-app\"", "name=\"token\"", "id=\"form-post\""];

/// The gzip level. Brotli would save 3 % more of such pages and take several times as long; static
/// files, compressed at build time, are sent with brotli.
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
pub(super) fn has_no_secret(html: &str) -> bool {
    !SECRETS.iter().any(|secret| html.contains(secret))
}

/// Whether the browser accepts compression; otherwise the page need not be searched.
pub(super) fn accepts_compression(headers: &HeaderMap) -> bool {
    headers.contains_key(header::ACCEPT_ENCODING)
}
