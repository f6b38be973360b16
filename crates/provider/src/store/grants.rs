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
    /// Who registered the client, if a user did.
    pub owner: Option<String>,
    /// What was allowed.
    pub scope: Scope,
    /// When it was first allowed.
    pub granted_at: Timestamp,
    /// When a token was last issued from it.
    pub last_used: Option<Timestamp>,
    /// How often its tokens were checked in the days that are kept.
    pub uses: i64,
    /// When one was last checked, and by whom.
    pub last_check: Option<(Timestamp, TokenCheck)>,
}

/// What a person allows a client, to be added to what they allowed it before.
#[derive(Clone, Debug)]
pub struct Allowed {
    /// The id for a new grant.
    pub new_id: String,
    /// What is allowed.
    pub scope: Scope,
    /// What is not allowed any more.
    pub refused: Scope,
    /// The live grant that was there when the person answered. Where it has ended since, they took back what they allowed: nothing is
    /// added then.
    pub seen: Option<String>,
}

/// How much the refresh tokens of a grant are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefreshUse {
    /// Those that can still be used.
    pub live: i64,
    /// When one was last used.
    pub last_used: Option<Timestamp>,
}

const REFRESH_USE: &str = "select (select count(*) from refresh_tokens where grant_id = $1 and spent_at is null \
    and revoked_at is null and expires_at > $2) as live, \
    (select max(spent_at) from refresh_tokens where grant_id = $1) as last_used";

const FIND: &str = "select id, scope from grants where user_id = $1 and client_id = $2 and revoked_at is null";

/// What the pair's live grant holds, read within the write that changes it: on PostgreSQL whoever is just ending it is waited for, and one
/// that has ended is none.
const HELD: &str = "update grants set last_used_at = last_used_at where user_id = $1 and client_id = $2 and revoked_at is null \
    returning id, scope";

/// One live grant for each pair: the second consent widens the first. The index `grants_live` decides between two at once.
const UPSERT: &str = "insert into grants (id, user_id, client_id, scope, granted_at) values ($1, $2, $3, $4, $5) \
    on conflict (user_id, client_id) where revoked_at is null do update set scope = excluded.scope returning id";

/// `$2`: the first of the days that are kept. A day far ahead is of before the clock was set back, and counts.
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

/// Changes nothing: see [`ISSUE`].
const LOCK: &str = "update grants set last_used_at = last_used_at where id = $1";

/// Change nothing: a consent waits for whoever is just deleting its person or its client, and finds none then. The first write of
/// a consent, people before clients as everywhere. Else, on PostgreSQL, a deletion that does not see the consent yet would
/// take it along, or the consent would fail on the foreign key.
const STAY: &str = "update users set created_at = created_at where id = $1 and disabled_at is null";
const STAY_CLIENT: &str =
    "update clients set version = version where id = $1 and disabled_at is null and version = coalesce($2, version)";

/// Whoever issues from a grant and whoever ends what it issued pass here one after the other. Else, on PostgreSQL, tokens that a
/// rotation is just inserting would escape a revocation that cannot see them yet. What is issued is remembered as live, so the person
/// is looked at as well.
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

    /// The same as it stands in the database now: for what is to be written, where a moment of memory would last.
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

    /// How much the refresh tokens of a grant are used.
    pub async fn refresh_use(&self, grant_id: &str, now: Timestamp) -> Result<RefreshUse, Error> {
        let found = sqlx::query(REFRESH_USE).bind(grant_id).bind(now.seconds()).fetch_one(self.readers()).await?;
        Ok(RefreshUse { live: row::int(&found, "live")?, last_used: row::time_opt(&found, "last_used")? })
    }

    /// Ends a grant of this user with everything that was issued from it; false if it is another user's.
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

/// Whether person and client are there, the client still of this version where one is named, and stay while this write lasts. Part of a
/// larger write.
pub async fn stay(c: &mut AnyConnection, user_id: i64, client_id: &str, version: Option<i64>) -> Result<bool, Error> {
    let person = sqlx::query(STAY).bind(user_id).execute(&mut *c).await?;
    if person.rows_affected() == 0 {
        return Ok(false);
    }
    let client = sqlx::query(STAY_CLIENT).bind(client_id).bind(version).execute(c).await?;
    Ok(client.rows_affected() > 0)
}

/// Makes the pair's grant, or widens the one that is live now; its id, or `None` when the one that was seen has ended. Part of a larger
/// write, after [`stay`].
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

/// Ends a grant with everything that was issued from it. Part of a larger write.
pub async fn revoke(c: &mut AnyConnection, id: &str, now: Timestamp) -> Result<(), Error> {
    sqlx::query(REVOKE).bind(id).bind(now.seconds()).execute(&mut *c).await?;
    grant_usage::delete(c, id).await
}

/// Waits until nobody else issues from these grants or ends what they issued; in one order, whoever asks, or two that end several at
/// once would wait for each other. Part of a larger write, before what it ends.
pub async fn lock_all(c: &mut AnyConnection, grants: &[AnyRow]) -> Result<(), Error> {
    let mut ids = grants.iter().map(|found| row::text(found, "id")).collect::<Result<Vec<_>, _>>()?;
    ids.sort_unstable();
    for id in ids {
        sqlx::query(LOCK).bind(id).execute(&mut *c).await?;
    }
    Ok(())
}

/// Notes that somebody comes to issue from a grant, and waits until nobody else issues from it or ends what it issued; whether it
/// lives. Part of a larger write, its first statement.
pub async fn issue(c: &mut AnyConnection, id: &str, now: Timestamp) -> Result<bool, Error> {
    Ok(issuing(id, now).execute(c).await? > 0)
}

/// The statement of [`issue`]: it changes the grant while that lives.
pub fn issuing(id: &str, now: Timestamp) -> Statement {
    Statement::new(ISSUE, [id.into(), now.seconds().into()])
}
