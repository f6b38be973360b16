//! Small helpers around the browser's document.

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::{Element, Event, EventTarget, NodeList};

/// Runs in the browser only, when the island that asks for it wakes, with the element that the island stands in.
/// `public/loader.js` marks the island that it is waking. Not an `Effect`: each would add kilobytes to the bundle.
pub(super) fn once_awake<R>(run: impl FnOnce(Element) -> R) {
    if cfg!(feature = "hydrate") {
        let place = first("leptos-island[data-waking]").and_then(|island: Element| island.parent_element());
        place.map(run);
    }
}

/// The element with this id, if it is of this kind.
pub(super) fn by_id<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The first element that a selector finds.
pub(super) fn first<T: JsCast>(selector: &str) -> Option<T> {
    document().query_selector(selector).ok()??.dyn_into().ok()
}

/// The first element inside another that a selector finds.
pub(super) fn first_in<T: JsCast>(element: &Element, selector: &str) -> Option<T> {
    element.query_selector(selector).ok()??.dyn_into().ok()
}

/// Every element that a selector finds.
pub(super) fn all<T: JsCast>(selector: &str) -> Vec<T> {
    document().query_selector_all(selector).map(|found| listed(&found)).unwrap_or_default()
}

/// Every element inside another that a selector finds.
pub(super) fn all_in<T: JsCast>(element: &Element, selector: &str) -> Vec<T> {
    element.query_selector_all(selector).map(|found| listed(&found)).unwrap_or_default()
}

fn listed<T: JsCast>(found: &NodeList) -> Vec<T> {
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}

/// Listens for as long as the page lives. What the handler gives back, such as `None` where the page lacks something, is
/// of no interest.
pub(super) fn on<R>(target: &EventTarget, event: &str, mut handler: impl FnMut(Event) -> R + 'static) {
    listen(
        target,
        event,
        Box::new(move |event| {
            handler(event);
        }),
    );
}

/// One kind of closure for all listeners: each kind costs code.
fn listen(target: &EventTarget, event: &str, handler: Box<dyn FnMut(Event)>) {
    let closure = Closure::wrap(handler);
    let _ = target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// The nearest element around the event's target that a selector finds.
pub(super) fn closest<T: JsCast>(event: &Event, selector: &str) -> Option<T> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(selector).ok()??.dyn_into().ok()
}
