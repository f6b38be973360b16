//! The scopes that a form offers, in the words of the reader's language.

use oauth::view::ScopeChoice;
use provider::Error;

use crate::browser::Visitor;

/// Those that an application may let people leave out.
pub async fn optional(visitor: &Visitor) -> Result<Vec<ScopeChoice>, Error> {
    let choices = visitor.site.provider.optional_scope_choices(visitor.language.tag()).await?;
    let said = |choice: ScopeChoice| ScopeChoice {
        title: app::scope_title(visitor.language, &choice.name, &choice.title),
        ..choice
    };
    Ok(choices.into_iter().map(said).collect())
}
