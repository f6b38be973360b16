//! Tables, columns and values as the copy sees them.

use super::digest::Sum;

/// A table.
#[derive(Debug)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    /// The primary key, as indexes of columns.
    pub key: Vec<usize>,
    /// What the migrations put into it.
    pub seed: Sum,
}

/// A column.
#[derive(Debug)]
pub struct Column {
    pub name: String,
    pub kind: Kind,
}

/// The only two kinds of columns in our schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
}

impl Table {
    /// The name as SQL takes it.
    pub fn quoted(&self) -> String {
        quoted(&self.name)
    }
}

impl Column {
    /// The name as SQL takes it.
    pub fn quoted(&self) -> String {
        quoted(&self.name)
    }
}

/// PostgreSQL has `position` among its own words, and others may follow.
fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}
