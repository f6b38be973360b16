//! Keyboard focus, and restoring it when a list is replaced.

use super::dom::{all, by_id, first};
use super::timing::next_tick;
use leptos::ev::KeyboardEvent;
use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

/// Focuses the element with this id.
pub(crate) fn focus(id: &str) {
    if let Some(element) = by_id::<HtmlElement>(id) {
        let _ = element.focus();
    }
}

/// Blurs the focused button whose row is about to be removed, so that a second Enter does not hit
/// another row.
pub(crate) fn blur_focused() {
    if let Some(focused) = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = focused.blur();
    }
}

/// Ctrl+K (Cmd+K) focuses the search field.
pub(crate) fn focus_search(event: &KeyboardEvent) {
    let pressed =
        (event.ctrl_key() || event.meta_key()) && !event.shift_key() && !event.alt_key() && event.key() == "k";
    let search = first::<HtmlInputElement>("input[type=search]").filter(|_| pressed);
    if let Some(field) = search {
        event.prevent_default();
        let _ = field.focus();
        field.select();
    }
}

/// Focuses the button of the first of these form actions that exists.
pub(crate) fn focus_button(paths: &[&str]) {
    let button = |path: &&str| first::<HtmlElement>(&["form[action='", path, "'] button"].concat());
    if let Some(button) = paths.iter().find_map(button) {
        let _ = button.focus();
    }
}

/// Empties a field and focuses it.
pub(crate) fn clear_field(id: &str) {
    if let Some(field) = by_id::<HtmlInputElement>(id) {
        field.set_value("");
        let _ = field.focus();
    }
}

/// Opens a `<details>`.
pub(crate) fn open_details(id: &str) {
    if let Some(details) = by_id::<Element>(id) {
        let _ = details.set_attribute("open", "");
    }
}

/// Removes a secret value from the page.
pub(crate) fn clear_value(id: &str) {
    match by_id::<HtmlTextAreaElement>(id) {
        Some(field) => field.set_value(""),
        None => by_id::<Element>(id).into_iter().for_each(|element| element.set_text_content(None)),
    }
}

/// Clears the status message that the server rendered.
pub(crate) fn clear_status() {
    if let Some(status) = by_id::<Element>("status") {
        status.set_text_content(None);
    }
}

/// Runs `swap`, which replaces the list, and restores focus, cursor, typed text and open
/// `<details>` afterwards.
pub(crate) fn swap_preserving_focus(swap: impl FnOnce()) {
    let preserved = PreservedFocus::now();
    if let Some(list) = by_id::<Element>("page-list") {
        list.set_text_content(None);
    }
    swap();
    next_tick(move || preserved.restore());
}

struct PreservedFocus {
    focused: Option<String>,
    typed: Option<(String, Option<u32>)>,
    open_details: Vec<String>,
}

impl PreservedFocus {
    fn now() -> Self {
        let focused = document().active_element().map(|element| element.id()).filter(|id| !id.is_empty());
        let field = focused.as_deref().and_then(by_id::<HtmlInputElement>);
        let typed = field.map(|field| (field.value(), field.selection_start().ok().flatten()));
        Self { focused, typed, open_details: open_details_ids() }
    }

    fn restore(self) {
        for details in self.open_details.iter().filter_map(|id| by_id::<Element>(id)) {
            let _ = details.set_attribute("open", "");
        }
        let Some(id) = self.focused else { return };
        let still = document().active_element().is_some_and(|element| element.id() == id);
        let (false, Some(element)) = (still, by_id::<HtmlElement>(&id)) else { return };
        let _ = element.focus();
        if let (Some(field), Some((text, at))) = (element.dyn_ref::<HtmlInputElement>(), self.typed) {
            field.set_value(&text);
            let _ = field.set_selection_range(at.unwrap_or_default(), at.unwrap_or_default());
        }
    }
}

fn open_details_ids() -> Vec<String> {
    all("details[open][id]").iter().map(Element::id).collect()
}
