//! The server's log: lines on standard output. Standard error is for the one line that says why the server stopped.
//!
//! Requests never write it themselves. Their lines go into a bounded queue, and a thread of its own writes them: a pipe without
//! a reader, a full disk or a reader that stands still takes lines, and nothing else (`tracing-appender` has such a thread, but
//! its end prints to the very output that is stuck, and lines that fail are not counted).

mod queue;

use std::io::{IsTerminal, Write};
use std::panic::PanicHookInfo;
use std::time::Duration;

use tracing_subscriber::EnvFilter;

use self::queue::{Lines, Queue, aside};
use super::Failure;
use crate::config::{Config, LogFormat};

/// How long the end of the process waits for lines that are still to be written.
const LAST_LINES: Duration = Duration::from_secs(1);

const SESSIONS: &str = "tower_sessions::service=warn";

/// The log of a running server; its end writes what can still be written.
pub struct Log(Queue);

impl Drop for Log {
    fn drop(&mut self) {
        self.0.drain(LAST_LINES);
    }
}

/// Starts logging for the life of the process.
pub fn start(config: &Config) -> Result<Log, Failure> {
    let wrong = |error: &dyn std::fmt::Display| Failure::new(format!("JETON_LOG: {error}"));
    let filter = EnvFilter::try_new(&config.log).map_err(|error| wrong(&error))?;
    // The sessions' layer has a span that says nothing and would hide that of the request.
    let filter = filter.add_directive(SESSIONS.parse().map_err(|error| wrong(&error))?);
    let queue = Queue::default();
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stdout().is_terminal())
        // A fault of the formatter would be told on standard error, where it may be stuck.
        .log_internal_errors(false);
    let own = queue.clone();
    let lines = lines.with_writer(move || Lines::new(&own));
    let started = match config.log_format {
        LogFormat::Text => lines.try_init(),
        // What is said of a request stands once, in the list of spans.
        LogFormat::Json => lines.json().with_ansi(false).with_current_span(false).try_init(),
    };
    started.map_err(|error| wrong(&error))?;
    std::panic::set_hook(Box::new(panicked));
    let writer = queue.clone();
    std::thread::Builder::new()
        .name("log".to_owned())
        .spawn(move || writer.write_all(standard_output(), lost))
        .map_err(|error| Failure::new(format!("the thread that writes the log cannot be started ({error})")))?;
    Ok(Log(queue))
}

/// Standard output without the lock and the buffer that everybody else shares: whoever holds that lock while a pipe is full would
/// hold up the process's end. `SIGPIPE` is ignored in every Rust program, so a pipe without a reader is an error like others.
#[cfg(unix)]
fn standard_output() -> Box<dyn Write> {
    use std::os::fd::AsFd;
    match std::io::stdout().as_fd().try_clone_to_owned() {
        Ok(output) => Box::new(std::fs::File::from(output)),
        Err(_) => Box::new(std::io::stdout()),
    }
}

#[cfg(not(unix))]
fn standard_output() -> Box<dyn Write> {
    Box::new(std::io::stdout())
}

/// The line that tells how many others there were.
fn lost(lines: u64) -> Vec<u8> {
    aside(|| tracing::error!(lines, "lines of the log were lost: it could not be written, or not as fast as they came"))
}

/// A panic is a line of the log; the default hook writes to standard error, which may be stuck.
fn panicked(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(tracing::field::display);
    tracing::error!(place, why = panic.payload_as_str().map(oauth::problem::redacted), "a fault in this program");
}
