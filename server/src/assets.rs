//! Static files, embedded in the binary, with a content hash in their names, so that browsers cache
//! them for ever.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::state::Site;
use crate::{brand, respond};

/// `Cache-Control` of files with a content hash in their names.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// `Cache-Control` of files whose name does not change with their content.
const ONE_DAY: &str = "public, max-age=86400";

/// A file that `build.rs` put into the binary.
pub struct Asset {
    /// Its name in the repository.
    pub name: &'static str,
    /// The path that it is served under.
    pub path: &'static str,
    /// Its media type.
    pub kind: &'static str,
    /// Its bytes.
    pub body: &'static [u8],
    /// Its bytes, compressed.
    pub brotli: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The path of the file with this name; empty where the build has none.
#[must_use]
pub fn path_of(name: &str) -> String {
    ASSETS.iter().find(|asset| asset.name == name).map(|asset| asset.path.to_owned()).unwrap_or_default()
}

/// The addresses of the pages' static files. Without a WASM bundle there is no loader either.
#[must_use]
pub fn for_pages() -> app::Assets {
    let bundle =
        |name: &str| app::Bundle { js: path_of(&format!("{name}.js")), wasm: path_of(&format!("{name}_bg.wasm")) };
    let shared = bundle("jeton");
    let loader = if shared.wasm.is_empty() { String::new() } else { path_of("loader.js") };
    app::Assets {
        css: path_of("jeton.css"),
        loader,
        common: shared,
        account: bundle("account"),
        developer: bundle("developer"),
        favicon: path_of("favicon.svg"),
    }
}

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
