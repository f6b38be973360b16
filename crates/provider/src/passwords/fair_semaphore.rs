//! A fair semaphore: a number of permits, and round robin over accounts and addresses for waiters.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;

use super::fair_queue::{FairQueue, Joined, QueueKey};
use crate::error::Error;

/// Permits, and their queue.
#[derive(Debug)]
pub struct FairSemaphore(Mutex<State>);

#[derive(Debug)]
struct State {
    /// Free permits; the queue is empty while there are any.
    free: usize,
    queue: FairQueue<oneshot::Sender<FairPermit>>,
}

/// A permit, passed to the next waiter on drop.
#[derive(Debug)]
pub struct FairPermit(Option<Arc<FairSemaphore>>);

/// A place in the queue, given up on drop, also if the caller is cancelled.
struct QueuedPermit<'a>(&'a FairSemaphore, u64);

impl FairSemaphore {
    /// A semaphore with this many permits and this queue length.
    pub fn new(permits: usize, places: usize) -> Arc<Self> {
        Arc::new(Self(Mutex::new(State { free: permits, queue: FairQueue::new(places) })))
    }

    /// Waits for a permit.
    ///
    /// # Errors
    /// `Busy` when the queue is full, or after the timeout.
    pub async fn acquire(self: &Arc<Self>, key: &QueueKey, longest: Duration) -> Result<FairPermit, Error> {
        let (sender, receiver) = oneshot::channel();
        let Some(id) = self.take_or_queue(key, sender)? else { return Ok(FairPermit(Some(self.clone()))) };
        let _place = QueuedPermit(self, id);
        // A displaced waiter finds its sender dropped.
        tokio::time::timeout(longest, receiver).await.ok().and_then(Result::ok).ok_or(Error::Busy)
    }

    /// Takes a permit (`None`) or a place in the queue.
    fn take_or_queue(&self, key: &QueueKey, ticket: oneshot::Sender<FairPermit>) -> Result<Option<u64>, Error> {
        let mut state = self.lock();
        if state.free > 0 {
            state.free -= 1;
            return Ok(None);
        }
        match state.queue.join(key.clone(), ticket) {
            Joined::In(id, _) => Ok(Some(id)),
            Joined::Full => Err(Error::Busy),
        }
    }

    /// Passes a permit to the next waiter.
    fn release(self: Arc<Self>) {
        let mut acquire = FairPermit(Some(self.clone()));
        loop {
            let next = self.next();
            let Some(next) = next else { break };
            match next.send(acquire) {
                Ok(()) => return,
                Err(back) => acquire = back,
            }
        }
        acquire.0 = None;
    }

    /// The next waiter; if the queue is empty, the permit becomes free.
    fn next(&self) -> Option<oneshot::Sender<FairPermit>> {
        let mut state = self.lock();
        let next = state.queue.next();
        state.free += usize::from(next.is_none());
        next
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
impl FairSemaphore {
    /// Number of waiters.
    pub fn waiting(&self) -> usize {
        self.lock().queue.len()
    }

    /// Number of waiters for this account.
    pub fn waiting_for(&self, account: &str) -> usize {
        self.lock().queue.waiting_for(account)
    }

    /// Number of free permits.
    pub fn free(&self) -> usize {
        self.lock().free
    }
}

impl Drop for FairPermit {
    fn drop(&mut self) {
        if let Some(line) = self.0.take() {
            line.release();
        }
    }
}

impl Drop for QueuedPermit<'_> {
    fn drop(&mut self) {
        self.0.lock().queue.remove(self.1);
    }
}
