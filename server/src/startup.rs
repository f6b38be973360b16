//! Startup: from settings to a provider. Opens the secret key and the database, and makes them only
//! in the modes that may.

pub mod files;
pub mod remedy;
pub mod sqlite_file;

use std::sync::Arc;
use std::time::Duration;

use provider::clock::System;
use provider::entropy::Os;
use provider::fetch::Nowhere;
use provider::{Dependencies, Error, Fetch, KeyFit, Location, Obstacle, Obstructed, Provider, SecretKey, Store};

use crate::config::{Config, ConfigError};
use crate::fetch::Guarded;

/// Timeout of the connection to the database.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(8);

/// Timeout of closing the database, since a request that hangs keeps its connection.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(10);

/// Why the start failed: one line with the setting and the fix.
pub type StartError = ConfigError;

/// What the database is opened for, which decides what may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// `serve`: the first start on SQLite makes key and database; migrates.
    Serve,
    /// `init`: makes whatever is missing, on purpose; migrates.
    Init,
    /// `migrate`: makes nothing but, on PostgreSQL, the tables; migrates.
    Migrate,
    /// Every other command that writes: where nothing is there yet it is the first start as well;
    /// else it leaves the schema alone.
    Tool,
    /// Commands that only read: they make nothing.
    Read,
}

/// The secret key.
pub enum Key {
    /// It was there.
    Found(SecretKey),
    /// It was made just now.
    Made(SecretKey),
    /// It is to be made if the database turns out to be empty.
    ToMake,
}

/// Opens key and database by the rules of the mode.
///
/// # Errors
/// The first thing that is wrong; nothing is half open then.
pub async fn open(config: &Config, mode: Mode) -> Result<Provider, StartError> {
    let dependencies = dependencies(config, mode)?;
    let (key, is_new) = match Location::of(config.database_url.as_str()) {
        Some(Location::Sqlite(database)) => sqlite_file::open(config, &database, mode).await?,
        Some(Location::Postgres) | None => (shared_key(config, mode)?, false),
    };
    let store = connect(config).await?;
    match prepare(config, &store, key, is_new, mode).await {
        Ok(key) => {
            let provider = Provider::open(store, key, config.settings(), dependencies);
            finish(config, provider, mode).await
        }
        Err(error) => {
            store.close().await;
            Err(error)
        }
    }
}

/// Closes the database; SQLite then merges its write-ahead log into the file.
pub async fn close(provider: &Provider) {
    if tokio::time::timeout(CLOSE_TIMEOUT, provider.close()).await.is_err() {
        tracing::warn!("the database could not be closed in time; nothing is lost, and its log stays beside it");
    }
}

async fn finish(config: &Config, provider: Provider, mode: Mode) -> Result<Provider, StartError> {
    if !matches!(mode, Mode::Serve | Mode::Init) {
        return Ok(provider);
    }
    match provider.prepare_keys().await {
        Ok(()) => Ok(provider),
        Err(error) => {
            close(&provider).await;
            Err(database_error(config, &format!("holds no signing keys ({}). Run: jeton doctor", reason(&error))))
        }
    }
}

/// The schema is there, and the key is the one of this database.
async fn prepare(config: &Config, store: &Store, key: Key, is_new: bool, mode: Mode) -> Result<SecretKey, StartError> {
    let is_made = matches!(key, Key::Made(_));
    let key = match key {
        Key::Found(key) | Key::Made(key) => key,
        Key::ToMake => make_shared_key(config, store).await?,
    };
    prepare_schema(config, store, is_new, mode).await?;
    let unreadable = |error: Error| database_error(config, &format!("cannot be read ({})", reason(&error)));
    match store.key_fit(&key).await.map_err(unreadable)? {
        KeyFit::Fits => {}
        // The old key is lost, and `init` means that it is replaced.
        KeyFit::Differs if is_made => store.rekey(&key, &Os).await.map_err(unreadable)?,
        KeyFit::Differs => return Err(StartError::new(files::KEY, other_key(config))),
        KeyFit::Unnamed if matches!(mode, Mode::Migrate | Mode::Read) => {}
        KeyFit::Unnamed => store.name(&key, &Os).await.map_err(unreadable)?,
    }
    Ok(key)
}

/// The message for a key that belongs to another database.
pub fn other_key(config: &Config) -> String {
    format!(
        "{} is not the key of the database {}. Restore the key that belongs to it, or set the address of the database that belongs to \
         the key",
        config.secret_key_file.display(),
        config.database_url.shown()
    )
}

/// The dependencies; only `serve` fetches addresses of clients.
fn dependencies(config: &Config, mode: Mode) -> Result<Dependencies, StartError> {
    let fetch: Arc<dyn Fetch> = match mode {
        Mode::Serve => Arc::new(Guarded::new(&config.fetch_allow, config.fetch_ca_file.as_deref())?),
        Mode::Init | Mode::Migrate | Mode::Tool | Mode::Read => Arc::new(Nowhere),
    };
    Ok(Dependencies { clock: Arc::new(System), entropy: Arc::new(Os), fetch })
}

/// Connects to the database, without checking its schema.
///
/// # Errors
/// It does not answer, or not in time.
pub async fn connect(config: &Config) -> Result<Store, StartError> {
    let opened = tokio::time::timeout(CONNECT_TIMEOUT, Store::open(config.database_url.as_str())).await;
    let opened = opened.unwrap_or_else(|_| Err(Obstructed::new(Obstacle::Silent, "it did not answer in time")));
    opened.map_err(|found| obstructed(config, "cannot be opened", &found))
}

/// PostgreSQL: the nodes share the database and must share the key, so only `init` makes one.
fn shared_key(config: &Config, mode: Mode) -> Result<Key, StartError> {
    let path = &config.secret_key_file;
    let fix = format!("Make one for all servers with: (umask 077; openssl rand -hex 32 > {})", path.display());
    if !config.secret_key_file_is_set {
        return Err(StartError::new(files::KEY, format!("must be set on PostgreSQL. {fix} and name it here")));
    }
    match path.exists() {
        true => files::read_key(path).map(Key::Found),
        false if mode == Mode::Init => Ok(Key::ToMake),
        false => {
            let fix = format!("Copy it from another server; for an empty database jeton init makes one. {fix}");
            Err(StartError::new(files::KEY, format!("{} does not exist. {fix}", path.display())))
        }
    }
}

/// Makes a key for a database without tables.
async fn make_shared_key(config: &Config, store: &Store) -> Result<SecretKey, StartError> {
    let path = &config.secret_key_file;
    let pending = store.pending_migrations().await;
    let pending = pending.map_err(|found| obstructed(config, "cannot be used", &found))?;
    if pending < Store::known_migrations() {
        let line = format!(
            "{} does not exist, and the database {} is in use under another key. Copy that key from another server",
            path.display(),
            config.database_url.shown()
        );
        return Err(StartError::new(files::KEY, line));
    }
    files::make_key(path, &Os)?;
    files::read_key(path)
}

/// Tables are made in a new database, by `init`, and on PostgreSQL by `migrate`: an empty one
/// beside a key is one that was lost.
async fn prepare_schema(config: &Config, store: &Store, is_new: bool, mode: Mode) -> Result<(), StartError> {
    let shared = !matches!(Location::of(config.database_url.as_str()), Some(Location::Sqlite(_)));
    let unusable = |found: Obstructed| obstructed(config, "cannot be used", &found);
    let may_make = is_new || mode == Mode::Init || (shared && mode == Mode::Migrate);
    match store.pending_migrations().await.map_err(unusable)? {
        0 => Ok(()),
        all if all == Store::known_migrations() && !may_make => Err(database_error(config, &no_tables(config))),
        some if some < Store::known_migrations() && matches!(mode, Mode::Tool | Mode::Read) => {
            Err(database_error(config, "is older than this version of jeton. Run: jeton migrate"))
        }
        _ => store.migrate().await.map_err(unusable),
    }
}

/// The message for a database without tables.
pub fn no_tables(config: &Config) -> String {
    let key = config.secret_key_file.display();
    match Location::of(config.database_url.as_str()) {
        Some(Location::Sqlite(_)) => format!("holds no tables of Jeton although {key} exists. {}", sqlite_file::RESTORE),
        _ => "holds no tables of Jeton. Set the address of the database that does, restore it (jeton restore is for SQLite, pg_restore \
              for PostgreSQL), or make the tables with: jeton init"
            .to_owned(),
    }
}

/// The error for an obstacle, with its remedy.
pub(crate) fn obstructed(config: &Config, what: &str, found: &Obstructed) -> StartError {
    let location = Location::of(config.database_url.as_str());
    database_error(config, &format!("{what}: {}", remedy::of(location.as_ref(), found)))
}

pub(crate) fn database_error(config: &Config, message: &str) -> StartError {
    StartError::new("JETON_DATABASE_URL", format!("{} {message}", config.database_url.shown()))
}

/// The reason of a database error, as a part of one line.
pub(crate) fn reason(error: &Error) -> String {
    match error {
        // sqlx's error after a pool timeout, in the operator's words.
        Error::Unavailable(why) if why.starts_with("pool timed out") => "it did not answer in time".to_owned(),
        Error::Unavailable(why) => one_line(why),
        other => one_line(&other.to_string()),
    }
}

/// A message of another library as a part of one line.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
