//! A row of a live token, and the columns of its user.

use crate::store::records::{LastUse, LiveToken, TokenUser};
use std::sync::{Arc, OnceLock};

use oauth::{Access, Rights};
use sqlx::any::AnyRow;

use crate::error::Error;
use crate::store::row;

/// Reads the token of a row.
pub(super) fn read(found: &AnyRow) -> Result<LiveToken, Error> {
    let client_scope = row::text_opt(found, "client_scope")?;
    Ok(LiveToken {
        family_id: row::text(found, "family_id")?,
        client_id: row::text_opt(found, "client_id")?,
        grant_id: row::text_opt(found, "grant_id")?.map(Arc::from),
        client_scope: client_scope.as_deref().map(row::stored_scope),
        user: user(found)?,
        scope: row::scope(found, "scope")?,
        claims: row::claims_opt(found, "claims")?,
        binding: row::binding(found)?,
        issued_at: row::time(found, "issued_at")?,
        expires_at: row::time_opt(found, "expires_at")?,
        permanent_id: None,
        last_used: LastUse::new(None),
        answer: OnceLock::new(),
    })
}

/// Reads the user's columns of a token's row, if the token has a user.
pub fn user(found: &AnyRow) -> Result<Option<TokenUser>, Error> {
    let Some(id) = row::int_opt(found, "user_id")? else { return Ok(None) };
    let access = Access::parse(&row::text(found, "access")?).ok_or_else(|| Error::corrupt("users.access"))?;
    let rights = Rights { access, allowed: row::scope(found, "allowed_scope")? };
    Ok(Some(TokenUser { id, username: row::text(found, "username")?, rights }))
}
