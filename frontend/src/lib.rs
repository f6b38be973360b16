//! The WASM entry point.
use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Makes the page's islands ready to be woken.
#[wasm_bindgen]
pub fn start() {
    leptos::mount::hydrate_islands();
}
