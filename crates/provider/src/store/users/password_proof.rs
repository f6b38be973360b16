//! The gate that a password is still the one that was verified.

use sqlx::AnyConnection;

use crate::error::Error;
use crate::store::records::Proof;

/// No-op update that locks the user: waits for a concurrent change of the password or disabling of
/// the user.
const STILL: &str = "update users set created_at = created_at \
    where id = $1 and password_changed_at = $2 and disabled_at is null returning id";

/// Refuses a write if the password was changed, or the user disabled, since the password was
/// verified. The first statement of the write that issues: otherwise a sign-in concurrent with a
/// password reset would survive it.
pub async fn still_proves(c: &mut AnyConnection, proof: Proof) -> Result<(), Error> {
    let found =
        sqlx::query(STILL).bind(proof.user_id).bind(proof.password_changed_at.seconds()).fetch_optional(c).await?;
    match found {
        Some(_) => Ok(()),
        None => Err(oauth::Error::invalid_grant().because("the password was changed meanwhile").into()),
    }
}
