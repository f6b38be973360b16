//! The only way to write. On SQLite a single task drains a queue and commits many writes with one
//! fsync (group commit, [`queue`]): SQLite has one writer at a time anyway, and an answered write
//! is on the disk. On PostgreSQL each write is a transaction of its own, retried after a deadlock
//! or a serialization failure.
//!
//! A write invalidates cached rows between its commit and its answer, here and in other processes:
//! on PostgreSQL by a `NOTIFY` in the same transaction; on SQLite they poll `pragma data_version`.

pub mod lost;
mod queue;
pub mod statements;
#[cfg(test)]
mod tests;
mod write;

use sqlx::{AnyConnection, AnyPool};

use self::queue::{Queue, WriterTask, enqueue};
pub use self::write::{BatchedWrite, Invalidates, Written};
use super::file_guard::FileGuard;
use super::invalidation::{CHANNEL, CacheEpochs, NOTIFY};
use crate::error::Error;

/// Attempts of a write on PostgreSQL. Each deadlock lets one of its transactions through, so that a
/// few concurrent ones all succeed within this number.
const TRIES: usize = 5;

/// Runs writes, each all or nothing.
#[derive(Clone, Debug)]
pub enum Writer {
    /// SQLite: through the queue of the writer task.
    Queue(Queue),
    /// PostgreSQL: a transaction from the pool.
    Pool(AnyPool, CacheEpochs),
}

impl Writer {
    /// Starts the writer task on its own connection.
    pub fn queue(connection: AnyConnection, epochs: CacheEpochs, guard: FileGuard) -> Self {
        Self::Queue(WriterTask::start(connection, epochs, guard))
    }

    /// Runs one write and returns when it is durable. It may be run more than once, and only the
    /// last run counts. `invalidates` gives what the outcome invalidates. `batched` is the same
    /// write as a batch of statements, where one exists. `Error::Unavailable` when the database did
    /// not take it.
    pub async fn run<T, F>(
        &self,
        op: F,
        invalidates: Invalidates<T>,
        batched: Option<BatchedWrite<T>>,
    ) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut AnyConnection) -> Written<'c, T> + Clone + Send + 'static,
    {
        match self {
            Self::Queue(queue) => enqueue(queue, op, invalidates, batched).await,
            Self::Pool(pool, epochs) => {
                // A task of its own: a dropped request must not roll back its write.
                let write = tokio::spawn(persist(pool.clone(), epochs.clone(), op, invalidates));
                write.await.map_err(|_| Error::unavailable("the write did not end"))?
            }
        }
    }
}

/// One transaction, retried after a deadlock.
async fn persist<T, F>(pool: AnyPool, epochs: CacheEpochs, op: F, invalidates: Invalidates<T>) -> Result<T, Error>
where
    F: for<'c> FnOnce(&'c mut AnyConnection) -> Written<'c, T> + Clone + Send + 'static,
{
    for _ in 1..TRIES {
        match in_transaction(&pool, &epochs, op.clone(), &invalidates).await {
            Err(error) if error.may_be_tried_again() => tracing::debug!(%error, "a write is retried"),
            done => return done,
        }
    }
    in_transaction(&pool, &epochs, op, &invalidates).await
}

async fn in_transaction<T, F>(
    pool: &AnyPool,
    epochs: &CacheEpochs,
    op: F,
    invalidates: &Invalidates<T>,
) -> Result<T, Error>
where
    F: for<'c> FnOnce(&'c mut AnyConnection) -> Written<'c, T> + Send + 'static,
{
    let mut transaction = pool.begin().await?;
    let done = op(&mut transaction).await?;
    let invalidation = invalidates(&done);
    if let Some(payload) = invalidation.to_payload() {
        sqlx::query(NOTIFY).bind(CHANNEL).bind(payload.to_owned()).execute(&mut *transaction).await?;
    }
    let committed = transaction.commit().await;
    // Also after a commit whose outcome is unknown.
    epochs.invalidate(&invalidation);
    committed?;
    Ok(done)
}
