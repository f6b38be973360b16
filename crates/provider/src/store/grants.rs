//! Grants: what a user allowed a client.

use crate::store::records::{CachedGrant, Grant};
use std::sync::Arc;

use oauth::view::TokenCheck;
use oauth::{Scope, Timestamp};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::writer::statements::Statement;
use super::{Store, grant_usage, row};
use crate::error::Error;

/// A grant as the user's page lists it.
#[derive(Clone, Debug)]
pub struct GrantListing {
    /// Its id.
    pub id: String,
    /// The client's name.
    pub client_name: String,
    /// The user who registered the client, if one did.
    pub owner: Option<String>,
    /// What was allowed.
    pub scope: Scope,
    /// When it was first allowed.
    pub granted_at: Timestamp,
    /// When a token was last issued under it.
    pub last_used: Option<Timestamp>,
    /// How often its tokens were checked in the days that are kept.
    pub uses: i64,
    /// When and by whom one was last checked.
    pub last_check: Option<(Timestamp, TokenCheck)>,
}

/// What a user allows a client, to be added to what they allowed before.
#[derive(Clone, Debug)]
pub struct Allowed {
    /// The id for a new grant.
    pub new_id: String,
    /// What is allowed.
    pub scope: Scope,
    /// Scopes that the user withdrew.
    pub refused: Scope,
    /// The live grant when the user answered. If it was revoked since, the user withdrew that
    /// consent, and nothing is added.
    pub seen: Option<String>,
}

/// Usage of the refresh tokens of a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefreshUse {
    /// How many are live and unspent.
    pub live: i64,
    /// When one was last used.
    pub last_used: Option<Timestamp>,
}

const REFRESH_USE: &str = "select (select count(*) from refresh_tokens where grant_id = $1 and spent_at is null \
    and revoked_at is null and expires_at > $2) as live, \
    (select max(spent_at) from refresh_tokens where grant_id = $1) as last_used";

const FIND: &str = "select id, scope from grants where user_id = $1 and client_id = $2 and revoked_at is null";

/// Locks and reads the live grant of user and client within the write that changes it: on
/// PostgreSQL it waits for a concurrent revocation, after which there is none.
const HELD: &str = "update grants set last_used_at = last_used_at where user_id = $1 and client_id = $2 and revoked_at is null \
    returning id, scope";

/// One live grant per user and client: a second consent widens the first. The unique index
/// `grants_live` decides between concurrent ones.
const UPSERT: &str = "insert into grants (id, user_id, client_id, scope, granted_at) values ($1, $2, $3, $4, $5) \
    on conflict (user_id, client_id) where revoked_at is null do update set scope = excluded.scope returning id";

/// `$2`: the first day that is kept. A day in the future was counted before the clock was set back,
/// and is included.
const LIST: &str = "select g.id, c.name as client_name, o.username as owner, g.scope, g.granted_at, g.last_used_at, \
    cast((select coalesce(sum(uses), 0) from grant_uses where grant_id = g.id and day >= $2) as bigint) as uses, \
    l.last_at as checked_at, l.door, a.name as asked_by \
    from grants g join clients c on c.id = g.client_id left join users o on o.id = c.owner_id \
    left join grant_uses l on l.grant_id = g.id and l.day = (select max(day) from grant_uses where grant_id = g.id and day >= $2) \
    left join clients a on a.id = l.client_id \
    where g.user_id = $1 and g.revoked_at is null order by g.granted_at desc, g.id desc";

const REVOKE_OWN: &str =
    "update grants set revoked_at = $3 where id = $1 and user_id = $2 and revoked_at is null returning id";

const IS_ANOTHERS: &str = "select 1 from grants where id = $1 and user_id <> $2";

const REVOKE: &str = "update grants set revoked_at = $2 where id = $1 and revoked_at is null";

/// No-op update that locks the grant: see [`ISSUE`].
const LOCK: &str = "update grants set last_used_at = last_used_at where id = $1";

/// No-op updates that lock user and client, the first statements of a consent; lock order: users
/// before clients. The consent waits for a concurrent deletion of either and then finds none.
/// Without them, on PostgreSQL, a deletion that does not see the consent yet would delete it too,
/// or the consent would fail on the foreign key.
const STAY: &str = "update users set created_at = created_at where id = $1 and disabled_at is null";
const STAY_CLIENT: &str =
    "update clients set version = version where id = $1 and disabled_at is null and version = coalesce($2, version)";

/// Locks the grant: issuing from it and revoking what it issued run one after the other. Otherwise,
/// on PostgreSQL, tokens that a rotation is inserting would escape a revocation that cannot see
/// them yet. Also requires a live user, since issued tokens are cached as live.
const ISSUE: &str = "update grants set last_used_at = $2 where id = $1 and revoked_at is null \
    and exists (select 1 from users u where u.id = grants.user_id and u.disabled_at is null)";

impl Store {
    /// The live grant of this user for this client.
    pub async fn find_grant(&self, user_id: i64, client_id: &str) -> Result<Option<Grant>, Error> {
        let key = CachedGrant::key(user_id, client_id);
        if let Some(known) = self.caches().grants.get(&key) {
            return Ok(Some(known.grant.clone()));
        }
        let before = self.caches().before_read();
        let Some(grant) = self.read_grant(user_id, client_id).await? else { return Ok(None) };
        self.caches().grants.insert(key.clone(), before, &Arc::new(CachedGrant { key, grant: grant.clone() }));
        Ok(Some(grant))
    }

    /// [`Store::find_grant`] from the database: for what is to be written, where a stale row would
    /// persist.
    pub async fn read_grant(&self, user_id: i64, client_id: &str) -> Result<Option<Grant>, Error> {
        let found = sqlx::query(FIND).bind(user_id).bind(client_id).fetch_optional(self.readers()).await?;
        let Some(found) = found else { return Ok(None) };
        Ok(Some(Grant { id: row::text(&found, "id")?, scope: row::scope(&found, "scope")? }))
    }

    /// The user's live grants, newest first.
    pub async fn list_grants(&self, user_id: i64, now: Timestamp) -> Result<Vec<GrantListing>, Error> {
        let first_day = grant_usage::first_day(now);
        let rows = sqlx::query(LIST).bind(user_id).bind(first_day).fetch_all(self.readers()).await?;
        rows.iter().map(listing).collect()
    }

    /// Usage of the refresh tokens of a grant.
    pub async fn refresh_use(&self, grant_id: &str, now: Timestamp) -> Result<RefreshUse, Error> {
        let found = sqlx::query(REFRESH_USE).bind(grant_id).bind(now.seconds()).fetch_one(self.readers()).await?;
        Ok(RefreshUse { live: row::int(&found, "live")?, last_used: row::time_opt(&found, "last_used")? })
    }

    /// Revokes a grant of this user and everything that was issued from it; false if it is another
    /// user's.
    pub async fn revoke_own_grant(&self, id: String, user_id: i64, now: Timestamp) -> Result<bool, Error> {
        self.write(move |c| {
            Box::pin(async move {
                let revoke = sqlx::query(REVOKE_OWN).bind(&id).bind(user_id).bind(now.seconds());
                if revoke.fetch_optional(&mut *c).await?.is_some() {
                    grant_usage::delete(c, &id).await?;
                }
                let anothers = sqlx::query(IS_ANOTHERS).bind(&id).bind(user_id).fetch_optional(&mut *c).await?;
                Ok(anothers.is_none())
            })
        })
        .await
    }
}

fn listing(found: &AnyRow) -> Result<GrantListing, Error> {
    Ok(GrantListing {
        id: row::text(found, "id")?,
        client_name: row::text(found, "client_name")?,
        owner: row::text_opt(found, "owner")?,
        scope: row::scope(found, "scope")?,
        granted_at: row::time(found, "granted_at")?,
        last_used: row::time_opt(found, "last_used_at")?,
        uses: row::int(found, "uses")?,
        last_check: grant_usage::last_check(found)?,
    })
}

/// Locks user and client for this write; true if both exist and are enabled, and the client has
/// this version, if one is given. Part of a larger write.
pub async fn stay(c: &mut AnyConnection, user_id: i64, client_id: &str, version: Option<i64>) -> Result<bool, Error> {
    let person = sqlx::query(STAY).bind(user_id).execute(&mut *c).await?;
    if person.rows_affected() == 0 {
        return Ok(false);
    }
    let client = sqlx::query(STAY_CLIENT).bind(client_id).bind(version).execute(c).await?;
    Ok(client.rows_affected() > 0)
}

/// Creates the grant, or widens the live one; returns its id, or `None` if the grant that was seen
/// is revoked. Part of a larger write, after [`stay`].
pub async fn widen(
    c: &mut AnyConnection,
    user_id: i64,
    client_id: &str,
    allowed: &Allowed,
    now: Timestamp,
) -> Result<Option<String>, Error> {
    let held = sqlx::query(HELD).bind(user_id).bind(client_id).fetch_optional(&mut *c).await?;
    let id = held.as_ref().map(|held| row::text(held, "id")).transpose()?;
    if allowed.seen.is_some() && id != allowed.seen {
        return Ok(None);
    }
    let before = held.as_ref().map(|held| row::scope(held, "scope")).transpose()?.unwrap_or_default();
    let scope = before.minus(&allowed.refused).union(&allowed.scope);
    let kept = sqlx::query(UPSERT)
        .bind(&allowed.new_id)
        .bind(user_id)
        .bind(client_id)
        .bind(scope.to_string())
        .bind(now.seconds())
        .fetch_one(c)
        .await?;
    row::text(&kept, "id").map(Some)
}

/// Revokes a grant and everything that was issued from it. Part of a larger write.
pub async fn revoke(c: &mut AnyConnection, id: &str, now: Timestamp) -> Result<(), Error> {
    sqlx::query(REVOKE).bind(id).bind(now.seconds()).execute(&mut *c).await?;
    grant_usage::delete(c, id).await
}

/// Locks these grants, so that no concurrent write issues from them or revokes what they issued.
/// Always in the same order: two writes that lock several would otherwise deadlock. Part of a
/// larger write, before what it revokes.
pub async fn lock_all(c: &mut AnyConnection, grants: &[AnyRow]) -> Result<(), Error> {
    let mut ids = grants.iter().map(|found| row::text(found, "id")).collect::<Result<Vec<_>, _>>()?;
    ids.sort_unstable();
    for id in ids {
        sqlx::query(LOCK).bind(id).execute(&mut *c).await?;
    }
    Ok(())
}

/// Locks the grant to issue from it, and records the time as its last use; true if it is live. Part
/// of a larger write, as its first statement.
pub async fn issue(c: &mut AnyConnection, id: &str, now: Timestamp) -> Result<bool, Error> {
    Ok(issuing(id, now).execute(c).await? > 0)
}

/// The statement of [`issue`]: it changes one row if the grant is live.
pub fn issuing(id: &str, now: Timestamp) -> Statement {
    Statement::new(ISSUE, [id.into(), now.seconds().into()])
}
