//! Users and their rights. Password hashes leave this file only to be verified.

mod change;
mod password_proof;
mod profile;
mod read;
mod remove;

use crate::store::records::User;
use std::sync::Arc;

use oauth::Timestamp;

pub use self::change::{Ends, NewUserRow, PasswordRow, RightsRow, insert};
pub use self::password_proof::still_proves;
pub use self::profile::UserChange;
use self::read::{FIND, columns, read};
use super::{Store, row};
use crate::error::Error;

/// How many tokens, sessions and grants a user has, for the account page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserCounts {
    /// Live permanent tokens.
    pub tokens: i64,
    /// Live browser sessions.
    pub sessions: i64,
    /// Live grants.
    pub connections: i64,
}

const FIND_BY_NAME: &str = concat!("select password_hash, ", columns!(), " from users where username = $1");
const LIST: &str = concat!("select ", columns!(), " from users order by id");
const ANY: &str = "select count(*) from users where ($1 = 0 or (administrator = 1 and disabled_at is null))";

const COUNTS: &str = "select \
    (select count(*) from permanent_tokens where user_id = $1 and revoked_at is null) as tokens, \
    (select count(*) from sessions where user_id = $1 and expires_at > $2 and last_seen_at > $3) as sessions, \
    (select count(*) from grants where user_id = $1 and revoked_at is null) as connections";

impl Store {
    /// The user with this id, disabled or not.
    pub async fn find_user(&self, id: i64) -> Result<Option<User>, Error> {
        if let Some(known) = self.caches().users.get(&id) {
            return Ok(Some(User::clone(&known)));
        }
        let before = self.caches().before_read();
        let found = sqlx::query(FIND).bind(id).fetch_optional(self.readers()).await?;
        let Some(user) = found.map(|found| read(&found)).transpose()?.map(Arc::new) else { return Ok(None) };
        self.caches().users.insert(id, before, &user);
        Ok(Some(User::clone(&user)))
    }

    /// The user with this normalised name, disabled or not.
    pub async fn find_user_by_name(&self, username: &str) -> Result<Option<User>, Error> {
        let found = sqlx::query(FIND_BY_NAME).bind(username).fetch_optional(self.readers()).await?;
        found.map(|found| read(&found)).transpose()
    }

    /// The user with this normalised name, and the stored password hash.
    pub async fn find_credentials(&self, username: &str) -> Result<Option<(User, String)>, Error> {
        let found = sqlx::query(FIND_BY_NAME).bind(username).fetch_optional(self.readers()).await?;
        found.map(|found| Ok((read(&found)?, row::text(&found, "password_hash")?))).transpose()
    }

    /// All users, oldest first.
    pub async fn list_users(&self) -> Result<Vec<User>, Error> {
        let rows = sqlx::query(LIST).fetch_all(self.readers()).await?;
        rows.iter().map(read).collect()
    }

    /// Whether any user exists, or (with `administrators`) an administrator who is not disabled.
    pub async fn has_users(&self, administrators: bool) -> Result<bool, Error> {
        let count: i64 = sqlx::query_scalar(ANY).bind(i64::from(administrators)).fetch_one(self.readers()).await?;
        Ok(count > 0)
    }

    /// The counts for the account page; sessions idle since `idle_since` have ended.
    pub async fn user_counts(&self, id: i64, now: Timestamp, idle_since: Timestamp) -> Result<UserCounts, Error> {
        let counts = sqlx::query(COUNTS)
            .bind(id)
            .bind(now.seconds())
            .bind(idle_since.seconds())
            .fetch_one(self.readers())
            .await?;
        Ok(UserCounts {
            tokens: row::int(&counts, "tokens")?,
            sessions: row::int(&counts, "sessions")?,
            connections: row::int(&counts, "connections")?,
        })
    }
}
