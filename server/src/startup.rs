//! From settings to a working provider: the key and the database are opened, and made only where that is meant.

pub mod files;

use std::sync::Arc;
use std::time::Duration;

use provider::clock::System;
use provider::entropy::Os;
use provider::fetch::Nowhere;
use provider::{Error, Fetch, Location, Provider, SecretKey, Store, World};

use crate::config::{Config, ConfigError};
use crate::fetch::Guarded;

/// A database that has not answered by now counts as unreachable.
const PATIENCE: Duration = Duration::from_secs(8);

/// Why the start stopped: one line that names the setting and the mend.
pub type StartError = ConfigError;

/// What the start is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// `serve`: the first start makes key and database; migrates.
    Serve,
    /// `init`: makes whatever is missing, on purpose; migrates.
    Init,
    /// `migrate`: makes nothing; migrates.
    Migrate,
    /// Every other command: where nothing is there yet it is the first start as well; else it leaves the schema alone.
    Tool,
}

/// Opens key and database by the rules of the mode.
///
/// # Errors
/// The first thing that is wrong; nothing is half open then.
pub async fn open(config: &Config, mode: Mode) -> Result<Provider, StartError> {
    let key = match Location::of(config.database_url.as_str()) {
        Some(Location::Sqlite(database)) => local(config, &database, mode)?,
        Some(Location::Postgres) | None => shared_key(config)?,
    };
    let store = connect(config).await?;
    prepare_schema(config, &store, mode).await?;
    let provider = Provider::open(store, key, config.settings(), world(config, mode)?);
    if matches!(mode, Mode::Serve | Mode::Init) {
        let made = provider.prepare_keys().await;
        let mend = "Run: jeton doctor";
        made.map_err(|error| database_error(config, &format!("holds no signing keys ({}). {mend}", reason(&error))))?;
    }
    Ok(provider)
}

/// Only a server that serves goes to addresses outside.
fn world(config: &Config, mode: Mode) -> Result<World, StartError> {
    let fetch: Arc<dyn Fetch> = match mode {
        Mode::Serve => Arc::new(Guarded::new(&config.fetch_allow, config.fetch_ca_file.as_deref())?),
        Mode::Init | Mode::Migrate | Mode::Tool => Arc::new(Nowhere),
    };
    Ok(World { clock: Arc::new(System), entropy: Arc::new(Os), fetch })
}

/// Connects to the database; its schema is not looked at.
///
/// # Errors
/// It does not answer, or not in time.
pub async fn connect(config: &Config) -> Result<Store, StartError> {
    let opened = tokio::time::timeout(PATIENCE, Store::open(config.database_url.as_str())).await;
    let opened = opened.unwrap_or_else(|_| Err(Error::unavailable("it did not answer in time")));
    opened.map_err(|error| {
        let mend = match Location::of(config.database_url.as_str()) {
            Some(Location::Sqlite(_)) => "Let the user that runs jeton write to it, or restore a backup",
            _ => "Start the database, or set the address by which it answers",
        };
        database_error(config, &format!("cannot be opened ({}). {mend}", reason(&error)))
    })
}

/// SQLite: both files exist, or neither does and this is the first start, or `init` says that they are to be made.
fn local(config: &Config, database: &std::path::Path, mode: Mode) -> Result<SecretKey, StartError> {
    let key = config.secret_key_file.as_path();
    let may_make = match (key.exists(), database.exists()) {
        (true, true) => false,
        _ if mode == Mode::Init => true,
        (false, false) if mode != Mode::Migrate => true,
        (false, false) => {
            return Err(database_error(config, "does not exist yet. Make it with: jeton init"));
        }
        (true, false) => {
            let mend = "Restore it, or make an empty database with: jeton init";
            return Err(database_error(config, &format!("is missing although {} exists. {mend}", key.display())));
        }
        (false, true) => {
            let mend = "Restore it, or make a new one with: jeton init";
            let message = format!("{} is missing although the database exists. {mend}", key.display());
            return Err(StartError::new(files::KEY, message));
        }
    };
    if may_make {
        files::make_key(key, &Os)?;
        make_database(config, database)?;
    }
    files::check_mode("JETON_DATABASE_URL", database)?;
    files::read_key(key)
}

fn make_database(config: &Config, database: &std::path::Path) -> Result<(), StartError> {
    files::make_folder("JETON_DATABASE_URL", database)?;
    Store::create(config.database_url.as_str()).map_err(|error| {
        database_error(config, &format!("cannot be made ({}). Name a writable folder", reason(&error)))
    })
}

/// PostgreSQL: several servers share the database and must share the key, so nobody makes one behind the operator's back.
fn shared_key(config: &Config) -> Result<SecretKey, StartError> {
    let path = &config.secret_key_file;
    let mend = format!("Make one for all servers with: (umask 077; openssl rand -hex 32 > {})", path.display());
    if !config.secret_key_file_is_set {
        return Err(StartError::new(files::KEY, format!("must be set on PostgreSQL. {mend} and name it here")));
    }
    if !path.exists() {
        return Err(StartError::new(files::KEY, format!("{} does not exist. {mend}", path.display())));
    }
    files::read_key(path)
}

async fn prepare_schema(config: &Config, store: &Store, mode: Mode) -> Result<(), StartError> {
    if mode != Mode::Tool {
        let done = store.migrate().await;
        let mend = "Use the version of jeton that the database belongs to, or restore a backup";
        return done.map_err(|error| database_error(config, &format!("cannot be used ({}). {mend}", reason(&error))));
    }
    match store.pending_migrations().await {
        Ok(0) => Ok(()),
        Ok(all) if all == Store::known_migrations() => store.migrate().await.map_err(|error| {
            database_error(config, &format!("cannot be used ({}). Run: jeton doctor", reason(&error)))
        }),
        Ok(_) => Err(database_error(config, "is older than this version of jeton. Run: jeton migrate")),
        Err(error) => Err(database_error(config, &format!("cannot be used ({}). Run: jeton doctor", reason(&error)))),
    }
}

fn database_error(config: &Config, message: &str) -> StartError {
    StartError::new("JETON_DATABASE_URL", format!("{} {message}", config.database_url.shown()))
}

/// Why the database did not do it, as a part of one line.
pub(crate) fn reason(error: &Error) -> String {
    match error {
        // What the pool says when each of its tries failed: it means the same to the operator.
        Error::Unavailable(why) if why.starts_with("pool timed out") => "it did not answer in time".to_owned(),
        Error::Unavailable(why) => one_line(why),
        other => one_line(&other.to_string()),
    }
}

/// A message of another library as a part of one line.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
