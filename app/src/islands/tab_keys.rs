use super::dom::{all, by_id, on, once_awake};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlElement, KeyboardEvent};

/// Arrow keys, Home and End on the tabs. A tab is chosen with Enter, because each is a page of its own (APG: manual
/// activation).
#[island]
pub fn TabKeys() -> impl IntoView {
    once_awake(|_| {
        let Some(list) = by_id::<Element>("tabs") else { return };
        rove(&tabs(), tabs().iter().position(|tab| tab.get_attribute("aria-selected").as_deref() == Some("true")));
        on(&list, "keydown", |event| move_focus(&event));
    });
}

fn tabs() -> Vec<HtmlElement> {
    all("#tabs [role=tab]")
}

/// Only one tab is reached by the Tab key; the arrows lead to the others.
fn rove(tabs: &[HtmlElement], reached: Option<usize>) {
    for (index, tab) in tabs.iter().enumerate() {
        tab.set_tab_index(if Some(index) == reached { 0 } else { -1 });
    }
}

fn move_focus(event: &Event) -> Option<()> {
    let key = event.dyn_ref::<KeyboardEvent>()?.key();
    let tabs = tabs();
    let focused = document().active_element();
    let current = tabs.iter().position(|tab| focused.as_ref() == Some(tab));
    let right_to_left = document().dir() == "rtl";
    let next = target(&key, current?, tabs.len(), right_to_left)?;
    event.prevent_default();
    rove(&tabs, Some(next));
    tabs.get(next)?.focus().ok()
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
