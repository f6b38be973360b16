//! Opening a database: its address, its connections and its schema.

use std::path::PathBuf;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::{AnyConnection, ConnectOptions, Connection, Executor};

use super::Store;
use super::changes::Changes;
use super::memory::Memory;
use super::writer::Writer;
use crate::error::Error;

/// What makes the schema, in order.
pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations");

/// How long a caller waits for a free connection, and how long SQLite waits for another process's lock.
const WAIT: Duration = Duration::from_secs(5);

/// Connections to a PostgreSQL server at most.
const READERS: u32 = 8;
const WRITERS: u32 = 12;

/// WAL lets readers go on while the writer writes; FULL makes a commit survive a power cut; the last keeps the log small.
const PRAGMAS: &str = "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000; \
                       pragma foreign_keys = on; pragma journal_size_limit = 67108864";

/// The writer keeps the upper pages of its indexes at hand (16 MB), and moves the log into the file less often.
const WRITER_PRAGMAS: &str = "pragma cache_size = -16000; pragma wal_autocheckpoint = 4000";

/// How long a node waits for another one's migrations: a large table takes its time.
const PATIENTLY: &str = "pragma busy_timeout = 60000";
/// Nothing hangs: whoever waits longer for an answer or for a lock is told that the database is not there now.
const LIMITS: &str =
    "set statement_timeout = '10s'; set lock_timeout = '5s'; set idle_in_transaction_session_timeout = '30s'";

/// A migration may take as long as it takes, and wait for another server's.
const NO_LIMITS: &str = "set statement_timeout = 0; set lock_timeout = 0";

const NEWEST: &str = "select max(version) from _sqlx_migrations";

/// The kinds of database, told by the address.
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
            let path = path.split('?').next().unwrap_or_default();
            return (!path.is_empty()).then(|| Self::Sqlite(PathBuf::from(path)));
        }
        (url.starts_with("postgres://") || url.starts_with("postgresql://")).then_some(Self::Postgres)
    }
}

impl Store {
    /// Connects to a database that exists. Its schema is not looked at: see [`Store::migrate`].
    ///
    /// # Errors
    /// `Unavailable` when the address is not understood or nothing answers there.
    pub async fn open(url: &str) -> Result<Self, Error> {
        sqlx::any::install_default_drivers();
        match Location::of(url) {
            Some(Location::Sqlite(path)) => sqlite(&path).await,
            Some(Location::Postgres) => postgres(url).await,
            None => Err(Error::unavailable("the address is neither sqlite:PATH nor postgres://…")),
        }
    }

    /// Makes an empty SQLite file with mode 0600 if there is none (no schema yet). Does nothing on PostgreSQL.
    ///
    /// # Errors
    /// `Unavailable` when the file or its folder cannot be made.
    pub fn create(url: &str) -> Result<(), Error> {
        let Some(Location::Sqlite(path)) = Location::of(url) else { return Ok(()) };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| Error::unavailable(&error.to_string()))?;
        }
        private_file(&path).map_err(|error| Error::unavailable(&error.to_string()))
    }

    /// Brings the schema up to date; refuses a database that a newer version has migrated. Of several nodes that do it at once
    /// one does it, and the others wait and find it done.
    ///
    /// # Errors
    /// `Unavailable` with the reason.
    pub async fn migrate(&self) -> Result<(), Error> {
        let done = match &self.writer {
            Writer::Pool(pool, _) => migrate_server(pool.acquire().await?.detach()).await,
            Writer::Queue(_) => migrate_file(self.readers.acquire().await?.detach()).await,
        };
        done.map_err(|error| Error::unavailable(&format!("migration: {error}")))
    }

    /// How many migrations there are: as many as an empty database lacks.
    #[must_use]
    pub fn known_migrations() -> usize {
        MIGRATIONS.iter().count()
    }

    /// How many migrations the database still lacks.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer, or a newer version has migrated it.
    pub async fn pending_migrations(&self) -> Result<usize, Error> {
        // A database without that table has had none.
        let newest: Result<Option<i64>, _> = sqlx::query_scalar(NEWEST).fetch_one(&self.readers).await;
        let newest = match newest {
            Ok(newest) => newest.unwrap_or(0),
            Err(sqlx::Error::Database(_)) => 0,
            Err(error) => return Err(error.into()),
        };
        let known = MIGRATIONS.iter().map(|migration| migration.version);
        if newest > known.clone().max().unwrap_or(0) {
            return Err(Error::unavailable("a newer version of Jeton has migrated this database; run that version"));
        }
        Ok(known.filter(|version| *version > newest).count())
    }

    /// Closes the connections; SQLite's writer ends with the last handle to it.
    pub async fn close(&self) {
        self.readers.close().await;
        if let Writer::Pool(pool, _) = &self.writer {
            pool.close().await;
        }
    }
}

/// One server after the other, by an advisory lock of the migrator's own.
async fn migrate_server(mut connection: AnyConnection) -> Result<(), MigrateError> {
    connection.execute(NO_LIMITS).await?;
    MIGRATIONS.run_direct(None, &mut connection, false).await?;
    connection.close().await?;
    Ok(())
}

/// SQLite knows no lock but that of a transaction that will write: one around all the migrations lets the others wait.
async fn migrate_file(mut connection: AnyConnection) -> Result<(), MigrateError> {
    connection.execute(PATIENTLY).await?;
    let mut all = connection.begin_with("begin immediate").await?;
    MIGRATIONS.run_direct(None, &mut *all, false).await?;
    all.commit().await?;
    connection.close().await?;
    Ok(())
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

async fn sqlite(path: &std::path::Path) -> Result<Store, Error> {
    let options = sqlite_options(path)?;
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
    let changes = Changes::default();
    Ok(Store::new(readers, Writer::queue(connection, changes.clone()), Memory::new(changes)))
}

/// One connection outside the pool. The schema is not looked at.
pub(super) async fn connection(url: &str) -> Result<AnyConnection, Error> {
    sqlx::any::install_default_drivers();
    match Location::of(url) {
        Some(Location::Sqlite(path)) => {
            let mut connection = AnyConnection::connect_with(&sqlite_options(&path)?).await?;
            connection.execute(PRAGMAS).await?;
            Ok(connection)
        }
        Some(Location::Postgres) => {
            let options = url.parse::<AnyConnectOptions>()?.disable_statement_logging();
            Ok(AnyConnection::connect_with(&options).await?)
        }
        None => Err(Error::unavailable("the address is neither sqlite:PATH nor postgres://…")),
    }
}

fn sqlite_options(path: &std::path::Path) -> Result<AnyConnectOptions, Error> {
    let absolute = std::path::absolute(path).map_err(|error| Error::unavailable(&error.to_string()))?;
    // Percent-encoded, since the path may hold what a URL takes for its own marks; the driver decodes it.
    let mut url = String::from("sqlite://");
    for byte in absolute.to_string_lossy().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => url.push(char::from(byte)),
            other => url.push_str(&format!("%{other:02X}")),
        }
    }
    url.push_str("?mode=rw");
    Ok(url.parse::<AnyConnectOptions>()?.disable_statement_logging())
}

async fn postgres(url: &str) -> Result<Store, Error> {
    let options = url.parse::<AnyConnectOptions>()?.disable_statement_logging();
    // Two pools: writes that wait for each other must not keep anybody from reading.
    let readers = postgres_pool(READERS).connect_with(options.clone()).await?;
    let changes = Changes::default();
    let writer = Writer::Pool(postgres_pool(WRITERS).connect_lazy_with(options), changes.clone());
    Ok(Store::new(readers, writer, Memory::new(changes)))
}

/// So many connections, none of which waits for ever.
pub(super) fn postgres_pool(connections: u32) -> AnyPoolOptions {
    AnyPoolOptions::new().max_connections(connections).acquire_timeout(WAIT).after_connect(|connection, _| {
        Box::pin(async move {
            connection.execute(LIMITS).await?;
            Ok(())
        })
    })
}
