//! Last use of permanent tokens: when and from where, many in one write.

use crate::store::records::TokenUse;
use oauth::SKEW;

use super::Store;
use crate::error::Error;

/// Never moves backwards, since another process may have written a later use; but a stored use far
/// in the future is overwritten: it was written before the clock was set back.
const USED: &str = "update permanent_tokens set last_used_at = $2, last_used_from = coalesce($3, last_used_from) \
    where id = $1 and (last_used_at is null or last_used_at <= $2 or last_used_at > $4)";

impl Store {
    /// Writes last uses in one transaction. They must be sorted by id: two processes lock rows in
    /// the same order, so that they do not deadlock.
    pub async fn write_token_usage(&self, uses: Vec<(String, TokenUse)>) -> Result<(), Error> {
        self.write_new(move |c| {
            Box::pin(async move {
                for (id, used) in uses {
                    let (at, ahead) = (used.at.seconds(), used.at.plus(SKEW).seconds());
                    sqlx::query(USED).bind(id).bind(at).bind(used.from).bind(ahead).execute(&mut *c).await?;
                }
                Ok(())
            })
        })
        .await
    }
}
