//! Copies rows from one connection to another, in chunks of bounded size.

use super::error::{CopyError, Side};
use super::table::{Kind, Table};
use futures_util::TryStreamExt;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Executor, Row};

use super::dialect::{is_postgres, is_unstorable};
use super::digest::{Digest, Sum};
use super::value::Value;

/// How many values, and about how many bytes, one statement carries. Both databases accept more.
const VALUES: usize = 4096;
const BYTES: usize = 1 << 20;

/// Copies a table; returns the digest of what was read.
pub async fn copy(from: &mut AnyConnection, to: &mut AnyConnection, table: &Table) -> Result<Sum, CopyError> {
    let (broken, refused) = (Side::Source.failed(Some(table)), Side::Target.failed(Some(table)));
    let sql = select(table, is_postgres(from));
    let mut found = sqlx::query(AssertSqlSafe(sql)).fetch(from);
    let (mut digest, mut chunk) = (Digest::default(), Chunk::new(table));
    while let Some(row) = found.try_next().await.map_err(&broken)? {
        let values = values(&row, table).map_err(&broken)?;
        if let Some(why) = is_unstorable(to, &values) {
            return Err(CopyError::Failed { side: Side::Source, table: Some(table.name.clone()), why: why.to_owned() });
        }
        digest.add(&values);
        chunk.push(values);
        if chunk.is_full() {
            chunk.write(to).await.map_err(&refused)?;
        }
    }
    chunk.write(to).await.map_err(&refused)?;
    Ok(digest.sum())
}

/// The digest of a table, or of its first `most` rows.
pub async fn sum(connection: &mut AnyConnection, table: &Table, most: Option<u64>) -> Result<Sum, sqlx::Error> {
    let mut sql = select(table, is_postgres(connection));
    if let Some(most) = most {
        sql.push_str(&format!(" limit {most}"));
    }
    let mut found = sqlx::query(AssertSqlSafe(sql)).fetch(connection);
    let mut digest = Digest::default();
    while let Some(row) = found.try_next().await? {
        digest.add(&values(&row, table)?);
    }
    Ok(digest.sum())
}

/// Removes every row.
pub async fn delete(connection: &mut AnyConnection, table: &Table) -> Result<(), sqlx::Error> {
    connection.execute(AssertSqlSafe(format!("delete from {}", table.quoted()))).await?;
    Ok(())
}

/// Selects all rows in the order of the primary key, compared by bytes on both databases.
fn select(table: &Table, postgres: bool) -> String {
    let order = table.key.iter().filter_map(|index| table.columns.get(*index)).map(|column| {
        // SQLite compares bytes; PostgreSQL uses the database's collation unless told otherwise.
        let collation = if postgres && column.kind == Kind::Text { " collate \"C\"" } else { "" };
        format!("{}{collation}", column.quoted())
    });
    let order: Vec<String> = order.collect();
    format!("select {} from {} order by {}", columns(table), table.quoted(), order.join(", "))
}

fn columns(table: &Table) -> String {
    table.columns.iter().map(super::table::Column::quoted).collect::<Vec<_>>().join(", ")
}

fn values(row: &AnyRow, table: &Table) -> Result<Vec<Value>, sqlx::Error> {
    let value = |(index, column): (usize, &super::table::Column)| {
        Ok(match column.kind {
            Kind::Text => Value::Text(row.try_get(index)?),
            Kind::Number => Value::Number(row.try_get(index)?),
        })
    };
    table.columns.iter().enumerate().map(value).collect()
}

/// Rows that are to be written by one statement.
struct Chunk<'t> {
    table: &'t Table,
    values: Vec<Value>,
    bytes: usize,
    /// The number of rows in a full chunk, and the statement that writes so many.
    rows: usize,
    sql: String,
}

impl<'t> Chunk<'t> {
    fn new(table: &'t Table) -> Self {
        let rows = (VALUES / table.columns.len().max(1)).max(1);
        Self { table, values: Vec::new(), bytes: 0, rows, sql: insert(table, rows) }
    }

    fn push(&mut self, row: Vec<Value>) {
        self.bytes += row.iter().map(Value::len).sum::<usize>();
        self.values.extend(row);
    }

    const fn len(&self) -> usize {
        self.values.len() / self.table.columns.len()
    }

    const fn is_full(&self) -> bool {
        self.len() >= self.rows || self.bytes >= BYTES
    }

    async fn write(&mut self, to: &mut AnyConnection) -> Result<(), sqlx::Error> {
        let rows = self.len();
        if rows == 0 {
            return Ok(());
        }
        // Only the statement of a full chunk is repeated and worth caching.
        let whole = rows == self.rows;
        let sql = if whole { self.sql.clone() } else { insert(self.table, rows) };
        let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(whole);
        for value in self.values.drain(..) {
            query = match value {
                Value::Text(text) => query.bind(text),
                Value::Number(number) => query.bind(number),
            };
        }
        self.bytes = 0;
        query.execute(to).await?;
        Ok(())
    }
}

fn insert(table: &Table, rows: usize) -> String {
    let width = table.columns.len();
    let row = |row: usize| {
        let places: Vec<String> = (1..=width).map(|column| format!("${}", row * width + column)).collect();
        format!("({})", places.join(","))
    };
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!("insert into {} ({}) values {}", table.quoted(), columns(table), rows.join(","))
}
