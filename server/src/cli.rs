//! The command line: one file for each noun. Results go to standard output, as text or (`--json`)
//! as JSON; a failure is one line on standard error and a non-zero exit code. Secrets are read from
//! standard input, never from arguments.

mod backup;
mod client;
mod database;
mod db;
mod doctor;
mod draft;
mod input;
mod keys;
mod logging;
mod output;
mod scope;
mod service;
mod setup_link;
mod token;
mod user;

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Parser, Subcommand};
use provider::{Error, Provider};
use tokio::runtime::{Builder, Runtime};

use self::output::Output;
use crate::config::{Config, ConfigError};
use crate::startup::{self, Mode, one_line};

/// Jeton, an OAuth 2 authorization server.
#[derive(Parser)]
#[command(name = "jeton", version, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Read settings from this file (default: jeton.toml, if there is one)
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Answer in JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server
    #[command(after_long_help = Config::help())]
    Serve,
    /// Make the secret key and the database, whatever is missing
    Init,
    /// Bring the database's schema up to date
    Migrate,
    /// Check settings, key, database and addresses
    Doctor,
    /// Users
    #[command(subcommand)]
    User(user::Command),
    /// Scopes
    #[command(subcommand)]
    Scope(scope::Command),
    /// Services, and the form of the tokens that are for them
    #[command(subcommand)]
    Service(service::Command),
    /// Clients
    #[command(subcommand)]
    Client(Box<client::Command>),
    /// Tokens
    #[command(subcommand)]
    Token(token::Command),
    /// The keys that sign ID tokens
    #[command(subcommand)]
    Keys(keys::Command),
    /// Write everything that the database holds into one file, while servers go on (SQLite)
    Backup(backup::Make),
    /// Put a backup into the database's place, when no server runs on it (SQLite)
    Restore(backup::Restore),
    /// Whole databases
    #[command(subcommand)]
    Db(db::Command),
    /// Print a one-time link that makes the first administrator in the browser
    SetupLink,
}

/// Why a command failed: one line.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    fn new(line: impl Into<String>) -> Self {
        Self(line.into())
    }

    /// A use case's error; `missing` is the sentence for something that does not exist.
    fn of(error: Error, missing: &str) -> Self {
        Self(match error {
            Error::NotFound => missing.to_owned(),
            Error::Conflict(message) => app::Language::ENGLISH.translate_message(&message),
            Error::Form(error) => {
                format!("{}: {}", error.field, app::Language::ENGLISH.translate_message(&error.message))
            }
            Error::OAuth(error) => error.description.to_owned(),
            Error::Unavailable(why) => {
                format!("JETON_DATABASE_URL: the database did not take it ({why}). Run: jeton doctor")
            }
            other => other.to_string(),
        })
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self(error.to_string())
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::of(error, "There is no such thing")
    }
}

/// Runs the command that the process was started with.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => return fail(&usage(&error)),
        Err(help) => {
            output::text(&help.to_string());
            return ExitCode::SUCCESS;
        }
    };
    let runtime = match runtime() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.to_string()),
    };
    let done = runtime.block_on(run(cli));
    // Does not wait for blocking tasks, such as a DNS look-up that hangs.
    runtime.shutdown_background();
    match done {
        Ok(()) => output::complete().map_or_else(|error| fail(&error), |()| ExitCode::SUCCESS),
        Err(Failure(line)) => fail(&line),
    }
}

/// The tokio runtime: a thread pool with a thread for each processor, or a current-thread runtime
/// on one processor, which avoids moving tasks between threads.
fn runtime() -> std::io::Result<Runtime> {
    let processors = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let mut builder = if processors == 1 { Builder::new_current_thread() } else { Builder::new_multi_thread() };
    builder.enable_all().build()
}

async fn run(cli: Cli) -> Result<(), Failure> {
    let file = cli.config.as_deref();
    let output = Output { json: cli.json };
    match cli.command {
        Command::Serve => {
            let config = Config::load(file)?;
            let _log = logging::start(&config)?;
            config.unknown.iter().for_each(|line| tracing::warn!("{line}"));
            crate::serve(config).await.map_err(|error| Failure::new(error.to_string()))
        }
        Command::Doctor => doctor::run(file, output).await,
        Command::Init => database::init(&Config::load(file)?, output).await,
        Command::Migrate => database::migrate(&Config::load(file)?, output).await,
        Command::User(arguments) => {
            with_provider(file, arguments.mode(), async |to| user::run(arguments, to, output).await).await
        }
        Command::Scope(arguments) => {
            with_provider(file, arguments.mode(), async |to| scope::run(arguments, to, output).await).await
        }
        Command::Service(arguments) => {
            with_provider(file, arguments.mode(), async |to| service::run(arguments, to, output).await).await
        }
        Command::Client(arguments) => {
            with_provider(file, arguments.mode(), async |to| client::run(*arguments, to, output).await).await
        }
        Command::Token(arguments) => {
            with_provider(file, arguments.mode(), async |to| token::run(arguments, to, output).await).await
        }
        Command::Keys(arguments) => {
            with_provider(file, arguments.mode(), async |to| keys::run(arguments, to, output).await).await
        }
        Command::Backup(arguments) => backup::make(arguments, &Config::load(file)?, output).await,
        Command::Restore(arguments) => backup::restore(arguments, &Config::load(file)?, output).await,
        Command::Db(command) => db::run(command, output).await,
        Command::SetupLink => with_provider(file, Mode::Tool, async |to| setup_link::run(to, output).await).await,
    }
}

/// Opens the database, runs the command and closes the database, also after an error.
async fn with_provider(
    file: Option<&std::path::Path>,
    mode: Mode,
    command: impl AsyncFnOnce(&Provider) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let provider = startup::open(&Config::load(file)?, mode).await?;
    let done = command(&provider).await;
    startup::close(&provider).await;
    done
}

/// The start mode of a command that reads only, or that also writes.
const fn mode(reads: bool) -> Mode {
    if reads { Mode::Read } else { Mode::Tool }
}

fn fail(line: &str) -> ExitCode {
    output::error(&format!("jeton: {}", one_line(line)));
    ExitCode::FAILURE
}

/// clap's error as one sentence: its first paragraph, and a pointer to `--help`.
fn usage(error: &clap::Error) -> String {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return "Name a command. Run: jeton --help".to_owned();
    }
    let message = error.to_string();
    let first = message.split("\n\n").next().unwrap_or_default();
    let first = first.strip_prefix("error: ").unwrap_or(first);
    // A database URL in a wrong place may hold a password.
    let words = first.split_whitespace().map(|word| if word.contains("://") { "(an address)" } else { word });
    format!("{}. Run: jeton --help", words.collect::<Vec<_>>().join(" "))
}
