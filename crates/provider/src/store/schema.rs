//! The schema: migrated and checked.

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::{AnyConnection, Connection, Executor};

use super::Store;
use super::obstacle::{Obstacle, Obstructed};
use super::writer::Writer;

/// The migrations, in order.
pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations");

/// How long a process waits for another's migrations, since those of a large table take long.
const PATIENTLY: &str = "pragma busy_timeout = 60000";

/// Removes the time limits of a migration, and of waiting for another server's.
const NO_LIMITS: &str = "set statement_timeout = 0; set lock_timeout = 0";

const APPLIED: &str = "select version from _sqlx_migrations";

impl Store {
    /// Migrates the schema; refuses a database that a newer version has migrated. Of several
    /// processes at once, one migrates, and the others wait.
    ///
    /// # Errors
    /// The obstacle, and the database's message.
    pub async fn migrate(&self) -> Result<(), Obstructed> {
        match &self.writer {
            Writer::Pool(pool, _) => migrate_server(pool.acquire().await?.detach()).await?,
            Writer::Queue(_) => migrate_file(self.readers.acquire().await?.detach()).await?,
        }
        Ok(())
    }

    /// The number of migrations, all of which an empty database lacks.
    #[must_use]
    pub fn known_migrations() -> usize {
        MIGRATIONS.iter().count()
    }

    /// The number of migrations that the database lacks.
    ///
    /// # Errors
    /// The database does not answer, denies access, or a newer version has migrated it.
    pub async fn pending_migrations(&self) -> Result<usize, Obstructed> {
        let mut connection = self.readers.acquire().await?;
        pending(&mut connection).await
    }
}

/// The number of migrations that this database lacks. If it never had any, their table does not
/// exist; any other error is returned.
pub async fn pending(connection: &mut AnyConnection) -> Result<usize, Obstructed> {
    let applied: Result<Vec<i64>, _> = sqlx::query_scalar(APPLIED).fetch_all(connection).await;
    let applied = match applied {
        Ok(applied) => applied,
        Err(sqlx::Error::Database(error)) if matches!(error.code().as_deref(), Some(NO_TABLE | NO_SUCH_TABLE)) => {
            Vec::new()
        }
        Err(error) => return Err(error.into()),
    };
    let known = MIGRATIONS.iter().map(|migration| migration.version);
    if applied.iter().max() > known.clone().max().as_ref() {
        let why = "a newer version of Jeton has migrated this database; run that version";
        return Err(Obstructed::new(Obstacle::Newer, why));
    }
    Ok(known.filter(|version| !applied.contains(version)).count())
}

/// `undefined_table` of PostgreSQL; and SQLite's generic error code, which for this statement
/// always means a missing table.
const NO_TABLE: &str = "42P01";
const NO_SUCH_TABLE: &str = "1";

/// Runs the migrations of one server at a time, by the migrator's advisory lock.
async fn migrate_server(mut connection: AnyConnection) -> Result<(), MigrateError> {
    connection.execute(NO_LIMITS).await?;
    MIGRATIONS.run_direct(None, &mut connection, false).await?;
    connection.close().await?;
    Ok(())
}

/// SQLite has no lock except that of a write transaction: one around all migrations makes other
/// processes wait.
async fn migrate_file(mut connection: AnyConnection) -> Result<(), MigrateError> {
    let migrated = migrate_together(&mut connection).await;
    // Also after an error: a connection that is only dropped may still be open at the process's
    // last check of the file.
    connection.close().await?;
    migrated
}

async fn migrate_together(connection: &mut AnyConnection) -> Result<(), MigrateError> {
    connection.execute(PATIENTLY).await?;
    let mut all = connection.begin_with("begin immediate").await?;
    MIGRATIONS.run_direct(None, &mut *all, false).await?;
    all.commit().await?;
    Ok(())
}
