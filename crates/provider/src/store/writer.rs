//! The one way to write. On SQLite a single task drains a queue and commits many writes with one fsync (group commit):
//! a second writer could only wait for the first, and a write that was answered is on the disk. On PostgreSQL each write
//! is a transaction of its own.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::Poll;

use sqlx::{AnyConnection, AnyPool, Connection, Executor};
use tokio::sync::{mpsc, oneshot};

use crate::error::Error;

/// What a write gives back while it borrows its connection.
pub type Written<'c, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'c>>;

/// How many writes may wait for the writer, and how many share one commit.
const QUEUE: usize = 4096;
const BATCH: usize = 256;

/// Runs writes, each all or nothing.
#[derive(Clone, Debug)]
pub enum Writer {
    /// SQLite: to the writer's task.
    Queue(mpsc::Sender<Box<dyn Job>>),
    /// PostgreSQL: a transaction from the pool.
    Pool(AnyPool),
}

impl Writer {
    /// Starts the writer's task over its own connection.
    pub fn queue(connection: AnyConnection) -> Self {
        let (sender, receiver) = mpsc::channel(QUEUE);
        tokio::spawn(drain(connection, receiver));
        Self::Queue(sender)
    }

    /// Runs one write and answers when it is durable. `Error::Unavailable` when the database did not take it.
    pub async fn run<T, F>(&self, op: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut AnyConnection) -> Written<'c, T> + Send + 'static,
    {
        match self {
            Self::Queue(sender) => enqueue(sender, op).await,
            Self::Pool(pool) => {
                // A task of its own: a caller that goes away must not take back what it asked for.
                let pool = pool.clone();
                let write = tokio::spawn(async move {
                    let mut transaction = pool.begin().await?;
                    let done = op(&mut transaction).await?;
                    transaction.commit().await?;
                    Ok(done)
                });
                write.await.map_err(|_| Error::unavailable("the write did not end"))?
            }
        }
    }
}

async fn enqueue<T, F>(sender: &mpsc::Sender<Box<dyn Job>>, op: F) -> Result<T, Error>
where
    T: Send + 'static,
    F: for<'c> FnOnce(&'c mut AnyConnection) -> Written<'c, T> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    let job = Box::new(Write { op: Some(op), done: None, reply });
    // No waiting for a place: a queue that is full means that the database is stuck, and more of it would not help.
    sender.try_send(job).map_err(|_| Error::unavailable("the writer is stuck or has stopped"))?;
    answer.await.map_err(|_| Error::unavailable("the writer gave no answer"))?
}

/// A write in the queue: run inside the shared transaction, answered after the commit.
pub trait Job: Send {
    /// Runs the write; whether it may stay in the transaction.
    fn run<'c>(&'c mut self, connection: &'c mut AnyConnection) -> Pin<Box<dyn Future<Output = bool> + Send + 'c>>;
    /// Tells the caller how it ended. `committed` is why the shared commit failed, if it did.
    fn answer(self: Box<Self>, committed: Result<(), String>);
}

struct Write<T, F> {
    op: Option<F>,
    done: Option<Result<T, Error>>,
    reply: oneshot::Sender<Result<T, Error>>,
}

impl<T, F> Job for Write<T, F>
where
    T: Send + 'static,
    F: for<'c> FnOnce(&'c mut AnyConnection) -> Written<'c, T> + Send + 'static,
{
    fn run<'c>(&'c mut self, connection: &'c mut AnyConnection) -> Pin<Box<dyn Future<Output = bool> + Send + 'c>> {
        Box::pin(async move {
            let Some(op) = self.op.take() else { return false };
            let done = unwound(op(connection)).await;
            let keep = done.is_ok();
            self.done = Some(done);
            keep
        })
    }

    fn answer(self: Box<Self>, committed: Result<(), String>) {
        let done = match (committed, self.done) {
            (Err(why), Some(Ok(_)) | None) => Err(Error::Unavailable(why)),
            (Ok(()), None) => Err(Error::unavailable("the write was not run")),
            (_, Some(done)) => done,
        };
        // Nobody waits any more when the request was dropped; the write stands all the same.
        let _ = self.reply.send(done);
    }
}

/// The outcome of a write; one that panics fails alone, since the writer serves everybody.
async fn unwound<T>(mut op: Written<'_, T>) -> Result<T, Error> {
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| op.as_mut().poll(context))) {
        Ok(polled) => polled,
        Err(_) => Poll::Ready(Err(Error::Internal("a write panicked".to_owned()))),
    })
    .await
}

async fn drain(mut connection: AnyConnection, mut queue: mpsc::Receiver<Box<dyn Job>>) {
    let mut jobs = Vec::with_capacity(BATCH);
    while queue.recv_many(&mut jobs, BATCH).await > 0 {
        let committed = commit(&mut connection, &mut jobs).await.map_err(|error| error.to_string());
        if committed.is_err() {
            // The connection may still be inside the failed transaction.
            let _ = connection.execute("rollback").await;
            // Whoever came while that was tried would only wait for the same refusal.
            while let Ok(job) = queue.try_recv() {
                jobs.push(job);
            }
        }
        for job in jobs.drain(..) {
            job.answer(committed.clone());
        }
    }
    let _ = connection.close().await;
}

/// All jobs in one transaction; each in a savepoint, so that one that fails takes nothing else with it.
async fn commit(connection: &mut AnyConnection, jobs: &mut [Box<dyn Job>]) -> Result<(), sqlx::Error> {
    connection.execute("begin immediate").await?;
    for job in jobs.iter_mut() {
        connection.execute("savepoint job").await?;
        if !job.run(connection).await {
            connection.execute("rollback to job").await?;
        }
        connection.execute("release job").await?;
    }
    connection.execute("commit").await?;
    Ok(())
}
