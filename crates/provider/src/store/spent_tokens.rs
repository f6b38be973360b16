//! Signed tokens of others that count once: client assertions (RFC 7523 3) and proofs of possession (RFC 9449 11.1).

use oauth::jose::Once;

use super::Store;
use crate::error::Error;

const SPEND: &str = "insert into spent_tokens (key_hash, expires_at) values ($1, $2) on conflict (key_hash) do nothing returning key_hash";

impl Store {
    /// Spends the token with this mark; `false` when somebody did before. The insert decides.
    pub async fn spend_once(&self, once: Once) -> Result<bool, Error> {
        self.write_new(move |c| {
            Box::pin(async move {
                let spent = sqlx::query(SPEND).bind(once.key.as_str()).bind(once.until.seconds());
                Ok(spent.fetch_optional(c).await?.is_some())
            })
        })
        .await
    }
}
