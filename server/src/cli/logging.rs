//! The server's log, as lines on standard output. Standard error has only the line that tells why
//! the server stopped.
//!
//! Requests never wait for the log: their lines go into a bounded queue, and a writer thread writes
//! them. A closed pipe, a full disk or a blocked reader loses lines, and nothing else.
//! (`tracing-appender` has such a thread, but prints to the blocked output when it is dropped, and
//! does not count the lines that could not be written.)

mod queue;

use std::io::{IsTerminal, Write};
use std::panic::PanicHookInfo;
use std::time::Duration;

use tracing_subscriber::EnvFilter;

use self::queue::{Lines, Queue, format_aside};
use super::Failure;
use crate::config::{Config, LogFormat};

/// How long the process waits at its end for queued lines to be written.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(1);

/// tower-sessions opens a span without fields that would hide the request's.
const SESSION_SPANS: &str = "tower_sessions::service=warn";

/// The log of a running server; dropping it writes the queued lines.
pub struct Log(Queue);

impl Drop for Log {
    fn drop(&mut self) {
        self.0.drain(DRAIN_TIMEOUT);
    }
}

/// Starts logging for the life of the process.
pub fn start(config: &Config) -> Result<Log, Failure> {
    let wrong = |error: &dyn std::fmt::Display| Failure::new(format!("JETON_LOG: {error}"));
    let filter = EnvFilter::try_new(&config.log).map_err(|error| wrong(&error))?;
    let filter = filter.add_directive(SESSION_SPANS.parse().map_err(|error| wrong(&error))?);
    let queue = Queue::default();
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stdout().is_terminal())
        // Errors of the formatter would go to standard error, which may block.
        .log_internal_errors(false);
    let sink = queue.clone();
    let lines = lines.with_writer(move || Lines::new(&sink));
    let started = match config.log_format {
        LogFormat::Text => lines.try_init(),
        // The request's fields are written once, in the list of spans.
        LogFormat::Json => lines.json().with_ansi(false).with_current_span(false).try_init(),
    };
    started.map_err(|error| wrong(&error))?;
    std::panic::set_hook(Box::new(log_panic));
    let writer = queue.clone();
    std::thread::Builder::new()
        .name("log".to_owned())
        .spawn(move || writer.write_all(standard_output(), lost_lines))
        .map_err(|error| Failure::new(format!("the thread that writes the log cannot be started ({error})")))?;
    Ok(Log(queue))
}

/// Standard output without the shared lock and buffer of `std`: a thread that holds the lock while
/// a pipe is full would block the end of the process. Rust programs ignore `SIGPIPE`, so a closed
/// pipe is an error like others.
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

/// The line that tells how many were lost.
fn lost_lines(lines: u64) -> Vec<u8> {
    format_aside(|| {
        tracing::error!(lines, "lines of the log were lost: it could not be written, or not as fast as they came");
    })
}

/// Logs a panic; the default hook writes to standard error, which may block.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(tracing::field::display);
    tracing::error!(place, why = panic.payload_as_str().map(oauth::problem::redacted), "a fault in this program");
}
