//! The store: one SQL text for SQLite and PostgreSQL. Private to this crate; use cases call its methods and never see SQL.
//!
//! Every single-use decision is one conditional statement that stands first in its write.

pub mod access_tokens;
pub mod clients;
pub mod codes;
pub mod failures;
pub mod grants;
pub mod logout_notices;
pub mod logouts;
pub mod open;
pub mod permanent_tokens;
pub mod problems;
pub mod pushed;
pub mod refresh_tokens;
pub mod row;
pub mod scopes;
pub mod services;
pub mod sessions;
pub mod setup;
pub mod signing_keys;
pub mod spent_tokens;
pub mod sweep;
pub mod token_list;
pub mod token_uses;
pub mod users;
pub mod writer;

use sqlx::AnyPool;

use self::writer::{Writer, Written};
use crate::error::Error;

/// A database: readers in a pool, writes through the [`Writer`].
#[derive(Clone, Debug)]
pub struct Store {
    readers: AnyPool,
    writer: Writer,
}

impl Store {
    /// The readers' pool.
    pub(crate) const fn readers(&self) -> &AnyPool {
        &self.readers
    }

    /// Runs one write, all or nothing, and returns when it is durable.
    pub(crate) async fn write<T, F>(&self, op: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut sqlx::AnyConnection) -> Written<'c, T> + Send + 'static,
    {
        self.writer.run(op).await
    }
}
