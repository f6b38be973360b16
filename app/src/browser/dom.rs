//! Elements of the document by id and by selector, and the values of its `<meta>` elements.

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;

/// The content of `<meta name>`; empty where there is none.
pub(crate) fn meta(name: &str) -> String {
    let found = document().query_selector(&["meta[name=", name, "]"].concat()).ok().flatten();
    found.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}

/// The CSRF token of this page, for a form that an island renders.
#[cfg(not(feature = "ssr"))]
pub(crate) fn form_token() -> String {
    meta("csrf")
}

/// The CSRF token of the page that is being rendered.
#[cfg(feature = "ssr")]
pub(crate) fn form_token() -> String {
    crate::frame::current().csrf.clone()
}

/// The element with this id and type.
pub(super) fn by_id<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The first match of a selector, if it has this type.
pub(super) fn first<T: JsCast>(selector: &str) -> Option<T> {
    document().query_selector(selector).ok()??.dyn_into().ok()
}

/// Every match of a selector.
pub(super) fn all(selector: &str) -> Vec<Element> {
    let Ok(found) = document().query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}
