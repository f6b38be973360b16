//! The store: one SQL text for SQLite and PostgreSQL. Private to this crate; use cases call its methods and never see SQL.
//!
//! Every single-use decision is one conditional statement that stands first in its write.

pub mod access_tokens;
pub mod changes;
pub mod clients;
pub mod codes;
pub mod copy;
pub mod failures;
pub mod grants;
pub mod logout_notices;
pub mod logouts;
pub mod memory;
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
pub mod watch;
pub mod writer;

use sqlx::AnyPool;

use self::changes::Touch;
use self::memory::Memory;
use self::writer::{Said, Writer, Written};
use crate::error::Error;

/// A database: readers in a pool, writes through the [`Writer`].
#[derive(Clone, Debug)]
pub struct Store {
    readers: AnyPool,
    writer: Writer,
    memory: Memory,
}

impl Store {
    /// The readers' pool.
    pub(crate) const fn readers(&self) -> &AnyPool {
        &self.readers
    }

    /// What was read before.
    pub(crate) const fn memory(&self) -> &Memory {
        &self.memory
    }

    /// Runs one write, all or nothing, and returns when it is durable. Everything that is remembered counts as touched.
    pub(crate) async fn write<T, F>(&self, op: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut sqlx::AnyConnection) -> Written<'c, T> + Clone + Send + 'static,
    {
        self.writer.run(op, Box::new(|_| Touch::Everything), None).await
    }

    /// The same for a write that makes nothing wrong of what is remembered, whatever comes of it: new rows, and columns by
    /// which nobody decides.
    pub(crate) async fn write_new<T, F>(&self, op: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut sqlx::AnyConnection) -> Written<'c, T> + Clone + Send + 'static,
    {
        self.writer.run(op, Box::new(|_| Touch::Nothing), None).await
    }

    /// The same for a write that touches this, whatever comes of it.
    pub(crate) async fn write_that_touches<T, F>(&self, touched: Touch, op: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut sqlx::AnyConnection) -> Written<'c, T> + Clone + Send + 'static,
    {
        self.writer.run(op, Box::new(move |_| touched.clone()), None).await
    }

    /// The same for a write whose outcome says what it touched, and that may have been said beforehand: `said` has the statements, and
    /// what comes of it if each of them changes exactly one row.
    pub(crate) async fn write_said<T, F>(
        &self,
        said: Option<Said<T>>,
        touch: impl Fn(&T) -> Touch + Send + Sync + 'static,
        op: F,
    ) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut sqlx::AnyConnection) -> Written<'c, T> + Clone + Send + 'static,
    {
        self.writer.run(op, Box::new(touch), said).await
    }
}
