//! Modal `<dialog>` elements: those that the server rendered open, and those of islands.

use super::dom::{by_id, first};
use leptos::ev::KeyboardEvent;
use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlDialogElement, HtmlElement, HtmlFormElement};

/// The dialog that the server rendered open.
const PAGE_DIALOG: &str = "body > dialog[open]";

/// Makes a dialog modal, unless it is open.
pub(crate) fn show_modal(dialog: &HtmlDialogElement) {
    if !dialog.open() {
        let _ = dialog.show_modal();
    }
}

/// Makes the dialog that the server rendered open modal: the browser then makes the page inert and
/// traps the focus.
pub(crate) fn make_modal() {
    let Some(dialog) = first::<HtmlDialogElement>(PAGE_DIALOG) else { return };
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

/// Escape submits Cancel in the dialog that the server rendered open, unless the dialog shows a
/// value once. The key itself is handled, because browsers honour a cancelled `cancel` event only
/// once.
pub(crate) fn escape_page_dialog(event: &KeyboardEvent) {
    let Some(dialog) = first::<HtmlDialogElement>(PAGE_DIALOG).filter(|_| event.key() == "Escape") else { return };
    event.prevent_default();
    if !dialog.class_list().contains("keep") {
        cancel_dialog(&dialog);
    }
}

/// The dialog that an island shows.
const OWN_DIALOG: &str = "leptos-island dialog[open]";

/// Whether an island shows a dialog: failures are shown inside it.
pub(crate) fn has_island_dialog() -> bool {
    first::<Element>(OWN_DIALOG).is_some()
}

/// Closes the modal dialog, which restores the focus. The island then removes it.
pub(crate) fn close_modal() {
    if let Some(dialog) = first::<HtmlDialogElement>(OWN_DIALOG) {
        dialog.close();
    }
}

/// Moves the element with this id into the dialog that the server rendered open, if any: behind it
/// nobody would see the message.
pub(crate) fn move_into_page_dialog(id: &str) {
    if let (Some(dialog), Some(notice)) = (first::<Element>(PAGE_DIALOG), by_id::<Element>(id)) {
        let title = dialog.first_element_child().and_then(|title| title.next_element_sibling());
        let _ = dialog.insert_before(&notice, title.as_ref().map(AsRef::as_ref));
    }
}

/// Removes the dialog that the server rendered open, because an island continues with it, and makes
/// the page usable again.
pub(crate) fn close_page_dialog() {
    if let Some(dialog) = first::<Element>(PAGE_DIALOG) {
        move_out_of_page_dialog(&dialog);
        dialog.remove();
    }
    if let Some(page) = by_id::<Element>("page") {
        let _ = page.remove_attribute("inert");
    }
}

/// Moves the element of [`move_into_page_dialog`] back before the list.
fn move_out_of_page_dialog(dialog: &Element) -> Option<()> {
    let notice = by_id::<Element>("failure").filter(|notice| dialog.contains(Some(notice)))?;
    let list = by_id::<Element>("page-list")?;
    list.parent_node()?.insert_before(&notice, Some(&list)).ok().map(drop)
}

/// Whether a dialog is open, in which something may be typed.
pub(crate) fn is_dialog_open() -> bool {
    first::<HtmlDialogElement>("dialog[open]").is_some()
}

/// Cancels a dialog: submits its GET form.
pub(crate) fn cancel_dialog(dialog: &HtmlDialogElement) {
    let form = dialog.query_selector("form[method=get]").ok().flatten();
    if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
        let _ = form.request_submit();
    }
}
