//! Ending setup links inside a larger write.

use sqlx::AnyConnection;

use crate::error::Error;

/// What is spent stays, to be told apart from what never was.
const END: &str = "delete from setup_links where spent_at is null";

/// Ends every link that is not spent: whoever becomes an administrator, or ceases to be one, ends them, else one that stands in a log
/// would come to life with the end of the last administrator. Part of a larger write.
pub async fn end_links(c: &mut AnyConnection) -> Result<(), Error> {
    sqlx::query(END).execute(c).await?;
    Ok(())
}
