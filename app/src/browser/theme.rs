//! Switching between light and dark without loading the page again.

use super::dom::first;
use leptos::prelude::document;
use leptos::web_sys::Element;

/// Applies a theme: `light`, `dark`, or the one of the system.
pub(crate) fn set_theme(theme: &str) {
    // Each theme has a logo of its own, which the server chooses: reload.
    if first::<Element>(".brand .logo").is_some() {
        return super::url::reload();
    }
    if let Some(page) = document().document_element() {
        let _ = match theme {
            "light" | "dark" => page.set_attribute("data-theme", theme),
            _ => page.remove_attribute("data-theme"),
        };
    }
}
