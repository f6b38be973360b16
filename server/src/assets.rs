//! Static files: inside the binary, named by their contents, so that browsers keep them for ever.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::state::Site;
use crate::{brand, respond};

/// A name that holds a hash means the same file for ever.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

const A_DAY: &str = "public, max-age=86400";

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

/// The path of the file with this name; empty where the build had none.
#[must_use]
pub fn path_of(name: &str) -> String {
    ASSETS.iter().find(|asset| asset.name == name).map(|asset| asset.path.to_owned()).unwrap_or_default()
}

/// Where the pages find their static files. Without a bundle there is no loader either: nothing would come of it.
#[must_use]
pub fn for_pages() -> app::Assets {
    let bundle =
        |name: &str| app::Bundle { js: path_of(&format!("{name}.js")), wasm: path_of(&format!("{name}_bg.wasm")) };
    let common = bundle("jeton");
    let loader = if common.wasm.is_empty() { String::new() } else { path_of("loader.js") };
    app::Assets {
        css: path_of("jeton.css"),
        loader,
        common,
        account: bundle("account"),
        developer: bundle("developer"),
        favicon: path_of("favicon.svg"),
    }
}

/// `GET /assets/{name}`
pub async fn get(State(site): State<Site>, name: Result<Path<String>, PathRejection>, headers: HeaderMap) -> Response {
    let name = name.map(|Path(name)| name).unwrap_or_default();
    if let Some(file) = site.brand().file(&format!("/assets/{name}")) {
        return own(file, &headers, FOR_EVER);
    }
    match ASSETS.iter().find(|asset| asset.path.strip_prefix("/assets/") == Some(name.as_str())) {
        Some(asset) => answer(asset, &headers, FOR_EVER),
        None => missing(),
    }
}

fn missing() -> Response {
    respond::json(StatusCode::NOT_FOUND, "invalid_request", "There is no such file.")
}

/// `GET /favicon.ico`, which browsers ask for by themselves.
pub async fn favicon(State(site): State<Site>, headers: HeaderMap) -> Response {
    if let Some(file) = site.brand().favicon() {
        return own(file, &headers, A_DAY);
    }
    match ASSETS.iter().find(|asset| asset.name == "favicon.svg") {
        Some(asset) => answer(asset, &headers, A_DAY),
        None => missing(),
    }
}

/// A file of the operator's. Whoever opens a drawing by its address gets a document that can do nothing.
fn own(file: &brand::File, headers: &HeaderMap, cache: &'static str) -> Response {
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
