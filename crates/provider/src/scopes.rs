//! The scopes that exist: the operator adds and removes them, everybody chooses among them.

pub use crate::store::records::{ScopeRow, ScopeText};
use oauth::form::visible;
use oauth::scope::{INTROSPECT, is_scope_token, resolve};
use oauth::view::ScopeChoice;
use oauth::{Message, Scope};

use crate::error::Error;
use crate::provider::Provider;
pub use crate::store::scopes::ScopeChange;
pub use crate::store::scopes::ScopeUse;

/// The most that a title or a description may be, in characters.
const MOST_CHARACTERS: usize = 500;

impl Provider {
    /// Adds a scope with these words; an empty one says nothing.
    ///
    /// # Errors
    /// As [`Provider::set_scope`].
    pub async fn add_scope(&self, name: &str, title: &str, description: &str) -> Result<ScopeRow, Error> {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let (title, description) = (given(title), given(description));
        let change = ScopeChange { name: name.to_owned(), title, description, ..ScopeChange::default() };
        self.set_scope(change).await.map(|(row, _)| row)
    }

    /// Adds a scope, or changes what is given of the one with this name; how it is now, and whether it is new.
    ///
    /// # Errors
    /// `Conflict` with a sentence when it cannot be one (RFC 6749 §3.3), or its words are too long or cannot be seen.
    pub async fn set_scope(&self, change: ScopeChange) -> Result<(ScopeRow, bool), Error> {
        check(&change).map_err(|key| Error::Conflict(key.into()))?;
        let name = change.name.clone();
        let is_new = self.store().set_scope(change, self.now()).await?;
        let row = self.store().list_scopes().await?.into_iter().find(|row| row.name == name);
        // Somebody has removed it meanwhile.
        Ok((row.ok_or(Error::NotFound)?, is_new))
    }

    /// Every scope, by name.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn list_scopes(&self) -> Result<Vec<ScopeRow>, Error> {
        self.store().list_scopes().await
    }

    /// Removes a scope: nobody can ask for it any more. Says who still has it on a list.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` for the scope that introspection itself needs.
    pub async fn remove_scope(&self, name: &str) -> Result<ScopeUse, Error> {
        if name == INTROSPECT {
            return Err(Error::Conflict(Message::new("scope-stays").with("scope", INTROSPECT)));
        }
        self.store().delete_scope(name.to_owned()).await?.ok_or(Error::NotFound)
    }

    /// The scopes that a person chooses among, each with whether they may hold it. The right to introspect is shown to those
    /// alone who may hold it: it is no right that ordinary people look for. Those of OpenID Connect are for signing in to
    /// applications, and no choice at all.
    ///
    /// # Errors
    /// `NotFound` when there is no such user.
    pub async fn scope_choices(&self, user_id: i64) -> Result<Vec<ScopeChoice>, Error> {
        self.scope_choices_in(user_id, "").await
    }

    /// The same with the operator's sentences in the language of this tag, where there are any.
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

    /// What an operator typed as scopes, whole or in short form, one or several in each text.
    ///
    /// # Errors
    /// `Conflict` with a sentence that names the first one that does not exist.
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
