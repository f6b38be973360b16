use super::dom::{all, on, once_awake};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlFormElement, SubmitEvent};

const BUSY: &str = "data-busy";

/// Lets every POST form be sent once: a second press is ignored until the answer comes. The label and the size of the
/// pressed button stay.
#[island]
pub fn BusyForms() -> impl IntoView {
    once_awake(|_| {
        on(&document(), "submit", |event| send_once(&event));
        // The page comes back from the browser's memory when somebody goes back to it: its buttons work again.
        on(&window(), "pageshow", |_| wake_forms());
    });
}

fn send_once(event: &Event) -> Option<()> {
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    if form.method() != "post" || event.default_prevented() {
        return None;
    }
    if form.has_attribute(BUSY) {
        event.prevent_default();
        return None;
    }
    form.set_attribute(BUSY, "").ok()?;
    event.dyn_ref::<SubmitEvent>()?.submitter()?.set_attribute("aria-busy", "true").ok()
}

fn wake_forms() {
    for element in all::<Element>("form[data-busy], button[aria-busy]") {
        let _ = element.remove_attribute(BUSY);
        let _ = element.remove_attribute("aria-busy");
    }
}
