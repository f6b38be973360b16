//! The store: one SQL text for SQLite and PostgreSQL. Private to this crate; use cases call its methods and never see SQL.
//!
//! Every single-use decision is one conditional statement that stands first in its write.

pub mod access_tokens;
pub mod backup;
pub mod changes;
pub mod clients;
pub mod codes;
pub mod copy;
pub mod failures;
pub mod file_guard;
pub mod gate;
pub mod grant_uses;
pub mod grants;
pub mod identity;
pub mod logout_notices;
pub mod logouts;
pub mod memory;
pub mod obstacle;
pub mod open;
pub mod permanent_tokens;
pub mod problems;
pub mod pushed;
pub mod refresh_tokens;
pub mod row;
pub mod schema;
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

use std::sync::Arc;

use sqlx::AnyPool;

use self::changes::Touch;
use self::gate::Gate;
use self::memory::Memory;
use self::writer::{Said, Touching, Writer, Written};
use crate::error::Error;

/// A database: readers in a pool, writes through the [`Writer`].
#[derive(Clone, Debug)]
pub struct Store {
    readers: AnyPool,
    writer: Writer,
    memory: Memory,
    /// What every write begins with.
    gates: Arc<[Gate]>,
}

impl Store {
    /// Over these readers and this writer.
    pub(crate) fn new(readers: AnyPool, writer: Writer, memory: Memory) -> Self {
        Self { readers, writer, memory, gates: Arc::default() }
    }

    /// The same database behind one more gate: each write is carried out only while that holds.
    pub(crate) fn only_if(&self, gate: Gate) -> Self {
        let gates = self.gates.iter().cloned().chain([gate]).collect();
        Self { gates, ..self.clone() }
    }

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
        self.run(op, Box::new(|_| Touch::Everything), None).await
    }

    /// The same for a write that makes nothing wrong of what is remembered, whatever comes of it: new rows, and columns by
    /// which nobody decides.
    pub(crate) async fn write_new<T, F>(&self, op: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut sqlx::AnyConnection) -> Written<'c, T> + Clone + Send + 'static,
    {
        self.run(op, Box::new(|_| Touch::Nothing), None).await
    }

    /// The same for a write that touches this, whatever comes of it.
    pub(crate) async fn write_that_touches<T, F>(&self, touched: Touch, op: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut sqlx::AnyConnection) -> Written<'c, T> + Clone + Send + 'static,
    {
        self.run(op, Box::new(move |_| touched.clone()), None).await
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
        self.run(op, Box::new(touch), said).await
    }

    /// Where every write goes through: first its gates.
    async fn run<T, F>(&self, op: F, touch: Touching<T>, said: Option<Said<T>>) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut sqlx::AnyConnection) -> Written<'c, T> + Clone + Send + 'static,
    {
        if self.gates.is_empty() {
            return self.writer.run(op, touch, said).await;
        }
        let said = said.map(|(script, outcome)| (self.gates.iter().map(Gate::line).chain(script).collect(), outcome));
        let gates = self.gates.clone();
        let done = self.writer.run(move |c| held_write(c, gates, op), touch, said).await;
        if matches!(done, Err(Error::SignedOut)) {
            for key in self.gates.iter().filter_map(Gate::session_key) {
                self.memory.sessions.forget(key);
            }
        }
        done
    }
}

/// The write behind its gates.
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
