//! The one-time link that creates the first administrator.

pub mod links;

use crate::store::records::User;
use oauth::{Message, SecretHash, Timestamp};

use super::Store;
use super::users;
use super::users::NewUserRow;
use crate::error::Error;

const CLEAR: &str = "delete from setup_links";

/// Inserts no link if an administrator was created at the same moment.
const INSERT: &str = "insert into setup_links (token_hash, expires_at) select $1, $2 \
    where not exists (select 1 from users where administrator = 1 and disabled_at is null)";

const USED: &str = "select count(*) from setup_links where token_hash = $1 and spent_at is not null";

/// A link is live while no enabled administrator exists: one created meanwhile invalidates it.
const LIVE: &str = "select count(*) from setup_links where token_hash = $1 and spent_at is null and expires_at > $2 \
    and not exists (select 1 from users where administrator = 1 and disabled_at is null)";

const SPEND: &str = "update setup_links set spent_at = $2 where token_hash = $1 and spent_at is null and expires_at > $2 \
    and not exists (select 1 from users where administrator = 1 and disabled_at is null) returning token_hash";

impl Store {
    /// Stores a link and deletes any older one.
    pub async fn insert_setup_link(&self, hash: SecretHash, expires_at: Timestamp) -> Result<(), Error> {
        self.write(move |c| {
            Box::pin(async move {
                sqlx::query(CLEAR).execute(&mut *c).await?;
                sqlx::query(INSERT).bind(hash.as_str()).bind(expires_at.seconds()).execute(c).await?;
                Ok(())
            })
        })
        .await
    }

    /// Whether the link with this hash is live.
    pub async fn setup_link_is_live(&self, hash: &SecretHash, now: Timestamp) -> Result<bool, Error> {
        let live = sqlx::query_scalar(LIVE).bind(hash.as_str()).bind(now.seconds());
        let count: i64 = live.fetch_one(self.readers()).await?;
        Ok(count > 0)
    }

    /// Whether the link with this hash has created an administrator.
    pub async fn setup_link_was_used(&self, hash: &SecretHash) -> Result<bool, Error> {
        let count: i64 = sqlx::query_scalar(USED).bind(hash.as_str()).fetch_one(self.readers()).await?;
        Ok(count > 0)
    }

    /// Spends the link and stores its user. `NotFound` if the link is not live, `Conflict` if the
    /// name is taken; the link is unspent then.
    pub async fn spend_setup_link(&self, hash: SecretHash, user: NewUserRow, now: Timestamp) -> Result<User, Error> {
        self.write(move |c| {
            Box::pin(async move {
                let gate = sqlx::query(SPEND).bind(hash.as_str()).bind(now.seconds()).fetch_optional(&mut *c).await?;
                if gate.is_none() {
                    return Err(Error::NotFound);
                }
                let taken = Message::new("user-exists").with("name", user.username.as_str());
                users::insert(c, user).await?.ok_or(Error::Conflict(taken))
            })
        })
        .await
    }
}
