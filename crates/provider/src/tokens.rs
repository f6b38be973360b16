//! Permanent tokens: a person makes them in the browser, sees each value once, and revokes them.

use oauth::form::NewToken;
use oauth::view::{ScopeChoice, TokenView};
use oauth::{Prefix, Rights, Scope, Secret, form::FieldError};

use crate::error::Error;
use crate::provider::Provider;
use crate::store::permanent_tokens::{NewPermanentToken, PermanentToken, Selection};

/// Tokens on one page.
pub const PAGE: i64 = 50;

/// A page of tokens.
#[derive(Clone, Debug)]
pub struct TokenList {
    /// The live tokens of this page.
    pub tokens: Vec<TokenView>,
    /// How many live tokens match in all.
    pub total: i64,
    /// The last revoked ones.
    pub inactive: Vec<TokenView>,
}

/// Why no token was made.
#[derive(Debug)]
pub enum NotCreated {
    /// What the person must mend; everything typed is still there.
    Form(Vec<FieldError>),
    /// The same form made one before; its value cannot be shown again.
    Already,
    /// Ours to mend.
    Error(Error),
}

impl From<Error> for NotCreated {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl Provider {
    /// A page (from 1) of the person's live tokens whose name holds `query`, and the last ten revoked.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn token_list(&self, user_id: i64, query: &str, page: i64) -> Result<TokenList, Error> {
        let rights = self.store().find_user(user_id).await?.ok_or(Error::NotFound)?.rights();
        let name = query.to_owned();
        let live = Selection {
            user_id,
            revoked: false,
            name,
            limit: PAGE,
            offset: page.saturating_sub(1).max(0).saturating_mul(PAGE),
        };
        let (tokens, total) = self.store().list_permanent_tokens(&live).await?;
        let revoked = Selection { revoked: true, name: String::new(), limit: 10, offset: 0, ..live };
        let (inactive, _) = self.store().list_permanent_tokens(&revoked).await?;
        let views = |rows: Vec<PermanentToken>| rows.into_iter().map(|row| view(row, &rights)).collect();
        Ok(TokenList { tokens: views(tokens), total, inactive: views(inactive) })
    }

    /// One of the person's tokens.
    ///
    /// # Errors
    /// `NotFound` when it is not theirs.
    pub async fn token_view(&self, user_id: i64, id: &str) -> Result<TokenView, Error> {
        let user = self.store().find_user(user_id).await?.ok_or(Error::NotFound)?;
        let token = self.store().find_permanent_token(id, user_id).await?.ok_or(Error::NotFound)?;
        Ok(view(token, &user.rights()))
    }

    /// Makes a token; its value is in the answer and nowhere else. `form_id` makes a form that is sent twice harmless.
    ///
    /// # Errors
    /// [`NotCreated`]; nothing was made then.
    pub async fn create_token(&self, user_id: i64, form: &NewToken, form_id: &str) -> Result<Secret, NotCreated> {
        let known = self.scope_choices(user_id).await?;
        let errors = form.check(&known);
        if !errors.is_empty() {
            return Err(NotCreated::Form(errors));
        }
        let secret = self.new_secret(Prefix::Permanent);
        let scope = Scope::of(form.scopes.iter().filter_map(|typed| resolve(typed, &known)));
        let token = NewPermanentToken {
            id: self.new_id(self.now()),
            hash: secret.hash(),
            user_id,
            name: form.name.trim().to_owned(),
            scope,
            hint: secret.last_four(),
            form_id: self.form_key(user_id, form_id),
            created_at: self.now(),
        };
        let made = self.store().insert_permanent_token(token).await?;
        if made { Ok(secret) } else { Err(NotCreated::Already) }
    }

    /// Revokes one of the person's tokens; its name. Twice is as good as once.
    ///
    /// # Errors
    /// `NotFound` when it is not theirs.
    pub async fn revoke_token(&self, user_id: i64, id: &str) -> Result<String, Error> {
        let done = self.store().revoke_permanent_token(id.to_owned(), user_id, self.now()).await?;
        done.ok_or(Error::NotFound)
    }
}

fn resolve(typed: &str, known: &[ScopeChoice]) -> Option<String> {
    oauth::scope::resolve(typed, known.iter().map(|choice| choice.name.as_str()))
}

fn view(token: PermanentToken, rights: &Rights) -> TokenView {
    let lost = rights.limit(&token.scope) != token.scope;
    TokenView {
        hint: format!("{}…{}", Prefix::Permanent.as_str(), token.hint),
        scopes: token.scope.iter().map(str::to_owned).collect(),
        id: token.id,
        name: token.name,
        created_at: token.created_at,
        last_used: token.last_used,
        last_used_from: token.last_used_from,
        revoked_at: token.revoked_at,
        lost_scopes: lost,
    }
}
