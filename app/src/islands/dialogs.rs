use super::dom::{all, all_in, by_id, closest, first_in, on, once_awake};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlDialogElement, HtmlElement, HtmlFormElement, KeyboardEvent};

const IN_PLACE: &str = "data-in-place";

/// Opens dialogs in place of loading their pages, and makes those that the server opened truly modal.
#[island]
pub fn Dialogs() -> impl IntoView {
    once_awake(|_| {
        on(&document(), "submit", |event| intercept(&event));
        for dialog in all::<HtmlDialogElement>("dialog") {
            on_escape(dialog);
        }
        for dialog in all::<HtmlDialogElement>("dialog[open]") {
            make_modal(&dialog);
        }
    });
}

/// A GET form marked `data-opens` shows its dialog; one marked `data-closes` closes a dialog that was opened so.
fn intercept(event: &Event) -> Option<()> {
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    let handled = match form.get_attribute("data-opens").and_then(|id| by_id::<HtmlDialogElement>(&id)) {
        Some(dialog) => open(&dialog, &form),
        None => form.has_attribute("data-closes") && close(event),
    };
    if handled {
        event.prevent_default();
    }
    Some(())
}

fn open(dialog: &HtmlDialogElement, opener: &HtmlFormElement) -> bool {
    if let Some(name) = opener.get_attribute("data-name").filter(|name| !name.is_empty()) {
        for slot in all_in::<Element>(dialog, "[data-slot=name]") {
            slot.set_text_content(Some(&name));
        }
        if let Some(form) = first_in::<HtmlFormElement>(dialog, "form[method=post]") {
            form.set_action(&opener.action());
        }
    }
    let _ = dialog.set_attribute(IN_PLACE, "");
    dialog.show_modal().is_ok()
}

fn close(event: &Event) -> bool {
    match closest::<HtmlDialogElement>(event, "dialog[data-in-place]") {
        Some(dialog) => {
            dialog.close();
            true
        }
        None => false,
    }
}

/// The page behind is inert already; a modal dialog makes it so itself and also holds the focus.
fn make_modal(dialog: &HtmlDialogElement) {
    let focused = document().active_element().filter(|element| dialog.contains(Some(element)));
    dialog.close();
    if dialog.show_modal().is_err() {
        dialog.show();
        return;
    }
    if let Some(page) = by_id::<Element>("page") {
        let _ = page.remove_attribute("inert");
    }
    if let Some(element) = focused.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Escape is Cancel. It does nothing to a dialog that shows something once: browsers honour a refused `cancel` event
/// only the first time, so the key itself is caught there.
fn on_escape(dialog: HtmlDialogElement) {
    let target = dialog.clone();
    if dialog.has_attribute("data-keep") {
        on(&target, "keydown", |event| {
            if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape") {
                event.prevent_default();
            }
        });
        on(&target, "cancel", |event| event.prevent_default());
        return;
    }
    on(&target, "cancel", move |event| {
        if !dialog.has_attribute(IN_PLACE) {
            event.prevent_default();
            let back = first_in::<HtmlFormElement>(&dialog, "form[method=get]");
            let _ = back.map(|form| form.request_submit());
        }
    });
}
