//! Permanent tokens: a user creates, names and revokes them; they do not expire.

mod operator;
mod usage;

use crate::store::records::{LastUse, LiveToken};
use std::sync::{Arc, OnceLock};

use oauth::{Binding, Scope, SecretHash, Timestamp};
use sqlx::any::AnyRow;

use super::access_tokens;
use super::{Store, row};
use crate::error::Error;

/// A permanent token to be stored.
#[derive(Clone, Debug)]
pub struct NewPermanentToken {
    /// Its public id.
    pub id: String,
    /// SHA-256 of its value.
    pub hash: SecretHash,
    /// Its user.
    pub user_id: i64,
    /// The name that its user gave it.
    pub name: String,
    /// The most that it may do.
    pub scope: Scope,
    /// The value's last four characters.
    pub hint: String,
    /// The form that created it; a form creates one token at most (idempotent).
    pub form_id: String,
    /// When it was created.
    pub created_at: Timestamp,
}

/// A permanent token as its user's page lists it.
#[derive(Clone, Debug)]
pub struct PermanentToken {
    /// Its public id.
    pub id: String,
    /// The name that its user gave it.
    pub name: String,
    /// The most that it may do.
    pub scope: Scope,
    /// The value's last four characters.
    pub hint: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_used: Option<Timestamp>,
    /// The address that it was last used from.
    pub last_used_from: Option<String>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

/// Which of a user's tokens to list.
#[derive(Clone, Debug)]
pub struct Selection {
    /// The user.
    pub user_id: i64,
    /// The revoked ones instead of the live ones.
    pub revoked: bool,
    /// Part of the name, case-insensitive; empty for all.
    pub name: String,
    /// How many at most.
    pub limit: i64,
    /// How many to skip.
    pub offset: i64,
}

const INSERT: &str = "insert into permanent_tokens (id, token_hash, user_id, name, scope, hint, form_id, created_at) \
    values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (form_id) do nothing returning id";

const LIST: &str = "select id, name, scope, hint, created_at, last_used_at, last_used_from, revoked_at from permanent_tokens where user_id = $1 \
    and ((revoked_at is null and $2 = 0) or (revoked_at is not null and $2 = 1)) and lower(name) like $3 escape '\\' \
    order by coalesce(revoked_at, created_at) desc, id desc limit $4 offset $5";

const COUNT: &str = "select count(*) from permanent_tokens where user_id = $1 \
    and ((revoked_at is null and $2 = 0) or (revoked_at is not null and $2 = 1)) and lower(name) like $3 escape '\\'";

const FIND_OWN: &str = "select id, name, scope, hint, created_at, last_used_at, last_used_from, revoked_at from permanent_tokens where id = $1 and user_id = $2";

const REVOKE: &str =
    "update permanent_tokens set revoked_at = coalesce(revoked_at, $3) where id = $1 and user_id = $2 returning name";

const RENAME: &str =
    "update permanent_tokens set name = $3 where id = $1 and user_id = $2 and revoked_at is null returning id";

const REVOKE_HASH: &str = "update permanent_tokens set revoked_at = $2 where token_hash = $1 and revoked_at is null";

const FIND_LIVE: &str = "select t.id, t.scope, t.created_at, t.last_used_at, t.user_id, u.username, u.access, u.allowed_scope \
    from permanent_tokens t join users u on u.id = t.user_id \
    where t.token_hash = $1 and t.revoked_at is null and u.disabled_at is null";

/// An id begins with the second of its creation, so it sorts as the list does.
const AFTER: &str =
    "select id from permanent_tokens where user_id = $1 and revoked_at is null and id < $2 order by id desc limit 1";
const BEFORE: &str =
    "select id from permanent_tokens where user_id = $1 and revoked_at is null and id > $2 order by id limit 1";

impl Store {
    /// Stores a permanent token; `false` if its form has created one already.
    pub async fn insert_permanent_token(&self, new: NewPermanentToken) -> Result<bool, Error> {
        self.write_new(move |c| {
            Box::pin(async move {
                let made = sqlx::query(INSERT)
                    .bind(new.id)
                    .bind(new.hash.as_str())
                    .bind(new.user_id)
                    .bind(new.name)
                    .bind(new.scope.to_string())
                    .bind(new.hint)
                    .bind(new.form_id)
                    .bind(new.created_at.seconds())
                    .fetch_optional(c)
                    .await?;
                Ok(made.is_some())
            })
        })
        .await
    }

    /// A page of a user's tokens, newest first, and how many there are in all.
    pub async fn list_permanent_tokens(&self, which: &Selection) -> Result<(Vec<PermanentToken>, i64), Error> {
        let pattern =
            format!("%{}%", which.name.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        let revoked = i64::from(which.revoked);
        let rows = sqlx::query(LIST)
            .bind(which.user_id)
            .bind(revoked)
            .bind(&pattern)
            .bind(which.limit)
            .bind(which.offset)
            .fetch_all(self.readers())
            .await?;
        let total = sqlx::query_scalar(COUNT)
            .bind(which.user_id)
            .bind(revoked)
            .bind(&pattern)
            .fetch_one(self.readers())
            .await?;
        Ok((rows.iter().map(read).collect::<Result<_, _>>()?, total))
    }

    /// A token of this user, revoked or not.
    pub async fn find_permanent_token(&self, id: &str, user_id: i64) -> Result<Option<PermanentToken>, Error> {
        let found = sqlx::query(FIND_OWN).bind(id).bind(user_id).fetch_optional(self.readers()).await?;
        found.map(|found| read(&found)).transpose()
    }

    /// Revokes a token of this user; its name, or `None` if it is not theirs. Idempotent.
    pub async fn revoke_permanent_token(
        &self,
        id: String,
        user_id: i64,
        now: Timestamp,
    ) -> Result<Option<String>, Error> {
        self.write(move |c| {
            Box::pin(async move {
                let done = sqlx::query(REVOKE).bind(id).bind(user_id).bind(now.seconds()).fetch_optional(c).await?;
                done.map(|done| row::text(&done, "name")).transpose()
            })
        })
        .await
    }

    /// Renames a live token of this user; true if it exists. Invalidates nothing: no decision reads
    /// a name.
    pub async fn rename_permanent_token(&self, id: String, user_id: i64, name: String) -> Result<bool, Error> {
        self.write_new(move |c| {
            Box::pin(async move {
                let done = sqlx::query(RENAME).bind(id).bind(user_id).bind(name).fetch_optional(c).await?;
                Ok(done.is_some())
            })
        })
        .await
    }

    /// Revokes the token with this hash, of any user; true if it was live.
    pub async fn revoke_permanent_hash(&self, hash: SecretHash, now: Timestamp) -> Result<bool, Error> {
        self.write(move |c| {
            Box::pin(async move {
                let done = sqlx::query(REVOKE_HASH).bind(hash.as_str()).bind(now.seconds()).execute(c).await?;
                Ok(done.rows_affected() > 0)
            })
        })
        .await
    }

    /// The token with this hash, if it is live now.
    pub async fn find_live_permanent_token(&self, hash: &SecretHash) -> Result<Option<Arc<LiveToken>>, Error> {
        if let Some(known) = self.caches().tokens.get(hash) {
            return Ok(Some(known));
        }
        let before = self.caches().before_read();
        let Some(found) = sqlx::query(FIND_LIVE).bind(hash.as_str()).fetch_optional(self.readers()).await? else {
            return Ok(None);
        };
        let token = Arc::new(live(&found)?);
        self.caches().tokens.insert(hash.clone(), before, &token);
        Ok(Some(token))
    }

    /// The next live token of this user in the list, else the previous one.
    pub async fn permanent_token_beside(&self, user_id: i64, id: &str) -> Result<Option<String>, Error> {
        for sql in [AFTER, BEFORE] {
            let found = sqlx::query_scalar(sql).bind(user_id).bind(id).fetch_optional(self.readers()).await?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }
}

fn live(found: &AnyRow) -> Result<LiveToken, Error> {
    let id = row::text(found, "id")?;
    Ok(LiveToken {
        family_id: id.clone(),
        client_id: None,
        grant_id: None,
        client_scope: None,
        user: access_tokens::user(found)?,
        scope: row::scope(found, "scope")?,
        claims: None,
        binding: Binding::default(),
        issued_at: row::time(found, "created_at")?,
        expires_at: None,
        permanent_id: Some(id),
        last_used: LastUse::new(row::time_opt(found, "last_used_at")?),
        answer: OnceLock::new(),
    })
}

fn read(found: &AnyRow) -> Result<PermanentToken, Error> {
    Ok(PermanentToken {
        id: row::text(found, "id")?,
        name: row::text(found, "name")?,
        scope: row::scope(found, "scope")?,
        hint: row::text(found, "hint")?,
        created_at: row::time(found, "created_at")?,
        last_used: row::time_opt(found, "last_used_at")?,
        last_used_from: row::text_opt(found, "last_used_from")?,
        revoked_at: row::time_opt(found, "revoked_at")?,
    })
}
