//! The schema: brought up to date, and looked at.

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::{AnyConnection, Connection, Executor};

use super::Store;
use super::obstacle::{Obstacle, Obstructed};
use super::writer::Writer;

/// What makes the schema, in order.
pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations");

/// How long a node waits for another one's migrations: a large table takes its time.
const PATIENTLY: &str = "pragma busy_timeout = 60000";

/// A migration may take as long as it takes, and wait for another server's.
const NO_LIMITS: &str = "set statement_timeout = 0; set lock_timeout = 0";

const APPLIED: &str = "select version from _sqlx_migrations";

impl Store {
    /// Brings the schema up to date; refuses a database that a newer version has migrated. Of several nodes that do it at once
    /// one does it, and the others wait and find it done.
    ///
    /// # Errors
    /// What stands in the way, and the reason.
    pub async fn migrate(&self) -> Result<(), Obstructed> {
        match &self.writer {
            Writer::Pool(pool, _) => migrate_server(pool.acquire().await?.detach()).await?,
            Writer::Queue(_) => migrate_file(self.readers.acquire().await?.detach()).await?,
        }
        Ok(())
    }

    /// How many migrations there are: as many as an empty database lacks.
    #[must_use]
    pub fn known_migrations() -> usize {
        MIGRATIONS.iter().count()
    }

    /// How many migrations the database still lacks.
    ///
    /// # Errors
    /// The database does not answer, does not let us look, or a newer version has migrated it.
    pub async fn pending_migrations(&self) -> Result<usize, Obstructed> {
        let mut connection = self.readers.acquire().await?;
        pending(&mut connection).await
    }
}

/// How many migrations this database lacks. One that had none has no table of them; whatever else goes wrong is told.
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

/// `undefined_table` of PostgreSQL, and SQLite's word for what is wrong with a statement, which this one always says then.
const NO_TABLE: &str = "42P01";
const NO_SUCH_TABLE: &str = "1";

/// One server after the other, by an advisory lock of the migrator's own.
async fn migrate_server(mut connection: AnyConnection) -> Result<(), MigrateError> {
    connection.execute(NO_LIMITS).await?;
    MIGRATIONS.run_direct(None, &mut connection, false).await?;
    connection.close().await?;
    Ok(())
}

/// SQLite knows no lock but that of a transaction that will write: one around all the migrations lets the others wait.
async fn migrate_file(mut connection: AnyConnection) -> Result<(), MigrateError> {
    let migrated = migrate_together(&mut connection).await;
    // Also after a fault: a connection that is only dropped may outlive the process's last look at the file.
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
