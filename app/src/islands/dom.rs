//! Small helpers around the browser's document.

use leptos::prelude::{document, queue_microtask, set_timeout};
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Element, Event, EventTarget, HtmlElement, HtmlInputElement};
use std::time::Duration;

/// Runs once, in the browser only, as soon as the island that asks for it is awake. Not an `Effect`: each would add
/// kilobytes to the bundle.
pub(super) fn once_awake(run: impl FnOnce() + 'static) {
    if cfg!(feature = "hydrate") {
        let run: Box<dyn FnOnce()> = Box::new(run);
        queue_microtask(run);
    }
}

/// The element with this id, if it is of this kind.
pub(super) fn by_id<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Every element that a selector finds.
pub(super) fn all<T: JsCast>(selector: &str) -> Vec<T> {
    let Ok(found) = document().query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}

/// Every element inside another that a selector finds.
pub(super) fn all_in<T: JsCast>(element: &Element, selector: &str) -> Vec<T> {
    let Ok(found) = element.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}

/// The first element inside another that a selector finds.
pub(super) fn first_in<T: JsCast>(element: &Element, selector: &str) -> Option<T> {
    element.query_selector(selector).ok()??.dyn_into().ok()
}

/// Listens for as long as the page lives.
pub(super) fn on<E: JsCast>(target: &EventTarget, event: &str, mut handler: impl FnMut(E) + 'static) {
    let closure = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        if let Ok(event) = event.dyn_into() {
            handler(event);
        }
    });
    let _ = target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// The nearest element around the event's target that a selector finds.
pub(super) fn closest<T: JsCast>(event: &Event, selector: &str) -> Option<T> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(selector).ok()??.dyn_into().ok()
}

/// The values of the inputs that a selector finds.
pub(super) fn values(selector: &str) -> Vec<String> {
    all::<HtmlInputElement>(selector).iter().map(HtmlInputElement::value).collect()
}

/// Writes a live region. It is emptied first, so that the same words are announced again.
pub(super) fn say(id: &str, text: String) {
    let Some(region) = by_id::<HtmlElement>(id) else { return };
    region.set_text_content(None);
    set_timeout(move || region.set_text_content(Some(&text)), Duration::from_millis(50));
}

/// Whether the browser has this member.
pub(super) fn has(object: &JsValue, member: &str) -> bool {
    js_sys::Reflect::get(object, &JsValue::from_str(member)).is_ok_and(|value| !value.is_undefined())
}
