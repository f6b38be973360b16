//! The store: one SQL text for SQLite and PostgreSQL. Private to this crate: use cases call its
//! methods and never see SQL.
//!
//! Every single-use decision is one conditional statement, the first of its write (the gate).

pub mod access_tokens;
pub mod backup;
pub mod cache;
pub mod clients;
pub mod codes;
pub mod copy;
pub mod failures;
pub mod file_guard;
pub mod gate;
pub mod grant_usage;
pub mod grants;
pub mod identity;
pub mod invalidation;
pub mod logout_notices;
pub mod obstacle;
pub mod open;
pub mod permanent_tokens;
pub mod problems;
pub mod pushed;
pub mod records;
pub mod refresh_tokens;
pub mod row;
pub mod schema;
pub mod scopes;
pub mod services;
pub mod session_end;
pub mod sessions;
pub mod setup;
pub mod signing_keys;
pub mod spent_tokens;
pub mod sweep;
pub mod users;
pub mod writer;

use std::sync::Arc;

use sqlx::AnyPool;

use self::cache::Caches;
use self::gate::Gate;
use self::invalidation::Invalidation;
use self::writer::{BatchedWrite, Invalidates, Writer, Written};
use crate::error::Error;

/// A database: readers in a pool, writes through the `Writer`.
#[derive(Clone, Debug)]
pub struct Store {
    readers: AnyPool,
    writer: Writer,
    caches: Caches,
    /// Gates: conditional statements that every write begins with.
    gates: Arc<[Gate]>,
}

impl Store {
    /// A store over these readers, this writer and these caches.
    pub(crate) fn new(readers: AnyPool, writer: Writer, caches: Caches) -> Self {
        Self { readers, writer, caches, gates: Arc::default() }
    }

    /// The same database with one more gate: each write is carried out only if that gate holds.
    pub(crate) fn only_if(&self, gate: Gate) -> Self {
        let gates = self.gates.iter().cloned().chain([gate]).collect();
        Self { gates, ..self.clone() }
    }

    /// The pool of read connections.
    pub(crate) const fn readers(&self) -> &AnyPool {
        &self.readers
    }

    /// The caches of rows that were read before.
    pub(crate) const fn caches(&self) -> &Caches {
        &self.caches
    }

    /// Runs one write in a transaction and returns when it is durable. Invalidates the whole cache.
    pub(crate) async fn write<T, F>(&self, op: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut sqlx::AnyConnection) -> Written<'c, T> + Clone + Send + 'static,
    {
        self.run(op, Box::new(|_| Invalidation::Everything), None).await
    }

    /// [`Store::write`] for a write that invalidates nothing, whatever its outcome: it adds rows,
    /// or changes columns that no decision reads.
    pub(crate) async fn write_new<T, F>(&self, op: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut sqlx::AnyConnection) -> Written<'c, T> + Clone + Send + 'static,
    {
        self.run(op, Box::new(|_| Invalidation::Nothing), None).await
    }

    /// [`Store::write`] for a write that declares its invalidation, whatever its outcome.
    pub(crate) async fn write_invalidating<T, F>(&self, invalidation: Invalidation, op: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut sqlx::AnyConnection) -> Written<'c, T> + Clone + Send + 'static,
    {
        self.run(op, Box::new(move |_| invalidation.clone()), None).await
    }

    /// [`Store::write`] for a write whose outcome decides what it invalidates, and that may also be
    /// given as batched statements: `batched` has them, with the outcome if each changes exactly
    /// one row.
    pub(crate) async fn write_batched<T, F>(
        &self,
        batched: Option<BatchedWrite<T>>,
        invalidates: impl Fn(&T) -> Invalidation + Send + Sync + 'static,
        op: F,
    ) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut sqlx::AnyConnection) -> Written<'c, T> + Clone + Send + 'static,
    {
        self.run(op, Box::new(invalidates), batched).await
    }

    /// Every write passes here and begins with its gates.
    async fn run<T, F>(&self, op: F, invalidates: Invalidates<T>, batched: Option<BatchedWrite<T>>) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut sqlx::AnyConnection) -> Written<'c, T> + Clone + Send + 'static,
    {
        if self.gates.is_empty() {
            return self.writer.run(op, invalidates, batched).await;
        }
        let batched = batched
            .map(|(statements, outcome)| (self.gates.iter().map(Gate::statement).chain(statements).collect(), outcome));
        let gates = self.gates.clone();
        let done = self.writer.run(move |c| held_write(c, gates, op), invalidates, batched).await;
        if matches!(done, Err(Error::SignedOut)) {
            for key in self.gates.iter().filter_map(Gate::session_key) {
                self.caches.sessions.evict(key);
            }
        }
        done
    }
}

/// The write with its gates as the first statements.
fn held_write<T, F>(c: &mut sqlx::AnyConnection, gates: Arc<[Gate]>, op: F) -> Written<'_, T>
where
    T: Send + 'static,
    F: for<'c> FnOnce(&'c mut sqlx::AnyConnection) -> Written<'c, T> + Send + 'static,
{
    Box::pin(async move {
        for gate in gates.iter() {
            gate.hold(&mut *c).await?;
        }
        op(c).await
    })
}
