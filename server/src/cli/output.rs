//! Output of commands: aligned text for people, JSON for programs.

use std::io::{ErrorKind, Write};
use std::sync::Mutex;

use oauth::form::visible;
use serde_json::Value;

/// The output format.
#[derive(Clone, Copy)]
pub struct Output {
    /// As JSON.
    pub json: bool,
}

impl Output {
    /// A list: an array of objects, or a table of the columns that people look for.
    pub fn list(self, columns: &[&str], items: Vec<(Value, Vec<String>)>) {
        let (values, rows): (Vec<Value>, Vec<Vec<String>>) = items.into_iter().unzip();
        match self.json {
            true => text(&format!("{}\n", Value::Array(values))),
            false => text(&table(columns, &rows)),
        }
    }

    /// One thing: an object, or a line for each of its members.
    pub fn one(self, value: &Value) {
        match self.json {
            true => text(&format!("{value}\n")),
            false => text(&members(value)),
        }
    }

    /// Something that was done: an object, or a sentence.
    pub fn done(self, value: &Value, sentence: &str) {
        match self.json {
            true => text(&format!("{value}\n")),
            false => text(&format!("{sentence}\n")),
        }
    }
}

/// The error of standard output, if any.
static WRITE_ERROR: Mutex<Option<String>> = Mutex::new(None);

/// Writes to standard output. A closed pipe is no failure; any other error is reported by
/// [`complete`].
pub fn text(text: &str) {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            if let Ok(mut write_error) = WRITE_ERROR.lock() {
                *write_error =
                    Some(format!("what was done stands, but standard output could not be written ({error})"));
            }
        }
        _ => {}
    }
}

/// Whether all output was written.
///
/// # Errors
/// Why not: then a new secret, for instance, is lost.
pub fn complete() -> Result<(), String> {
    WRITE_ERROR.lock().map_or(Ok(()), |write_error| write_error.clone().map_or(Ok(()), Err))
}

/// Writes one line to standard error.
pub fn error(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Columns side by side, each as wide as its widest cell, without trailing spaces.
fn table(columns: &[&str], rows: &[Vec<String>]) -> String {
    let header = columns.iter().map(|column| column.to_uppercase()).collect();
    let rows: Vec<Vec<String>> =
        std::iter::once(header).chain(rows.iter().map(|row| row.iter().map(|cell| visible(cell)).collect())).collect();
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        format!("{}\n", cells.join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

fn members(value: &Value) -> String {
    let Value::Object(members) = value else { return format!("{value}\n") };
    let width = members.keys().map(String::len).max().unwrap_or(0);
    members
        .iter()
        .map(|(name, value)| format!("{name:width$}  {}", plain(value)).trim_end().to_owned() + "\n")
        .collect()
}

/// A value as people read it.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) => visible(text),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_table_is_aligned_and_hides_what_would_break_it() {
        let rows = [vec!["ada".to_owned(), "full".to_owned()], vec!["gr\u{202e}ace\n".to_owned(), String::new()]];
        assert_eq!(table(&["name", "access"], &rows), "NAME   ACCESS\nada    full\ngrace\n");
        assert_eq!(table(&["name"], &[]), "NAME\n");
    }

    #[test]
    fn one_thing_is_a_line_for_each_member() {
        let value = json!({"id": 1, "name": "ada", "admin": true, "scope": ["read", "write"], "email": null});
        let mut lines: Vec<String> = members(&value).lines().map(str::to_owned).collect();
        lines.sort();
        assert_eq!(lines, ["admin  yes", "email", "id     1", "name   ada", "scope  read write"]);
    }
}
