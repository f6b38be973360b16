//! Deletes an account, with everything that belongs to it.

use oauth::Timestamp;
use oauth::view::OwnedApplication;
use sqlx::AnyConnection;

use super::{Store, change, row};
use crate::error::Error;
use crate::store::sessions;

/// No-op update that locks all administrators: two who delete their accounts at once run one after
/// the other. Otherwise, on PostgreSQL, each would see the other remain.
const LOCK_ADMINISTRATORS: &str = "update users set created_at = created_at where administrator = 1";

/// Gate: the verified password, if any, is still the stored one, and an administrator remains.
const GATE: &str = "update users set created_at = created_at where id = $1 and password_hash = coalesce($2, password_hash) \
    and (administrator = 0 or exists \
    (select 1 from users o where o.administrator = 1 and o.disabled_at is null and o.id <> $1)) returning id";

const OTHERS_ADMINISTER: &str =
    "select count(*) from users where administrator = 1 and disabled_at is null and id <> $1";

const OWNED: &str = "select c.id, c.name, (select count(*) from grants g \
    where g.client_id = c.id and g.user_id <> $1 and g.revoked_at is null) as people \
    from clients c where c.owner_id = $1 order by c.created_at, c.id";

/// Locks the user's clients, as `grants::stay` does: a concurrent consent to one of them is waited
/// for, and then seen.
const LOCK_APPLICATIONS: &str = "update clients set version = version where owner_id = $1";

const DELETE_APPLICATIONS: &str = "delete from clients where owner_id = $1 and not exists \
    (select 1 from grants g where g.client_id = clients.id and g.user_id <> $1 and g.revoked_at is null)";

/// Sessions, tokens, codes and grants are deleted too. A client that others began to use meanwhile
/// prevents the deletion.
const DELETE: &str = "delete from users where id = $1 \
    and not exists (select 1 from clients c where c.owner_id = $1) returning id";

const RETIRE: &str = "insert into retired_users (id, retired_at) values ($1, $2)";

impl Store {
    /// The clients of this user, each with how many others use it.
    pub async fn list_owned(&self, user_id: i64) -> Result<Vec<OwnedApplication>, Error> {
        let rows = sqlx::query(OWNED).bind(user_id).fetch_all(self.readers()).await?;
        rows.iter()
            .map(|found| {
                Ok(OwnedApplication {
                    client_id: row::text(found, "id")?,
                    name: row::text(found, "name")?,
                    people: row::int(found, "people")?,
                })
            })
            .collect()
    }

    /// Whether an administrator remains without this user.
    pub async fn others_administer(&self, user_id: i64) -> Result<bool, Error> {
        let others: i64 = sqlx::query_scalar(OTHERS_ADMINISTER).bind(user_id).fetch_one(self.readers()).await?;
        Ok(others > 0)
    }

    /// Deletes a user and everything of theirs; `verified` is `None` for the operator. `false` if
    /// the verified hash is not the stored one any more or no administrator would remain.
    /// `Conflict` if others use a client of theirs; nothing is deleted then.
    pub async fn delete_user(&self, id: i64, verified: Option<String>, now: Timestamp) -> Result<bool, Error> {
        self.write(move |c| Box::pin(async move { delete(c, id, verified, now).await })).await
    }
}

async fn delete(c: &mut AnyConnection, id: i64, verified: Option<String>, now: Timestamp) -> Result<bool, Error> {
    sessions::lock_all_of(c, id).await?;
    sqlx::query(LOCK_ADMINISTRATORS).execute(&mut *c).await?;
    if sqlx::query(GATE).bind(id).bind(verified).fetch_optional(&mut *c).await?.is_none() {
        return Ok(false);
    }
    sqlx::query(LOCK_APPLICATIONS).bind(id).execute(&mut *c).await?;
    change::end_sessions(c, id, "", now).await?;
    sqlx::query(DELETE_APPLICATIONS).bind(id).execute(&mut *c).await?;
    if sqlx::query(DELETE).bind(id).fetch_optional(&mut *c).await?.is_none() {
        return Err(Error::Conflict("leave-in-use".into()));
    }
    sqlx::query(RETIRE).bind(id).bind(now.seconds()).execute(c).await?;
    Ok(true)
}
