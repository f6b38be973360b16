//! Copying text to the clipboard.

use super::dom::by_id;
use leptos::prelude::{document, window};
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Element, HtmlDocument, HtmlElement, HtmlTextAreaElement};

/// Copies the text of the element with this id: by the Clipboard API where it exists (secure
/// contexts), else by `execCommand`. Whether it worked.
pub(crate) async fn copy(id: &str) -> bool {
    let Some(element) = by_id::<Element>(id) else { return false };
    let navigator = window().navigator();
    if js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard")).is_ok_and(|found| !found.is_undefined()) {
        let written = navigator.clipboard().write_text(&text_of(&element));
        if wasm_bindgen_futures::JsFuture::from(written).await.is_ok() {
            return true;
        }
    }
    select(id);
    let old: Option<HtmlDocument> = document().dyn_into().ok();
    old.is_some_and(|document| document.exec_command("copy").unwrap_or(false))
}

fn text_of(element: &Element) -> String {
    match element.dyn_ref::<HtmlTextAreaElement>() {
        Some(field) => field.value(),
        None => element.dyn_ref::<HtmlElement>().map(HtmlElement::inner_text).unwrap_or_default(),
    }
}

/// Selects the text of the element with this id, so that Ctrl+C copies it.
pub(crate) fn select(id: &str) {
    let Some(element) = by_id::<Element>(id) else { return };
    if let Some(field) = element.dyn_ref::<HtmlTextAreaElement>() {
        field.select();
    } else if let Ok(Some(selection)) = window().get_selection() {
        let _ = selection.select_all_children(&element);
    }
}
