//! Client secrets: stored as hashes, two live ones per client at most.

use oauth::{SecretHash, Timestamp};
use sqlx::AnyConnection;

use super::{Store, row};
use crate::error::Error;

/// A secret to be stored.
#[derive(Clone)]
pub struct NewSecret {
    /// SHA-256 of its value.
    pub hash: SecretHash,
    /// Its last four characters, by which users tell secrets apart; empty for a secret too short to
    /// reveal four.
    pub hint: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// The form that created it.
    pub form_id: Option<String>,
}

/// The outcome of a rotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// The new secret is stored.
    Done,
    /// The same form has created one before (idempotent); nothing was changed.
    Already,
    /// There is no such confidential client.
    NoClient,
}

/// A live secret, as pages list it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretRow {
    /// The client that it belongs to.
    pub client_id: String,
    /// Its last four characters.
    pub hint: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it expires, if that is decided.
    pub expires_at: Option<Timestamp>,
}

const INSERT: &str =
    "insert into client_secrets (secret_hash, client_id, hint, created_at, form_id) values ($1, $2, $3, $4, $5)";

const OF_FORM: &str = "select hint from client_secrets where client_id = $1 and form_id = $2";

const READ: &str = "select secret_hash, expires_at from client_secrets where client_id = $1";

const LIST_OF: &str = "select s.client_id, s.hint, s.created_at, s.expires_at from client_secrets s \
    join clients c on c.id = s.client_id where c.owner_id = $1 and (s.expires_at is null or s.expires_at > $2) \
    order by case when s.expires_at is null then 0 else 1 end, s.created_at desc";

/// No-op update that locks the client's row: rotations run one at a time.
const LOCK: &str = "update clients set version = version where id = $1 and kind = 'confidential' returning id";

/// Deletes a secret that is already expiring: two are live at most.
const END_OLDER: &str = "delete from client_secrets where client_id = $1 and expires_at is not null";
const END_CURRENT: &str = "update client_secrets set expires_at = $2 where client_id = $1";
const END_NOW: &str = "delete from client_secrets where client_id = $1";

impl Store {
    /// The live secrets of all clients of this user; the current one of each client first.
    pub async fn list_secrets_of(&self, owner: i64, now: Timestamp) -> Result<Vec<SecretRow>, Error> {
        let rows = sqlx::query(LIST_OF).bind(owner).bind(now.seconds()).fetch_all(self.readers()).await?;
        rows.iter()
            .map(|found| {
                Ok(SecretRow {
                    client_id: row::text(found, "client_id")?,
                    hint: row::text(found, "hint")?,
                    created_at: row::time(found, "created_at")?,
                    expires_at: row::time_opt(found, "expires_at")?,
                })
            })
            .collect()
    }

    /// Stores a new secret, once for each form. The current one expires at `old_until` (`None`:
    /// now), an older one now.
    pub async fn rotate_client_secret(
        &self,
        client_id: String,
        new: NewSecret,
        old_until: Option<Timestamp>,
    ) -> Result<Rotation, Error> {
        self.write(move |c| Box::pin(async move { rotate(c, &client_id, &new, old_until).await })).await
    }
}

async fn rotate(
    c: &mut AnyConnection,
    client_id: &str,
    new: &NewSecret,
    old_until: Option<Timestamp>,
) -> Result<Rotation, Error> {
    if sqlx::query(LOCK).bind(client_id).fetch_optional(&mut *c).await?.is_none() {
        return Ok(Rotation::NoClient);
    }
    if let Some(form_id) = &new.form_id
        && sqlx::query(OF_FORM).bind(client_id).bind(form_id).fetch_optional(&mut *c).await?.is_some()
    {
        return Ok(Rotation::Already);
    }
    match old_until {
        None => end_all(c, client_id).await?,
        Some(until) => {
            sqlx::query(END_OLDER).bind(client_id).execute(&mut *c).await?;
            sqlx::query(END_CURRENT).bind(client_id).bind(until.seconds()).execute(&mut *c).await?;
        }
    }
    insert(c, client_id, new).await?;
    Ok(Rotation::Done)
}

/// Hash and expiry of each secret that is stored for a client.
pub async fn read_all(store: &Store, client_id: &str) -> Result<Vec<(String, Option<Timestamp>)>, Error> {
    let rows = sqlx::query(READ).bind(client_id).fetch_all(store.readers()).await?;
    rows.iter().map(|found| Ok((row::text(found, "secret_hash")?, row::time_opt(found, "expires_at")?))).collect()
}

/// Deletes every secret of a client. Part of a larger write.
pub async fn end_all(c: &mut AnyConnection, client_id: &str) -> Result<(), Error> {
    sqlx::query(END_NOW).bind(client_id).execute(c).await?;
    Ok(())
}

/// Stores a secret. Part of a larger write.
pub async fn insert(c: &mut AnyConnection, client_id: &str, new: &NewSecret) -> Result<(), Error> {
    sqlx::query(INSERT)
        .bind(new.hash.as_str())
        .bind(client_id)
        .bind(&new.hint)
        .bind(new.created_at.seconds())
        .bind(new.form_id.as_deref())
        .execute(c)
        .await?;
    Ok(())
}
