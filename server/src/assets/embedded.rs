//! The static files that `build.rs` embeds in the binary, and the paths that they are served under.

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
