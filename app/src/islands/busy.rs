use super::dom::{all, on, once_awake};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlFormElement, SubmitEvent};

const BUSY: &str = "data-busy";

/// Lets every POST form be sent once: a second press is ignored until the answer comes. The label and the size of the
/// pressed button stay.
#[island]
pub fn BusyForms() -> impl IntoView {
    once_awake(|| {
        on(&document(), "submit", send_once);
        // The page comes back from the browser's memory when somebody goes back to it: its buttons work again.
        on(&window(), "pageshow", |_: Event| wake_forms());
    });
}

fn send_once(event: SubmitEvent) {
    let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let Some(form) = form.filter(|form| form.method() == "post" && !event.default_prevented()) else { return };
    if form.has_attribute(BUSY) {
        event.prevent_default();
        return;
    }
    let _ = form.set_attribute(BUSY, "");
    if let Some(button) = event.submitter() {
        let _ = button.set_attribute("aria-busy", "true");
    }
}

fn wake_forms() {
    for form in all::<HtmlFormElement>("form[data-busy]") {
        let _ = form.remove_attribute(BUSY);
    }
    for button in all::<Element>("button[aria-busy]") {
        let _ = button.remove_attribute("aria-busy");
    }
}
