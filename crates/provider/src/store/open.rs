//! Opening a database: its address, its connections and its schema.

use std::path::PathBuf;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyConnection, AnyPool, ConnectOptions, Connection, Executor};

use super::Store;
use super::cache::Caches;
use super::file_guard::{self, FileGuard};
use super::invalidation::CacheEpochs;
use super::obstacle::{Obstacle, Obstructed};
use super::writer::{Writer, lost};
use crate::error::Error;

/// How long a caller waits for a free connection, and how long SQLite waits for another process's
/// lock.
const WAIT: Duration = Duration::from_secs(5);

/// The most connections to a PostgreSQL server.
const READERS: u32 = 8;
const WRITERS: u32 = 12;

/// WAL: readers do not wait for the writer; FULL: a commit survives a power cut; the last pragma
/// keeps the log small.
const PRAGMAS: &str = "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000; \
                       pragma foreign_keys = on; pragma journal_size_limit = 67108864";

/// The writer caches the upper pages of its indexes (16 MB) and checkpoints the log less often.
const WRITER_PRAGMAS: &str = "pragma cache_size = -16000; pragma wal_autocheckpoint = 4000";

/// Statement and lock timeouts: beyond them the database counts as unavailable, so that nothing
/// hangs.
const LIMITS: &str =
    "set statement_timeout = '10s'; set lock_timeout = '5s'; set idle_in_transaction_session_timeout = '30s'";

const ENCODING: &str = "select current_setting('server_encoding')::text";

/// How a SQLite file is opened: it must exist.
const READ_WRITE: &str = "?mode=rw";

/// The kinds of database, told apart by the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// An embedded database in this file.
    Sqlite(PathBuf),
    /// A PostgreSQL server.
    Postgres,
}

impl Location {
    /// Reads a database address: `sqlite:PATH` or `postgres://…`. `None` for anything else.
    #[must_use]
    pub fn of(url: &str) -> Option<Self> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            let path = without_parameters(path);
            return (!path.is_empty()).then(|| Self::Sqlite(PathBuf::from(path)));
        }
        (url.starts_with("postgres://") || url.starts_with("postgresql://")).then_some(Self::Postgres)
    }
}

/// URL parameters that other programs append to the path of a SQLite file are ignored. Any other
/// `?` belongs to the path.
fn without_parameters(path: &str) -> &str {
    let known = |pair: &str| ["mode=", "cache=", "immutable=", "vfs="].iter().any(|name| pair.starts_with(name));
    match path.rsplit_once('?') {
        Some((file, parameters)) if parameters.split('&').all(known) => file,
        _ => path,
    }
}

impl Store {
    /// Connects to a database that exists. Does not check its schema: see [`Store::migrate`].
    ///
    /// # Errors
    /// The address is not understood, nothing answers there, or what answers cannot be used.
    pub async fn open(url: &str) -> Result<Self, Obstructed> {
        sqlx::any::install_default_drivers();
        match Location::of(url) {
            Some(Location::Sqlite(path)) => sqlite(&path).await,
            Some(Location::Postgres) => postgres(url).await,
            None => Err(Obstructed::new(Obstacle::Other, "the address is neither sqlite:PATH nor postgres://…")),
        }
    }

    /// Creates an empty SQLite file with mode 0600 if there is none (no schema yet). Does nothing
    /// on PostgreSQL.
    ///
    /// # Errors
    /// `Unavailable` when the file or its folder cannot be created.
    pub fn create(url: &str) -> Result<(), Error> {
        let Some(Location::Sqlite(path)) = Location::of(url) else { return Ok(()) };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| Error::unavailable(&error.to_string()))?;
        }
        private_file(&path).map_err(|error| Error::unavailable(&error.to_string()))
    }

    /// Accepts no more writes, finishes the queued ones, and closes every connection: SQLite then
    /// checkpoints its log into the database, and one file remains, unless another process has it
    /// open.
    pub async fn close(&self) {
        match &self.writer {
            Writer::Queue(queue) => match queue.close().await {
                true => self.readers.close().await,
                false => lost::leave_pool_open(&self.readers),
            },
            Writer::Pool(pool, _) => {
                pool.close().await;
                self.readers.close().await;
            }
        }
    }
}

fn private_file(path: &std::path::Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path).map(|_| ())
}

async fn sqlite(path: &std::path::Path) -> Result<Store, Obstructed> {
    let path = std::path::absolute(path).map_err(sqlx::Error::Io)?;
    // Some file systems recreate a file when it is first opened for writing; one that is replaced
    // every time is being replaced by another process.
    for _ in 0..2 {
        let before = file_guard::identity(&path);
        let (readers, connection) = sqlite_connections(&path).await?;
        let guard = FileGuard::over(&path);
        if guard.is_still(before) {
            let epochs = CacheEpochs::default();
            let writer = Writer::queue(connection, epochs.clone(), guard);
            return Ok(Store::new(readers, writer, Caches::new(epochs)));
        }
        lost::leave_open(connection);
        lost::leave_pool_open(&readers);
    }
    Err(Obstructed::new(Obstacle::Replaced, "the file was replaced while it was being opened"))
}

async fn sqlite_connections(path: &std::path::Path) -> Result<(AnyPool, AnyConnection), sqlx::Error> {
    let options = sqlite_options(path, READ_WRITE)?;
    let pool = AnyPoolOptions::new()
        .max_connections(8)
        .acquire_timeout(WAIT)
        .test_before_acquire(false)
        .max_lifetime(None)
        .idle_timeout(None)
        .after_connect(|connection, _| {
            Box::pin(async move {
                connection.execute(PRAGMAS).await?;
                Ok(())
            })
        });
    let readers = pool.connect_with(options.clone()).await?;
    let mut connection = AnyConnection::connect_with(&options).await?;
    connection.execute(PRAGMAS).await?;
    connection.execute(WRITER_PRAGMAS).await?;
    Ok((readers, connection))
}

/// One connection outside the pool. Does not check the schema.
pub(super) async fn connection(url: &str) -> Result<AnyConnection, Obstructed> {
    sqlx::any::install_default_drivers();
    match Location::of(url) {
        Some(Location::Sqlite(path)) => {
            let mut connection = AnyConnection::connect_with(&sqlite_options(&path, READ_WRITE)?).await?;
            connection.execute(PRAGMAS).await?;
            Ok(connection)
        }
        Some(Location::Postgres) => {
            let options = url.parse::<AnyConnectOptions>()?.disable_statement_logging();
            Ok(AnyConnection::connect_with(&options).await?)
        }
        None => Err(Obstructed::new(Obstacle::Other, "the address is neither sqlite:PATH nor postgres://…")),
    }
}

pub(super) fn sqlite_options(path: &std::path::Path, mode: &str) -> Result<AnyConnectOptions, sqlx::Error> {
    let absolute = std::path::absolute(path).map_err(sqlx::Error::Io)?;
    // Percent-encoded, since the path may contain characters reserved in URLs; the driver decodes
    // it.
    let mut url = String::from("sqlite://");
    for byte in absolute.to_string_lossy().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => url.push(char::from(byte)),
            other => url.push_str(&format!("%{other:02X}")),
        }
    }
    url.push_str(mode);
    Ok(url.parse::<AnyConnectOptions>()?.disable_statement_logging())
}

async fn postgres(url: &str) -> Result<Store, Obstructed> {
    let options = url.parse::<AnyConnectOptions>()?.disable_statement_logging();
    // Two pools: writes that wait for each other must not block readers.
    let readers = match postgres_pool(READERS).connect_with(options.clone()).await {
        Ok(readers) => readers,
        // The pool retries until its timeout, and then does not report the cause.
        Err(sqlx::Error::PoolTimedOut) => return Err(why_not(&options).await),
        Err(error) => return Err(error.into()),
    };
    let encoding: String = sqlx::query_scalar(ENCODING).fetch_one(&readers).await?;
    if encoding != "UTF8" {
        readers.close().await;
        return Err(Obstructed::new(Obstacle::Encoding, &encoding));
    }
    let epochs = CacheEpochs::default();
    let writer = Writer::Pool(postgres_pool(WRITERS).connect_lazy_with(options), epochs.clone());
    Ok(Store::new(readers, writer, Caches::new(epochs)))
}

async fn why_not(options: &AnyConnectOptions) -> Obstructed {
    match AnyConnection::connect_with(options).await {
        Ok(connection) => {
            let _ = connection.close().await;
            sqlx::Error::PoolTimedOut.into()
        }
        Err(error) => error.into(),
    }
}

/// A pool of so many connections, all with timeouts.
pub(super) fn postgres_pool(connections: u32) -> AnyPoolOptions {
    AnyPoolOptions::new().max_connections(connections).acquire_timeout(WAIT).after_connect(|connection, _| {
        Box::pin(async move {
            connection.execute(LIMITS).await?;
            Ok(())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_mark_belongs_to_the_path_unless_parameters_follow_it() {
        let table = [
            ("sqlite:data/jeton.db", "data/jeton.db"),
            ("sqlite:///srv/jeton.db?mode=rwc", "/srv/jeton.db"),
            ("sqlite:data/jeton.db?mode=rwc&cache=private", "data/jeton.db"),
            ("sqlite:what?/jeton.db", "what?/jeton.db"),
            ("sqlite:what?.db", "what?.db"),
            ("sqlite:what?/jeton.db?mode=rw", "what?/jeton.db"),
        ];
        for (url, path) in table {
            assert_eq!(Location::of(url), Some(Location::Sqlite(PathBuf::from(path))), "{url}");
        }
        assert_eq!(Location::of("sqlite:?mode=rw"), None);
    }
}
