//! Tables, columns and values for the copy.

use super::digest::Sum;

/// A table.
#[derive(Debug)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    /// The primary key, as indexes of columns.
    pub key: Vec<usize>,
    /// The rows that the migrations insert.
    pub seed: Sum,
}

/// A column.
#[derive(Debug)]
pub struct Column {
    pub name: String,
    pub kind: Kind,
}

/// The only two types of columns in our schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
}

impl Table {
    /// The name, quoted for SQL.
    pub fn quoted(&self) -> String {
        quoted(&self.name)
    }
}

impl Column {
    /// The name, quoted for SQL.
    pub fn quoted(&self) -> String {
        quoted(&self.name)
    }
}

/// Quotes an identifier: `position` is a keyword of PostgreSQL, and others may follow.
fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}
