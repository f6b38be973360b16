//! Permanent tokens: a user makes them in the browser, sees each value once, and revokes them.

pub mod operator;
pub(crate) mod usage;

use oauth::form::{FieldError, NewToken};
use oauth::view::{ScopeChoice, TokenView};
use oauth::{Prefix, Rights, Scope, Secret, Timestamp};

use crate::error::Error;
use crate::provider::Provider;
use crate::store::permanent_tokens::{NewPermanentToken, PermanentToken, Selection};
use crate::users::Rejected;

/// Tokens per page.
pub const PAGE: i64 = 50;

/// A token is shown as idle after this many seconds without use.
const IDLE: i64 = 90 * 86_400;

/// A page of the token list.
#[derive(Clone, Debug, Default)]
pub struct TokenList {
    /// The live tokens of this page.
    pub tokens: Vec<TokenView>,
    /// The total number of matching live tokens.
    pub total: i64,
    /// The page number, from 1; the last page if a later one was requested.
    pub page: i64,
    /// The most recently revoked tokens.
    pub inactive: Vec<TokenView>,
}

/// A new token.
pub struct CreatedToken {
    /// Its public id.
    pub id: String,
    /// Its value, which is not stored.
    pub secret: Secret,
}

/// Why no token was created.
#[derive(Debug)]
pub enum NotCreated {
    /// Validation errors of the form; typed values are kept.
    Form(Vec<FieldError>),
    /// This form has already created a token; its value cannot be shown again.
    Already,
    /// Any other error.
    Error(Error),
}

impl From<Error> for NotCreated {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl Provider {
    /// A page (from 1) of the user's live tokens whose name contains `query`, and the last ten
    /// revoked.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn token_list(&self, user_id: i64, query: &str, page: i64) -> Result<TokenList, Error> {
        self.write_token_usage().await;
        let rights = self.store().find_user(user_id).await?.ok_or(Error::NotFound)?.rights();
        let select = |page: i64| Selection {
            user_id,
            revoked: false,
            name: query.to_owned(),
            limit: PAGE,
            offset: page.saturating_sub(1).saturating_mul(PAGE),
        };
        let mut page = page.max(1);
        let (mut tokens, total) = self.store().list_permanent_tokens(&select(page)).await?;
        if tokens.is_empty() && total > 0 {
            page = (total - 1) / PAGE + 1;
            (tokens, _) = self.store().list_permanent_tokens(&select(page)).await?;
        }
        let revoked = Selection { revoked: true, name: String::new(), limit: 10, ..select(1) };
        let (inactive, _) = self.store().list_permanent_tokens(&revoked).await?;
        let now = self.now();
        let views = |rows: Vec<PermanentToken>| rows.into_iter().map(|row| view(row, &rights, now)).collect();
        Ok(TokenList { tokens: views(tokens), total, page, inactive: views(inactive) })
    }

    /// One of the user's tokens.
    ///
    /// # Errors
    /// `NotFound` when it belongs to another user.
    pub async fn token_view(&self, user_id: i64, id: &str) -> Result<TokenView, Error> {
        let user = self.store().find_user(user_id).await?.ok_or(Error::NotFound)?;
        let token = self.store().find_permanent_token(id, user_id).await?.ok_or(Error::NotFound)?;
        Ok(view(token, &user.rights(), self.now()))
    }

    /// Creates a token; its value is shown only here. Idempotent by `form_id`: a form creates one
    /// token.
    ///
    /// # Errors
    /// [`NotCreated`]; no token was created then.
    pub async fn create_token(&self, user_id: i64, form: &NewToken, form_id: &str) -> Result<CreatedToken, NotCreated> {
        let known = self.scope_choices(user_id).await?;
        let errors = form.check(&known);
        if !errors.is_empty() {
            return Err(NotCreated::Form(errors));
        }
        let secret = self.new_secret(Prefix::Permanent);
        let scope = Scope::of(form.scopes.iter().filter_map(|typed| resolve(typed, &known)));
        let now = self.now();
        let id = self.new_id(now);
        let token = NewPermanentToken {
            id: id.clone(),
            hash: secret.hash(),
            user_id,
            name: form.name.trim().to_owned(),
            scope,
            hint: secret.last_four(),
            form_id: self.form_key(user_id, form_id),
            created_at: now,
        };
        let made = self.store().insert_permanent_token(token).await?;
        if made { Ok(CreatedToken { id, secret }) } else { Err(NotCreated::Already) }
    }

    /// The live token that follows this one in the user's list; for the last one, its predecessor.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn token_beside(&self, user_id: i64, id: &str) -> Result<Option<String>, Error> {
        self.store().permanent_token_beside(user_id, id).await
    }

    /// Renames one of the user's live tokens; returns the name as stored.
    ///
    /// # Errors
    /// `Form` with validation errors, by the rules of a new token; `NotFound` when it belongs to
    /// another user or is not live.
    pub async fn rename_token(&self, user_id: i64, id: &str, typed: &str) -> Result<String, Rejected> {
        let name = NewToken::tidy_name(typed);
        if let Some(error) = NewToken::check_name(&name) {
            return Err(Rejected::Form(vec![error]));
        }
        match self.store().rename_permanent_token(id.to_owned(), user_id, name.clone()).await? {
            true => Ok(name),
            false => Err(Error::NotFound.into()),
        }
    }

    /// Revokes one of the user's tokens; returns its name. Idempotent.
    ///
    /// # Errors
    /// `NotFound` when it belongs to another user.
    pub async fn revoke_token(&self, user_id: i64, id: &str) -> Result<String, Error> {
        let done = self.store().revoke_permanent_token(id.to_owned(), user_id, self.now()).await?;
        done.ok_or(Error::NotFound)
    }
}

fn resolve(typed: &str, known: &[ScopeChoice]) -> Option<String> {
    oauth::scope::resolve(typed, known.iter().map(|choice| choice.name.as_str()))
}

fn view(token: PermanentToken, rights: &Rights, now: Timestamp) -> TokenView {
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
        idle: token.last_used.is_some_and(|last| now.since(last) >= IDLE),
    }
}
