//! The server's log: lines on standard output. Standard error is for the one line that says why the server stopped.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use super::Failure;
use crate::config::{Config, LogFormat};

/// Starts logging for the life of the process.
pub fn start(config: &Config) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(&config.log).map_err(|error| Failure::new(format!("JETON_LOG: {error}")))?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(std::io::stdout().is_terminal());
    let started = match config.log_format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().with_ansi(false).try_init(),
    };
    started.map_err(|error| Failure::new(format!("JETON_LOG: {error}")))
}
