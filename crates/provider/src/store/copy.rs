//! Copies a whole database into an empty one, of the same kind or the other: every table that the
//! migrations create, in one snapshot of the source and in one transaction of the target.
//!
//! Tables and columns are read from a database that the migrations have just created ([`Known`]),
//! so that no migration can be missed here.

mod dialect;
mod digest;
mod error;
mod known;
mod rows;
mod side;
mod table;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
mod value;

use sqlx::{AnyConnection, Connection};

use self::digest::Sum;
pub use self::error::{CopyError, Side};
pub use self::known::Known;
pub use self::rows::sum;
pub use self::table::Table;
use super::schema::MIGRATIONS;

/// The outcome for a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopiedTable {
    /// The table.
    pub name: String,
    /// How many rows were read from the source.
    pub rows: u64,
    /// The SHA-256 of these rows in the order of their primary key, in lower-case hexadecimal.
    pub sha256: String,
    /// Row count and SHA-256 of what the target holds, if verified.
    pub found: Option<(u64, String)>,
}

impl CopiedTable {
    /// Whether verification found other rows in the target than were read.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.found.as_ref().is_some_and(|(rows, sha256)| (*rows, sha256) != (self.rows, &self.sha256))
    }
}

/// A database that can be copied: it is reachable and has the schema of this version.
pub struct CopySource {
    url: String,
    connection: AnyConnection,
    known: Known,
}

impl CopySource {
    /// Connects to a database and checks its schema. Changes nothing.
    ///
    /// # Errors
    /// `Unreachable`, `NoTables`, `Older`, `Newer`.
    pub async fn open(url: &str) -> Result<Self, CopyError> {
        let mut connection = side::open(Side::Source, url).await?;
        match Self::check_schema(&mut connection).await {
            Ok(known) => Ok(Self { url: url.to_owned(), connection, known }),
            Err(error) => {
                let _ = connection.close().await;
                Err(error)
            }
        }
    }

    async fn check_schema(connection: &mut AnyConnection) -> Result<Known, CopyError> {
        match side::schema(connection, &MIGRATIONS).await.map_err(Side::Source.failed(None))? {
            side::Schema::None => Err(CopyError::NoTables),
            side::Schema::Older => Err(CopyError::Older(Side::Source)),
            side::Schema::Newer => Err(CopyError::Newer(Side::Source)),
            side::Schema::Current => Known::read(&MIGRATIONS).await,
        }
    }

    /// Copies everything into an empty database, whose tables are created if it has none. Both
    /// databases are locked against other writers until it is done. With `verify` the target is
    /// read back; if anything differs ([`CopiedTable::differs`]), the transaction rolls back.
    ///
    /// # Errors
    /// Any of [`CopyError`] but `NoTables`; the target is empty then, or unchanged.
    pub async fn copy_to(mut self, url: &str, verify: bool) -> Result<Vec<CopiedTable>, CopyError> {
        let copied = self.fill(url, verify).await;
        // The commit is durable, even if closing the connection fails.
        let _ = self.connection.close().await;
        copied
    }

    async fn fill(&mut self, url: &str, verify: bool) -> Result<Vec<CopiedTable>, CopyError> {
        if side::is_same_file(&self.url, url) {
            return Err(CopyError::Same);
        }
        let mut target = side::open(Side::Target, url).await?;
        let copied = match side::make_tables(&mut target, &MIGRATIONS).await {
            Ok(()) => transfer(&mut self.connection, &mut target, &self.known, verify).await,
            Err(error) => Err(error),
        };
        let _ = target.close().await;
        copied
    }
}

/// The copy between two databases with the same tables.
async fn transfer(
    source: &mut AnyConnection,
    target: &mut AnyConnection,
    known: &Known,
    verify: bool,
) -> Result<Vec<CopiedTable>, CopyError> {
    let mut from = side::snapshot(source, known).await.map_err(Side::Source.failed(None))?;
    let mark = side::insert_mark(&mut from).await.map_err(Side::Source.failed(None))?;
    let mut to = side::begin(target).await.map_err(Side::Target.failed(None))?;
    if let Some(mark) = mark
        && side::has_mark(&mut to, &mark).await.map_err(Side::Target.failed(None))?
    {
        return Err(CopyError::Same);
    }
    side::hold(&mut to, known).await.map_err(Side::Target.failed(None))?;
    clear(&mut to, known).await?;
    let copied = fill(&mut from, &mut to, known, verify).await?;
    let done = match copied.iter().any(CopiedTable::differs) {
        true => to.rollback().await,
        false => to.commit().await,
    };
    done.map_err(Side::Target.failed(None))?;
    // Nothing was written to the source.
    let _ = from.rollback().await;
    Ok(copied)
}

/// Deletes the rows that the migrations inserted; refuses a table with any other rows.
async fn clear(to: &mut AnyConnection, known: &Known) -> Result<(), CopyError> {
    for table in &known.tables {
        let most = table.seed.rows + 1;
        let found = sum(to, table, Some(most)).await.map_err(Side::Target.failed(Some(table)))?;
        if found != Sum::default() && found != table.seed {
            return Err(CopyError::Occupied(table.name.clone()));
        }
    }
    for table in known.tables.iter().rev().filter(|table| table.seed.rows > 0) {
        rows::delete(to, table).await.map_err(Side::Target.failed(Some(table)))?;
    }
    Ok(())
}

async fn fill(
    from: &mut AnyConnection,
    to: &mut AnyConnection,
    known: &Known,
    verify: bool,
) -> Result<Vec<CopiedTable>, CopyError> {
    let mut copied = Vec::with_capacity(known.tables.len());
    for table in &known.tables {
        let Sum { rows, sha256 } = rows::copy(from, to, table).await?;
        copied.push(CopiedTable { name: table.name.clone(), rows, sha256, found: None });
    }
    if verify {
        for (table, copied) in known.tables.iter().zip(&mut copied) {
            let found = sum(to, table, None).await.map_err(Side::Target.failed(Some(table)))?;
            copied.found = Some((found.rows, found.sha256));
        }
    }
    side::measure(to, known).await.map_err(Side::Target.failed(None))?;
    Ok(copied)
}
