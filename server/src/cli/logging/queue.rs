//! The bounded queue between the threads that log and the thread that writes.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{ErrorKind, Result, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The most bytes that the queue holds; further lines are dropped and counted.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Between two attempts on a non-blocking output that is full (`WouldBlock`).
const RETRY_DELAY: Duration = Duration::from_millis(20);

thread_local! {
    /// The lines of this thread while it captures them.
    static CAPTURED: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// Formats what `log` logs on this thread, instead of queueing it.
pub fn format_aside(log: impl FnOnce()) -> Vec<u8> {
    CAPTURED.set(Some(Vec::new()));
    log();
    CAPTURED.take().unwrap_or_default()
}

/// The queue. Clones share it.
#[derive(Clone, Default)]
pub struct Queue(Arc<Inner>);

#[derive(Default)]
struct Inner {
    state: Mutex<State>,
    filled: Condvar,
    emptied: Condvar,
}

#[derive(Default)]
struct State {
    lines: VecDeque<Box<[u8]>>,
    bytes: usize,
    lost: u64,
    writing: bool,
}

impl Queue {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues a line, or counts it as lost; never waits for the output.
    fn push(&self, line: &[u8]) {
        let mut state = self.state();
        if state.bytes + line.len() > MAX_BYTES {
            state.lost += 1;
            return;
        }
        state.bytes += line.len();
        state.lines.push_back(line.into());
        self.0.filled.notify_one();
    }

    /// Waits for the next line; with how many were lost since the last call.
    fn next(&self) -> (Box<[u8]>, u64) {
        let mut state = self.state();
        loop {
            if let Some(line) = state.lines.pop_front() {
                state.bytes -= line.len();
                state.writing = true;
                return (line, std::mem::take(&mut state.lost));
            }
            state.writing = false;
            self.0.emptied.notify_all();
            state = self.0.filled.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Writes the lines as they come; never returns. `lost_line` makes the line about lost ones,
    /// which is written as soon as the output takes lines again.
    pub fn write_all(&self, output: impl Write, lost_line: impl Fn(u64) -> Vec<u8>) {
        let mut output = Output { output, torn: false };
        loop {
            self.write_next(&mut output, &lost_line);
        }
    }

    fn write_next(&self, output: &mut Output<impl Write>, lost_line: &impl Fn(u64) -> Vec<u8>) {
        let (line, mut lost) = self.next();
        if lost > 0 && output.write_line(&lost_line(lost)) {
            lost = 0;
        }
        // If that line could not be written, this one is not tried.
        if lost > 0 || !output.write_line(&line) {
            self.state().lost += lost + 1;
        }
    }

    /// Returns when everything is written, or after the timeout.
    pub fn drain(&self, timeout: Duration) {
        let busy = |state: &mut State| state.writing || !state.lines.is_empty();
        drop(self.0.emptied.wait_timeout_while(self.state(), timeout, busy));
    }
}

/// The subscriber's writer: one call for each line.
pub struct Lines(Queue);

impl Lines {
    /// Lines for this queue.
    pub fn new(queue: &Queue) -> Self {
        Self(queue.clone())
    }
}

impl Write for Lines {
    /// Never fails: the subscriber would print an error to standard error, and panic if that fails
    /// as well.
    fn write(&mut self, line: &[u8]) -> Result<usize> {
        let is_captured = CAPTURED.with_borrow_mut(|format_aside| {
            format_aside.as_mut().map(|captured| captured.extend_from_slice(line)).is_some()
        });
        if !is_captured {
            self.0.push(line);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// The output, with the state of a partly written line.
struct Output<W> {
    output: W,
    /// Whether the last line was written in part.
    torn: bool,
}

impl<W: Write> Output<W> {
    /// Writes the line; whether all of it could be written.
    fn write_line(&mut self, line: &[u8]) -> bool {
        if self.torn && self.write_part(b"\n") == 0 {
            return false;
        }
        let written = self.write_part(line);
        self.torn = written > 0 && written < line.len();
        written == line.len()
    }

    /// Writes as much as possible; how many bytes were written.
    fn write_part(&mut self, line: &[u8]) -> usize {
        let mut rest = line;
        while !rest.is_empty() {
            match self.output.write(rest) {
                Ok(0) => break,
                Ok(count) => rest = rest.get(count..).unwrap_or_default(),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => std::thread::sleep(RETRY_DELAY),
                Err(_) => break,
            }
        }
        line.len() - rest.len()
    }
}

#[cfg(test)]
mod tests;
