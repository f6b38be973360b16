//! The form of a person's name.

use super::{FieldError, visible};
use crate::Params;
use serde::{Deserialize, Serialize};

/// The longest name, in characters.
const MOST_CHARACTERS: usize = 200;

/// The names of a person; both may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonName {
    /// The given name.
    pub given_name: String,
    /// The family name.
    pub family_name: String,
}

impl PersonName {
    /// The name without space around it.
    #[must_use]
    pub fn tidy(self) -> Self {
        let trimmed = |text: String| text.trim().to_owned();
        Self { given_name: trimmed(self.given_name), family_name: trimmed(self.family_name) }
    }

    /// The fields `given_name` and `family_name`, trimmed.
    #[must_use]
    pub fn parse(params: &Params) -> Self {
        let text = |name: &str| params.last(name).unwrap_or_default().trim().to_owned();
        Self { given_name: text("given_name"), family_name: text("family_name") }
    }

    /// The validation errors.
    #[must_use]
    pub fn check(&self) -> Vec<FieldError> {
        let fields = [("given_name", &self.given_name), ("family_name", &self.family_name)];
        let wrong = fields.into_iter().filter_map(|(field, text)| Some(FieldError::new(field, check_text(text)?)));
        wrong.collect()
    }
}

/// The validation error of a name: a message key.
fn check_text(text: &str) -> Option<&'static str> {
    match text {
        text if text.chars().count() > MOST_CHARACTERS => Some("text-long-200"),
        text if visible(text) != *text => Some("text-invisible"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(given_name: &str, family_name: &str) -> Vec<String> {
        let name = PersonName::parse(&Params::from_pairs([("given_name", given_name), ("family_name", family_name)]));
        name.check().into_iter().map(|error| format!("{}: {}", error.field, error.message)).collect()
    }

    #[test]
    fn a_name_is_bounded_and_can_be_seen() {
        for good in ["", "Ada", "José-María", "عائشة", "王", "x".repeat(200).as_str(), "  Ada  "] {
            assert_eq!(wrong(good, good), Vec::<String>::new(), "{good}");
        }
        assert_eq!(wrong(&"x".repeat(201), "Lovelace"), ["given_name: text-long-200"]);
        for bad in ["Ada\u{202e}", "A\u{200b}da", "A\0da", "A\nda"] {
            assert_eq!(wrong("Ada", bad), ["family_name: text-invisible"], "{bad:?}");
        }
        assert_eq!(wrong("\u{202e}a", "\u{200b}b").len(), 2);
    }
}
