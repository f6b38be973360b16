//! The condition that a password still is what it was when it was verified.

use sqlx::AnyConnection;

use crate::error::Error;
use crate::store::records::Proof;

/// Changes nothing, and waits for whoever is just changing the password or disabling the user.
const STILL: &str = "update users set created_at = created_at \
    where id = $1 and password_changed_at = $2 and disabled_at is null returning id";

/// Refuses what a password bought if it has been changed, or the user disabled, since it was looked at. The first statement of
/// the write that issues: else a sign-in that runs beside a reset would outlive it.
pub async fn still_proves(c: &mut AnyConnection, proof: Proof) -> Result<(), Error> {
    let found =
        sqlx::query(STILL).bind(proof.user_id).bind(proof.password_changed_at.seconds()).fetch_optional(c).await?;
    match found {
        Some(_) => Ok(()),
        None => Err(oauth::Error::invalid_grant().because("the password was changed meanwhile").into()),
    }
}
