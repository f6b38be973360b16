//! Keys that sign: a line of generations for each algorithm. A generation is made once, whoever comes first.

use oauth::Timestamp;
use oauth::jose::Algorithm;
use sqlx::AnyConnection;

use super::{Store, row};
use crate::error::Error;

/// A stored key; its private part is sealed.
#[derive(Clone)]
pub struct SigningKeyRow {
    /// `kid`: the thumbprint of the public key.
    pub id: String,
    /// What it signs with.
    pub algorithm: Algorithm,
    /// Its place in the line of its algorithm, from 1.
    pub generation: i64,
    /// The private key, sealed.
    pub private_key: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it signs.
    pub active_at: Timestamp,
}

const LIST: &str = "select id, algorithm, generation, private_key, created_at, active_at from signing_keys \
    order by algorithm, generation";

const INSERT: &str = "insert into signing_keys (id, algorithm, generation, private_key, created_at, active_at) \
    values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning id";

const DELETE: &str = "delete from signing_keys where id = $1";

impl Store {
    /// Every key, by algorithm, the first made first.
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
                })
            })
            .collect()
    }

    /// Stores keys; how many were new. One whose generation is there already is dropped: somebody was faster.
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

    /// Removes the keys with these ids; how many there were.
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
