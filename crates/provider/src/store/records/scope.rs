//! Scopes as rows, with the sentences that people read for them.

use std::collections::BTreeMap;

use oauth::Risk;

/// A scope that exists, with the sentences that people read for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScopeRow {
    /// The scope token (RFC 6749 §3.3).
    pub name: String,
    /// What it lets a token do, in every language that has no sentence of its own; may be empty.
    pub title: String,
    /// More about it, for developers; may be empty.
    pub description: String,
    /// What it can do at its worst.
    pub risk: Risk,
    /// The sentences in single languages, by language tag.
    pub texts: BTreeMap<String, ScopeText>,
}

impl ScopeRow {
    /// What it lets a token do, in this language if there are words in it; may be empty.
    #[must_use]
    pub fn title_in(self, language: &str) -> String {
        let own = self.texts.get(language).map(|text| &text.title).filter(|title| !title.is_empty());
        own.cloned().unwrap_or(self.title)
    }
}

/// The sentences of a scope in one language; an empty one is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScopeText {
    /// What it lets a token do.
    pub title: String,
    /// More about it, for developers.
    pub description: String,
}
