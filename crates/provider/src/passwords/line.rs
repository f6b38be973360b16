//! The line in front of the threads that hash: so many permits, and a fair turn for whoever waits for one.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;

use super::queue::{Joined, Queue, Who};
use crate::error::Error;

/// Permits, and who waits for one.
#[derive(Debug)]
pub struct Line(Mutex<State>);

#[derive(Debug)]
struct State {
    /// Nobody waits while there are any.
    free: usize,
    queue: Queue<oneshot::Sender<Turn>>,
}

/// The right to hash one password, handed to the next in line when it is dropped.
#[derive(Debug)]
pub struct Turn(Option<Arc<Line>>);

/// A place in the line, given up when the caller stops waiting for whatever reason.
struct Place<'a>(&'a Line, u64);

impl Line {
    /// A line with so many permits and places.
    pub fn new(permits: usize, places: usize) -> Arc<Self> {
        Arc::new(Self(Mutex::new(State { free: permits, queue: Queue::new(places) })))
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// `Busy` when too many wait already, or when it took too long.
    pub async fn turn(self: &Arc<Self>, who: &Who, longest: Duration) -> Result<Turn, Error> {
        let (sender, receiver) = oneshot::channel();
        let Some(id) = self.enter(who, sender)? else { return Ok(Turn(Some(self.clone()))) };
        let _place = Place(self, id);
        // Whoever has to leave for others hears so by the loss of the other end.
        tokio::time::timeout(longest, receiver).await.ok().and_then(Result::ok).ok_or(Error::Busy)
    }

    /// Takes a permit (`None`) or a place.
    fn enter(&self, who: &Who, ticket: oneshot::Sender<Turn>) -> Result<Option<u64>, Error> {
        let mut state = self.lock();
        if state.free > 0 {
            state.free -= 1;
            return Ok(None);
        }
        match state.queue.join(who.clone(), ticket) {
            Joined::In(id, _) => Ok(Some(id)),
            Joined::Full => Err(Error::Busy),
        }
    }

    /// Hands a permit to the next who still waits.
    fn release(self: Arc<Self>) {
        let mut turn = Turn(Some(self.clone()));
        loop {
            let next = self.next();
            let Some(next) = next else { break };
            match next.send(turn) {
                Ok(()) => return,
                Err(back) => turn = back,
            }
        }
        turn.0 = None;
    }

    /// The next in line; where nobody waits, the permit is free.
    fn next(&self) -> Option<oneshot::Sender<Turn>> {
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
impl Line {
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

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(line) = self.0.take() {
            line.release();
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.lock().queue.leave(self.1);
    }
}
