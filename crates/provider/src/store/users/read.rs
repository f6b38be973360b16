//! Reads rows of users.

use oauth::Access;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::error::Error;
use crate::store::records::User;
use crate::store::row;

/// The columns of a user.
macro_rules! columns {
    () => {
        "id, username, access, allowed_scope, administrator, email, given_name, family_name, claims, created_at, \
            updated_at, password_changed_at, disabled_at"
    };
}
pub(super) use columns;

pub(super) const FIND: &str = concat!("select ", columns!(), " from users where id = $1");

/// Reads a user again inside a write.
pub(super) async fn reread(c: &mut AnyConnection, id: i64) -> Result<User, Error> {
    let found = sqlx::query(FIND).bind(id).fetch_one(c).await?;
    read(&found)
}

pub(super) fn read(found: &AnyRow) -> Result<User, Error> {
    Ok(User {
        id: row::int(found, "id")?,
        username: row::text(found, "username")?,
        access: Access::parse(&row::text(found, "access")?).ok_or_else(|| Error::corrupt("users.access"))?,
        allowed: row::scope(found, "allowed_scope")?,
        administrator: row::flag(found, "administrator")?,
        email: row::text_opt(found, "email")?,
        given_name: row::text_opt(found, "given_name")?,
        family_name: row::text_opt(found, "family_name")?,
        claims: row::text(found, "claims")?,
        created_at: row::time(found, "created_at")?,
        updated_at: row::time_opt(found, "updated_at")?.map_or_else(|| row::time(found, "created_at"), Ok)?,
        password_changed_at: row::time(found, "password_changed_at")?,
        disabled: row::int_opt(found, "disabled_at")?.is_some(),
    })
}
