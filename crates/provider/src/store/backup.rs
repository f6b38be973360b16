//! SQLite backups: a database as one file, written from a snapshot while others read and write,
//! checked before it replaces a database, and compared with the database that would be lost.

use std::path::Path;

use sqlx::{AnyConnection, ConnectOptions, Connection};

use super::copy::{Known, Table, sum};
use super::file_guard::beside;
use super::identity::{self, KeyFit};
use super::obstacle::{Obstacle, Obstructed};
use super::open::sqlite_options;
use super::schema::{MIGRATIONS, pending};
use super::writer::lost;
use crate::key::SecretKey;

/// For a file without a writer: SQLite neither locks it nor creates files next to it.
const STILL: &str = "?mode=ro&immutable=true";

/// For a file that other processes may have open, or that has a write-ahead log.
const LIVE: &str = "?mode=rw";

/// Backups of SQLite databases.
#[derive(Clone, Copy, Debug)]
pub struct Backup;

/// Why a file cannot replace a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotRestorable {
    /// SQLite's integrity check finds faults in it.
    Damaged(String),
    /// It has no tables of Jeton.
    NoTables,
    /// A newer version has migrated it.
    Newer,
    /// It belongs to another secret key.
    OtherKey,
}

impl Backup {
    /// Writes a snapshot of a database into another, empty file, without a write-ahead log. Others
    /// may read and write meanwhile.
    ///
    /// # Errors
    /// Why the database or the file cannot be used.
    pub async fn make(database: &Path, to: &Path) -> Result<(), Obstructed> {
        snapshot(connect(database, LIVE).await?, to).await
    }

    /// [`Backup::make`] from a file that no server uses. If the file has no write-ahead log, none
    /// is created.
    ///
    /// # Errors
    /// Why either file cannot be used.
    pub async fn copy(file: &Path, to: &Path) -> Result<(), Obstructed> {
        let has_log = ["-wal", "-journal"].iter().any(|tail| beside(file, tail).exists());
        snapshot(connect(file, if has_log { LIVE } else { STILL }).await?, to).await
    }

    /// Reads a whole file that has no writer: whether it is undamaged, and a database of Jeton
    /// under this key.
    ///
    /// # Errors
    /// Why the file cannot be read.
    pub async fn examine(file: &Path, key: &SecretKey) -> Result<Result<(), NotRestorable>, Obstructed> {
        let mut connection = connect(file, STILL).await?;
        let found = examined(&mut connection, key).await;
        let _ = connection.close().await;
        found
    }

    /// Whether SQLite finds no fault in the database of this file, which no other process has open.
    ///
    /// # Errors
    /// Why the file cannot be read.
    pub async fn is_sound(file: &Path) -> Result<bool, Obstructed> {
        let mut connection = connect(file, LIVE).await?;
        let sound = matches!(faults(&mut connection).await, Ok(None));
        match sound {
            true => drop(connection.close().await),
            // Closing checkpoints the log and restores the file's length with holes, which the next
            // check would not detect.
            false => lost::leave_open(connection),
        }
        Ok(sound)
    }

    /// Checkpoints the log into the file: afterwards opening and closing the database does not
    /// change the file.
    ///
    /// # Errors
    /// Why the file cannot be used.
    pub async fn settle(database: &Path) -> Result<(), Obstructed> {
        let mut connection = connect(database, LIVE).await?;
        let flush = sqlx::query("pragma wal_checkpoint(truncate)").execute(&mut connection).await;
        let _ = connection.close().await;
        Ok(flush.map(drop)?)
    }

    /// Something that this database holds and the backup does not: the name of a table, or what
    /// makes it impossible to tell. `None`: replacing the database loses nothing. Other writers are
    /// locked out until this is known.
    ///
    /// # Errors
    /// Why the database cannot be read.
    pub async fn lacks(database: &Path, backup: &Path) -> Result<Option<String>, Obstructed> {
        let (mut old, mut new) = (connect(database, LIVE).await?, connect(backup, STILL).await?);
        let found = compared(&mut old, &mut new).await;
        let _ = (old.close().await, new.close().await);
        found
    }
}

async fn connect(file: &Path, mode: &str) -> Result<AnyConnection, sqlx::Error> {
    sqlx::any::install_default_drivers();
    sqlite_options(file, mode)?.connect().await
}

async fn snapshot(mut from: AnyConnection, to: &Path) -> Result<(), Obstructed> {
    let Some(path) = to.to_str().map(str::to_owned) else {
        return Err(Obstructed::new(Obstacle::Other, "the path is not UTF-8"));
    };
    let made = sqlx::query("vacuum into $1").bind(path).execute(&mut from).await;
    let _ = from.close().await;
    Ok(made.map(drop)?)
}

async fn examined(connection: &mut AnyConnection, key: &SecretKey) -> Result<Result<(), NotRestorable>, Obstructed> {
    if let Some(fault) = faults(connection).await? {
        return Ok(Err(NotRestorable::Damaged(fault)));
    }
    match pending(connection).await {
        Ok(lacking) if lacking == MIGRATIONS.iter().count() => return Ok(Err(NotRestorable::NoTables)),
        Err(Obstructed { obstacle: Obstacle::Newer, .. }) => return Ok(Err(NotRestorable::Newer)),
        other => other?,
    };
    let fit = if has_table(connection, "identity").await? {
        identity::fit(connection, key).await
    } else if has_table(connection, "signing_keys").await? {
        identity::fit_of_signing_keys(connection, key).await
    } else {
        Ok(KeyFit::Unnamed)
    };
    let fit = fit.map_err(|error| Obstructed::new(Obstacle::Other, &error.to_string()))?;
    Ok(if fit == KeyFit::Differs { Err(NotRestorable::OtherKey) } else { Ok(()) })
}

/// The first fault that SQLite finds.
async fn faults(connection: &mut AnyConnection) -> Result<Option<String>, sqlx::Error> {
    let answer: Result<String, _> = sqlx::query_scalar("pragma integrity_check(1)").fetch_one(connection).await;
    match answer {
        Ok(answer) => Ok((answer != "ok").then_some(answer)),
        Err(error) if Obstacle::of(&error) == Obstacle::Malformed => Ok(Some(error.to_string())),
        Err(error) => Err(error),
    }
}

async fn has_table(connection: &mut AnyConnection, name: &str) -> Result<bool, sqlx::Error> {
    let sql = "select count(*) as tables from sqlite_master where type = 'table' and name = $1";
    let tables: i64 = sqlx::query_scalar(sql).bind(name.to_owned()).fetch_one(connection).await?;
    Ok(tables > 0)
}

/// Compares within one transaction of the old database that locks out other writers: a write to a
/// table whose digest is already computed would go unnoticed.
async fn compared(old: &mut AnyConnection, new: &mut AnyConnection) -> Result<Option<String>, Obstructed> {
    let mut held = old.begin_with("begin immediate").await?;
    let found = difference(&mut held, new).await;
    let _ = held.rollback().await;
    found
}

async fn difference(old: &mut AnyConnection, new: &mut AnyConnection) -> Result<Option<String>, Obstructed> {
    match pending(old).await {
        Ok(lacking) if lacking == MIGRATIONS.iter().count() => return Ok(None),
        Ok(0) if pending(new).await? == 0 => {}
        Ok(_) | Err(Obstructed { obstacle: Obstacle::Newer, .. }) => return Ok(Some("the schema".to_owned())),
        Err(error) => return Err(error),
    }
    let known = Known::read(&MIGRATIONS).await.map_err(|error| Obstructed::new(Obstacle::Other, &error.to_string()))?;
    for table in &known.tables {
        if holds(old, table).await? != holds(new, table).await? {
            return Ok(Some(table.name.clone()));
        }
    }
    Ok(None)
}

async fn holds(connection: &mut AnyConnection, table: &Table) -> Result<(u64, String), sqlx::Error> {
    let found = sum(connection, table, None).await?;
    Ok((found.rows, found.sha256))
}
