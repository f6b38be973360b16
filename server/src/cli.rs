//! The command line: one file for each noun. Answers go to standard output, as text or (`--json`) as JSON; a failure is
//! one line on standard error and an exit code that is not 0. Secrets come from standard input, never from arguments.

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

    /// What went wrong in a use case; `missing` is the sentence for something that does not exist.
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
    // A name look-up that hangs must not hold up the exit.
    runtime.shutdown_background();
    match done {
        Ok(()) => output::complete().map_or_else(|error| fail(&error), |()| ExitCode::SUCCESS),
        Err(Failure(line)) => fail(&line),
    }
}

/// As many threads as there are processors for this process; on a single one, what moves work between threads would only cost.
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
        Command::User(it) => within(file, it.mode(), async |to| user::run(it, to, output).await).await,
        Command::Scope(it) => within(file, it.mode(), async |to| scope::run(it, to, output).await).await,
        Command::Service(it) => within(file, it.mode(), async |to| service::run(it, to, output).await).await,
        Command::Client(it) => within(file, it.mode(), async |to| client::run(*it, to, output).await).await,
        Command::Token(it) => within(file, it.mode(), async |to| token::run(it, to, output).await).await,
        Command::Keys(it) => within(file, it.mode(), async |to| keys::run(it, to, output).await).await,
        Command::Backup(it) => backup::make(it, &Config::load(file)?, output).await,
        Command::Restore(it) => backup::restore(it, &Config::load(file)?, output).await,
        Command::Db(command) => db::run(command, output).await,
        Command::SetupLink => within(file, Mode::Tool, async |to| setup_link::run(to, output).await).await,
    }
}

/// Runs a command over the open database, and closes it, however the command ends.
async fn within(
    file: Option<&std::path::Path>,
    mode: Mode,
    command: impl AsyncFnOnce(&Provider) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let provider = startup::open(&Config::load(file)?, mode).await?;
    let done = command(&provider).await;
    startup::close(&provider).await;
    done
}

/// Whether a command may make a database.
const fn mode(reads: bool) -> Mode {
    if reads { Mode::Read } else { Mode::Tool }
}

fn fail(line: &str) -> ExitCode {
    output::error(&format!("jeton: {}", one_line(line)));
    ExitCode::FAILURE
}

/// What clap says of a wrong command line, as one sentence: its first paragraph, and where to read more.
fn usage(error: &clap::Error) -> String {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return "Name a command. Run: jeton --help".to_owned();
    }
    let message = error.to_string();
    let first = message.split("\n\n").next().unwrap_or_default();
    let first = first.strip_prefix("error: ").unwrap_or(first);
    // The address of a database that stands where none belongs may hold a password.
    let words = first.split_whitespace().map(|word| if word.contains("://") { "(an address)" } else { word });
    format!("{}. Run: jeton --help", words.collect::<Vec<_>>().join(" "))
}
