//! Roving tabindex of the tab list: one tab is in the Tab order, arrow keys reach the others (ARIA
//! APG).

use super::dom::all;
use leptos::ev::KeyboardEvent;
use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

/// Puts the selected tab into the Tab order.
pub(crate) fn init_tabs() {
    let tabs = tabs();
    rove(&tabs, tabs.iter().position(|tab| tab.get_attribute("aria-selected").as_deref() == Some("true")));
}

/// Moves the focus by arrow keys, Home and End.
pub(crate) fn move_in_tabs(event: &KeyboardEvent) {
    let tabs = tabs();
    let focused = document().active_element();
    let current = tabs.iter().position(|tab| focused.as_ref() == Some(tab));
    let right_to_left = document().dir() == "rtl";
    let next = current.and_then(|current| target(&event.key(), current, tabs.len(), right_to_left));
    if let Some((next, tab)) = next.and_then(|next| Some((next, tabs.get(next)?))) {
        event.prevent_default();
        rove(&tabs, Some(next));
        let _ = tab.focus();
    }
}

fn tabs() -> Vec<HtmlElement> {
    all("#tabs [role=tab]").into_iter().filter_map(|tab| tab.dyn_into().ok()).collect()
}

fn rove(tabs: &[HtmlElement], reached: Option<usize>) {
    for (index, tab) in tabs.iter().enumerate() {
        tab.set_tab_index(if Some(index) == reached { 0 } else { -1 });
    }
}

fn target(key: &str, current: usize, count: usize, right_to_left: bool) -> Option<usize> {
    let (next, previous) = ((current + 1) % count, (current + count - 1) % count);
    match (key, right_to_left) {
        ("ArrowRight", false) | ("ArrowLeft", true) => Some(next),
        ("ArrowLeft", false) | ("ArrowRight", true) => Some(previous),
        ("Home", _) => Some(0),
        ("End", _) => Some(count - 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn arrows_go_round_and_other_keys_do_nothing() {
        assert_eq!(target("ArrowRight", 2, 3, false), Some(0));
        assert_eq!(target("ArrowLeft", 0, 3, false), Some(2));
        assert_eq!(target("ArrowLeft", 0, 3, true), Some(1));
        assert_eq!(target("End", 0, 3, false), Some(2));
        assert_eq!(target("a", 0, 3, false), None);
    }
}
