//! Scopes: sets of tokens, serialized as a space-separated string. RFC 6749 §3.3.

mod token;

pub use token::is_scope_token;

use self::token::MAX_TOKEN_LENGTH;
use crate::Error;
use crate::problem::{Fault, Finding};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// The prefix of service scopes, which people may omit.
pub const SERVICE_PREFIX: &str = "service_id=";
/// The scope whose tokens may ask the introspection endpoint.
pub const INTROSPECT: &str = "introspect";

pub(crate) const MAX_TOKENS: usize = 100;
const MAX_LENGTH: usize = MAX_TOKENS * (MAX_TOKEN_LENGTH + 1);

/// A set of scope tokens, sorted. The empty set is the empty string.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Scope(BTreeSet<String>);

impl Scope {
    /// Reads tokens separated by spaces. The length is checked first, so that a long scope costs
    /// nothing.
    ///
    /// # Errors
    /// `invalid_scope` for a character outside RFC 6749 §3.3, a token of more than 200 characters,
    /// more than 100 tokens.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if text.len() > MAX_LENGTH {
            return Err(Error::invalid_scope("The scope is too long").found(Finding::new(Fault::TooLong, "scope")));
        }
        let mut scope = Self::default();
        text.split(' ').filter(|token| !token.is_empty()).try_for_each(|token| scope.insert(token))?;
        Ok(scope)
    }

    /// The set of these tokens; what is not a scope token is left out, so every `Scope` can be
    /// written and read back.
    pub fn of<I>(tokens: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        Self(tokens.into_iter().map(Into::into).filter(|token| is_scope_token(token)).collect())
    }

    /// Adds a token.
    ///
    /// # Errors
    /// `invalid_scope` when it is not a scope token, or when there are 100 already.
    pub fn insert(&mut self, token: &str) -> Result<(), Error> {
        if !is_scope_token(token) {
            let finding = Finding::new(Fault::Malformed, "scope").sent(token);
            return Err(
                Error::invalid_scope("The scope holds a token that RFC 6749 section 3.3 does not allow").found(finding)
            );
        }
        if self.0.len() >= MAX_TOKENS && !self.0.contains(token) {
            return Err(
                Error::invalid_scope("The scope has too many tokens").found(Finding::new(Fault::TooMany, "scope"))
            );
        }
        self.0.insert(token.to_owned());
        Ok(())
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many tokens it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the token is in it. Tokens are compared byte by byte.
    #[must_use]
    pub fn contains(&self, token: &str) -> bool {
        self.0.contains(token)
    }

    /// Whether everything in `other` is in this too.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        other.0.is_subset(&self.0)
    }

    /// What is in both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        Self(self.0.intersection(&other.0).cloned().collect())
    }

    /// What is in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self(self.0.union(&other.0).cloned().collect())
    }

    /// What is in this and not in `other`.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        Self(self.0.difference(&other.0).cloned().collect())
    }

    /// The tokens in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, token) in self.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { " " })?;
            f.write_str(token)?;
        }
        Ok(())
    }
}

impl From<Scope> for String {
    fn from(scope: Scope) -> Self {
        scope.to_string()
    }
}

impl TryFrom<String> for Scope {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        Self::parse(&text)
    }
}

/// What people see and type: `NAME` for `service_id=NAME`, every other scope as it is.
#[must_use]
pub fn short_form(scope: &str) -> &str {
    scope.strip_prefix(SERVICE_PREFIX).unwrap_or(scope)
}

/// Resolves a typed scope: the exact name first, then the short form of a service scope.
pub fn resolve<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let typed = typed.trim();
    let service = format!("{SERVICE_PREFIX}{typed}");
    let mut found = None;
    for name in known {
        if name == typed {
            return Some(typed.to_owned());
        }
        if name == service {
            found = Some(name.to_owned());
        }
    }
    found
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scope(text: &str) -> Scope {
        Scope::parse(text).unwrap()
    }

    #[test]
    fn a_scope_is_a_sorted_set() {
        assert_eq!(scope("write  read write ").to_string(), "read write");
        assert_eq!((scope("").len(), scope(" ").is_empty()), (0, true));
        assert!(scope("service_id=uslicer.iponweb.com !#[]~").contains("service_id=uslicer.iponweb.com"));
    }

    #[test]
    fn characters_outside_the_rfc_are_refused() {
        for text in ["a\"b", "a\\b", "a\tb", "a\nb", "a\u{7f}", "caf\u{e9}", "a\0"] {
            assert_eq!(Scope::parse(text).unwrap_err().code.as_str(), "invalid_scope", "{text:?}");
        }
    }

    #[test]
    fn length_and_number_are_bounded() {
        let many = |count: usize| (0..count).map(|n| format!("s{n}")).collect::<Vec<_>>().join(" ");
        assert_eq!(scope(&many(100)).len(), 100);
        assert!(Scope::parse(&many(101)).is_err());
        assert_eq!(scope(&"x".repeat(200)).len(), 1);
        assert!(Scope::parse(&"x".repeat(201)).is_err());
        assert!(Scope::parse(&"x ".repeat(1_000_000)).is_err());
    }

    #[test]
    fn sets_are_compared_and_combined() {
        let (both, read) = (scope("read write"), scope("read"));
        assert!(both.covers(&read) && both.covers(&Scope::default()) && !read.covers(&both));
        assert_eq!(both.intersection(&scope("read admin")), read);
        assert_eq!(read.union(&scope("write")), both);
        assert_eq!(both.minus(&read), scope("write"));
        assert_eq!(Scope::of(["read", "not a token", ""]), read);
    }

    #[test]
    fn it_travels_as_a_string() {
        assert_eq!(serde_json::to_string(&scope("b a")).unwrap(), "\"a b\"");
        assert_eq!(serde_json::from_str::<Scope>("\"b a\"").unwrap(), scope("a b"));
        assert!(serde_json::from_str::<Scope>("\"a\\\\b\"").is_err());
    }

    #[test]
    fn the_short_form_means_a_service_scope() {
        let known = ["read", "service_id=read", "service_id=uslicer.iponweb.com"];
        let resolved = |typed| resolve(typed, known.into_iter());
        assert_eq!(resolved(" uslicer.iponweb.com ").as_deref(), Some("service_id=uslicer.iponweb.com"));
        assert_eq!(resolved("service_id=uslicer.iponweb.com").as_deref(), Some("service_id=uslicer.iponweb.com"));
        assert_eq!(resolved("read").as_deref(), Some("read"));
        assert_eq!(resolved("nonsense"), None);
        assert_eq!(resolved(""), None);
        assert_eq!(short_form("service_id=uslicer.iponweb.com"), "uslicer.iponweb.com");
        assert_eq!(short_form("read"), "read");
    }

    proptest! {
        #[test]
        fn what_is_read_can_be_written_and_read_again(text in ".*") {
            if let Ok(scope) = Scope::parse(&text) {
                prop_assert!(scope.iter().all(is_scope_token));
                prop_assert_eq!(Scope::parse(&scope.to_string()), Ok(scope));
            }
        }

        #[test]
        fn tokens_of_the_grammar_are_accepted(tokens in prop::collection::vec("[!#-\\[\\]-~]{1,200}", 0..100)) {
            let scope = Scope::parse(&tokens.join(" "));
            prop_assert_eq!(scope, Ok(Scope::of(tokens)));
        }
    }
}
