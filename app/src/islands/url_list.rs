use super::dom::{all, attribute, by_id, closest, copy_of, first_in, mark, on, once_awake};
use super::texts::{fill, told};
use leptos::prelude::*;
use leptos::web_sys::{Element, Event, HtmlElement, HtmlInputElement};
use oauth::redirect_uri;
use std::time::Duration;

/// The button "Add redirect URL". It adds and removes rows in place and says at once what is wrong with an address;
/// without it the buttons post the form and the server does the same.
#[island]
pub fn UrlIsland() -> impl IntoView {
    once_awake(|place| wire(&place));
}

fn wire(place: &Element) -> Option<()> {
    let button: Element = first_in(place, "button[value=add]")?;
    let rows: Element = by_id("redirect-rows")?;
    on(&rows, "click", |event| remove(&event));
    let texts = button.clone();
    on(&rows, "change", move |event| {
        let Some(input) = closest::<HtmlInputElement>(&event, "input") else { return };
        let texts = texts.clone();
        // Later, because a message that appears while a button is being pressed moves it from under the pointer.
        set_timeout(move || check(&input, &texts), Duration::from_millis(250));
    });
    on(&button, "click", |event| append(&event));
    Some(())
}

fn rows() -> Vec<Element> {
    all("#redirect-rows > li")
}

/// Clones the server's pattern of a row.
fn append(event: &Event) -> Option<()> {
    let row = pattern()?;
    by_id::<Element>("redirect-rows")?.append_child(&row).ok()?;
    event.prevent_default();
    renumber();
    first_in::<HtmlInputElement>(&row, "input")?.focus().ok()
}

fn pattern() -> Option<Element> {
    copy_of(&by_id("redirect-row")?)
}

/// Removes a row; the last one is emptied instead, so that there is always a field.
fn remove(event: &Event) -> Option<()> {
    let row = closest::<HtmlElement>(event, "button").and_then(|_| closest::<Element>(event, "li"))?;
    event.prevent_default();
    let place = rows().iter().position(|other| *other == row).unwrap_or_default();
    if rows().len() > 1 {
        row.remove();
        renumber();
    } else {
        let input = first_in::<HtmlInputElement>(&row, "input")?;
        input.set_value("");
        set_error(&input, "");
    }
    let rows = rows();
    first_in::<HtmlInputElement>(rows.get(place).or(rows.last())?, "input")?.focus().ok()
}

/// Labels, ids and button names count from 1, as the server wrote them.
fn renumber() {
    for (index, row) in rows().iter().enumerate() {
        number(row, &(index + 1).to_string());
    }
}

/// Copies from the pattern whatever bears the row's number there.
fn number(row: &Element, number: &str) -> Option<()> {
    const NUMBERED: [(&str, &[&str]); 4] = [
        ("label", &["for"]),
        ("input", &["id", "aria-describedby"]),
        ("button", &["value", "aria-label"]),
        (".field-error", &["id"]),
    ];
    let pattern = pattern()?;
    let filled = |text: &str| fill(text, &[("number", number)]);
    for (selector, names) in NUMBERED {
        let (from, to) = (first_in::<Element>(&pattern, selector)?, first_in::<Element>(row, selector)?);
        for name in names {
            to.set_attribute(name, &filled(&attribute(&from, name))).ok()?;
        }
    }
    let words = first_in::<Element>(&pattern, "label")?.text_content().unwrap_or_default();
    first_in::<Element>(row, "label")?.set_text_content(Some(&filled(&words)));
    Some(())
}

/// Says what is wrong with an address, unless a button is being pressed: the message would move the button away from
/// under the pointer, and the press would be lost. The server says it then.
fn check(input: &HtmlInputElement, texts: &Element) {
    if !all::<Element>("button:active").is_empty() {
        return;
    }
    let value = input.value();
    let trimmed = value.trim();
    input.set_value(trimmed);
    let wrong = if trimmed.is_empty() { None } else { redirect_uri::check(trimmed).err() };
    set_error(input, &wrong.map(|key| told(texts, &key.into())).unwrap_or_default());
}

fn set_error(input: &HtmlInputElement, message: &str) {
    let row = input.closest("li").ok().flatten();
    mark(input, row.and_then(|row| first_in(&row, ".field-error")), message);
}
