//! The form "New permanent token".

use super::{FieldError, check_name, distinct, visible};
use crate::scope::{MAX_TOKENS, resolve};
use crate::view::ScopeChoice;
use crate::{Message, Params};
use serde::{Deserialize, Serialize};

/// The dialog "New permanent token". Errors name the fields `name` and `scope`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewToken {
    /// The name of the token.
    pub name: String,
    /// The typed scope, not added yet.
    pub scope: String,
    /// The scopes that were added, whole.
    #[serde(default)]
    pub scopes: Vec<String>,
}

impl NewToken {
    /// The fields of the posted form: `name`, `scope`, and `scopes` once for each.
    #[must_use]
    pub fn parse(params: &Params) -> Self {
        let text = |name: &str| params.last(name).unwrap_or_default().to_owned();
        let scopes = params.all("scopes").map(str::to_owned).collect();
        Self { name: text("name"), scope: text("scope"), scopes }.tidy()
    }

    /// Normalized: no invisible characters, trimmed, deduplicated.
    #[must_use]
    pub fn tidy(self) -> Self {
        Self {
            name: Self::tidy_name(&self.name),
            scope: self.scope.trim().to_owned(),
            scopes: distinct(self.scopes.iter().map(String::as_str)),
        }
    }

    /// A normalized name.
    #[must_use]
    pub fn tidy_name(typed: &str) -> String {
        visible(typed).trim().to_owned()
    }

    /// The validation error of a name.
    #[must_use]
    pub fn check_name(name: &str) -> Option<FieldError> {
        check_name(name).err().map(|message| FieldError::new("name", message))
    }

    /// Prefilled by a link: `name`, and `scope` repeated, short or whole. The link is untrusted:
    /// unknown and forbidden scopes are dropped.
    #[must_use]
    pub fn prefill(params: &Params, known: &[ScopeChoice]) -> Self {
        let mut form = Self { scope: String::new(), scopes: Vec::new(), ..Self::parse(params) };
        for typed in params.all("scope").flat_map(|value| value.split(' ')).take(MAX_TOKENS) {
            typed.clone_into(&mut form.scope);
            let _ = form.add(known); // refused: the next one overwrites it
        }
        form.scope.clear();
        form
    }

    /// Adds the typed scope and clears the field.
    ///
    /// # Errors
    /// The scope does not exist here, or this user may not use it; everything typed is kept.
    pub fn add(&mut self, known: &[ScopeChoice]) -> Result<(), FieldError> {
        let typed = self.scope.trim();
        if typed.is_empty() && self.scopes.is_empty() {
            return Err(scope_error("scope-missing"));
        }
        if !typed.is_empty() {
            let name = resolve(typed, known.iter().map(|choice| choice.name.as_str()));
            let name = name.ok_or_else(|| unknown(typed))?;
            check_choice(&name, known)?;
            if !self.scopes.contains(&name) {
                self.scopes.push(name);
            }
        }
        self.scope.clear();
        Ok(())
    }

    /// Removes an added scope.
    pub fn remove(&mut self, scope: &str) {
        self.scopes.retain(|added| added != scope);
    }

    /// The validation errors; empty: valid.
    #[must_use]
    pub fn check(&self, known: &[ScopeChoice]) -> Vec<FieldError> {
        let name = Self::check_name(&self.name);
        let added = self.scopes.iter().take(MAX_TOKENS).filter_map(|scope| check_choice(scope, known).err());
        name.into_iter().chain(self.check_count()).chain(added).collect()
    }

    fn check_count(&self) -> Option<FieldError> {
        match self.scope.trim() {
            "" if self.scopes.is_empty() => Some(scope_error("scope-missing")),
            "" if self.scopes.len() > MAX_TOKENS => Some(scope_error("scope-many")),
            "" => None,
            typed => Some(scope_error(Message::new("scope-not-added").with("scope", short(typed)))),
        }
    }
}

fn check_choice(scope: &str, known: &[ScopeChoice]) -> Result<(), FieldError> {
    match known.iter().find(|choice| choice.name == scope) {
        None => Err(unknown(scope)),
        Some(choice) if !choice.allowed => Err(scope_error(Message::new("scope-not-allowed").with("scope", scope))),
        Some(_) => Ok(()),
    }
}

fn unknown(typed: &str) -> FieldError {
    scope_error(Message::new("scope-unknown").with("scope", short(typed)))
}

fn scope_error(message: impl Into<Message>) -> FieldError {
    FieldError::new("scope", message)
}

/// Typed text for a message: visible characters, cut.
fn short(typed: &str) -> String {
    visible(typed).chars().take(200).collect()
}
