use super::dom::{by_id, first_in, has, on, once_awake, say};
use super::texts::text;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlDocument, HtmlElement, HtmlTextAreaElement};

/// Copies a value. The button's name never changes; a status says so once the value is really on the clipboard.
#[island]
pub fn CopyIsland() -> impl IntoView {
    once_awake(|place| wire(&place));
}

fn wire(place: &Element) -> Option<()> {
    let button: Element = first_in(place, "button[data-copy]")?;
    let status: Element = first_in(place, "[role=status]")?;
    prepare(&text(&button, "copy"), button.has_attribute("data-once"));
    button.parent_element()?.class_list().add_1("ready").ok()?;
    let target = button.clone();
    on(&target, "click", move |_| {
        let (button, status) = (button.clone(), status.clone());
        wasm_bindgen_futures::spawn_local(async move {
            let copied = copy(&text(&button, "copy")).await;
            say(Some(status), text(&button, if copied { "done" } else { "by-hand" }));
        });
    });
    Some(())
}

/// Selects the value on focus, and clears it when the page is left, so that going back cannot show it again.
fn prepare(target: &str, once: bool) {
    let Some(field) = by_id::<HtmlTextAreaElement>(target) else { return };
    field.select();
    let focused = field.clone();
    on(&field, "focus", move |_| focused.select());
    if once {
        on(&window(), "pagehide", move |_| field.set_value(""));
    }
}

/// The clipboard's own interface where it exists (secure contexts), else the old command on the selection.
async fn copy(target: &str) -> bool {
    let Some(element) = by_id::<Element>(target) else { return false };
    let navigator = window().navigator();
    if has(&navigator, "clipboard") {
        let written = navigator.clipboard().write_text(&text_of(&element));
        if wasm_bindgen_futures::JsFuture::from(written).await.is_ok() {
            return true;
        }
    }
    select(&element);
    let old: Option<HtmlDocument> = document().dyn_into().ok();
    old.is_some_and(|document| document.exec_command("copy").unwrap_or(false))
}

fn text_of(element: &Element) -> String {
    match element.dyn_ref::<HtmlTextAreaElement>() {
        Some(field) => field.value(),
        None => element.dyn_ref::<HtmlElement>().map(HtmlElement::inner_text).unwrap_or_default(),
    }
}

/// Selects the value, so that Ctrl+C copies it even where nothing else does.
fn select(element: &Element) {
    if let Some(field) = element.dyn_ref::<HtmlTextAreaElement>() {
        let _ = field.focus();
        field.select();
    } else if let Ok(Some(selection)) = window().get_selection() {
        let _ = selection.select_all_children(element);
    }
}
