//! Pushed authorization requests (RFC 9126): each is valid until a code was issued for it, or a
//! denial sent.

use oauth::jose::ReplayKey;
use oauth::par::Pushed;
use oauth::{Params, SecretHash, Timestamp};
use sqlx::AnyConnection;

use super::{Store, row, spent_tokens};
use crate::error::Error;

const INSERT: &str = "insert into pushed_requests (key_hash, client_id, request, expires_at) values ($1, $2, $3, $4)";

const FIND: &str = "select client_id, request, expires_at, completed_at from pushed_requests where key_hash = $1";

const COMPLETE: &str =
    "update pushed_requests set completed_at = $2 where key_hash = $1 and completed_at is null returning key_hash";

const REOPEN: &str = "update pushed_requests set completed_at = null where key_hash = $1";

impl Store {
    /// Stores a request under the hash of its key, and spends the DPoP proof that came with it.
    pub async fn insert_pushed(&self, key: SecretHash, pushed: Pushed, proof: Option<ReplayKey>) -> Result<(), Error> {
        self.write_new(move |c| {
            Box::pin(async move {
                spent_tokens::spend(c, proof.as_ref()).await?;
                sqlx::query(INSERT)
                    .bind(key.as_str())
                    .bind(&pushed.client_id)
                    .bind(pushed.params.encode())
                    .bind(pushed.expires_at.seconds())
                    .execute(c)
                    .await?;
                Ok(())
            })
        })
        .await
    }

    /// The request with this key, of any client, expired and completed or not.
    pub async fn find_pushed(&self, key: &SecretHash) -> Result<Option<Pushed>, Error> {
        let Some(found) = sqlx::query(FIND).bind(key.as_str()).fetch_optional(self.readers()).await? else {
            return Ok(None);
        };
        let request = row::text(&found, "request")?;
        Ok(Some(Pushed {
            client_id: row::text(&found, "client_id")?,
            params: Params::parse(request.as_bytes()).map_err(|_| Error::corrupt("request"))?,
            expires_at: row::time(&found, "expires_at")?,
            completed: row::int_opt(&found, "completed_at")?.is_some(),
        }))
    }

    /// Completes a request; `false` when it was completed before.
    pub async fn complete_pushed(&self, key: SecretHash, now: Timestamp) -> Result<bool, Error> {
        self.write_new(move |c| Box::pin(async move { complete(c, &key, now).await })).await
    }
}

/// Completes a request. Part of a larger write, as its gate.
pub async fn complete(c: &mut AnyConnection, key: &SecretHash, now: Timestamp) -> Result<bool, Error> {
    let gate = sqlx::query(COMPLETE).bind(key.as_str()).bind(now.seconds());
    Ok(gate.fetch_optional(c).await?.is_some())
}

/// Undoes [`complete`] within the same write.
pub async fn reopen(c: &mut AnyConnection, key: &SecretHash) -> Result<(), Error> {
    sqlx::query(REOPEN).bind(key.as_str()).execute(c).await?;
    Ok(())
}
