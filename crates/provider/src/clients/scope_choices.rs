//! Scope choices of the developers' form, and the token count of an application.

use crate::store::records::ScopeRow;
use oauth::Scope;
use oauth::form::ClientForm;
use oauth::scope::INTROSPECT;
use oauth::view::ScopeChoice;

use crate::error::Error;
use crate::provider::Provider;

impl Provider {
    /// The scopes that an application may mark as optional. `introspect` is excluded: consent never
    /// asks for it. Descriptions are in `language`, where translated.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn optional_scope_choices(&self, language: &str) -> Result<Vec<ScopeChoice>, Error> {
        let scopes = self.list_scopes().await?.into_iter().filter(|scope| scope.name != INTROSPECT);
        let choice =
            |scope: ScopeRow| ScopeChoice { name: scope.name.clone(), title: scope.title_in(language), allowed: true };
        Ok(scopes.map(choice).collect())
    }

    /// The number of tokens that deleting this application would revoke.
    ///
    /// # Errors
    /// `NotFound` when it belongs to another user or the user lacks full access.
    pub async fn application_tokens(&self, user_id: i64, id: &str) -> Result<i64, Error> {
        let client = self.own_client(user_id, id).await?;
        self.store().client_tokens(&client.id, self.now()).await
    }

    /// The scopes that a developer's form marks as optional.
    pub(super) async fn optional_scope(&self, form: &ClientForm) -> Result<Scope, Error> {
        if form.optional_scopes.is_empty() {
            return Ok(Scope::default());
        }
        match form.check_scopes(&self.optional_scope_choices("").await?) {
            Some(error) => Err(Error::Form(error)),
            None => Ok(Scope::of(form.optional_scopes.iter().map(String::as_str))),
        }
    }
}
