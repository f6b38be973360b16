//! The registered scopes: the operator adds and removes them.

pub use crate::store::records::{ScopeRow, ScopeText};
use oauth::form::visible;
use oauth::scope::{INTROSPECT, is_scope_token, resolve};
use oauth::view::ScopeChoice;
use oauth::{Message, Scope};

use crate::error::Error;
use crate::provider::Provider;
pub use crate::store::scopes::ScopeChange;
pub use crate::store::scopes::ScopeUse;

/// Maximum characters of a title or a description.
const MOST_CHARACTERS: usize = 500;

impl Provider {
    /// Adds a scope with title and description; either may be empty.
    ///
    /// # Errors
    /// As [`Provider::set_scope`].
    pub async fn add_scope(&self, name: &str, title: &str, description: &str) -> Result<ScopeRow, Error> {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let (title, description) = (given(title), given(description));
        let change = ScopeChange { name: name.to_owned(), title, description, ..ScopeChange::default() };
        self.set_scope(change).await.map(|(row, _)| row)
    }

    /// Adds a scope, or changes the given parts of an existing one; returns it, and whether it is
    /// new.
    ///
    /// # Errors
    /// `Conflict` with a message when the name is invalid (RFC 6749 §3.3), or a text is too long or
    /// invisible.
    pub async fn set_scope(&self, change: ScopeChange) -> Result<(ScopeRow, bool), Error> {
        check(&change).map_err(|key| Error::Conflict(key.into()))?;
        let name = change.name.clone();
        let is_new = self.store().set_scope(change, self.now()).await?;
        let row = self.store().list_scopes().await?.into_iter().find(|row| row.name == name);
        // `NotFound` if it was removed concurrently.
        Ok((row.ok_or(Error::NotFound)?, is_new))
    }

    /// Every scope, by name.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn list_scopes(&self) -> Result<Vec<ScopeRow>, Error> {
        self.store().list_scopes().await
    }

    /// Removes a scope, so that it cannot be requested any more; returns who still has it in a
    /// list.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` for `introspect`, which the server itself needs.
    pub async fn remove_scope(&self, name: &str) -> Result<ScopeUse, Error> {
        if name == INTROSPECT {
            return Err(Error::Conflict(Message::new("scope-stays").with("scope", INTROSPECT)));
        }
        self.store().delete_scope(name.to_owned()).await?.ok_or(Error::NotFound)
    }

    /// The scopes for a permanent token, each with whether the user may have it. `introspect` is
    /// listed only for users who may have it: others have no use for it. OpenID Connect scopes are
    /// not listed: they are for sign-in to applications.
    ///
    /// # Errors
    /// `NotFound` when there is no such user.
    pub async fn scope_choices(&self, user_id: i64) -> Result<Vec<ScopeChoice>, Error> {
        self.scope_choices_in(user_id, "").await
    }

    /// The same with descriptions in this language, where translated.
    ///
    /// # Errors
    /// `NotFound` when there is no such user.
    pub async fn scope_choices_in(&self, user_id: i64, language: &str) -> Result<Vec<ScopeChoice>, Error> {
        let rights = self.user(user_id).await?.rights();
        let known = self.store().list_scopes().await?.into_iter();
        let choices = known.filter(|row| !oauth::oidc::SCOPES.contains(&row.name.as_str())).map(|row| {
            let allowed = !rights.limit(&Scope::of([row.name.as_str()])).is_empty();
            ScopeChoice { name: row.name.clone(), title: row.title_in(language), allowed }
        });
        Ok(choices.filter(|choice| choice.allowed || choice.name != INTROSPECT).collect())
    }

    /// Parses scopes as an operator typed them, in full or short form, one or several per text.
    ///
    /// # Errors
    /// `Conflict` with a message that names the first one that does not exist.
    pub async fn resolve_scope(&self, typed: &[String]) -> Result<Scope, Error> {
        let known = self.store().list_scopes().await?;
        let mut scope = Scope::default();
        for token in typed.iter().flat_map(|text| text.split_whitespace()) {
            let name = resolve(token, known.iter().map(|row| row.name.as_str()));
            let name =
                name.ok_or_else(|| Error::Conflict(Message::new("scope-missing-operator").with("scope", token)))?;
            scope.insert(&name)?;
        }
        Ok(scope)
    }
}

fn check(change: &ScopeChange) -> Result<(), &'static str> {
    if !is_scope_token(&change.name) {
        return Err("scope-characters");
    }
    let own = change.texts.values().flat_map(|(title, description)| [title, description]);
    let texts: Vec<&String> = [&change.title, &change.description].into_iter().chain(own).flatten().collect();
    let long = texts.iter().any(|text| text.chars().count() > MOST_CHARACTERS);
    let invisible = texts.iter().any(|text| visible(text) != ***text);
    match (long, invisible) {
        (true, _) => Err("text-long"),
        (_, true) => Err("text-invisible"),
        _ => Ok(()),
    }
}
