//! The command line, run as operators run it: the binary, in a folder of its own.
#![expect(clippy::unwrap_used, reason = "tests")]

#[path = "cli/backups.rs"]
mod backups;
#[path = "cli/client_set.rs"]
mod client_set;
#[path = "cli/clients.rs"]
mod clients;
#[path = "cli/database_copies.rs"]
mod database_copies;
#[path = "cli/files.rs"]
mod files;
#[path = "cli/flood.rs"]
mod flood;
#[path = "cli/graceful_restart.rs"]
mod graceful_restart;
#[path = "cli/harness.rs"]
mod harness;
#[path = "cli/keys.rs"]
mod keys;
#[cfg(unix)]
#[path = "cli/log.rs"]
mod log;
#[cfg(unix)]
#[path = "cli/postgres.rs"]
mod postgres;
#[path = "cli/scopes.rs"]
mod scopes;
#[path = "cli/server.rs"]
mod server;
#[path = "cli/services.rs"]
mod services;
#[path = "cli/slow_connections.rs"]
mod slow_connections;
#[path = "cli/start.rs"]
mod start;
#[path = "cli/tokens.rs"]
mod tokens;
#[path = "cli/user_set.rs"]
mod user_set;
#[path = "cli/users.rs"]
mod users;
