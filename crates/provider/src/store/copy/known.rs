//! The tables of this version, read from an in-memory database that the migrations have just
//! created.

use super::error::{CopyError, Side};
use sqlx::migrate::Migrator;
use sqlx::{AnyConnection, Connection};

use super::digest::Sum;
use super::rows;
use super::table::{Column, Kind, Table};
use crate::store::row;

const TABLES: &str = "select name from sqlite_master \
                      where type = 'table' and substr(name, 1, 7) <> 'sqlite_' and name <> '_sqlx_migrations' order by name";
const COLUMNS: &str = "select name, lower(type) as type, pk from pragma_table_info($1) order by cid";
const REFERENCES: &str = r#"select distinct "table" as name from pragma_foreign_key_list($1)"#;

/// The tables, each after those that it references.
pub struct Known {
    pub tables: Vec<Table>,
}

impl Known {
    /// Reads the tables that these migrations create.
    pub async fn read(migrations: &Migrator) -> Result<Self, CopyError> {
        let failed = |why: String| CopyError::Failed { side: Side::Source, table: None, why };
        sqlx::any::install_default_drivers();
        let mut fresh = AnyConnection::connect("sqlite::memory:").await.map_err(|error| failed(error.to_string()))?;
        migrations.run(&mut fresh).await.map_err(|error| failed(error.to_string()))?;
        let tables = tables(&mut fresh).await.map_err(|error| failed(error.to_string()))?;
        let tables = sorted(tables).ok_or_else(|| failed("tables refer to each other in a circle".to_owned()))?;
        Ok(Self { tables })
    }

    /// The names of all tables, quoted, separated by commas.
    pub fn names(&self) -> String {
        self.tables.iter().map(Table::quoted).collect::<Vec<_>>().join(", ")
    }
}

/// A table and the names of those that it references.
type Referring = (Table, Vec<String>);

async fn tables(fresh: &mut AnyConnection) -> Result<Vec<Referring>, crate::Error> {
    let mut tables = Vec::new();
    for found in sqlx::query(TABLES).fetch_all(&mut *fresh).await? {
        let name = row::text(&found, "name")?;
        let (columns, key) = columns(fresh, &name).await?;
        let mut table = Table { name, columns, key, seed: Sum::default() };
        table.seed = rows::sum(fresh, &table, None).await?;
        let references = sqlx::query(REFERENCES).bind(table.name.clone()).fetch_all(&mut *fresh).await?;
        let references = references.iter().map(|found| row::text(found, "name")).collect::<Result<_, _>>()?;
        tables.push((table, references));
    }
    Ok(tables)
}

async fn columns(fresh: &mut AnyConnection, table: &str) -> Result<(Vec<Column>, Vec<usize>), crate::Error> {
    let (mut columns, mut key) = (Vec::new(), Vec::new());
    for found in sqlx::query(COLUMNS).bind(table.to_owned()).fetch_all(fresh).await? {
        let (name, place) = (row::text(&found, "name")?, row::int(&found, "pk")?);
        let kind = match row::text(&found, "type")?.as_str() {
            "text" => Kind::Text,
            "bigint" => Kind::Number,
            // A sequence, for example, would have to be set in the target too.
            other => return Err(crate::Error::Internal(format!("{table}.{name} is of the type {other}"))),
        };
        if place > 0 {
            key.push((place, columns.len()));
        }
        columns.push(Column { name, kind });
    }
    key.sort_unstable();
    if key.is_empty() {
        return Err(crate::Error::Internal(format!("{table} has no primary key")));
    }
    Ok((columns, key.into_iter().map(|(_, index)| index).collect()))
}

/// Topological sort: each table after those that it references; `None` for a cycle.
fn sorted(mut left: Vec<Referring>) -> Option<Vec<Table>> {
    let mut done: Vec<Table> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let is_done = |name: &String| done.iter().any(|table| table.name == *name);
        let next = left.iter().position(|(_, references)| references.iter().all(is_done))?;
        done.push(left.remove(next).0);
    }
    Some(done)
}
