//! Scopes as rows, with the texts that users read for them.

use std::collections::BTreeMap;

use oauth::Risk;

/// A scope, with the texts that users read for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScopeRow {
    /// The scope token (RFC 6749 §3.3).
    pub name: String,
    /// What it lets a token do, for every language without a text of its own; may be empty.
    pub title: String,
    /// More about it, for developers; may be empty.
    pub description: String,
    /// The worst that it permits.
    pub risk: Risk,
    /// The translated texts, by language tag.
    pub texts: BTreeMap<String, ScopeText>,
}

impl ScopeRow {
    /// What it lets a token do, in this language if it has a text; may be empty.
    #[must_use]
    pub fn title_in(self, language: &str) -> String {
        let own = self.texts.get(language).map(|text| &text.title).filter(|title| !title.is_empty());
        own.cloned().unwrap_or(self.title)
    }
}

/// The texts of a scope in one language; an empty one counts as missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScopeText {
    /// What it lets a token do.
    pub title: String,
    /// More about it, for developers.
    pub description: String,
}
