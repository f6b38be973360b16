//! Permanent tokens: a person makes them in the browser, sees each value once, and revokes them.

pub mod operator;
pub(crate) mod usage;

use oauth::form::{FieldError, NewToken};
use oauth::view::{ScopeChoice, TokenView};
use oauth::{Prefix, Rights, Scope, Secret, Timestamp};

use crate::error::Error;
use crate::provider::Provider;
use crate::store::permanent_tokens::{NewPermanentToken, PermanentToken, Selection};
use crate::users::Rejected;

/// Tokens on one page.
pub const PAGE: i64 = 50;

/// A token that was not used for so many seconds is said to be idle.
const IDLE: i64 = 90 * 86_400;

/// A page of tokens.
#[derive(Clone, Debug, Default)]
pub struct TokenList {
    /// The live tokens of this page.
    pub tokens: Vec<TokenView>,
    /// How many live tokens match in all.
    pub total: i64,
    /// Which page this is, from 1: the last one where a later one was asked for.
    pub page: i64,
    /// The last revoked ones.
    pub inactive: Vec<TokenView>,
}

/// A token that was just made.
pub struct CreatedToken {
    /// Its public id.
    pub id: String,
    /// Its value, which stands nowhere else.
    pub secret: Secret,
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

    /// One of the person's tokens.
    ///
    /// # Errors
    /// `NotFound` when it is not theirs.
    pub async fn token_view(&self, user_id: i64, id: &str) -> Result<TokenView, Error> {
        let user = self.store().find_user(user_id).await?.ok_or(Error::NotFound)?;
        let token = self.store().find_permanent_token(id, user_id).await?.ok_or(Error::NotFound)?;
        Ok(view(token, &user.rights(), self.now()))
    }

    /// Makes a token; its value is in the answer and nowhere else. `form_id` makes a form that is sent twice harmless.
    ///
    /// # Errors
    /// [`NotCreated`]; nothing was made then.
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

    /// The live token that stands after this one in the person's list; for the last one, the one before it.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn token_beside(&self, user_id: i64, id: &str) -> Result<Option<String>, Error> {
        self.store().permanent_token_beside(user_id, id).await
    }

    /// Gives one of the person's live tokens another name; that name, as it stands in the list.
    ///
    /// # Errors
    /// `Form` with what must be mended, by the rules of a new token; `NotFound` when it is not theirs or works no more.
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
