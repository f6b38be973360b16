//! `jeton db …`.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use provider::{CopiedTable, CopyError, CopySource, Location, Side};
use serde_json::{Value, json};

use super::{Failure, Output};
use crate::config::DatabaseUrl;
use crate::startup::{files, one_line};

/// What can be done with whole databases.
#[derive(Subcommand)]
pub enum Command {
    /// Copy everything into an empty database, between SQLite and PostgreSQL or within one kind
    ///
    /// Stop every server on the source first: nobody can write to it while it is copied, and what is written to it afterwards is not in
    /// the copy. The target gets everything in one transaction, or nothing. The secret key is no part of a database: the servers
    /// on the copy need the same JETON_SECRET_KEY_FILE.
    Copy(Copy),
}

/// From where to where.
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
    DatabaseUrl::check(text).map_err(|mend| Failure::new(format!("{option}: this is no database; {mend}")))
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
            let draft = Draft::of(&path)?;
            let copied = source.copy_to(draft.url.as_str(), verify).await.map_err(explained)?;
            if !copied.iter().any(CopiedTable::differs) {
                draft.finish(&path)?;
            }
            Ok(copied)
        }
    }
}

/// A database that is being made beside its place, under a name of its own: where the copy fails or is killed, a server must not find a
/// file in the place and take it for the real one.
struct Draft {
    path: PathBuf,
    url: DatabaseUrl,
}

impl Draft {
    fn of(place: &Path) -> Result<Self, Failure> {
        let path = tailed(place, &format!(".copying-{}", std::process::id()));
        let url = address("--to", &format!("sqlite://{}", path.display()))?;
        // Nobody else's, even in a folder where others write.
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&path) {
            Ok(_) => Ok(Self { path, url }),
            Err(error) => Err(Failure::new(format!("--to: {} cannot be made ({error})", path.display()))),
        }
    }

    /// Puts it into its place, unless somebody has made a database there meanwhile.
    fn finish(self, place: &Path) -> Result<(), Failure> {
        self.settle(place).map_err(|error| Failure::new(format!("--to: {} cannot be made ({error})", place.display())))
    }

    fn settle(&self, place: &Path) -> std::io::Result<()> {
        if place.exists() {
            return Err(std::io::ErrorKind::AlreadyExists.into());
        }
        // A log that an earlier database left there is not this one's. One of this one's own, if it has one at all, goes first.
        for tail in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(tailed(place, tail));
        }
        let log = tailed(&self.path, "-wal");
        if log.exists() {
            std::fs::rename(log, tailed(place, "-wal"))?;
        }
        // Fails where there is something; not every file system knows it.
        match std::fs::hard_link(&self.path, place) {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => std::fs::rename(&self.path, place)?,
            linked => linked?,
        }
        match place.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            Some(folder) if cfg!(unix) => std::fs::File::open(folder)?.sync_all(),
            _ => Ok(()),
        }
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        for tail in ["", "-wal", "-shm"] {
            // What is in its place is gone from here already.
            let _ = std::fs::remove_file(tailed(&self.path, tail));
        }
    }
}

/// The file of a SQLite database; nobody else may be able to read it.
fn file(option: &str, url: &DatabaseUrl) -> Result<Option<PathBuf>, Failure> {
    let Some(Location::Sqlite(path)) = Location::of(url.as_str()) else { return Ok(None) };
    files::check_mode(option, &path)?;
    Ok(Some(path))
}

fn tailed(path: &Path, tail: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(tail);
    name.into()
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

/// What went wrong and how to mend it, without passwords.
fn explain(error: CopyError, from: &DatabaseUrl, to: &DatabaseUrl) -> String {
    let of = |side| match side {
        Side::Source => format!("--from: {}", from.shown()),
        Side::Target => format!("--to: {}", to.shown()),
    };
    match error {
        CopyError::Same => format!("--to: {} is the same database as --from. Name an empty one", to.shown()),
        CopyError::Unreachable(side, why) => {
            let mend = "Start the database, or set the address by which it answers";
            format!("{} cannot be opened ({}). {mend}", of(side), one_line(&why))
        }
        CopyError::NoTables => format!("{} holds no tables of Jeton. Name the database to copy", of(Side::Source)),
        CopyError::Older(side) => {
            let mend = "Run jeton migrate with JETON_DATABASE_URL set to it";
            format!("{} is older than this version of jeton. {mend}", of(side))
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
