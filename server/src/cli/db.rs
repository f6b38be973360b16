//! `jeton db …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use provider::{CopiedTable, CopyError, CopySource, Location, Side};
use serde_json::{Value, json};

use super::draft::Draft;
use super::{Failure, Output};
use crate::config::DatabaseUrl;
use crate::startup::{files, one_line, remedy};

/// What can be done with whole databases.
#[derive(Subcommand)]
pub enum Command {
    /// Copy everything into an empty database, between SQLite and PostgreSQL or within one kind
    ///
    /// Stop every server on the source first: nobody can write to it while it is copied, and what
    /// is written to it afterwards is not in the copy. The target gets everything in one
    /// transaction, or nothing. The secret key is no part of a database: the servers on the copy
    /// need the same JETON_SECRET_KEY_FILE.
    Copy(Copy),
}

/// Arguments of `jeton db copy`.
#[derive(Args)]
pub struct Copy {
    /// The database that is read, as in JETON_DATABASE_URL; a password is better kept in ~/.pgpass
    #[arg(long, value_name = "URL")]
    from: String,
    /// The database that is filled: empty, or not there yet (SQLite)
    #[arg(long, value_name = "URL")]
    to: String,
    /// Read the target back, and compare every row with what was read from the source
    #[arg(long)]
    verify: bool,
}

/// Runs the command.
pub async fn run(command: Command, output: Output) -> Result<(), Failure> {
    let Command::Copy(Copy { from, to, verify }) = command;
    let from = address("--from", &from)?;
    let to = address("--to", &to)?;
    let tables = copy(&from, &to, verify).await?;
    report(&from, &to, &tables, output);
    match tables.iter().filter(|table| table.differs()).count() {
        0 => Ok(()),
        differing => Err(Failure::new(format!(
            "--to: {} did not keep what was written to it ({differing} tables differ), and was left empty. Look for triggers and \
             rules of its own",
            to.shown()
        ))),
    }
}

fn address(option: &str, text: &str) -> Result<DatabaseUrl, Failure> {
    DatabaseUrl::check(text).map_err(|fix| Failure::new(format!("{option}: this is no database; {fix}")))
}

async fn copy(from: &DatabaseUrl, to: &DatabaseUrl, verify: bool) -> Result<Vec<CopiedTable>, Failure> {
    let (source, target) = (file("--from", from)?, file("--to", to)?);
    if let Some(path) = source.filter(|path| !path.exists()) {
        return Err(Failure::new(format!("--from: {} does not exist", path.display())));
    }
    let explained = |error| Failure::new(explain(error, from, to));
    let source = CopySource::open(from.as_str()).await.map_err(explained)?;
    match target.filter(|path| !path.exists()) {
        None => source.copy_to(to.as_str(), verify).await.map_err(explained),
        Some(path) => {
            files::make_folder("--to", &path)?;
            let draft = Draft::of("--to", &path)?;
            let url = address("--to", &format!("sqlite://{}", draft.path().display()))?;
            let copied = source.copy_to(url.as_str(), verify).await.map_err(explained)?;
            if !copied.iter().any(CopiedTable::differs) {
                draft.finish(&path)?;
            }
            Ok(copied)
        }
    }
}

/// The path of a SQLite database, `None` on PostgreSQL; refuses a file that everybody can read.
fn file(option: &str, url: &DatabaseUrl) -> Result<Option<PathBuf>, Failure> {
    let Some(Location::Sqlite(path)) = Location::of(url.as_str()) else { return Ok(None) };
    files::check_mode(option, &path)?;
    Ok(Some(path))
}

fn report(from: &DatabaseUrl, to: &DatabaseUrl, tables: &[CopiedTable], output: Output) {
    if output.json {
        let value = json!({
            "from": from.shown(),
            "to": to.shown(),
            "tables": tables.iter().map(object).collect::<Vec<_>>(),
        });
        return output.one(&value);
    }
    let verified = tables.iter().any(|table| table.found.is_some());
    let columns: &[&str] = if verified { &["table", "rows", "sha256", "state"] } else { &["table", "rows"] };
    output.list(columns, tables.iter().map(|table| (object(table), row(table))).collect());
    if tables.iter().any(CopiedTable::differs) {
        return;
    }
    let rows: u64 = tables.iter().map(|table| table.rows).sum();
    super::output::text(&format!(
        "{rows} rows were copied from {} to {}. What is written to the source from now on is not in the copy. Servers on the copy need the \
         same secret key\n",
        from.shown(),
        to.shown()
    ));
}

fn object(table: &CopiedTable) -> Value {
    let mut value = json!({"table": table.name, "rows": table.rows, "sha256": table.sha256});
    if let (Some((rows, sha256)), Some(members)) = (&table.found, value.as_object_mut()) {
        members.insert("same".to_owned(), json!(!table.differs()));
        members.insert("found".to_owned(), json!({"rows": rows, "sha256": sha256}));
    }
    value
}

fn row(table: &CopiedTable) -> Vec<String> {
    let mut row = vec![table.name.clone(), table.rows.to_string()];
    if let Some((rows, _)) = &table.found {
        row.push(table.sha256.chars().take(16).collect());
        row.push(if table.differs() { format!("differs: {rows} rows in the copy") } else { "same".to_owned() });
    }
    row
}

/// The error and its fix, without passwords.
fn explain(error: CopyError, from: &DatabaseUrl, to: &DatabaseUrl) -> String {
    let of = |side| match side {
        Side::Source => format!("--from: {}", from.shown()),
        Side::Target => format!("--to: {}", to.shown()),
    };
    match error {
        CopyError::Same => format!("--to: {} is the same database as --from. Name an empty one", to.shown()),
        CopyError::Unreachable(side, found) => {
            let url = if side == Side::Source { from } else { to };
            format!("{} cannot be opened: {}", of(side), remedy::of(Location::of(url.as_str()).as_ref(), &found))
        }
        CopyError::NoTables => format!("{} holds no tables of Jeton. Name the database to copy", of(Side::Source)),
        CopyError::Older(side) => {
            let fix = "Run jeton migrate with JETON_DATABASE_URL set to it";
            format!("{} is older than this version of jeton. {fix}", of(side))
        }
        CopyError::Newer(side) => {
            format!("{} was made by a newer version of jeton. Copy with that version", of(side))
        }
        CopyError::Occupied(table) => {
            format!("{} holds rows already (in {table}). Name an empty database", of(Side::Target))
        }
        CopyError::Busy(side) => format!("{} is being written to. Stop every server on it", of(side)),
        CopyError::Failed { side, table, why } => {
            let place = table.map(|table| format!(" at the table {table}")).unwrap_or_default();
            format!("{} failed{place} ({}). Nothing was copied", of(side), one_line(&why))
        }
    }
}
