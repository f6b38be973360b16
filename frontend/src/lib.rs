//! The WASM entry point of the pages that call no server function.
use app as _;
use leptos::web_sys::console;
use std::sync::Once;
use wasm_bindgen::prelude::wasm_bindgen;

/// Prepares the hydration of islands. A panic is logged to the console: it ends its island, and the
/// page goes on as plain HTML.
#[wasm_bindgen]
pub fn start() {
    // Called again after a panic, when the hook can no longer be set.
    static HOOK: Once = Once::new();
    HOOK.call_once(|| std::panic::set_hook(Box::new(|panic| console::error_1(&panic.to_string().into()))));
    leptos::mount::hydrate_islands();
}
