//! Optimistic batching for SQLite: a write as a list of statements, each of which must change
//! exactly one row.
//!
//! A statement by itself costs a round trip to the thread of the connection, which takes longer
//! than the statement. Batched writes go there together, as one multi-statement query. If any
//! statement does not change exactly one row, the batch rolls back and each write runs alone.

use std::collections::HashMap;
use std::sync::Arc;

use futures_util::TryStreamExt;
use sqlx::any::AnyArguments;
use sqlx::{AnyConnection, Arguments, AssertSqlSafe, Either, Executor};

use crate::error::Error;

/// Statements in one query: as many results as the driver buffers without waiting for its reader.
const MAX_STATEMENTS: usize = 48;

/// A parameter of a statement: all columns are integers or texts.
#[derive(Clone, Debug)]
pub enum Value {
    /// An integer, or null.
    Int(Option<i64>),
    /// A text, or null.
    Text(Option<String>),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}

impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(Some(value.to_owned()))
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(Some(value))
    }
}

impl From<Option<String>> for Value {
    fn from(value: Option<String>) -> Self {
        Self::Text(value)
    }
}

/// A statement with the values of its parameters `$1`, `$2` and so on.
#[derive(Clone, Debug)]
pub struct Statement {
    sql: &'static str,
    values: Vec<Value>,
}

impl Statement {
    /// With as many values as the statement has parameters.
    pub fn new<const N: usize>(sql: &'static str, values: [Value; N]) -> Self {
        Self::of(sql, values.into())
    }

    /// The same, from a list.
    pub fn of(sql: &'static str, values: Vec<Value>) -> Self {
        debug_assert_eq!(numbered(&mut String::new(), sql, 0), values.len(), "{sql}");
        Self { sql, values }
    }

    /// Runs it alone; how many rows it changed.
    pub async fn execute(self, connection: &mut AnyConnection) -> Result<u64, Error> {
        let mut arguments = AnyArguments::default();
        add(&mut arguments, self.values)?;
        Ok(sqlx::query_with(self.sql, arguments).execute(connection).await?.rows_affected())
    }
}

fn add(arguments: &mut AnyArguments, values: Vec<Value>) -> Result<(), sqlx::Error> {
    for value in values {
        let added = match value {
            Value::Int(value) => arguments.add(value),
            Value::Text(value) => arguments.add(value),
        };
        added.map_err(sqlx::Error::Encode)?;
    }
    Ok(())
}

/// The statements of one write, in order.
pub type Statements = Vec<Statement>;

/// The SQL of a write's statements: writes of one shape share a query.
type Shape = Vec<&'static str>;

/// The multi-statement queries that were built so far. There are few: the shapes are constants of
/// the code, and batch sizes are powers of two.
#[derive(Debug, Default)]
pub struct QueryTexts(HashMap<(Shape, usize), Arc<str>>);

impl QueryTexts {
    fn of(&mut self, shape: &Shape, times: usize) -> Arc<str> {
        let text = self.0.entry((shape.clone(), times));
        text.or_insert_with(|| multi_statement(shape, times).into()).clone()
    }
}

/// The statements repeated so many times, each with parameters of its own.
fn multi_statement(shape: &[&str], times: usize) -> String {
    let mut text = String::new();
    let mut values = 0;
    for sql in std::iter::repeat_n(shape, times).flatten() {
        values += numbered(&mut text, sql, values);
        text.push(';');
    }
    text
}

/// Appends a statement whose parameters are renumbered from `before`; returns how many it has.
fn numbered(text: &mut String, sql: &str, before: usize) -> usize {
    let mut parts = sql.split('$');
    text.push_str(parts.next().unwrap_or_default());
    let mut most = 0;
    for part in parts {
        let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number: usize = part[..digits].parse().unwrap_or_default();
        most = most.max(number);
        text.push_str(&format!("${}{}", before + number, &part[digits..]));
    }
    most
}

/// Runs these writes inside the transaction; whether each statement changed exactly one row. If
/// not, the caller rolls back.
pub async fn run_all(
    connection: &mut AnyConnection,
    texts: &mut QueryTexts,
    writes: impl Iterator<Item = Statements>,
) -> Result<bool, sqlx::Error> {
    let mut shapes: Vec<(Shape, Vec<Statements>)> = Vec::new();
    for statements in writes {
        let is_same = |(shape, _): &&mut (Shape, Vec<Statements>)| {
            shape.iter().copied().eq(statements.iter().map(|statement| statement.sql))
        };
        match shapes.iter_mut().find(is_same) {
            Some((_, same)) => same.push(statements),
            None => shapes.push((statements.iter().map(|statement| statement.sql).collect(), vec![statements])),
        }
    }
    for (shape, mut writes) in shapes {
        while !writes.is_empty() {
            let rest = writes.split_off(batch_size(shape.len(), writes.len()));
            if !run(connection, texts.of(&shape, writes.len()), writes, shape.len()).await? {
                return Ok(false);
            }
            writes = rest;
        }
    }
    Ok(true)
}

/// How many of these writes go into the next query: a power of two, so that few queries are cached.
fn batch_size(statements_each: usize, writes: usize) -> usize {
    let most = (MAX_STATEMENTS / statements_each.max(1)).clamp(1, writes.max(1));
    1 << most.ilog2()
}

async fn run(
    connection: &mut AnyConnection,
    text: Arc<str>,
    writes: Vec<Statements>,
    statements_each: usize,
) -> Result<bool, sqlx::Error> {
    let wanted = writes.len() * statements_each;
    let mut arguments = AnyArguments::default();
    for statement in writes.into_iter().flatten() {
        add(&mut arguments, statement.values)?;
    }
    // The text consists of constant statements and nothing else: values are only ever bound.
    let query = sqlx::query_with(AssertSqlSafe(text), arguments);
    let mut answers = connection.fetch_many(query);
    let (mut changed, mut all) = (0, true);
    while let Some(answer) = answers.try_next().await? {
        if let Either::Left(done) = answer {
            changed += 1;
            all &= done.rows_affected() == 1;
        }
    }
    Ok(all && changed == wanted)
}

#[cfg(test)]
mod tests {
    use super::{batch_size, multi_statement, numbered};

    #[test]
    fn parameters_are_numbered_on_from_statement_to_statement() {
        let text = multi_statement(&["update a set b = $2 where c = $1 and d < $2", "insert into e values ($1)"], 2);
        assert_eq!(
            text,
            "update a set b = $2 where c = $1 and d < $2;insert into e values ($3);\
             update a set b = $5 where c = $4 and d < $5;insert into e values ($6);"
        );
        let mut text = String::new();
        assert_eq!(numbered(&mut text, "commit", 7), 0);
        assert_eq!(numbered(&mut text, " $10 $9", 0), 10, "more than one digit");
        assert_eq!(text, "commit $10 $9");
    }

    #[test]
    fn batch_sizes_are_powers_of_two_so_that_few_queries_are_built() {
        let sizes = [(1, 1, 1), (1, 3, 2), (1, 31, 16), (1, 200, 32), (4, 200, 8), (5, 7, 4), (60, 3, 1)];
        for (statements_each, writes, wanted) in sizes {
            assert_eq!(batch_size(statements_each, writes), wanted, "{statements_each} statements, {writes} times");
        }
    }
}
