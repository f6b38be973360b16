//! The scopes that exist here.

use std::sync::Arc;

use oauth::Timestamp;
use sqlx::any::AnyRow;

use super::{Store, row};
use crate::error::Error;

/// A scope that exists, with the sentence that people read for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeRow {
    /// The scope token (RFC 6749 §3.3).
    pub name: String,
    /// What it lets a token do; may be empty.
    pub title: String,
    /// More about it, for developers; may be empty.
    pub description: String,
}

/// Who still has a scope on the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScopeUse {
    /// Clients that are restricted to a list with it.
    pub clients: i64,
    /// Permanent tokens that are not revoked.
    pub tokens: i64,
}

const LIST: &str = "select name, title, description from scopes order by name";
/// A scope of OpenID Connect is there from the beginning (`created_at` 0): adding it gives it the operator's own words, once.
const INSERT: &str = "insert into scopes (name, title, description, created_at) values ($1, $2, $3, $4) \
    on conflict (name) do update set title = case when excluded.title = '' then scopes.title else excluded.title end, \
    description = excluded.description, created_at = excluded.created_at \
    where scopes.created_at = 0 and scopes.name <> 'introspect' returning name";
const DELETE: &str = "delete from scopes where name = $1 returning name";

/// The lists are texts with single spaces, so the token with a space on each side is the token and no part of a longer one.
const USE: &str = "select \
    (select count(*) from clients where replace(' ' || scope || ' ', ' ' || $1 || ' ', '') <> ' ' || scope || ' ') as clients, \
    (select count(*) from permanent_tokens where revoked_at is null \
    and replace(' ' || scope || ' ', ' ' || $1 || ' ', '') <> ' ' || scope || ' ') as tokens";

impl Store {
    /// Every scope, by name.
    pub async fn list_scopes(&self) -> Result<Vec<ScopeRow>, Error> {
        if let Some(known) = self.memory().scopes.get(&()) {
            return Ok(known.to_vec());
        }
        let before = self.memory().before();
        let rows = sqlx::query(LIST).fetch_all(self.readers()).await?;
        let scopes = rows.iter().map(read).collect::<Result<Vec<_>, _>>().map(Arc::new)?;
        self.memory().scopes.keep((), before, &scopes);
        Ok(scopes.to_vec())
    }

    /// Stores a scope; `false` when somebody made one of this name.
    pub async fn insert_scope(&self, new: ScopeRow, now: Timestamp) -> Result<bool, Error> {
        self.write(move |c| {
            Box::pin(async move {
                let insert =
                    sqlx::query(INSERT).bind(new.name).bind(new.title).bind(new.description).bind(now.seconds());
                Ok(insert.fetch_optional(c).await?.is_some())
            })
        })
        .await
    }

    /// Removes a scope; who still has it on a list. `None` when there is no such scope.
    pub async fn delete_scope(&self, name: String) -> Result<Option<ScopeUse>, Error> {
        self.write(move |c| {
            Box::pin(async move {
                if sqlx::query(DELETE).bind(&name).fetch_optional(&mut *c).await?.is_none() {
                    return Ok(None);
                }
                let used = sqlx::query(USE).bind(&name).fetch_one(c).await?;
                Ok(Some(ScopeUse { clients: row::int(&used, "clients")?, tokens: row::int(&used, "tokens")? }))
            })
        })
        .await
    }
}

fn read(found: &AnyRow) -> Result<ScopeRow, Error> {
    Ok(ScopeRow {
        name: row::text(found, "name")?,
        title: row::text(found, "title")?,
        description: row::text(found, "description")?,
    })
}
