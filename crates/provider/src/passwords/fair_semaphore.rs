//! A fair semaphore: a number of permits, and a round robin over accounts and addresses for those who
//! wait for one.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;

use super::fair_queue::{FairQueue, Joined, QueueKey};
use crate::error::Error;

/// Permits, and the queue for them.
#[derive(Debug)]
pub struct FairSemaphore(Mutex<State>);

#[derive(Debug)]
struct State {
    /// Permits that are free; the queue is empty while there are any.
    free: usize,
    queue: FairQueue<oneshot::Sender<FairPermit>>,
}

/// A permit, handed to the next in the queue when it is dropped.
#[derive(Debug)]
pub struct FairPermit(Option<Arc<FairSemaphore>>);

/// A place in the queue, given up when the caller stops waiting for whatever reason.
struct QueuedPermit<'a>(&'a FairSemaphore, u64);

impl FairSemaphore {
    /// With so many permits, and a queue of this length.
    pub fn new(permits: usize, places: usize) -> Arc<Self> {
        Arc::new(Self(Mutex::new(State { free: permits, queue: FairQueue::new(places) })))
    }

    /// Waits for a permit.
    ///
    /// # Errors
    /// `Busy` when too many wait already, or when it took too long.
    pub async fn acquire(self: &Arc<Self>, key: &QueueKey, longest: Duration) -> Result<FairPermit, Error> {
        let (sender, receiver) = oneshot::channel();
        let Some(id) = self.take_or_queue(key, sender)? else { return Ok(FairPermit(Some(self.clone()))) };
        let _place = QueuedPermit(self, id);
        // A waiter that is displaced finds the sender dropped.
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

    /// Hands a permit to the next that still waits.
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

    /// The next in the queue; with an empty queue, the permit becomes free.
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
    /// How many wait.
    pub fn waiting(&self) -> usize {
        self.lock().queue.len()
    }

    /// How many wait for this account.
    pub fn waiting_for(&self, account: &str) -> usize {
        self.lock().queue.waiting_for(account)
    }

    /// Permits that nobody has.
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
