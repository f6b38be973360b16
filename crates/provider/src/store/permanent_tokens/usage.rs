//! When and from where permanent tokens were used, many in one write.

use crate::store::records::TokenUse;
use oauth::SKEW;

use super::Store;
use crate::error::Error;

/// Never backwards, since another node may have written a later use already; but one far ahead is of before the clock was set back.
const USED: &str = "update permanent_tokens set last_used_at = $2, last_used_from = coalesce($3, last_used_from) \
    where id = $1 and (last_used_at is null or last_used_at <= $2 or last_used_at > $4)";

impl Store {
    /// Notes uses, all in one transaction. They come sorted by id, so that no two nodes wait for each other's rows.
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
