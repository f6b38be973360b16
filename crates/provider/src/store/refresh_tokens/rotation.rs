//! Rotation: exchanges a refresh token for its successor. The gate in the database decides between
//! concurrent uses.

use crate::store::records::NewAccessToken;
use crate::store::records::{NewRefreshToken, RefreshToken};
use std::sync::Arc;

use oauth::{SecretHash, Timestamp};
use sqlx::AnyConnection;

use super::insert;
use super::insertion;
use crate::error::Error;
use crate::store::access_tokens;
use crate::store::invalidation::Invalidation;
use crate::store::writer::statements::{Statement, Statements};
use crate::store::{Store, grants, row, spent_tokens};

/// For so many seconds after the first use, a retry gets the same answer, while the successor is
/// unused. Long enough for a client that retries after a timeout; a later use is by the holder of a
/// copy (RFC 9700 §4.14.2).
pub const GRACE: i64 = 30;

/// Retries that request other scopes, resources or keys get other access tokens: at most so many.
const MOST_ANSWERS: i64 = 8;

/// The outcome of a rotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotated {
    /// The token was unspent, or a retry within `GRACE` found the successor unused: both get the
    /// same answer.
    Yes,
    /// Possibly a retry of a first use at this time, but the request was not as of that time, or
    /// exceeded the limit of answers. Nothing was written.
    Before(Timestamp),
    /// Replay: the successor was used, or the token was used too late, so there is a copy. The
    /// grant is revoked. Holds which of the two it was.
    Theft(&'static str),
    /// The token was revoked meanwhile.
    Dead,
}

const SPEND: &str =
    "update refresh_tokens set spent_at = $2 where token_hash = $1 and spent_at is null and revoked_at is null";

const STATE: &str = "select spent_at, revoked_at from refresh_tokens where token_hash = $1";

const USED: &str = "rotated before, and its successor was used";

const LATE: &str = "rotated before, too long ago for a retry";

impl Store {
    /// Spends a refresh token for its successor. The gate is the first statement. A retry with the
    /// immediate predecessor within `GRACE` seconds, while the successor is unused, gets that
    /// successor again; any later use of a predecessor revokes the grant.
    pub async fn rotate(
        &self,
        spent: SecretHash,
        successor: NewRefreshToken,
        access: NewAccessToken,
        now: Timestamp,
    ) -> Result<Rotated, Error> {
        let is_theft = |rotated: &Rotated| matches!(rotated, Rotated::Theft(_));
        let invalidates =
            move |rotated: &Rotated| if is_theft(rotated) { Invalidation::Everything } else { Invalidation::Nothing };
        self.caches().refresh_tokens.evict(&spent);
        let known = (successor.hash.clone(), Arc::new(RefreshToken::of(&successor)));
        let before = self.caches().before_read();
        // Only for a first use: a retry's request is as of an earlier time.
        let batched = (access.issued_at == now).then(|| (rotation(&spent, &successor, &access), Rotated::Yes));
        let write = self.write_batched(batched, invalidates, move |c| {
            Box::pin(async move { rotate(c, &spent, &successor, &access, now).await })
        });
        let rotated = write.await?;
        if rotated == Rotated::Yes {
            self.caches().refresh_tokens.insert(known.0, before, &known.1);
        }
        Ok(rotated)
    }
}

/// The statements that rotate an unspent token of a live grant.
fn rotation(spent: &SecretHash, successor: &NewRefreshToken, access: &NewAccessToken) -> Statements {
    let now = access.issued_at;
    let gates = [grants::issuing(&successor.grant_id, now), spending(spent, now), insertion(successor)];
    gates.into_iter().chain(access_tokens::insertions(access)).collect()
}

async fn rotate(
    c: &mut AnyConnection,
    spent: &SecretHash,
    successor: &NewRefreshToken,
    access: &NewAccessToken,
    now: Timestamp,
) -> Result<Rotated, Error> {
    spent_tokens::refuse_spent(c, access.proof.as_ref()).await?;
    if !grants::issue(c, &successor.grant_id, now).await? {
        return Ok(Rotated::Dead);
    }
    // A request as of another time is a retry.
    if access.issued_at == now && spending(spent, now).execute(&mut *c).await? > 0 {
        insert(c, successor).await?;
        access_tokens::insert(c, access).await?;
        return Ok(Rotated::Yes);
    }
    let retry = retry(c, spent, &successor.hash, now).await?;
    match retry {
        Rotated::Before(used_at) if used_at == access.issued_at => {
            let is_there = access_tokens::insert_again(c, access, MOST_ANSWERS).await?;
            return Ok(if is_there { Rotated::Yes } else { retry });
        }
        Rotated::Theft(_) => {
            // Lock order: tokens before their grant, as everywhere; otherwise two rotations can
            // deadlock.
            access_tokens::revoke_family(c, &successor.family_id, now).await?;
            grants::revoke(c, &successor.grant_id, now).await?;
        }
        _ => {}
    }
    Ok(retry)
}

/// The token was spent before: tells a retry whose first answer was lost from a replay.
async fn retry(
    c: &mut AnyConnection,
    spent: &SecretHash,
    successor: &SecretHash,
    now: Timestamp,
) -> Result<Rotated, Error> {
    let (Some((Some(used_at), None)), successor) = (state(c, spent).await?, state(c, successor).await?) else {
        return Ok(Rotated::Dead);
    };
    let used_at = Timestamp::from_seconds(used_at);
    // A use further in the future than clocks differ means that the clock was set back: no replay.
    let is_ahead = !now.is_within(i64::MAX, used_at);
    let is_late = now.since(used_at) > GRACE;
    Ok(match successor {
        Some((_, Some(_))) => Rotated::Dead,
        Some((Some(_), None)) => Rotated::Theft(USED),
        _ if is_late => Rotated::Theft(LATE),
        _ if is_ahead => Rotated::Dead,
        Some((None, None)) => Rotated::Before(used_at),
        None => Rotated::Dead,
    })
}

/// When a token was spent and when it was revoked.
async fn state(c: &mut AnyConnection, token: &SecretHash) -> Result<Option<(Option<i64>, Option<i64>)>, Error> {
    let found = sqlx::query(STATE).bind(token.as_str()).fetch_optional(c).await?;
    found.map(|found| Ok((row::int_opt(&found, "spent_at")?, row::int_opt(&found, "revoked_at")?))).transpose()
}

/// The statement that spends an unspent token: it changes one row.
fn spending(spent: &SecretHash, now: Timestamp) -> Statement {
    Statement::new(SPEND, [spent.as_str().into(), now.seconds().into()])
}
