//! Usage of grants: how often their tokens are checked, a row for each grant and day.

use crate::store::records::GrantUse;
use std::sync::Arc;

use oauth::Timestamp;
use oauth::view::{CheckEndpoint, TokenCheck};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{Store, row};
use crate::error::Error;

/// Seconds in a day.
pub const DAY: i64 = 86_400;
/// How many days are kept and shown, including today.
pub const DAYS: i64 = 30;

/// The key of the only row.
const PLACE: i64 = 1;

/// Adds nothing to a grant that is revoked or deleted: a late count must not restore what was
/// deleted.
const ADD: &str = "insert into grant_uses (grant_id, day, uses, last_at, door, client_id) \
    select g.id, $2, $3, $4, $5, $6 from grants g where g.id = $1 and g.revoked_at is null \
    on conflict (grant_id, day) do update set uses = grant_uses.uses + excluded.uses, \
    door = case when excluded.last_at >= grant_uses.last_at then excluded.door else grant_uses.door end, \
    client_id = case when excluded.last_at >= grant_uses.last_at then excluded.client_id else grant_uses.client_id end, \
    last_at = case when excluded.last_at >= grant_uses.last_at then excluded.last_at else grant_uses.last_at end";

const FORGET: &str = "delete from grant_uses where grant_id = $1";

const BEGIN: &str = "insert into grant_uses_since (place, since) values ($1, $2) on conflict (place) do nothing";

const SINCE: &str = "select since from grant_uses_since";

/// The day of a time, as its first second.
pub const fn day_of(at: Timestamp) -> i64 {
    at.seconds() - at.seconds().rem_euclid(DAY)
}

/// The first day that is kept.
pub const fn first_day(now: Timestamp) -> i64 {
    day_of(now) - (DAYS - 1) * DAY
}

/// When and by whom a grant's token was last checked, for the list of grants.
pub fn last_check(found: &AnyRow) -> Result<Option<(Timestamp, TokenCheck)>, Error> {
    let (at, endpoint) = (row::time_opt(found, "checked_at")?, row::text_opt(found, "door")?);
    let Some((at, endpoint)) = at.zip(endpoint) else { return Ok(None) };
    Ok(Some((at, TokenCheck { endpoint: door_named(&endpoint)?, service: row::text_opt(found, "asked_by")? })))
}

/// The column value for an endpoint.
const fn door_name(endpoint: CheckEndpoint) -> &'static str {
    match endpoint {
        CheckEndpoint::Introspection => "introspection",
        CheckEndpoint::Userinfo => "userinfo",
        CheckEndpoint::Tokeninfo => "tokeninfo",
    }
}

/// The reverse of [`door_name`].
fn door_named(name: &str) -> Result<CheckEndpoint, Error> {
    let doors = [CheckEndpoint::Introspection, CheckEndpoint::Userinfo, CheckEndpoint::Tokeninfo];
    doors.into_iter().find(|endpoint| door_name(*endpoint) == name).ok_or_else(|| Error::corrupt("grant_uses.door"))
}

impl Store {
    /// Since when checks are counted; `None` if that was never stored.
    pub async fn grant_usage_since(&self) -> Result<Option<Timestamp>, Error> {
        let found: Option<i64> = sqlx::query_scalar(SINCE).fetch_optional(self.readers()).await?;
        Ok(found.map(Timestamp::from_seconds))
    }

    /// Adds to the counts of these grants, in one transaction.
    pub async fn add_grant_usage(&self, uses: Vec<(Arc<str>, GrantUse)>) -> Result<(), Error> {
        self.write_new(move |c| {
            Box::pin(async move {
                for (grant, counted) in uses {
                    sqlx::query(ADD)
                        .bind(grant.to_string())
                        .bind(day_of(counted.at))
                        .bind(counted.uses)
                        .bind(counted.at.seconds())
                        .bind(door_name(counted.endpoint))
                        .bind(counted.client_id)
                        .execute(&mut *c)
                        .await?;
                }
                Ok(())
            })
        })
        .await
    }

    /// Stores since when checks are counted, unless it is stored already.
    pub async fn begin_grant_usage(&self, now: Timestamp) -> Result<(), Error> {
        self.write_new(move |c| {
            Box::pin(async move {
                sqlx::query(BEGIN).bind(PLACE).bind(now.seconds()).execute(c).await?;
                Ok(())
            })
        })
        .await
    }
}

/// Deletes the counts of a grant. Part of the write that revokes it.
pub async fn delete(c: &mut AnyConnection, grant_id: &str) -> Result<(), Error> {
    sqlx::query(FORGET).bind(grant_id).execute(c).await?;
    Ok(())
}
