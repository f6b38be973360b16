//! Writes that can be said beforehand: statements of which each must change exactly one row, and what is the outcome then.
//!
//! On SQLite every statement by itself is a walk to the thread of the connection and back, which costs more than the statement does.
//! What is said beforehand goes there together: all such writes of a batch, as one text. Where one of them does not change its row, the
//! batch is undone, and each write is run by itself, with all its questions.

use std::collections::HashMap;
use std::sync::Arc;

use futures_util::TryStreamExt;
use sqlx::any::AnyArguments;
use sqlx::{AnyConnection, Arguments, AssertSqlSafe, Either, Executor};

use crate::error::Error;

/// How many statements go together: as many answers as the driver hands back without waiting for somebody to take them.
const TOGETHER: usize = 48;

/// A value of a statement: all columns are numbers or texts.
#[derive(Clone, Debug)]
pub enum Value {
    /// A number, or null.
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

/// A statement with its values, which stand in it as `$1`, `$2` and so on.
#[derive(Clone, Debug)]
pub struct Line {
    sql: &'static str,
    values: Vec<Value>,
}

impl Line {
    /// Of as many values as the statement names.
    pub fn new<const N: usize>(sql: &'static str, values: [Value; N]) -> Self {
        Self::of(sql, values.into())
    }

    /// The same of a list.
    pub fn of(sql: &'static str, values: Vec<Value>) -> Self {
        debug_assert_eq!(numbered(&mut String::new(), sql, 0), values.len(), "{sql}");
        Self { sql, values }
    }

    /// Runs it by itself; how many rows it changed.
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
pub type Script = Vec<Line>;

/// Which statements scripts consist of: scripts of one shape share a text.
type Shape = Vec<&'static str>;

/// The texts that were put together so far. There are few: the shapes are written in the code, and only powers of two go together.
#[derive(Debug, Default)]
pub struct Texts(HashMap<(Shape, usize), Arc<str>>);

impl Texts {
    fn of(&mut self, shape: &Shape, times: usize) -> Arc<str> {
        let text = self.0.entry((shape.clone(), times));
        text.or_insert_with(|| together(shape, times).into()).clone()
    }
}

/// The statements so many times, each with values of its own.
fn together(shape: &[&str], times: usize) -> String {
    let mut text = String::new();
    let mut values = 0;
    for sql in std::iter::repeat_n(shape, times).flatten() {
        values += numbered(&mut text, sql, values);
        text.push(';');
    }
    text
}

/// Adds a statement whose values are counted on from `before`; how many it has.
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

/// Runs these scripts inside the transaction; whether each statement changed its one row. If not, the transaction is to be undone.
pub async fn run_all(
    connection: &mut AnyConnection,
    texts: &mut Texts,
    scripts: impl Iterator<Item = Script>,
) -> Result<bool, sqlx::Error> {
    let mut shapes: Vec<(Shape, Vec<Script>)> = Vec::new();
    for script in scripts {
        let is_same =
            |(shape, _): &&mut (Shape, Vec<Script>)| shape.iter().copied().eq(script.iter().map(|line| line.sql));
        match shapes.iter_mut().find(is_same) {
            Some((_, same)) => same.push(script),
            None => shapes.push((script.iter().map(|line| line.sql).collect(), vec![script])),
        }
    }
    for (shape, mut scripts) in shapes {
        while !scripts.is_empty() {
            let rest = scripts.split_off(share(shape.len(), scripts.len()));
            if !run(connection, texts.of(&shape, scripts.len()), scripts, shape.len()).await? {
                return Ok(false);
            }
            scripts = rest;
        }
    }
    Ok(true)
}

/// How many of these scripts go together next: a power of two, so that few texts are to be remembered.
fn share(lines: usize, scripts: usize) -> usize {
    let most = (TOGETHER / lines.max(1)).clamp(1, scripts.max(1));
    1 << most.ilog2()
}

async fn run(
    connection: &mut AnyConnection,
    text: Arc<str>,
    scripts: Vec<Script>,
    lines: usize,
) -> Result<bool, sqlx::Error> {
    let wanted = scripts.len() * lines;
    let mut arguments = AnyArguments::default();
    for line in scripts.into_iter().flatten() {
        add(&mut arguments, line.values)?;
    }
    // The text consists of statements of ours, and nothing else: values are only ever bound.
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
    use super::{numbered, share, together};

    #[test]
    fn values_are_counted_on_from_statement_to_statement() {
        let text = together(&["update a set b = $2 where c = $1 and d < $2", "insert into e values ($1)"], 2);
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
    fn so_many_go_together_that_few_texts_are_made_and_none_is_too_long() {
        let shares = [(1, 1, 1), (1, 3, 2), (1, 31, 16), (1, 200, 32), (4, 200, 8), (5, 7, 4), (60, 3, 1)];
        for (lines, scripts, wanted) in shares {
            assert_eq!(share(lines, scripts), wanted, "{lines} statements, {scripts} times");
        }
    }
}
