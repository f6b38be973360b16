//! The one way to write. On SQLite a single task drains a queue and commits many writes with one fsync (group commit, `queue`):
//! a second writer could only wait for the first, and a write that was answered is on the disk. On PostgreSQL each write
//! is a transaction of its own, tried again when another one stood in its way.
//!
//! A write that touches what is remembered says so between its commit and its answer, here and to other processes: on
//! PostgreSQL by a notification of the same transaction; on SQLite they see that the file has changed.

pub mod lost;
mod queue;
pub mod script;
#[cfg(test)]
mod tests;

use std::pin::Pin;

use sqlx::{AnyConnection, AnyPool};

use self::queue::{Drain, Queue, enqueue};
use self::script::Script;
use super::changes::{Changes, Touch};
use super::file_guard::FileGuard;
use super::watch::SAY;
use crate::error::Error;

/// What a write gives back while it borrows its connection.
pub type Written<'c, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'c>>;

/// How often a write on PostgreSQL is tried that others stand in the way of. One of two that wait for each other goes
/// through, so of a few at once all do.
const TRIES: usize = 5;

/// Where servers on PostgreSQL tell each other what a write touched.
pub const CHANNEL: &str = "jeton_changes";

/// Runs writes, each all or nothing.
#[derive(Clone, Debug)]
pub enum Writer {
    /// SQLite: to the writer's task.
    Queue(Queue),
    /// PostgreSQL: a transaction from the pool.
    Pool(AnyPool, Changes),
}

impl Writer {
    /// Starts the writer's task over its own connection.
    pub fn queue(connection: AnyConnection, changes: Changes, guard: FileGuard) -> Self {
        Self::Queue(Drain::start(connection, changes, guard))
    }

    /// Runs one write and answers when it is durable. It may be run more than once, and only the last time counts. `touch` says
    /// what the outcome makes wrong of what is remembered. `said` is the same write said beforehand, where that is possible, with its
    /// outcome. `Error::Unavailable` when the database did not take it.
    pub async fn run<T, F>(&self, op: F, touch: Touching<T>, said: Option<Said<T>>) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut AnyConnection) -> Written<'c, T> + Clone + Send + 'static,
    {
        match self {
            Self::Queue(queue) => enqueue(queue, op, touch, said).await,
            Self::Pool(pool, changes) => {
                // A task of its own: a caller that goes away must not take back what it asked for.
                let write = tokio::spawn(persist(pool.clone(), changes.clone(), op, touch));
                write.await.map_err(|_| Error::unavailable("the write did not end"))?
            }
        }
    }
}

/// A write that is said beforehand, and its outcome where each statement changes its one row.
pub type Said<T> = (Script, T);

/// What an outcome touches.
pub type Touching<T> = Box<dyn Fn(&T) -> Touch + Send + Sync>;

/// A transaction, and another one where the first was in the way of others.
async fn persist<T, F>(pool: AnyPool, changes: Changes, op: F, touch: Touching<T>) -> Result<T, Error>
where
    F: for<'c> FnOnce(&'c mut AnyConnection) -> Written<'c, T> + Clone + Send + 'static,
{
    for _ in 1..TRIES {
        match in_transaction(&pool, &changes, op.clone(), &touch).await {
            Err(error) if error.may_be_tried_again() => tracing::debug!(%error, "a write is tried again"),
            done => return done,
        }
    }
    in_transaction(&pool, &changes, op, &touch).await
}

async fn in_transaction<T, F>(pool: &AnyPool, changes: &Changes, op: F, touch: &Touching<T>) -> Result<T, Error>
where
    F: for<'c> FnOnce(&'c mut AnyConnection) -> Written<'c, T> + Send + 'static,
{
    let mut transaction = pool.begin().await?;
    let done = op(&mut transaction).await?;
    let touched = touch(&done);
    if let Some(payload) = touched.to_payload() {
        sqlx::query(SAY).bind(CHANNEL).bind(payload.to_owned()).execute(&mut *transaction).await?;
    }
    let committed = transaction.commit().await;
    // Also after a commit of which nobody knows how it ended.
    changes.touch(&touched);
    committed?;
    Ok(done)
}
