//! The one way to write. On SQLite a single task drains a queue and commits many writes with one fsync (group commit):
//! a second writer could only wait for the first, and a write that was answered is on the disk. On PostgreSQL each write
//! is a transaction of its own.
//!
//! A write that touches what is remembered says so between its commit and its answer, here and to other processes: on
//! PostgreSQL by a notification of the same transaction; on SQLite they see that the file has changed.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use sqlx::{AnyConnection, AnyPool, Connection, Executor};
use tokio::sync::{mpsc, oneshot};
use tokio::time::MissedTickBehavior;

use super::changes::{Changes, Touch, instant};
use super::watch::SAY;
use crate::error::Error;

/// What a write gives back while it borrows its connection.
pub type Written<'c, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'c>>;

/// How many writes may wait for the writer, and how many share one commit.
const QUEUE: usize = 4096;
const BATCH: usize = 256;

/// Between two looks whether another process has written.
const LOOK: Duration = Duration::from_millis(250);

/// Where servers on PostgreSQL tell each other what a write touched.
pub const CHANNEL: &str = "jeton_changes";

/// Runs writes, each all or nothing.
#[derive(Clone, Debug)]
pub enum Writer {
    /// SQLite: to the writer's task.
    Queue(mpsc::Sender<Box<dyn Job>>),
    /// PostgreSQL: a transaction from the pool.
    Pool(AnyPool, Changes),
}

impl Writer {
    /// Starts the writer's task over its own connection.
    pub fn queue(connection: AnyConnection, changes: Changes) -> Self {
        let (sender, receiver) = mpsc::channel(QUEUE);
        tokio::spawn(Drain { connection, changes, version: None }.run(receiver));
        Self::Queue(sender)
    }

    /// Runs one write and answers when it is durable. `touch` says what the outcome makes wrong of what is remembered.
    /// `Error::Unavailable` when the database did not take it.
    pub async fn run<T, F>(&self, op: F, touch: Touching<T>) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut AnyConnection) -> Written<'c, T> + Send + 'static,
    {
        match self {
            Self::Queue(sender) => enqueue(sender, op, touch).await,
            Self::Pool(pool, changes) => {
                // A task of its own: a caller that goes away must not take back what it asked for.
                let write = tokio::spawn(in_transaction(pool.clone(), changes.clone(), op, touch));
                write.await.map_err(|_| Error::unavailable("the write did not end"))?
            }
        }
    }
}

/// What an outcome touches.
pub type Touching<T> = Box<dyn Fn(&T) -> Touch + Send>;

async fn in_transaction<T, F>(pool: AnyPool, changes: Changes, op: F, touch: Touching<T>) -> Result<T, Error>
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

async fn enqueue<T, F>(sender: &mpsc::Sender<Box<dyn Job>>, op: F, touch: Touching<T>) -> Result<T, Error>
where
    T: Send + 'static,
    F: for<'c> FnOnce(&'c mut AnyConnection) -> Written<'c, T> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    let job = Box::new(Write { op: Some(op), done: None, touch, reply });
    // No waiting for a place: a queue that is full means that the database is stuck, and more of it would not help.
    sender.try_send(job).map_err(|_| Error::unavailable("the writer is stuck or has stopped"))?;
    answer.await.map_err(|_| Error::unavailable("the writer gave no answer"))?
}

/// A write in the queue: run inside the shared transaction, answered after the commit.
pub trait Job: Send {
    /// Runs the write; whether it may stay in the transaction.
    fn run<'c>(&'c mut self, connection: &'c mut AnyConnection) -> Pin<Box<dyn Future<Output = bool> + Send + 'c>>;
    /// What it touched, if it was run and went well.
    fn touched(&self) -> Touch;
    /// Tells the caller how it ended. `committed` is why the shared commit failed, if it did.
    fn answer(self: Box<Self>, committed: Result<(), String>);
}

struct Write<T, F> {
    op: Option<F>,
    done: Option<Result<T, Error>>,
    touch: Touching<T>,
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

    fn touched(&self) -> Touch {
        match &self.done {
            Some(Ok(done)) => (self.touch)(done),
            _ => Touch::Nothing,
        }
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

/// The writer's task.
struct Drain {
    connection: AnyConnection,
    changes: Changes,
    /// What SQLite counts whenever another process, or another connection, has written.
    version: Option<i64>,
}

impl Drain {
    async fn run(mut self, mut queue: mpsc::Receiver<Box<dyn Job>>) {
        let mut jobs = Vec::with_capacity(BATCH);
        let mut ticks = tokio::time::interval(LOOK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            // A look comes first, or a full queue would put it off for ever.
            tokio::select! {
                biased;
                _ = ticks.tick() => self.look().await,
                count = queue.recv_many(&mut jobs, BATCH) => match count {
                    0 => break,
                    _ => self.write(&mut jobs, &mut queue).await,
                },
            }
        }
        let _ = self.connection.close().await;
    }

    async fn write(&mut self, jobs: &mut Vec<Box<dyn Job>>, queue: &mut mpsc::Receiver<Box<dyn Job>>) {
        let committed = commit(&mut self.connection, jobs).await.map_err(|error| error.to_string());
        if committed.is_err() {
            // The connection may still be inside the failed transaction.
            let _ = self.connection.execute("rollback").await;
            // Whoever came while that was tried would only wait for the same refusal.
            while let Ok(job) = queue.try_recv() {
                jobs.push(job);
            }
        }
        for job in jobs.drain(..) {
            self.changes.touch(&job.touched());
            job.answer(committed.clone());
        }
    }

    /// Whether another process has written: what is remembered is of no use then.
    async fn look(&mut self) {
        let begin = instant();
        let seen: Result<i64, _> = sqlx::query_scalar("pragma data_version").fetch_one(&mut self.connection).await;
        let Ok(seen) = seen else { return };
        if self.version.replace(seen) != Some(seen) {
            self.changes.touch(&Touch::Everything);
        }
        self.changes.heard(begin);
    }
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
