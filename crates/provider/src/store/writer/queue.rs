//! The writer's task on SQLite: what has come is written together, and nobody waits for more to come.

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
use super::script::{self, Script, Texts};
use super::{Said, Touching, Written};
use crate::error::Error;
use crate::store::changes::{Changes, Touch, instant};
use crate::store::file_guard::FileGuard;

/// How many writes may wait for the writer.
const QUEUE: usize = 4096;

/// How many writes share one commit.
const BATCH: usize = 256;

/// Between two looks whether another process has written.
const LOOK: Duration = Duration::from_millis(250);

/// The way to the writer's task, and to its end.
#[derive(Clone, Debug)]
pub struct Queue {
    sender: mpsc::Sender<Box<dyn Job>>,
    stop: Arc<Notify>,
    /// The task holds the other half: whether the files were lost, and that it goes on.
    lost: watch::Receiver<bool>,
}

impl Queue {
    /// Takes no more writes, and returns when those that wait are done and the connection is closed; whether the files were still
    /// there.
    pub async fn close(&self) -> bool {
        self.stop.notify_one();
        let mut lost = self.lost.clone();
        while lost.changed().await.is_ok() {}
        !*lost.borrow()
    }
}

/// Puts a write into the queue and waits for its answer.
pub async fn enqueue<T, F>(queue: &Queue, op: F, touch: Touching<T>, said: Option<Said<T>>) -> Result<T, Error>
where
    T: Send + 'static,
    F: for<'c> FnOnce(&'c mut AnyConnection) -> Written<'c, T> + Clone + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    let job = Box::new(Write { op, said, done: None, touch, reply });
    // No waiting for a place: a queue that is full means that the database is stuck, and more of it would not help.
    queue.sender.try_send(job).map_err(|_| Error::unavailable("the writer is stuck or has stopped"))?;
    answer.await.map_err(|_| Error::unavailable("the writer gave no answer"))?
}

/// A write in the queue: run inside the shared transaction, answered after the commit.
pub trait Job: Send {
    /// Runs the write, once more if need be; whether it may stay in the transaction.
    fn run<'c>(&'c mut self, connection: &'c mut AnyConnection) -> Pin<Box<dyn Future<Output = bool> + Send + 'c>>;
    /// Whether it was said beforehand.
    fn is_said(&self) -> bool;
    /// Its statements, where it was said beforehand. It counts as run with them, until it is run by itself.
    fn say(&mut self) -> Option<Script>;
    /// What it touched, if it was run and went well.
    fn touched(&self) -> Touch;
    /// Tells the caller how it ended. `committed` is why the shared commit failed, if it did.
    fn answer(self: Box<Self>, committed: Result<(), String>);
}

struct Write<T, F> {
    op: F,
    said: Option<Said<T>>,
    done: Option<Result<T, Error>>,
    touch: Touching<T>,
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

    fn is_said(&self) -> bool {
        self.said.is_some()
    }

    fn say(&mut self) -> Option<Script> {
        let (script, outcome) = self.said.take()?;
        self.done = Some(Ok(outcome));
        Some(script)
    }

    fn touched(&self) -> Touch {
        match &self.done {
            Some(Ok(done)) => (self.touch)(done),
            _ => Touch::Nothing,
        }
    }

    fn answer(self: Box<Self>, committed: Result<(), String>) {
        let done = match (committed, self.done) {
            // Whatever it saw was undone, also what it was refused for.
            (Err(why), _) => Err(Error::Unavailable(why)),
            (Ok(()), None) => Err(Error::unavailable("the write was not run")),
            (Ok(()), Some(done)) => done,
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
pub struct Drain {
    connection: AnyConnection,
    changes: Changes,
    texts: Texts,
    /// What SQLite counts whenever another process, or another connection, has written.
    version: Option<i64>,
    files: Files,
    stop: Arc<Notify>,
}

impl Drain {
    /// Starts the task over a connection that nobody else has.
    pub fn start(connection: AnyConnection, changes: Changes, guard: FileGuard) -> Queue {
        let (sender, receiver) = mpsc::channel(QUEUE);
        let (tell, lost) = watch::channel(false);
        let stop = Arc::new(Notify::new());
        let files = Files::new(guard, tell);
        let drain = Self { connection, changes, texts: Texts::default(), version: None, files, stop: stop.clone() };
        tokio::spawn(drain.run(receiver));
        Queue { sender, stop, lost }
    }

    /// Writes until nobody can ask any more, or it is told to end; whoever waits then is still served.
    async fn run(mut self, mut queue: mpsc::Receiver<Box<dyn Job>>) {
        let mut jobs = Vec::with_capacity(BATCH);
        let mut ticks = tokio::time::interval(LOOK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let stop = self.stop.clone();
        loop {
            // A look comes first, or a full queue would put it off for ever.
            tokio::select! {
                biased;
                () = stop.notified() => queue.close(),
                _ = ticks.tick() => self.look().await,
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

    /// All jobs, or none. What went into files that are not at their path any more is not acknowledged.
    async fn commit(&mut self, jobs: &mut [Box<dyn Job>]) -> Result<(), String> {
        // Before as well: a write makes a file that was cut short long again, with a hole in it.
        self.files.check(&mut self.connection).await?;
        commit(&mut self.connection, &mut self.texts, jobs).await.map_err(|error| error.to_string())?;
        self.files.check(&mut self.connection).await
    }

    /// Whether another process has written: what is remembered is of no use then.
    async fn look(&mut self) {
        let _ = self.files.check(&mut self.connection).await;
        let begin = instant();
        let seen: Result<i64, _> = sqlx::query_scalar("pragma data_version").fetch_one(&mut self.connection).await;
        let Ok(seen) = seen else { return };
        if self.version.replace(seen) != Some(seen) {
            self.changes.touch(&Touch::Everything);
        }
        self.changes.heard(begin);
    }
}

/// All jobs in one transaction. Mostly all go well. Where a statement that was said beforehand did not change its row, all are undone and
/// each asks its own questions, still together: that is no fault, only a token that is shown twice. Where one fails, all are undone and
/// each is run once more by itself, so that it takes nothing else with it. That spares every other batch two more statements for each job.
async fn commit(
    connection: &mut AnyConnection,
    texts: &mut Texts,
    jobs: &mut [Box<dyn Job>],
) -> Result<(), sqlx::Error> {
    let tries = if jobs.iter().any(|job| job.is_said()) { 2 } else { 1 };
    for _ in 0..tries {
        run(connection, "begin immediate").await?;
        if run_together(connection, texts, jobs).await {
            return run(connection, "commit").await;
        }
        // Where SQLite has undone the whole transaction itself, there is nothing left to roll back.
        let _ = run(connection, "rollback").await;
    }
    // By itself already.
    if jobs.len() == 1 { Ok(()) } else { commit_apart(connection, jobs).await }
}

/// Whether all go well. Those that were said beforehand come last, together.
async fn run_together(connection: &mut AnyConnection, texts: &mut Texts, jobs: &mut [Box<dyn Job>]) -> bool {
    let mut scripts = Vec::with_capacity(jobs.len());
    for job in jobs.iter_mut() {
        match job.say() {
            Some(script) => scripts.push(script),
            None if job.run(connection).await => {}
            None => return false,
        }
    }
    // What is wrong with one of them shows again when each is run by itself.
    script::run_all(connection, texts, scripts.into_iter()).await.unwrap_or(false)
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

/// A statement without values, prepared once.
async fn run(connection: &mut AnyConnection, sql: &'static str) -> Result<(), sqlx::Error> {
    sqlx::query(sql).execute(connection).await.map(drop)
}
