use super::{by_id, first};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlDialogElement, HtmlFormElement};

/// Makes a dialog modal, unless it is so already.
pub(crate) fn show_modal(dialog: &HtmlDialogElement) {
    if !dialog.open() {
        let _ = dialog.show_modal();
    }
}

/// Closes the modal dialog, which gives the focus back to where it was. Its island takes it out of the page.
pub(crate) fn close_modal() {
    if let Some(dialog) = first::<HtmlDialogElement>("leptos-island dialog[open]") {
        dialog.close();
    }
}

/// Takes away the dialog that the server rendered open, when an island goes on with it: the page behind it is there again.
pub(crate) fn close_page_dialog() {
    if let Some(dialog) = first::<Element>("body > dialog[open]") {
        dialog.remove();
    }
    if let Some(page) = by_id::<Element>("page") {
        let _ = page.remove_attribute("inert");
    }
}

/// Whether somebody has a dialog before them, in which something may be typed.
pub(crate) fn is_typing() -> bool {
    first::<HtmlDialogElement>("dialog[open]").is_some()
}

/// Presses Cancel: the form that leads back from a dialog.
pub(crate) fn send_back(dialog: &HtmlDialogElement) {
    let form = dialog.query_selector("form[method=get]").ok().flatten();
    if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
        let _ = form.request_submit();
    }
}
