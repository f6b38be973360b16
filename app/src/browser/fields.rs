//! Fields of server-rendered forms: reading, writing, and marking errors. What is typed stays in
//! the DOM.

use super::dom::{all, by_id, first};
use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, FormData, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement};

/// The values of a form.
pub(crate) struct Fields(FormData);

impl Fields {
    /// The current values of this form.
    pub(crate) fn of(form: &HtmlFormElement) -> Option<Self> {
        FormData::new_with_form(form).ok().map(Self)
    }

    /// The same for the form with this id.
    pub(crate) fn of_id(form: &str) -> Option<Self> {
        Self::of(&by_id(form)?)
    }

    /// The values that the server rendered.
    pub(crate) fn at_first(form: &str) -> Option<Self> {
        let form: HtmlFormElement = by_id::<HtmlFormElement>(form)?.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
        form.reset();
        Self::of(&form)
    }

    /// The value of this field; empty where there is none.
    pub(crate) fn text(&self, name: &str) -> String {
        self.0.get(name).as_string().unwrap_or_default()
    }

    /// The values of every field of this name.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        self.0.get_all(name).iter().filter_map(|value| value.as_string()).collect()
    }
}

/// Whether any field differs from what the server rendered.
pub(crate) fn is_edited() -> bool {
    typed_in("page").iter().any(|field| match field.dyn_ref::<HtmlInputElement>() {
        Some(input) => input.value() != input.default_value() || input.checked() != input.default_checked(),
        None => field.dyn_ref::<HtmlTextAreaElement>().is_some_and(is_text_edited),
    })
}

fn is_text_edited(text: &HtmlTextAreaElement) -> bool {
    text.default_value().is_ok_and(|at_first| at_first != text.value())
}

/// Makes the current values the default ones: they are saved.
pub(crate) fn set_defaults(form: &str) {
    for input in typed_in(form).iter().filter_map(|field| field.dyn_ref::<HtmlInputElement>()) {
        input.set_default_value(&input.value());
        input.set_default_checked(input.checked());
    }
}

/// The editable fields inside the element with this id.
fn typed_in(id: &str) -> Vec<Element> {
    all(&["#", id, " :is(input:not([type=hidden]), textarea)"].concat())
}

/// Shows the error of a field and sets `aria-invalid`; empty: removes both.
pub(crate) fn set_field_error(field: &str, text: &str) {
    let error = [field, "-error"].concat();
    set_element_text(&error, text);
    let Some(field) = by_id::<Element>(field) else { return };
    let described = field.get_attribute("aria-describedby").unwrap_or_default();
    if !text.is_empty() && !described.split(' ').any(|id| id == error) {
        let _ = field.set_attribute("aria-describedby", [&described, " ", &error].concat().trim());
    }
    let _ = match text {
        "" => field.remove_attribute("aria-invalid"),
        _ => field.set_attribute("aria-invalid", "true"),
    };
}

/// Writes a value into every hidden field of this name.
pub(crate) fn set_hidden(name: &str, value: &str) {
    for field in all(&["input[type=hidden][name=", name, "]"].concat()) {
        let _ = field.set_attribute("value", value);
    }
}

/// The text of the element with this id.
pub(crate) fn element_text(id: &str) -> String {
    by_id::<Element>(id).and_then(|element| element.text_content()).unwrap_or_default()
}

/// Sets the text of the element with this id.
pub(crate) fn set_element_text(id: &str, text: &str) {
    if let Some(element) = by_id::<Element>(id) {
        element.set_text_content(Some(text));
    }
}

/// Sets the page title, keeping the operator's name behind it.
pub(crate) fn set_title(title: &str) {
    let known = document().title();
    let operator = known.rsplit_once(" – ").map_or("", |(_, operator)| operator);
    document().set_title(&[title, " – ", operator].concat());
}

/// Empties the element with this id, so that an island can render into it.
pub(crate) fn clear_children(id: &str) -> Option<HtmlElement> {
    let element = by_id::<HtmlElement>(id)?;
    element.set_text_content(None);
    Some(element)
}

/// The value of the field with this id.
pub(crate) fn value(id: &str) -> String {
    by_id::<HtmlInputElement>(id).map(|field| field.value()).unwrap_or_default()
}

/// Sets the value of the field with this id.
pub(crate) fn set_value(id: &str, value: &str) {
    if let Some(field) = by_id::<HtmlInputElement>(id) {
        field.set_value(value);
    }
}

/// The values of every field of this name on the page, in order.
pub(crate) fn values(name: &str) -> Vec<String> {
    let fields = all(&["input[name=", name, "]"].concat());
    fields.iter().filter_map(|field| Some(field.dyn_ref::<HtmlInputElement>()?.value())).collect()
}

/// The id and value of the field that an event comes from.
pub(crate) fn field_of_event(event: &Event) -> Option<(String, String)> {
    let field: HtmlInputElement = event.target()?.dyn_into().ok()?;
    Some((field.id(), field.value()))
}

/// The value of the clicked button.
pub(crate) fn button_value(event: &Event) -> Option<String> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest("button").ok()??.get_attribute("value")
}

/// Whether a button is pressed right now: a layout change would move it from under the pointer.
pub(crate) fn is_button_active() -> bool {
    first::<Element>("button:active").is_some()
}
