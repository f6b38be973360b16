//! Reads rows of authorization codes.

use oauth::{AuthorizationCode, CodeChallenge};
use sqlx::any::AnyRow;

use crate::error::Error;
use crate::store::row;

pub(super) fn read(found: &AnyRow) -> Result<AuthorizationCode, Error> {
    Ok(AuthorizationCode {
        client_id: row::text(found, "client_id")?,
        user_id: row::int(found, "user_id")?,
        grant_id: row::text(found, "grant_id")?,
        family_id: row::text(found, "family_id")?,
        redirect_uri: row::text_opt(found, "redirect_uri")?,
        scope: row::scope(found, "scope")?,
        challenge: row::text_opt(found, "challenge")?.map(CodeChallenge::from_stored),
        nonce: row::text_opt(found, "nonce")?,
        auth_time: row::time(found, "auth_time")?,
        session: row::text_opt(found, "session_id")?,
        claims: row::claims_opt(found, "claims")?.unwrap_or_default(),
        binding: row::binding(found)?,
        expires_at: row::time(found, "expires_at")?,
        spent: row::int_opt(found, "spent_at")?.is_some(),
    })
}
