//! Access tokens: opaque, stored as a hash, invalid as soon as their grant, client or user ends.

use crate::store::records::Proof;
use crate::store::records::{LiveToken, NewAccessToken};
use std::sync::Arc;

use oauth::{SecretHash, Timestamp};
use sqlx::AnyConnection;

mod read;

use read::read;
pub use read::user;

use super::invalidation::Invalidation;
use super::users::still_proves;
use super::writer::statements::{Statement, Value};
use super::{Store, row, spent_tokens};
use crate::error::Error;

const INSERT: &str = "insert into access_tokens (token_hash, client_id, user_id, grant_id, family_id, scope, issued_at, expires_at, claims, \
    resources, key_thumbprint, by_password) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

/// For a retry: inserts nothing if the token exists already, or if its family got too many in the
/// same second.
const INSERT_AGAIN: &str = "insert into access_tokens (token_hash, client_id, user_id, grant_id, family_id, scope, issued_at, expires_at, \
    claims, resources, key_thumbprint, by_password) select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 \
    where (select count(*) from access_tokens where family_id = $5 and issued_at = $7) < $13 on conflict (token_hash) do nothing";

const IS_THERE: &str = "select 1 from access_tokens where token_hash = $1 and revoked_at is null";

/// One statement checks every way the token may have ended: itself, its grant, its client, its
/// user.
const FIND_LIVE: &str = "select t.family_id, t.client_id, t.grant_id, t.scope, t.issued_at, t.expires_at, t.claims, t.resources, \
    t.key_thumbprint, c.scope as client_scope, t.user_id, u.username, u.access, u.allowed_scope from access_tokens t \
    left join clients c on c.id = t.client_id left join users u on u.id = t.user_id left join grants g on g.id = t.grant_id \
    where t.token_hash = $1 and t.revoked_at is null and t.expires_at > $2 and c.disabled_at is null and u.disabled_at is null \
    and g.revoked_at is null";

const FIND_FAMILY: &str = "select client_id, family_id from access_tokens where token_hash = $1";

/// Locks the grant of a family, found by any of the family's tokens. See `grants::issue`.
const LOCK_FAMILY: &str = "update grants set last_used_at = last_used_at where id in \
    (select grant_id from refresh_tokens where family_id = $1 \
    union select grant_id from access_tokens where family_id = $1 and grant_id is not null)";

const REVOKE_FAMILY_ACCESS: &str =
    "update access_tokens set revoked_at = $2 where family_id = $1 and revoked_at is null";
const REVOKE_FAMILY_REFRESH: &str =
    "update refresh_tokens set revoked_at = $2 where family_id = $1 and revoked_at is null";

const DELETE_FAMILY: &str = "delete from access_tokens where family_id = $1";

/// The family of a token, and the client that owns it.
#[derive(Clone, Debug)]
pub struct Family {
    /// The client that the token was issued to.
    pub client_id: Option<String>,
    /// The family.
    pub id: String,
}

impl Store {
    /// Stores an access token without a grant (client credentials, RFC 6749 §4.4).
    pub async fn insert_access_token(&self, token: NewAccessToken) -> Result<(), Error> {
        let batched = Some((insertions(&token).collect(), ()));
        self.write_batched(
            batched,
            |()| Invalidation::Nothing,
            move |c| Box::pin(async move { insert(c, &token).await }),
        )
        .await
    }

    /// Stores the access token of a password grant without a client, if the password is still the
    /// verified one.
    pub async fn insert_proven_token(&self, token: NewAccessToken, proof: Proof) -> Result<(), Error> {
        self.write_new(move |c| {
            Box::pin(async move {
                still_proves(c, proof).await?;
                insert(c, &token).await
            })
        })
        .await
    }

    /// The token with this hash, if it is live now.
    pub async fn find_live_access_token(
        &self,
        hash: &SecretHash,
        now: Timestamp,
    ) -> Result<Option<Arc<LiveToken>>, Error> {
        if let Some(known) = self.caches().tokens.get(hash) {
            let lives = known.expires_at.is_none_or(|end| now < end);
            return Ok(lives.then_some(known));
        }
        let before = self.caches().before_read();
        let found =
            sqlx::query(FIND_LIVE).bind(hash.as_str()).bind(now.seconds()).fetch_optional(self.readers()).await?;
        let Some(token) = found.map(|found| read(&found)).transpose()?.map(Arc::new) else { return Ok(None) };
        self.caches().tokens.insert(hash.clone(), before, &token);
        Ok(Some(token))
    }

    /// The family of an access token, live or not.
    pub async fn find_access_family(&self, hash: &SecretHash) -> Result<Option<Family>, Error> {
        family(self, FIND_FAMILY, hash).await
    }

    /// Deletes the access tokens of a family, rather than revoking them: for the readiness probe's
    /// own.
    pub async fn delete_family(&self, family_id: String) -> Result<(), Error> {
        let touched = Invalidation::Family(family_id.clone());
        self.write_invalidating(touched, move |c| {
            Box::pin(async move {
                sqlx::query(DELETE_FAMILY).bind(family_id).execute(c).await?;
                Ok(())
            })
        })
        .await
    }

    /// Revokes every token of a family; true if any was still live.
    pub async fn revoke_family(&self, family_id: String, now: Timestamp) -> Result<bool, Error> {
        let touched = Invalidation::Family(family_id.clone());
        self.write_invalidating(touched, move |c| Box::pin(async move { revoke_family(c, &family_id, now).await }))
            .await
    }
}

/// Reads a token's family by one of the two queries.
pub async fn family(store: &Store, sql: &'static str, hash: &SecretHash) -> Result<Option<Family>, Error> {
    let found = sqlx::query(sql).bind(hash.as_str()).fetch_optional(store.readers()).await?;
    found
        .map(|found| Ok(Family { client_id: row::text_opt(&found, "client_id")?, id: row::text(&found, "family_id")? }))
        .transpose()
}

/// Stores an access token and spends the DPoP proof of its request. Part of a larger write.
pub async fn insert(c: &mut AnyConnection, token: &NewAccessToken) -> Result<(), Error> {
    spent_tokens::spend(c, token.proof.as_ref()).await?;
    insertion(token).execute(c).await.map(drop)
}

/// Stores an access token unless it exists or its family got `most` in the same second; true if it
/// exists now. Part of a larger write.
pub async fn insert_again(c: &mut AnyConnection, token: &NewAccessToken, most: i64) -> Result<bool, Error> {
    let values = values(token).into_iter().chain([most.into()]);
    let is_new = Statement::of(INSERT_AGAIN, values.collect()).execute(&mut *c).await? > 0;
    let is_there = is_new || sqlx::query(IS_THERE).bind(token.hash.as_str()).fetch_optional(&mut *c).await?.is_some();
    if is_there {
        spent_tokens::spend(c, token.proof.as_ref()).await?;
    }
    Ok(is_there)
}

/// The statements of [`insert`], for a batched write: each changes one row.
pub fn insertions(token: &NewAccessToken) -> impl Iterator<Item = Statement> {
    token.proof.as_ref().map(spent_tokens::spending).into_iter().chain([insertion(token)])
}

/// The statement that stores an access token: it changes one row.
fn insertion(token: &NewAccessToken) -> Statement {
    Statement::new(INSERT, values(token))
}

fn values(token: &NewAccessToken) -> [Value; 12] {
    [
        token.hash.as_str().into(),
        token.client_id.clone().into(),
        token.user_id.into(),
        token.grant_id.clone().into(),
        token.family_id.as_str().into(),
        token.scope.to_string().into(),
        token.issued_at.seconds().into(),
        token.expires_at.seconds().into(),
        row::claims_text(&token.claims).into(),
        token.binding.resources.to_stored().into(),
        token.binding.key.clone().into(),
        token.by_password.then_some(1).into(),
    ]
}

/// Revokes every token of a family; true if any was still live. Part of a larger write.
pub async fn revoke_family(c: &mut AnyConnection, family_id: &str, now: Timestamp) -> Result<bool, Error> {
    sqlx::query(LOCK_FAMILY).bind(family_id).execute(&mut *c).await?;
    let access = sqlx::query(REVOKE_FAMILY_ACCESS).bind(family_id).bind(now.seconds()).execute(&mut *c).await?;
    let refresh = sqlx::query(REVOKE_FAMILY_REFRESH).bind(family_id).bind(now.seconds()).execute(c).await?;
    Ok(access.rows_affected() + refresh.rows_affected() > 0)
}
