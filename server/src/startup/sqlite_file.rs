//! Checks of a SQLite file before SQLite opens it, which would take an empty file for a new
//! database and a truncated one for a complete one.

use std::io::Read;
use std::path::Path;

use provider::entropy::Os;
use provider::{Backup, SecretKey, Store};

use super::{Key, Mode, StartError, database_error, files, remedy};
use crate::config::Config;

/// The first bytes of every SQLite database, and the length of its header.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
const HEADER: usize = 100;

/// The state of the file at a database's path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    /// No file.
    Missing,
    /// An empty file.
    Empty,
    /// A file of another format.
    OtherFormat,
    /// A file shorter than its header says.
    Truncated {
        /// Bytes by the header.
        wanted: u64,
        /// Bytes of the file.
        found: u64,
    },
    /// A database, by its header.
    Complete,
}

/// Reads the header of a file that SQLite has not opened in this process: closing it would drop
/// SQLite's POSIX locks.
pub fn file_state(path: &Path) -> FileState {
    let Ok(mut file) = std::fs::File::open(path) else {
        // SQLite reports a file that cannot be read.
        return if path.exists() { FileState::Complete } else { FileState::Missing };
    };
    let found = file.metadata().map_or(0, |found| found.len());
    let mut header = [0; HEADER];
    match file.read_exact(&mut header) {
        _ if found == 0 => FileState::Empty,
        Ok(()) if header.starts_with(MAGIC) => match length(&header) {
            Some(wanted) if wanted > found => FileState::Truncated { wanted, found },
            _ => FileState::Complete,
        },
        Err(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => FileState::Complete,
        _ => FileState::OtherFormat,
    }
}

/// The bytes of all pages, where the header's page count is valid (SQLite file format §1.3.7).
fn length(header: &[u8; HEADER]) -> Option<u64> {
    let number = |at: usize| header.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_be_bytes);
    let size = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65536,
        size => u64::from(size),
    };
    let (changes, pages, valid_for) = (number(24)?, number(28)?, number(92)?);
    (pages > 0 && changes == valid_for).then_some(u64::from(pages) * size)
}

/// The key, and whether the database was made: both files exist, or neither does on the first
/// start, or `init` makes the missing ones.
pub async fn open(config: &Config, database: &Path, mode: Mode) -> Result<(Key, bool), StartError> {
    let key = config.secret_key_file.as_path();
    let file_state = file_state(database);
    let exists = !matches!(file_state, FileState::Missing | FileState::Empty);
    if mode != Mode::Init {
        check_both_exist(config, file_state, mode)?;
    }
    check_intact(config, database, file_state).await?;
    let made_key = !key.exists();
    if made_key || !exists {
        files::make_key(key, &Os)?;
        make_database(config, database)?;
    }
    files::check_mode("JETON_DATABASE_URL", database)?;
    let read: SecretKey = files::read_key(key)?;
    Ok((if made_key { Key::Made(read) } else { Key::Found(read) }, !exists))
}

/// Refuses a key without its database, and a database without its key.
fn check_both_exist(config: &Config, file_state: FileState, mode: Mode) -> Result<(), StartError> {
    let key = config.secret_key_file.as_path();
    match (key.exists(), file_state) {
        (false, FileState::Missing) if mode == Mode::Tool && !config.unknown.is_empty() => {
            // A misspelt JETON_DATABASE_URL must not make a second database that nobody meant.
            let unknown = config.unknown.join("; ");
            Err(database_error(
                config,
                &format!("does not exist yet, and {unknown} Make it on purpose with: jeton init"),
            ))
        }
        (false, FileState::Missing) if matches!(mode, Mode::Serve | Mode::Tool) => Ok(()),
        (false, FileState::Missing) => Err(database_error(config, "does not exist yet. Make it with: jeton init")),
        (true, FileState::Missing | FileState::Empty) => Err(database_error(config, &missing(file_state, key))),
        (false, _) => {
            let fix = "Restore it, or make a new one with: jeton init";
            let message = format!("{} is missing although the database exists. {fix}", key.display());
            Err(StartError::new(files::KEY, message))
        }
        (true, _) => Ok(()),
    }
}

/// The message for a missing database whose key exists.
pub fn missing(file_state: FileState, key: &Path) -> String {
    let what = if file_state == FileState::Empty { "is empty" } else { "is missing" };
    format!("{what} although {} exists. {RESTORE}", key.display())
}

/// The fix for a missing database.
pub const RESTORE: &str =
    "Restore a backup with: jeton restore FILE; or make an empty database on purpose with: jeton init";

/// Refuses a file that is no database, or a truncated one.
pub async fn check_intact(config: &Config, database: &Path, file_state: FileState) -> Result<(), StartError> {
    match file_state {
        FileState::OtherFormat => {
            let found = provider::Obstructed::new(provider::Obstacle::NoDatabaseFile, "its first bytes are others");
            let location = provider::Location::Sqlite(database.to_owned());
            Err(database_error(config, &format!("cannot be opened: {}", remedy::of(Some(&location), &found))))
        }
        // A server that was killed during a checkpoint leaves a truncated file; the rest is in the
        // log.
        FileState::Truncated { wanted, found }
            if !has_log(database) || !Backup::is_sound(database).await.unwrap_or(false) =>
        {
            let fix = "Put a backup into its place with: jeton restore FILE";
            Err(database_error(config, &format!("was cut short: {found} bytes of {wanted} are left. {fix}")))
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
        assert_eq!(file_state(&path), FileState::Missing);
        let table = [
            (Vec::new(), FileState::Empty),
            (b"short".to_vec(), FileState::OtherFormat),
            (vec![7; 4096], FileState::OtherFormat),
            (header(4096, 1, 5, 5), FileState::Complete),
            (header(4096, 2, 5, 5), FileState::Truncated { wanted: 8192, found: 4096 }),
            (header(1, 1, 5, 5), FileState::Truncated { wanted: 65536, found: 4096 }),
            // Last written by SQLite before 3.7.0 (2010): the page count is not valid.
            (header(4096, 2, 5, 4), FileState::Complete),
        ];
        for (bytes, wanted) in table {
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(file_state(&path), wanted);
        }
        std::fs::remove_file(path).unwrap();
    }
}
