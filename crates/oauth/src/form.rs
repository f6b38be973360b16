//! What people type, with the rules, for the server and the islands alike.

mod client;
mod person;
mod sign_out;
#[cfg(test)]
mod tests;
mod token;

pub use client::{ClientField, ClientForm};
pub use person::PersonName;
pub use sign_out::SignOutForm;
pub use token::NewToken;

use crate::Message;

const MAX_NAME: usize = 100;

/// What is wrong with a field, to stand beside it and in the summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's id.
    pub field: String,
    /// A sentence for the person.
    pub message: Message,
}

impl FieldError {
    /// An error of this field.
    pub fn new(field: impl Into<String>, message: impl Into<Message>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

/// A name as it may be shown to people: without what cannot be seen or turns the line round (UTS 39).
#[must_use]
pub fn visible(name: &str) -> String {
    name.chars().filter(|character| !is_invisible(*character)).collect()
}

/// Control characters, line and paragraph separators, zero-width and bidi-override characters, language tags.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(character, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn check_name(name: &str) -> Result<(), &'static str> {
    let checks = [
        (!name.is_empty(), "name-missing"),
        (name.chars().count() <= MAX_NAME, "name-long"),
        (!name.contains(is_invisible), "text-invisible"),
    ];
    checks.iter().find(|(held, _)| !held).map_or(Ok(()), |(_, message)| Err(message))
}

/// Trimmed, without repetitions, in the order typed.
fn distinct<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for value in values.map(str::trim).filter(|value| !value.is_empty()) {
        if !kept.iter().any(|known| known == value) {
            kept.push(value.to_owned());
        }
    }
    kept
}
