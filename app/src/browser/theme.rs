use super::first;
use leptos::prelude::document;
use leptos::web_sys::Element;

/// Shows the page in these colours: `light`, `dark`, or as the system has it.
pub(crate) fn set_theme(theme: &str) {
    // The server chooses which of two logos comes with a page.
    if first::<Element>(".brand .logo").is_some() {
        return super::reload();
    }
    if let Some(page) = document().document_element() {
        let _ = match theme {
            "light" | "dark" => page.set_attribute("data-theme", theme),
            _ => page.remove_attribute("data-theme"),
        };
    }
}
