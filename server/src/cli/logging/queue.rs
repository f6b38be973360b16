//! Lines on their way from whoever has something to say to the thread that writes them.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{ErrorKind, Result, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Lines that wait, in bytes; whoever comes then is counted and forgotten.
const MOST: usize = 4 * 1024 * 1024;

/// Before an output that takes nothing now, and says so instead of waiting, is tried again.
const NAP: Duration = Duration::from_millis(20);

thread_local! {
    /// What the present thread says while it listens to itself.
    static ASIDE: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// What is said meanwhile on this thread, formatted as every line is, and not in the queue.
pub fn aside(say: impl FnOnce()) -> Vec<u8> {
    ASIDE.set(Some(Vec::new()));
    say();
    ASIDE.take().unwrap_or_default()
}

/// The lines that wait. Every clone is the same queue.
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

    /// Never waits for the output.
    fn push(&self, line: &[u8]) {
        let mut state = self.state();
        if state.bytes + line.len() > MOST {
            state.lost += 1;
            return;
        }
        state.bytes += line.len();
        state.lines.push_back(line.into());
        self.0.filled.notify_one();
    }

    /// The next line, and how many were lost since somebody asked.
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

    /// Writes each line as it comes, for ever. `tell` makes the line that tells how many were lost; it stands where the output
    /// takes lines again.
    pub fn write_all(&self, output: impl Write, tell: impl Fn(u64) -> Vec<u8>) {
        let mut output = Output { output, torn: false };
        loop {
            self.write_next(&mut output, &tell);
        }
    }

    fn write_next(&self, output: &mut Output<impl Write>, tell: &impl Fn(u64) -> Vec<u8>) {
        let (line, mut lost) = self.next();
        if lost > 0 && output.put(&tell(lost)) {
            lost = 0;
        }
        // Where not even that could be written, this one cannot be either.
        if lost > 0 || !output.put(&line) {
            self.state().lost += lost + 1;
        }
    }

    /// Returns when everything is written, or after so long.
    pub fn drain(&self, patience: Duration) {
        let busy = |state: &mut State| state.writing || !state.lines.is_empty();
        drop(self.0.emptied.wait_timeout_while(self.state(), patience, busy));
    }
}

/// What a subscriber writes its lines to: one call for each.
pub struct Lines(Queue);

impl Lines {
    /// Lines for this queue.
    pub fn new(queue: &Queue) -> Self {
        Self(queue.clone())
    }
}

impl Write for Lines {
    /// Never fails: what is told of a failure goes to standard error, and panics where that fails as well.
    fn write(&mut self, line: &[u8]) -> Result<usize> {
        let listening =
            ASIDE.with_borrow_mut(|aside| aside.as_mut().map(|said| said.extend_from_slice(line)).is_some());
        if !listening {
            self.0.push(line);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// Where lines go.
struct Output<W> {
    output: W,
    /// Whether the last line that could be written ends in its middle.
    torn: bool,
}

impl<W: Write> Output<W> {
    /// Whether all of the line could be written.
    fn put(&mut self, line: &[u8]) -> bool {
        if self.torn && self.begin(b"\n") == 0 {
            return false;
        }
        let written = self.begin(line);
        self.torn = written > 0 && written < line.len();
        written == line.len()
    }

    /// How much of it could be written.
    fn begin(&mut self, line: &[u8]) -> usize {
        let mut rest = line;
        while !rest.is_empty() {
            match self.output.write(rest) {
                Ok(0) => break,
                Ok(count) => rest = rest.get(count..).unwrap_or_default(),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => std::thread::sleep(NAP),
                Err(_) => break,
            }
        }
        line.len() - rest.len()
    }
}

#[cfg(test)]
mod tests;
