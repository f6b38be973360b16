//! The differences between the kinds of database: how to take a snapshot, how to lock out other
//! writers, and how to recognise the same database behind two addresses.

use super::dialect::is_postgres;
use super::error::{CopyError, Side};
use std::path::Path;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Connection, Executor, Row, Transaction};

use super::known::Known;
use crate::store::obstacle::{Obstacle, Obstructed};
use crate::store::open::{self, Location};

/// Connection timeout, after which a database counts as unreachable.
const PATIENCE: Duration = Duration::from_secs(8);

/// A page cache of 64 MiB: all rows are one transaction, and each belongs to several indexes.
const ROOM: &str = "pragma cache_size = -65536";

/// The operator's timeouts for short requests do not apply to a copy; the lock timeout does.
const PATIENT: &str = "set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; \
                       set local lock_timeout = '5s'";

/// `Jeto`: the first half of an advisory lock's key; the second is the process id of the PostgreSQL
/// backend.
const CLASS: i32 = 0x4a65_746f;

/// How a schema compares with that of this version.
pub enum Schema {
    None,
    Older,
    Current,
    Newer,
}

/// Identifies a database on PostgreSQL: the key of an advisory lock that the source holds, and the
/// schema.
pub struct SnapshotMark {
    process: i32,
    schema: Option<String>,
}

/// Opens a connection.
pub async fn open(side: Side, url: &str) -> Result<AnyConnection, CopyError> {
    let opened = tokio::time::timeout(PATIENCE, open::connection(url)).await;
    let silent = || Obstructed::new(Obstacle::Silent, "it did not answer in time");
    let opened = opened.unwrap_or_else(|_| Err(silent()));
    let mut connection = opened.map_err(|obstructed| CopyError::Unreachable(side, obstructed))?;
    if !is_postgres(&connection) {
        connection.execute(ROOM).await.map_err(side.failed(None))?;
    }
    Ok(connection)
}

/// Compares the schema with that of this version.
pub async fn schema(connection: &mut AnyConnection, migrations: &Migrator) -> Result<Schema, sqlx::Error> {
    let newest = match sqlx::query_scalar("select max(version) from _sqlx_migrations").fetch_one(connection).await {
        Ok(newest) => newest,
        // The table of migrations does not exist.
        Err(sqlx::Error::Database(error)) if !matches!(error.code().as_deref(), Some("5" | "517")) => None,
        Err(error) => return Err(error),
    };
    let known = migrations.iter().map(|migration| migration.version).max();
    Ok(match newest {
        None::<i64> => Schema::None,
        newest if newest == known => Schema::Current,
        newest if newest < known => Schema::Older,
        _ => Schema::Newer,
    })
}

/// Creates the tables of a target that has none.
pub async fn make_tables(target: &mut AnyConnection, migrations: &Migrator) -> Result<(), CopyError> {
    match schema(target, migrations).await.map_err(Side::Target.failed(None))? {
        Schema::None => migrations.run(target).await.map_err(|error| CopyError::Failed {
            side: Side::Target,
            table: None,
            why: error.to_string(),
        }),
        Schema::Current => Ok(()),
        Schema::Older => Err(CopyError::Older(Side::Target)),
        Schema::Newer => Err(CopyError::Newer(Side::Target)),
    }
}

/// A transaction that reads one snapshot and locks out other writers.
pub async fn snapshot<'c>(source: &'c mut AnyConnection, known: &Known) -> Result<Transaction<'c, Any>, sqlx::Error> {
    if !is_postgres(source) {
        return source.begin_with("begin immediate").await;
    }
    let mut from = source.begin_with("begin isolation level repeatable read").await?;
    // The locks come first: the snapshot is taken by the first statement after them.
    let sql = format!("{PATIENT}; lock table {} in share mode; set transaction read only", known.names());
    from.execute(AssertSqlSafe(sql)).await?;
    Ok(from)
}

/// Begins the transaction that fills the target.
pub async fn begin(target: &mut AnyConnection) -> Result<Transaction<'_, Any>, sqlx::Error> {
    let how = if is_postgres(target) { "begin" } else { "begin immediate" };
    target.begin_with(how).await
}

/// Locks the target against other writers. On SQLite the transaction itself does.
pub async fn hold(to: &mut AnyConnection, known: &Known) -> Result<(), sqlx::Error> {
    if is_postgres(to) {
        let sql = format!("{PATIENT}; lock table {} in exclusive mode", known.names());
        to.execute(AssertSqlSafe(sql)).await?;
    }
    Ok(())
}

/// Runs `analyze` on PostgreSQL, rather than waiting minutes for autovacuum.
pub async fn measure(to: &mut AnyConnection, known: &Known) -> Result<(), sqlx::Error> {
    if is_postgres(to) {
        to.execute(AssertSqlSafe(format!("analyze {}", known.names()))).await?;
    }
    Ok(())
}

/// Marks the source with an advisory lock. `None` on SQLite, where files are compared.
pub async fn insert_mark(from: &mut AnyConnection) -> Result<Option<SnapshotMark>, sqlx::Error> {
    if !is_postgres(from) {
        return Ok(None);
    }
    let sql = "select pg_backend_pid() as process, current_schema()::text as schema, \
               pg_try_advisory_xact_lock($1, pg_backend_pid()) as marked";
    let row = sqlx::query(sql).bind(CLASS).fetch_one(from).await?;
    Ok(Some(SnapshotMark { process: row.try_get("process")?, schema: row.try_get("schema")? }))
}

/// Whether this database holds the mark, by any host name or address of the server.
pub async fn has_mark(to: &mut AnyConnection, insert_mark: &SnapshotMark) -> Result<bool, sqlx::Error> {
    if !is_postgres(to) {
        return Ok(false);
    }
    let sql = "select current_schema()::text as schema, pg_try_advisory_xact_lock($1, $2) as free";
    let row = sqlx::query(sql).bind(CLASS).bind(insert_mark.process).fetch_one(to).await?;
    Ok(!row.try_get::<bool, _>("free")? && row.try_get::<Option<String>, _>("schema")? == insert_mark.schema)
}

/// Whether two addresses name one file, by any path.
pub fn is_same_file(one: &str, other: &str) -> bool {
    let (Some(Location::Sqlite(one)), Some(Location::Sqlite(other))) = (Location::of(one), Location::of(other)) else {
        return false;
    };
    match (identity(&one), identity(&other)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|found| (found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<std::path::PathBuf> {
    std::fs::canonicalize(path).ok()
}
