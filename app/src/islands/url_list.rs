use super::dom::{all, all_in, by_id, closest, first_in, on, once_awake};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlTemplateElement, MouseEvent};
use oauth::redirect_uri;
use std::time::Duration;

/// The button "Add redirect URL". It adds and removes rows in place and says at once what is wrong with an address;
/// without it the buttons post the form and the server does the same.
#[island]
pub fn UrlList() -> impl IntoView {
    once_awake(|| {
        if let Some(rows) = by_id::<Element>("redirect-rows") {
            on(&rows, "click", remove);
            on(&rows, "change", |event: Event| {
                if let Some(input) = closest::<HtmlInputElement>(&event, "input") {
                    // Later, because a message that appears while a button is being pressed moves it from under the pointer.
                    set_timeout(move || check(&input), Duration::from_millis(250));
                }
            });
        }
    });
    let press = move |event: MouseEvent| {
        event.prevent_default();
        append();
    };
    view! {
        <button type="submit" name="intent" value="add" class="button" translate="no" on:click=press>"Add redirect URL"</button>
    }
}

fn rows() -> Vec<Element> {
    all("#redirect-rows > li")
}

/// Clones the server's pattern of a row.
fn append() -> Option<()> {
    let template = by_id::<HtmlTemplateElement>("redirect-row")?;
    let row: Element = template.content().first_element_child()?.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    by_id::<Element>("redirect-rows")?.append_child(&row).ok()?;
    renumber();
    first_in::<HtmlInputElement>(&row, "input")?.focus().ok()
}

/// Removes a row; the last one is emptied instead, so that there is always a field.
fn remove(event: Event) {
    let row = closest::<HtmlElement>(&event, "button").and_then(|_| closest::<Element>(&event, "li"));
    let Some(row) = row else { return };
    event.prevent_default();
    let place = rows().iter().position(|other| *other == row).unwrap_or_default();
    if rows().len() > 1 {
        row.remove();
        renumber();
    } else if let Some(input) = first_in::<HtmlInputElement>(&row, "input") {
        input.set_value("");
        set_error(&input, "");
    }
    let rows = rows();
    let next = rows.get(place).or(rows.last()).and_then(|row| first_in::<HtmlInputElement>(row, "input"));
    let _ = next.map(|input| input.focus());
}

/// Labels, ids and button names count from 1, as the server wrote them.
fn renumber() {
    for (index, row) in rows().iter().enumerate() {
        number(row, index + 1);
    }
}

fn number(row: &Element, number: usize) -> Option<()> {
    let id = format!("redirect_uri_{number}");
    let error_id = format!("{id}-error");
    let label = first_in::<Element>(row, "label")?;
    label.set_text_content(Some(&format!("Redirect URL {number}")));
    label.set_attribute("for", &id).ok()?;
    let input = first_in::<Element>(row, "input")?;
    input.set_id(&id);
    input.set_attribute("aria-describedby", &error_id).ok()?;
    first_in::<Element>(row, ".field-error")?.set_id(&error_id);
    let button = first_in::<Element>(row, "button")?;
    button.set_attribute("value", &format!("remove:{number}")).ok()?;
    button.set_attribute("aria-label", &format!("Remove redirect URL {number}")).ok()
}

/// Says what is wrong with an address, unless a button is being pressed: the message would move the button away from
/// under the pointer, and the press would be lost. The server says it then.
fn check(input: &HtmlInputElement) {
    if !all::<Element>("button:active").is_empty() {
        return;
    }
    let value = input.value();
    let trimmed = value.trim();
    input.set_value(trimmed);
    let message = if trimmed.is_empty() { None } else { redirect_uri::check(trimmed).err() };
    set_error(input, message.unwrap_or_default());
}

fn set_error(input: &HtmlInputElement, message: &str) {
    let row = input.closest("li").ok().flatten();
    if let Some(place) = row.and_then(|row| all_in::<Element>(&row, ".field-error").pop()) {
        place.set_text_content(Some(message));
    }
    let _ = match message {
        "" => input.remove_attribute("aria-invalid"),
        _ => input.set_attribute("aria-invalid", "true"),
    };
}
