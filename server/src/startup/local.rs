//! SQLite's files before they are opened: SQLite takes an empty file for a new database, and one that was cut short for a whole one.

use std::io::Read;
use std::path::Path;

use provider::entropy::Os;
use provider::{Backup, SecretKey, Store};

use super::{Key, Mode, StartError, database_error, files, remedy};
use crate::config::Config;

/// What every database begins with, and how much of its beginning tells about it.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
const HEADER: usize = 100;

/// What is at the path of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Nothing.
    Missing,
    /// A file without a byte.
    Empty,
    /// Something else.
    Foreign,
    /// Fewer bytes than its own header says.
    Cut {
        /// As the header has it.
        wanted: u64,
        /// As it is.
        found: u64,
    },
    /// A database, as far as its header tells.
    Whole,
}

/// Looks at a file that this process has not opened with SQLite yet: closing it would take SQLite's locks away.
pub fn shape(path: &Path) -> Shape {
    let Ok(mut file) = std::fs::File::open(path) else {
        // What cannot be read is for SQLite to name.
        return if path.exists() { Shape::Whole } else { Shape::Missing };
    };
    let found = file.metadata().map_or(0, |found| found.len());
    let mut header = [0; HEADER];
    match file.read_exact(&mut header) {
        _ if found == 0 => Shape::Empty,
        Ok(()) if header.starts_with(MAGIC) => match length(&header) {
            Some(wanted) if wanted > found => Shape::Cut { wanted, found },
            _ => Shape::Whole,
        },
        Err(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => Shape::Whole,
        _ => Shape::Foreign,
    }
}

/// The bytes of all pages, where the header is sure of them (SQLite file format §1.3.7).
fn length(header: &[u8; HEADER]) -> Option<u64> {
    let number = |at: usize| header.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_be_bytes);
    let size = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65536,
        size => u64::from(size),
    };
    let (changes, pages, valid_for) = (number(24)?, number(28)?, number(92)?);
    (pages > 0 && changes == valid_for).then_some(u64::from(pages) * size)
}

/// The key, and whether the database was made just now: both files exist, or neither does and this is the first start, or `init` says that
/// they are to be made.
pub async fn open(config: &Config, database: &Path, mode: Mode) -> Result<(Key, bool), StartError> {
    let key = config.secret_key_file.as_path();
    let shape = shape(database);
    let is_there = !matches!(shape, Shape::Missing | Shape::Empty);
    if mode != Mode::Init {
        complete(config, shape, mode)?;
    }
    sound(config, database, shape).await?;
    let made_key = !key.exists();
    if made_key || !is_there {
        files::make_key(key, &Os)?;
        make_database(config, database)?;
    }
    files::check_mode("JETON_DATABASE_URL", database)?;
    let read: SecretKey = files::read_key(key)?;
    Ok((if made_key { Key::Made(read) } else { Key::Found(read) }, !is_there))
}

/// Refuses what is only half there.
fn complete(config: &Config, shape: Shape, mode: Mode) -> Result<(), StartError> {
    let key = config.secret_key_file.as_path();
    match (key.exists(), shape) {
        (false, Shape::Missing) if mode == Mode::Tool && !config.unknown.is_empty() => {
            // A misspelt JETON_DATABASE_URL must not make a second database that nobody meant.
            let unknown = config.unknown.join("; ");
            Err(database_error(
                config,
                &format!("does not exist yet, and {unknown} Make it on purpose with: jeton init"),
            ))
        }
        (false, Shape::Missing) if matches!(mode, Mode::Serve | Mode::Tool) => Ok(()),
        (false, Shape::Missing) => Err(database_error(config, "does not exist yet. Make it with: jeton init")),
        (true, Shape::Missing | Shape::Empty) => Err(database_error(config, &missing(shape, key))),
        (false, _) => {
            let mend = "Restore it, or make a new one with: jeton init";
            let message = format!("{} is missing although the database exists. {mend}", key.display());
            Err(StartError::new(files::KEY, message))
        }
        (true, _) => Ok(()),
    }
}

/// What is said of a database that is not there although its key is.
pub fn missing(shape: Shape, key: &Path) -> String {
    let what = if shape == Shape::Empty { "is empty" } else { "is missing" };
    format!("{what} although {} exists. {RESTORE}", key.display())
}

/// What is to be done about a database that is gone.
pub const RESTORE: &str =
    "Restore a backup with: jeton restore FILE; or make an empty database on purpose with: jeton init";

/// Refuses a file that is no database, or not all of one.
pub async fn sound(config: &Config, database: &Path, shape: Shape) -> Result<(), StartError> {
    match shape {
        Shape::Foreign => {
            let found = provider::Obstructed::new(provider::Obstacle::NoDatabaseFile, "its first bytes are others");
            let location = provider::Location::Sqlite(database.to_owned());
            Err(database_error(config, &format!("cannot be opened: {}", remedy::of(Some(&location), &found))))
        }
        // A server that was killed while the log was being moved into the file leaves this too: then the log has the rest.
        Shape::Cut { wanted, found } if !has_log(database) || !Backup::is_sound(database).await.unwrap_or(false) => {
            let mend = "Put a backup into its place with: jeton restore FILE";
            Err(database_error(config, &format!("was cut short: {found} bytes of {wanted} are left. {mend}")))
        }
        _ => Ok(()),
    }
}

fn has_log(database: &Path) -> bool {
    let log = files::beside(&files::real(database), "-wal");
    std::fs::metadata(log).is_ok_and(|found| found.len() > 0)
}

fn make_database(config: &Config, database: &Path) -> Result<(), StartError> {
    files::make_folder("JETON_DATABASE_URL", database)?;
    Store::create(config.database_url.as_str()).map_err(|error| {
        database_error(config, &format!("cannot be made ({}). Name a writable folder", super::reason(&error)))
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn header(size: u16, pages: u32, changes: u32, valid_for: u32) -> Vec<u8> {
        let mut bytes = vec![0; 4096];
        bytes[..16].copy_from_slice(MAGIC);
        bytes[16..18].copy_from_slice(&size.to_be_bytes());
        for (at, number) in [(24, changes), (28, pages), (92, valid_for)] {
            bytes[at..at + 4].copy_from_slice(&number.to_be_bytes());
        }
        bytes
    }

    #[test]
    fn a_file_with_fewer_pages_than_its_header_says_is_told_from_a_whole_one() {
        let path = std::env::temp_dir().join(format!("jeton-shape-{}", std::process::id()));
        assert_eq!(shape(&path), Shape::Missing);
        let table = [
            (Vec::new(), Shape::Empty),
            (b"short".to_vec(), Shape::Foreign),
            (vec![7; 4096], Shape::Foreign),
            (header(4096, 1, 5, 5), Shape::Whole),
            (header(4096, 2, 5, 5), Shape::Cut { wanted: 8192, found: 4096 }),
            (header(1, 1, 5, 5), Shape::Cut { wanted: 65536, found: 4096 }),
            // A version of SQLite from before 2010 wrote last: the number says nothing.
            (header(4096, 2, 5, 4), Shape::Whole),
        ];
        for (bytes, wanted) in table {
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(shape(&path), wanted);
        }
        std::fs::remove_file(path).unwrap();
    }
}
