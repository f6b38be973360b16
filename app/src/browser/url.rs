//! The URL of the page (path, search, page number) and the browser history.

use leptos::ev::MouseEvent;
use leptos::prelude::window;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Element, HtmlAnchorElement, UrlSearchParams};

/// Path and query of the page.
pub(crate) fn current_url() -> String {
    let location = window().location();
    [location.pathname().unwrap_or_default(), location.search().unwrap_or_default()].concat()
}

/// Loads the page anew.
pub(crate) fn reload() {
    let _ = window().location().reload();
}

/// Navigates without a history entry: Back does not lead here.
pub(crate) fn navigate_replacing(address: &str) {
    let _ = window().location().replace(address);
}

/// The search text and the page number in the URL: `?q=…&page=…`.
pub(crate) fn list_position() -> (String, i64) {
    let search = window().location().search().unwrap_or_default();
    let Ok(params) = UrlSearchParams::new_with_str(&search) else { return (String::new(), 1) };
    let page = params.get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    (params.get("q").unwrap_or_default(), page)
}

/// The URL of a page of a list.
pub(crate) fn list_url(path: &str, query: &str, page: i64) -> String {
    let page = (page > 1).then(|| page.to_string());
    let page = page.as_deref().map(|page| ("page", page));
    with_query(path, page.into_iter().chain((!query.is_empty()).then_some(("q", query))))
}

/// A path with these parameters.
pub(crate) fn with_query<'a>(path: &str, pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let Ok(params) = UrlSearchParams::new() else { return path.to_owned() };
    for (name, value) in pairs {
        params.append(name, value);
    }
    let query = String::from(params.to_string());
    if query.is_empty() { path.to_owned() } else { [path, "?", &query].concat() }
}

/// Replaces the URL without navigating.
pub(crate) fn replace_url(address: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Pushes a history entry for a URL that this page shows itself.
pub(crate) fn push_url(address: &str) {
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// The URL of a clicked link to another page of the same list, if the click would open it in this
/// tab.
pub(crate) fn list_link(event: &MouseEvent, path: &str) -> Option<String> {
    if event.default_prevented() || event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() {
        return None;
    }
    let target: Element = event.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = target.closest("leptos-island a[href]").ok()??.dyn_into().ok()?;
    (link.pathname() == path).then(|| [link.pathname(), link.search()].concat())
}
