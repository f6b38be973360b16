//! Crash safety: eight writers issue, refresh, spend and revoke, everything
//! acknowledged is journalled, the process is killed (or its disk is full, its database locked or
//! restarted), and then the journal is compared with what the server answers.
//!
//! `JETON_CRASH_KILLS` sets how often (5 unless told), `JETON_CRASH_SEED` repeats a run: every
//! moment of death is chosen by a count of answers, so nothing waits for a clock.
//! `JETON_CRASH_FIGURES` names a file for the closing lines.
#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "tests")]
#![expect(clippy::disallowed_methods, reason = "real processes are watched with a real clock")]

mod browser_flow;
mod check;
mod counts;
mod database;
mod fixture;
#[path = "../http/harness/form.rs"]
#[expect(dead_code, reason = "the part of the HTTP tests' harness that reads forms")]
mod form;
mod full;
mod http_client;
mod journal;
mod kills;
mod locked;
mod operations;
mod outage;
mod random;
mod restart;
mod rig;
mod self_test;
mod server;
mod writer;
