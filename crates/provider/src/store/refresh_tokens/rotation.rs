//! Rotation: a refresh token for its successor. The database decides between two uses at once.

use std::sync::Arc;

use oauth::{SecretHash, Timestamp};
use sqlx::AnyConnection;

use super::{NewRefreshToken, RefreshToken, insert, insertion};
use crate::error::Error;
use crate::store::access_tokens::{self, NewAccessToken};
use crate::store::changes::Touch;
use crate::store::writer::script::{Line, Script};
use crate::store::{Store, grants, row};

/// How a rotation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotated {
    /// The token was fresh, or a retry found its successor unused: the successor stands and is the same for both.
    Yes,
    /// The successor had been used: somebody holds a copy. The grant is ended.
    Theft,
    /// The token was revoked in the meantime.
    Dead,
}

const SPEND: &str =
    "update refresh_tokens set spent_at = $2 where token_hash = $1 and spent_at is null and revoked_at is null";

const STATE: &str = "select spent_at, revoked_at from refresh_tokens where token_hash = $1";

impl Store {
    /// Spends a refresh token for its successor. The gate stands first. A retry with the immediate predecessor while the
    /// successor is unused finds that successor again; once it is used, any older one ends the grant.
    pub async fn rotate(
        &self,
        spent: SecretHash,
        successor: NewRefreshToken,
        access: NewAccessToken,
    ) -> Result<Rotated, Error> {
        let touch = |rotated: &Rotated| if *rotated == Rotated::Theft { Touch::Everything } else { Touch::Nothing };
        self.memory().refresh_tokens.forget(&spent);
        let known = (successor.hash.clone(), Arc::new(RefreshToken::of(&successor)));
        let before = self.memory().before();
        let said = Some((rotation(&spent, &successor, &access), Rotated::Yes));
        let write = self
            .write_said(said, touch, move |c| Box::pin(async move { rotate(c, &spent, &successor, &access).await }));
        let rotated = write.await?;
        if rotated == Rotated::Yes {
            self.memory().refresh_tokens.keep(known.0, before, &known.1);
        }
        Ok(rotated)
    }
}

/// The rotation of a token that is fresh, under a grant that lives.
fn rotation(spent: &SecretHash, successor: &NewRefreshToken, access: &NewAccessToken) -> Script {
    let now = access.issued_at;
    vec![
        grants::issuing(&successor.grant_id, now),
        spending(spent, now),
        insertion(successor),
        access_tokens::insertion(access),
    ]
}

async fn rotate(
    c: &mut AnyConnection,
    spent: &SecretHash,
    successor: &NewRefreshToken,
    access: &NewAccessToken,
) -> Result<Rotated, Error> {
    let now = access.issued_at;
    if !grants::issue(c, &successor.grant_id, now).await? {
        return Ok(Rotated::Dead);
    }
    if spending(spent, now).execute(c).await? > 0 {
        insert(c, successor).await?;
    } else {
        match retry(c, &successor.hash).await? {
            Rotated::Yes => {}
            Rotated::Theft => {
                // Tokens before their grant, as everywhere: the other way round two rotations at once can wait for each other.
                access_tokens::revoke_family(c, &successor.family_id, now).await?;
                grants::revoke(c, &successor.grant_id, now).await?;
                return Ok(Rotated::Theft);
            }
            Rotated::Dead => return Ok(Rotated::Dead),
        }
    }
    access_tokens::insert(c, access).await?;
    Ok(Rotated::Yes)
}

/// The predecessor was spent before: is this the honest client whose answer was lost?
async fn retry(c: &mut AnyConnection, successor: &SecretHash) -> Result<Rotated, Error> {
    let Some(state) = sqlx::query(STATE).bind(successor.as_str()).fetch_optional(c).await? else {
        return Ok(Rotated::Dead);
    };
    Ok(match (row::int_opt(&state, "spent_at")?, row::int_opt(&state, "revoked_at")?) {
        (_, Some(_)) => Rotated::Dead,
        (None, None) => Rotated::Yes,
        (Some(_), None) => Rotated::Theft,
    })
}

/// Spends a token that is fresh: one row.
fn spending(spent: &SecretHash, now: Timestamp) -> Line {
    Line::new(SPEND, [spent.as_str().into(), now.seconds().into()])
}
