//! Words in the language of the page: the server wrote them into data attributes, `{name}` where something is filled in.

use super::dom::attribute;
pub(super) use crate::views::fill;
use leptos::web_sys::Element;
use oauth::Message;
use oauth::message::Value;

/// The text `data-{key}` of an element; empty when it is not there.
pub(super) fn text(element: &Element, key: &str) -> String {
    attribute(element, &["data-", key].concat())
}

/// A message of the rules; its key where the page does not have it, so that no refusal is silent.
pub(super) fn told(element: &Element, message: &Message) -> String {
    let found = text(element, message.key);
    if found.is_empty() {
        return message.key.to_owned();
    }
    let spoken = |value: &Value| match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
    };
    let args: Vec<(&str, String)> = message.args.iter().map(|(name, value)| (*name, spoken(value))).collect();
    fill(&found, &args.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>())
}
