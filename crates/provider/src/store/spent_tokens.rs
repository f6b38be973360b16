//! Replay protection for signed tokens of others that are valid once: client assertions (RFC 7523
//! §3) and DPoP proofs (RFC 9449 §11.1).
//!
//! A proof at the token endpoint is spent in the write that issues: sending one requires a code, a
//! refresh token, a password or a client's secret, so that no one without any of them can add rows
//! here.

use oauth::dpop;
use oauth::jose::ReplayKey;
use sqlx::AnyConnection;

use super::Store;
use super::writer::statements::Statement;
use crate::error::Error;

const SPEND: &str = "insert into spent_tokens (key_hash, expires_at) values ($1, $2) on conflict (key_hash) do nothing";

const FIND: &str = "select count(*) from spent_tokens where key_hash = $1";

impl Store {
    /// Spends the token with this replay key; `false` if it was spent before. The insert decides.
    pub async fn spend_once(&self, once: ReplayKey) -> Result<bool, Error> {
        self.write_new(move |c| Box::pin(async move { Ok(spending(&once).execute(c).await? > 0) })).await
    }
}

/// The statement that spends a replay key: it changes one row, unless it was spent before.
pub fn spending(once: &ReplayKey) -> Statement {
    Statement::new(SPEND, [once.key.as_str().into(), once.until.seconds().into()])
}

/// Spends the DPoP proof of a request, if it has one; if it was spent before, the write rolls back.
/// Part of a larger write.
pub async fn spend(c: &mut AnyConnection, proof: Option<&ReplayKey>) -> Result<(), Error> {
    match proof {
        Some(once) if spending(once).execute(c).await? == 0 => Err(dpop::replayed().into()),
        _ => Ok(()),
    }
}

/// Refuses a proof that was spent before, for writes in which other gates come before its spending:
/// a request that was sent twice gets this error, and does not count as a replay of what it spent
/// the first time.
pub async fn refuse_spent(c: &mut AnyConnection, proof: Option<&ReplayKey>) -> Result<(), Error> {
    let Some(once) = proof else { return Ok(()) };
    let spent: i64 = sqlx::query_scalar(FIND).bind(once.key.as_str()).fetch_one(c).await?;
    if spent > 0 { Err(dpop::replayed().into()) } else { Ok(()) }
}
