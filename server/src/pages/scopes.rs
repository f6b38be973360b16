//! The scopes that a form offers, in the visitor's language.

use oauth::view::ScopeChoice;
use provider::Error;

use crate::browser::Visitor;

/// The scopes that an application may mark as optional.
pub async fn optional(visitor: &Visitor) -> Result<Vec<ScopeChoice>, Error> {
    let choices = visitor.site.provider.optional_scope_choices(visitor.language.tag()).await?;
    let translated = |choice: ScopeChoice| ScopeChoice {
        title: app::scope_title(visitor.language, &choice.name, &choice.title),
        ..choice
    };
    Ok(choices.into_iter().map(translated).collect())
}
