//! Static files, embedded in the binary, with a content hash in their names, so that browsers cache
//! them for ever.

mod embedded;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

pub use self::embedded::{ASSETS, Asset, for_pages, path_of};
use crate::state::Site;
use crate::{brand, respond};

/// `Cache-Control` of files with a content hash in their names.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// `Cache-Control` of files whose name does not change with their content.
const ONE_DAY: &str = "public, max-age=86400";

/// `GET /assets/{name}`
pub async fn get(State(site): State<Site>, name: Result<Path<String>, PathRejection>, headers: HeaderMap) -> Response {
    let name = name.map(|Path(name)| name).unwrap_or_default();
    if let Some(file) = site.brand().file(&format!("/assets/{name}")) {
        return brand_file(file, &headers, IMMUTABLE);
    }
    match ASSETS.iter().find(|asset| asset.path.strip_prefix("/assets/") == Some(name.as_str())) {
        Some(asset) => answer(asset, &headers, IMMUTABLE),
        None => missing(),
    }
}

fn missing() -> Response {
    respond::json(StatusCode::NOT_FOUND, "invalid_request", "There is no such file.")
}

/// `GET /favicon.ico`, which browsers ask for by themselves.
pub async fn favicon(State(site): State<Site>, headers: HeaderMap) -> Response {
    if let Some(file) = site.brand().favicon() {
        return brand_file(file, &headers, ONE_DAY);
    }
    match ASSETS.iter().find(|asset| asset.name == "favicon.svg") {
        Some(asset) => answer(asset, &headers, ONE_DAY),
        None => missing(),
    }
}

/// A file of the operator's branding. The `sandbox` policy keeps an SVG that is opened by its
/// address from running scripts.
fn brand_file(file: &brand::File, headers: &HeaderMap, cache: &'static str) -> Response {
    let common = [
        (header::CONTENT_TYPE, file.kind),
        (header::CACHE_CONTROL, cache),
        (header::VARY, "accept-encoding"),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'; style-src 'unsafe-inline'"),
    ];
    match &file.brotli {
        Some(brotli) if takes_brotli(headers) => {
            (common, [(header::CONTENT_ENCODING, "br")], brotli.clone()).into_response()
        }
        _ => (common, file.body.clone()).into_response(),
    }
}

fn answer(asset: &Asset, headers: &HeaderMap, cache: &'static str) -> Response {
    let common =
        [(header::CONTENT_TYPE, asset.kind), (header::CACHE_CONTROL, cache), (header::VARY, "accept-encoding")];
    if takes_brotli(headers) {
        return (common, [(header::CONTENT_ENCODING, "br")], asset.brotli).into_response();
    }
    (common, asset.body).into_response()
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    let accepted = crate::header::first(headers, header::ACCEPT_ENCODING);
    accepted.split(',').any(|coding| coding.trim().split(';').next() == Some("br"))
}
