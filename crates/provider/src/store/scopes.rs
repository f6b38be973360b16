//! The scopes of this server.

use crate::store::records::{ScopeRow, ScopeText};
use std::collections::BTreeMap;
use std::sync::Arc;

use oauth::{Risk, Timestamp};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{Store, row};
use crate::error::Error;

/// A scope to be created or changed. `None` leaves a value as it is; in a new scope it is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScopeChange {
    /// The scope token.
    pub name: String,
    /// The title for every language without one of its own.
    pub title: Option<String>,
    /// The description for every language without one of its own.
    pub description: Option<String>,
    /// The worst that it permits.
    pub risk: Option<Risk>,
    /// Title and description by language.
    pub texts: BTreeMap<String, (Option<String>, Option<String>)>,
}

/// What still uses a deleted scope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScopeUse {
    /// Clients whose scope is restricted to a list with it.
    pub clients: i64,
    /// Permanent tokens that are not revoked.
    pub tokens: i64,
}

/// One row for each language in which a scope has texts, and one for a scope without any.
const LIST: &str = "select s.name, s.title, s.description, s.risk, t.language, t.title as own_title, \
    t.description as own_description from scopes s left join scope_texts t on t.scope = s.name order by s.name, t.language";
const INSERT: &str = "insert into scopes (name, title, description, risk, created_at) \
    values ($1, coalesce($2, ''), coalesce($3, ''), $4, $5) on conflict (name) do nothing returning name";
/// A scope of OpenID Connect is there from the beginning (`created_at` 0); from now on its texts
/// are the operator's.
const CHANGE: &str = "update scopes set title = coalesce($2, title), description = coalesce($3, description), \
    risk = coalesce($4, risk), created_at = case when created_at = 0 then $5 else created_at end where name = $1";
const CHANGE_TEXT: &str = "insert into scope_texts (scope, language, title, description) \
    values ($1, $2, coalesce($3, ''), coalesce($4, '')) on conflict (scope, language) do update set \
    title = coalesce($3, scope_texts.title), description = coalesce($4, scope_texts.description)";
const DELETE: &str = "delete from scopes where name = $1 returning name";
const DELETE_TEXTS: &str = "delete from scope_texts where scope = $1";

/// Scope lists are separated by single spaces: the padding with spaces matches whole tokens only.
const USE: &str = "select \
    (select count(*) from clients where replace(' ' || scope || ' ', ' ' || $1 || ' ', '') <> ' ' || scope || ' ') as clients, \
    (select count(*) from permanent_tokens where revoked_at is null \
    and replace(' ' || scope || ' ', ' ' || $1 || ' ', '') <> ' ' || scope || ' ') as tokens";

impl Store {
    /// Every scope, by name.
    pub async fn list_scopes(&self) -> Result<Vec<ScopeRow>, Error> {
        if let Some(known) = self.caches().scopes.get(&()) {
            return Ok(known.to_vec());
        }
        let before = self.caches().before_read();
        let rows = sqlx::query(LIST).fetch_all(self.readers()).await?;
        let scopes = Arc::new(read(&rows)?);
        self.caches().scopes.insert((), before, &scopes);
        Ok(scopes.to_vec())
    }

    /// Creates or changes a scope; true if it is new.
    pub async fn set_scope(&self, scope: ScopeChange, now: Timestamp) -> Result<bool, Error> {
        self.write(move |c| Box::pin(async move { set(c, scope, now).await })).await
    }

    /// Deletes a scope; returns what still uses it, or `None` if there is no such scope.
    pub async fn delete_scope(&self, name: String) -> Result<Option<ScopeUse>, Error> {
        self.write(move |c| {
            Box::pin(async move {
                if sqlx::query(DELETE).bind(&name).fetch_optional(&mut *c).await?.is_none() {
                    return Ok(None);
                }
                sqlx::query(DELETE_TEXTS).bind(&name).execute(&mut *c).await?;
                let used = sqlx::query(USE).bind(&name).fetch_one(c).await?;
                Ok(Some(ScopeUse { clients: row::int(&used, "clients")?, tokens: row::int(&used, "tokens")? }))
            })
        })
        .await
    }
}

async fn set(c: &mut AnyConnection, scope: ScopeChange, now: Timestamp) -> Result<bool, Error> {
    let ScopeChange { name, title, description, risk, texts } = scope;
    let risk = risk.map(Risk::as_str);
    let values = |sql| {
        let query = sqlx::query(sql).bind(name.clone()).bind(title.clone()).bind(description.clone());
        query.bind(risk).bind(now.seconds())
    };
    let is_new = values(INSERT).fetch_optional(&mut *c).await?.is_some();
    if is_new {
        // Rows left by an older server, which deleted only the scope.
        sqlx::query(DELETE_TEXTS).bind(name.clone()).execute(&mut *c).await?;
    } else {
        values(CHANGE).execute(&mut *c).await?;
    }
    for (language, (title, description)) in texts {
        let query = sqlx::query(CHANGE_TEXT).bind(name.clone()).bind(language).bind(title).bind(description);
        query.execute(&mut *c).await?;
    }
    Ok(is_new)
}

/// Folds the rows of each scope, which are adjacent, into one.
fn read(rows: &[AnyRow]) -> Result<Vec<ScopeRow>, Error> {
    let mut scopes: Vec<ScopeRow> = Vec::new();
    for found in rows {
        let name = row::text(found, "name")?;
        if scopes.last().is_none_or(|last| last.name != name) {
            scopes.push(scope(name, found)?);
        }
        let language = row::text_opt(found, "language")?;
        if let (Some(last), Some(language)) = (scopes.last_mut(), language) {
            last.texts.insert(language, text(found)?);
        }
    }
    Ok(scopes)
}

fn scope(name: String, found: &AnyRow) -> Result<ScopeRow, Error> {
    // A newer server may have more kinds of risk.
    let risk = row::text_opt(found, "risk")?.and_then(|risk| Risk::parse(&risk)).unwrap_or_default();
    let (title, description) = (row::text(found, "title")?, row::text(found, "description")?);
    Ok(ScopeRow { name, title, description, risk, texts: BTreeMap::new() })
}

fn text(found: &AnyRow) -> Result<ScopeText, Error> {
    Ok(ScopeText { title: row::text(found, "own_title")?, description: row::text(found, "own_description")? })
}
