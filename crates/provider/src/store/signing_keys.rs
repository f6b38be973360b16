//! Signing keys: a sequence of generations for each algorithm. Each generation is created once, by
//! the first process to insert it.

use oauth::Timestamp;
use oauth::jose::Algorithm;
use sqlx::AnyConnection;

use super::{Store, row};
use crate::error::Error;

/// A stored key; its private part is encrypted.
#[derive(Clone)]
pub struct SigningKeyRow {
    /// `kid`: the thumbprint of the public key.
    pub id: String,
    /// Its signature algorithm.
    pub algorithm: Algorithm,
    /// Its place in the sequence of its algorithm, from 1.
    pub generation: i64,
    /// The private key, encrypted.
    pub private_key: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// From when on it signs.
    pub active_at: Timestamp,
    /// From when on it is invalid.
    pub withdrawn_at: Option<Timestamp>,
}

/// A key that was withdrawn.
#[derive(Clone, Copy, Debug)]
pub struct Withdrawn {
    /// Its signature algorithm.
    pub algorithm: Algorithm,
    /// When it was withdrawn, now or before.
    pub at: Timestamp,
}

const LIST: &str = "select id, algorithm, generation, private_key, created_at, active_at, withdrawn_at from signing_keys \
    order by algorithm, generation";

const INSERT: &str = "insert into signing_keys (id, algorithm, generation, private_key, created_at, active_at) \
    values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning id";

const DELETE: &str = "delete from signing_keys where id = $1";

const WITHDRAW: &str = "update signing_keys set withdrawn_at = coalesce(withdrawn_at, $2) where id = $1 \
    returning algorithm, generation, withdrawn_at";

/// The next published key becomes active at once.
const TAKE_OVER: &str = "update signing_keys set active_at = case when active_at < $3 then active_at else $3 end where algorithm = $1 and \
    generation = (select min(n.generation) from signing_keys n where n.algorithm = $1 and n.generation > $2 and n.withdrawn_at is null)";

impl Store {
    /// Every key, by algorithm, oldest first.
    pub async fn list_signing_keys(&self) -> Result<Vec<SigningKeyRow>, Error> {
        let rows = sqlx::query(LIST).fetch_all(self.readers()).await?;
        rows.iter()
            .map(|found| {
                let algorithm = Algorithm::parse(&row::text(found, "algorithm")?);
                Ok(SigningKeyRow {
                    id: row::text(found, "id")?,
                    algorithm: algorithm.ok_or_else(|| Error::corrupt("signing_keys.algorithm"))?,
                    generation: row::int(found, "generation")?,
                    private_key: row::text(found, "private_key")?,
                    created_at: row::time(found, "created_at")?,
                    active_at: row::time(found, "active_at")?,
                    withdrawn_at: row::time_opt(found, "withdrawn_at")?,
                })
            })
            .collect()
    }

    /// Stores keys; returns how many were new. A key whose generation exists is dropped: another
    /// process was first.
    pub async fn insert_signing_keys(&self, keys: Vec<SigningKeyRow>) -> Result<usize, Error> {
        self.write(move |c| {
            Box::pin(async move {
                let mut made = 0;
                for key in keys {
                    made += usize::from(insert(c, key).await?);
                }
                Ok(made)
            })
        })
        .await
    }

    /// Withdraws a key. `spare` is given if it was the active one: then the next published key
    /// becomes active, or, if there is none, `spare` is stored. `None` if there is no such key.
    pub async fn withdraw_signing_key(
        &self,
        id: String,
        spare: Option<SigningKeyRow>,
        now: Timestamp,
    ) -> Result<Option<Withdrawn>, Error> {
        self.write(move |c| Box::pin(async move { withdraw(c, id, spare, now).await })).await
    }

    /// Deletes the keys with these ids; returns how many there were.
    pub async fn delete_signing_keys(&self, ids: Vec<String>) -> Result<u64, Error> {
        if ids.is_empty() {
            return Ok(0);
        }
        self.write(move |c| {
            Box::pin(async move {
                let mut gone = 0;
                for id in ids {
                    gone += sqlx::query(DELETE).bind(id).execute(&mut *c).await?.rows_affected();
                }
                Ok(gone)
            })
        })
        .await
    }
}

async fn withdraw(
    c: &mut AnyConnection,
    id: String,
    spare: Option<SigningKeyRow>,
    now: Timestamp,
) -> Result<Option<Withdrawn>, Error> {
    let gate = sqlx::query(WITHDRAW).bind(id).bind(now.seconds()).fetch_optional(&mut *c).await?;
    let Some(gate) = gate else { return Ok(None) };
    let (name, generation) = (row::text(&gate, "algorithm")?, row::int(&gate, "generation")?);
    if let Some(spare) = spare {
        let next = sqlx::query(TAKE_OVER).bind(&name).bind(generation).bind(now.seconds());
        if next.execute(&mut *c).await?.rows_affected() == 0 {
            insert(c, spare).await?;
        }
    }
    let algorithm = Algorithm::parse(&name).ok_or_else(|| Error::corrupt("signing_keys.algorithm"))?;
    Ok(Some(Withdrawn { algorithm, at: row::time(&gate, "withdrawn_at")? }))
}

async fn insert(c: &mut AnyConnection, key: SigningKeyRow) -> Result<bool, Error> {
    let made = sqlx::query(INSERT)
        .bind(key.id)
        .bind(key.algorithm.as_str())
        .bind(key.generation)
        .bind(key.private_key)
        .bind(key.created_at.seconds())
        .bind(key.active_at.seconds())
        .fetch_optional(c)
        .await?;
    Ok(made.is_some())
}
