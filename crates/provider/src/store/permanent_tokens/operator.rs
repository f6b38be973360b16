//! The operator's list of tokens.

use oauth::Timestamp;
use sqlx::any::AnyRow;

use super::{Store, row};
use crate::error::Error;
use crate::permanent_tokens::operator::TokenListing;

const PERMANENT: &str = "select t.id, u.username, t.name, t.scope, t.created_at as issued_at, t.revoked_at \
    from permanent_tokens t join users u on u.id = t.user_id where $1 = 0 or t.user_id = $1 order by t.created_at desc, t.id desc";

const ACCESS: &str = "select t.family_id as id, u.username, t.client_id, t.scope, t.issued_at, t.expires_at, t.revoked_at \
    from access_tokens t left join users u on u.id = t.user_id \
    where t.expires_at > $2 and ($1 = 0 or t.user_id = $1) order by t.issued_at desc, t.family_id desc";

const REVOKE: &str = "update permanent_tokens set revoked_at = coalesce(revoked_at, $2) where id = $1 returning id";

impl Store {
    /// Permanent tokens and unexpired access tokens, of one user or of all.
    pub async fn list_all_tokens(&self, user_id: Option<i64>, now: Timestamp) -> Result<Vec<TokenListing>, Error> {
        // Ids begin at 1, so 0 can mean all users: PostgreSQL cannot infer a type for a null.
        let user = user_id.unwrap_or(0);
        let permanent = sqlx::query(PERMANENT).bind(user).fetch_all(self.readers()).await?;
        let access = sqlx::query(ACCESS).bind(user).bind(now.seconds()).fetch_all(self.readers()).await?;
        permanent.iter().map(read_permanent).chain(access.iter().map(read_access)).collect()
    }

    /// Revokes a permanent token of any user; true if it exists. Idempotent.
    pub async fn revoke_any_permanent_token(&self, id: String, now: Timestamp) -> Result<bool, Error> {
        self.write(move |c| {
            Box::pin(
                async move { Ok(sqlx::query(REVOKE).bind(id).bind(now.seconds()).fetch_optional(c).await?.is_some()) },
            )
        })
        .await
    }
}

fn read_permanent(found: &AnyRow) -> Result<TokenListing, Error> {
    Ok(TokenListing {
        id: row::text(found, "id")?,
        kind: "permanent",
        username: row::text_opt(found, "username")?,
        client_id: None,
        name: row::text_opt(found, "name")?,
        scope: row::text(found, "scope")?,
        issued_at: row::time(found, "issued_at")?,
        expires_at: None,
        revoked_at: row::time_opt(found, "revoked_at")?,
    })
}

fn read_access(found: &AnyRow) -> Result<TokenListing, Error> {
    Ok(TokenListing {
        id: row::text(found, "id")?,
        kind: "access",
        username: row::text_opt(found, "username")?,
        client_id: row::text_opt(found, "client_id")?,
        name: None,
        scope: row::text(found, "scope")?,
        issued_at: row::time(found, "issued_at")?,
        expires_at: row::time_opt(found, "expires_at")?,
        revoked_at: row::time_opt(found, "revoked_at")?,
    })
}
