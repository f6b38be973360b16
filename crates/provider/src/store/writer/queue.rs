//! Group commit on SQLite: one task writes whatever has queued up in one transaction, and never
//! waits for more to come.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use sqlx::{AnyConnection, Connection};
use tokio::sync::{Notify, mpsc, oneshot, watch};
use tokio::time::MissedTickBehavior;

use super::lost::{self, Files};
use super::statements::{self, QueryTexts, Statements};
use super::write::{BatchedWrite, Invalidates, Written};
use crate::error::Error;
use crate::store::file_guard::FileGuard;
use crate::store::invalidation::{CacheEpochs, Invalidation, instant};

/// The queue length: how many writes may wait.
const QUEUE_LENGTH: usize = 4096;

/// How many writes share one commit.
const BATCH: usize = 256;

/// Interval between two polls for writes of other processes.
const POLL_EVERY: Duration = Duration::from_millis(250);

/// A handle on the writer task. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Queue {
    sender: mpsc::Sender<Box<dyn Job>>,
    stop: Arc<Notify>,
    /// Whether the files were lost; the task holds the sender, and drops it when it ends.
    lost: watch::Receiver<bool>,
}

impl Queue {
    /// Accepts no more writes, and returns when the queue is empty and the connection closed;
    /// whether the files were still there.
    pub async fn close(&self) -> bool {
        self.stop.notify_one();
        let mut lost = self.lost.clone();
        while lost.changed().await.is_ok() {}
        !*lost.borrow()
    }
}

/// Queues a write and waits for its outcome.
pub async fn enqueue<T, F>(
    queue: &Queue,
    op: F,
    invalidates: Invalidates<T>,
    batched: Option<BatchedWrite<T>>,
) -> Result<T, Error>
where
    T: Send + 'static,
    F: for<'c> FnOnce(&'c mut AnyConnection) -> Written<'c, T> + Clone + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    let job = Box::new(Write { op, batched, done: None, invalidates, reply });
    // Fails at once when the queue is full: the database is stuck then, and waiting would not help.
    queue.sender.try_send(job).map_err(|_| Error::unavailable("the writer is stuck or has stopped"))?;
    answer.await.map_err(|_| Error::unavailable("the writer gave no answer"))?
}

/// A queued write: run inside the shared transaction, answered after the commit.
pub trait Job: Send {
    /// Runs the write, again if need be; whether it may stay in the transaction.
    fn run<'c>(&'c mut self, connection: &'c mut AnyConnection) -> Pin<Box<dyn Future<Output = bool> + Send + 'c>>;
    /// Whether it is also given as batched statements.
    fn is_batched(&self) -> bool;
    /// Its batched statements, if it has any. It counts as run with them, until it is run alone.
    fn take_statements(&mut self) -> Option<Statements>;
    /// What it invalidates, if it was run and succeeded.
    fn invalidation(&self) -> Invalidation;
    /// Sends the caller its outcome. `committed` is why the shared commit failed, if it did.
    fn answer(self: Box<Self>, committed: Result<(), String>);
}

struct Write<T, F> {
    op: F,
    batched: Option<BatchedWrite<T>>,
    done: Option<Result<T, Error>>,
    invalidates: Invalidates<T>,
    reply: oneshot::Sender<Result<T, Error>>,
}

impl<T, F> Job for Write<T, F>
where
    T: Send + 'static,
    F: for<'c> FnOnce(&'c mut AnyConnection) -> Written<'c, T> + Clone + Send + 'static,
{
    fn run<'c>(&'c mut self, connection: &'c mut AnyConnection) -> Pin<Box<dyn Future<Output = bool> + Send + 'c>> {
        let op = self.op.clone();
        Box::pin(async move {
            let done = unwound(op(connection)).await;
            let keep = done.is_ok();
            self.done = Some(done);
            keep
        })
    }

    fn is_batched(&self) -> bool {
        self.batched.is_some()
    }

    fn take_statements(&mut self) -> Option<Statements> {
        let (statements, outcome) = self.batched.take()?;
        self.done = Some(Ok(outcome));
        Some(statements)
    }

    fn invalidation(&self) -> Invalidation {
        match &self.done {
            Some(Ok(done)) => (self.invalidates)(done),
            _ => Invalidation::Nothing,
        }
    }

    fn answer(self: Box<Self>, committed: Result<(), String>) {
        let done = match (committed, self.done) {
            // Whatever it read was rolled back, also the reason for a refusal.
            (Err(why), _) => Err(Error::Unavailable(why)),
            (Ok(()), None) => Err(Error::unavailable("the write was not run")),
            (Ok(()), Some(done)) => done,
        };
        // The receiver is gone if the request was dropped; the write is committed nonetheless.
        let _ = self.reply.send(done);
    }
}

/// The outcome of a write; one that panics fails alone, since all requests share the writer.
async fn unwound<T>(mut op: Written<'_, T>) -> Result<T, Error> {
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| op.as_mut().poll(context))) {
        Ok(polled) => polled,
        Err(_) => Poll::Ready(Err(Error::Internal("a write panicked".to_owned()))),
    })
    .await
}

/// The writer task.
pub struct WriterTask {
    connection: AnyConnection,
    epochs: CacheEpochs,
    texts: QueryTexts,
    /// `pragma data_version`, which SQLite raises when another connection has written.
    version: Option<i64>,
    files: Files,
    stop: Arc<Notify>,
}

impl WriterTask {
    /// Starts the task on a connection of its own.
    pub fn start(connection: AnyConnection, epochs: CacheEpochs, guard: FileGuard) -> Queue {
        let (sender, receiver) = mpsc::channel(QUEUE_LENGTH);
        let (tell, lost) = watch::channel(false);
        let stop = Arc::new(Notify::new());
        let files = Files::new(guard, tell);
        let drain = Self { connection, epochs, texts: QueryTexts::default(), version: None, files, stop: stop.clone() };
        tokio::spawn(drain.run(receiver));
        Queue { sender, stop, lost }
    }

    /// Writes until every handle is dropped or the task is told to stop; queued writes are still
    /// done.
    async fn run(mut self, mut queue: mpsc::Receiver<Box<dyn Job>>) {
        let mut jobs = Vec::with_capacity(BATCH);
        let mut ticks = tokio::time::interval(POLL_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let stop = self.stop.clone();
        loop {
            // The poll comes first, or a full queue would starve it.
            tokio::select! {
                biased;
                () = stop.notified() => queue.close(),
                _ = ticks.tick() => self.poll_data_version().await,
                count = queue.recv_many(&mut jobs, BATCH) => match count {
                    0 => break,
                    _ => self.write(&mut jobs, &mut queue).await,
                },
            }
        }
        match self.files.check(&mut self.connection).await {
            Ok(()) => drop(self.connection.close().await),
            Err(_) => lost::leave_open(self.connection),
        }
    }

    async fn write(&mut self, jobs: &mut Vec<Box<dyn Job>>, queue: &mut mpsc::Receiver<Box<dyn Job>>) {
        let committed = self.commit(jobs).await;
        if committed.is_err() {
            // The connection may still be inside the failed transaction.
            let _ = run(&mut self.connection, "rollback").await;
            // Writes queued meanwhile would only wait for the same failure.
            while let Ok(job) = queue.try_recv() {
                jobs.push(job);
            }
        }
        for job in jobs.drain(..) {
            self.epochs.invalidate(&job.invalidation());
            job.answer(committed.clone());
        }
    }

    /// Commits all jobs, or none. Nothing is acknowledged that went into files that were moved or
    /// replaced.
    async fn commit(&mut self, jobs: &mut [Box<dyn Job>]) -> Result<(), String> {
        // Before the write as well: it would extend a truncated file, and leave a hole in it.
        self.files.check(&mut self.connection).await?;
        commit(&mut self.connection, &mut self.texts, jobs).await.map_err(|error| error.to_string())?;
        self.files.check(&mut self.connection).await
    }

    /// Invalidates the cache when another process has written.
    async fn poll_data_version(&mut self) {
        let _ = self.files.check(&mut self.connection).await;
        let begin = instant();
        let seen: Result<i64, _> = sqlx::query_scalar("pragma data_version").fetch_one(&mut self.connection).await;
        let Ok(seen) = seen else { return };
        if self.version.replace(seen) != Some(seen) {
            self.epochs.invalidate(&Invalidation::Everything);
        }
        self.epochs.confirm(begin);
    }
}

/// All jobs in one transaction: optimistic batching. If a batched statement does not change exactly
/// one row, the batch rolls back and each write runs its own queries, still in one transaction:
/// that is no fault, only a token presented twice. If a write fails, the batch rolls back once more
/// and each write runs in a savepoint, so that it fails alone. Most batches need neither, and save
/// two statements per write.
async fn commit(
    connection: &mut AnyConnection,
    texts: &mut QueryTexts,
    jobs: &mut [Box<dyn Job>],
) -> Result<(), sqlx::Error> {
    let tries = if jobs.iter().any(|job| job.is_batched()) { 2 } else { 1 };
    for _ in 0..tries {
        run(connection, "begin immediate").await?;
        if run_together(connection, texts, jobs).await {
            return run(connection, "commit").await;
        }
        // SQLite may have rolled back by itself; then this fails, and that is fine.
        let _ = run(connection, "rollback").await;
    }
    // A single job was run alone already.
    if jobs.len() == 1 { Ok(()) } else { commit_apart(connection, jobs).await }
}

/// Whether all succeed. Batched writes run last, together.
async fn run_together(connection: &mut AnyConnection, texts: &mut QueryTexts, jobs: &mut [Box<dyn Job>]) -> bool {
    let mut writes = Vec::with_capacity(jobs.len());
    for job in jobs.iter_mut() {
        match job.take_statements() {
            Some(statements) => writes.push(statements),
            None if job.run(connection).await => {}
            None => return false,
        }
    }
    // An error here shows again when each write runs by itself.
    statements::run_all(connection, texts, writes.into_iter()).await.unwrap_or(false)
}

/// All jobs in one transaction, each in a savepoint.
async fn commit_apart(connection: &mut AnyConnection, jobs: &mut [Box<dyn Job>]) -> Result<(), sqlx::Error> {
    run(connection, "begin immediate").await?;
    for job in jobs.iter_mut() {
        run(connection, "savepoint job").await?;
        if !job.run(connection).await {
            run(connection, "rollback to job").await?;
        }
        run(connection, "release job").await?;
    }
    run(connection, "commit").await
}

/// A statement without parameters, prepared once.
async fn run(connection: &mut AnyConnection, sql: &'static str) -> Result<(), sqlx::Error> {
    sqlx::query(sql).execute(connection).await.map(drop)
}
