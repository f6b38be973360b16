use super::dom::{by_id, has, on, once_awake};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlDocument, HtmlElement, HtmlTextAreaElement};

const NOT_COPIED: &str = "Press Ctrl+C";

/// Copies a value. Its name never changes; a status says so once the value is really on the clipboard.
#[island]
pub fn CopyButton(
    /// The id of the field or element to copy.
    target: String,
    /// What the button is called.
    label: String,
    /// What the status says after success.
    done: String,
    /// Whether the value is shown once: then it is cleared when the page is left.
    once: bool,
) -> impl IntoView {
    let (awake, status) = (RwSignal::new(false), RwSignal::new(" ".to_owned()));
    let cleared = target.clone();
    once_awake(move || {
        awake.set(true);
        prepare(&cleared, once);
    });
    let press = move |_| {
        let (target, done) = (target.clone(), done.clone());
        status.set(" ".to_owned());
        leptos::task::spawn_local(async move {
            let copied = copy(&target).await;
            status.set(if copied { done } else { NOT_COPIED.to_owned() });
        });
    };
    view! {
        <span class="scripted" class:ready=awake translate="no">
            <button type="button" class="button small" on:click=press>{label}</button>
        </span>
        <span role="status" class="copied" translate="no">{status}</span>
    }
}

/// Selects the value on focus, and clears it when the page is left, so that going back cannot show it again.
fn prepare(target: &str, once: bool) {
    let Some(field) = by_id::<HtmlTextAreaElement>(target) else { return };
    field.select();
    let focused = field.clone();
    on(&field, "focus", move |_: Event| focused.select());
    if once {
        let left = field;
        on(&window(), "pagehide", move |_: Event| left.set_value(""));
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
