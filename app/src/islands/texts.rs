//! Words in the language of the page: the server wrote them into data attributes, `{name}` where something is filled in.

use super::dom::attribute;
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

/// A text with its `{name}`s filled in. What is filled in is never read again, so it may hold braces itself.
pub(super) fn fill(template: &str, args: &[(&str, &str)]) -> String {
    let mut pieces = template.split('{');
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once('}').unwrap_or((piece, ""));
        filled.push_str(args.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        filled.push_str(rest);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn a_text_is_filled_in_once() {
        assert_eq!(
            fill("{scope} added. {count} scopes.", &[("scope", "read"), ("count", "2")]),
            "read added. 2 scopes."
        );
        assert_eq!(fill("{scope}: {count}", &[("scope", "{count}"), ("count", "2")]), "{count}: 2");
        assert_eq!(fill("plain", &[("scope", "read")]), "plain");
        assert_eq!(fill("a {b", &[]), "a ");
    }
}
