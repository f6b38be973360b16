//! Forms and their validation, shared by server and islands.

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

/// A validation error of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's id.
    pub field: String,
    /// The message, not translated yet.
    pub message: Message,
}

impl FieldError {
    /// An error of this field.
    pub fn new(field: impl Into<String>, message: impl Into<Message>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

/// A name without invisible characters and bidi controls (UTS 39).
#[must_use]
pub fn visible(name: &str) -> String {
    name.chars().filter(|character| !is_invisible(*character)).collect()
}

/// Control characters, line and paragraph separators, zero-width and bidi-override characters,
/// language tags.
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

/// Trimmed and deduplicated, in the typed order.
fn distinct<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for value in values.map(str::trim).filter(|value| !value.is_empty()) {
        if !kept.iter().any(|known| known == value) {
            kept.push(value.to_owned());
        }
    }
    kept
}
