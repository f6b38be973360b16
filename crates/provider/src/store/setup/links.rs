//! Deletes setup links inside a larger write.

use sqlx::AnyConnection;

use crate::error::Error;

/// A spent link is kept, to tell it from one that never existed.
const END: &str = "delete from setup_links where spent_at is null";

/// Deletes every unspent link when a user becomes an administrator or ceases to be one: otherwise a
/// link in an old log would become live again once the last administrator is gone. Part of a larger
/// write.
pub async fn end_links(c: &mut AnyConnection) -> Result<(), Error> {
    sqlx::query(END).execute(c).await?;
    Ok(())
}
