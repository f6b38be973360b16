//! Detects whether the files that SQLite has open are still those at their path. A file that was
//! deleted, moved, replaced or truncated still accepts writes, which are then lost. Existence alone
//! proves nothing, so device and inode are compared.

use std::path::{Path, PathBuf};

/// The result of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileCheck {
    /// Every file is the open one, and none is shorter than before.
    Same,
    /// This path names another file, or none.
    Replaced(PathBuf),
    /// This file is shorter than before, which SQLite itself does now and then: to be checked.
    Shorter(DatabaseFile, u64),
}

/// The files that may become shorter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatabaseFile {
    /// The database.
    Database,
    /// Its write-ahead log.
    Log,
}

/// The files of an open database.
#[derive(Debug)]
pub struct FileGuard {
    files: Vec<GuardedFile>,
}

#[derive(Debug)]
struct GuardedFile {
    path: PathBuf,
    which: Option<DatabaseFile>,
    found: Found,
}

/// The metadata of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Found {
    identity: (u64, u64),
    length: u64,
}

impl FileGuard {
    /// Records the files at the path, which must be those that were just opened.
    pub fn over(database: &Path) -> Self {
        let files = [("", Some(DatabaseFile::Database)), ("-wal", Some(DatabaseFile::Log)), ("-shm", None)];
        // SQLite keeps its other files next to the real file, even if a symbolic link was opened.
        let real = std::fs::canonicalize(database).unwrap_or_else(|_| database.to_owned());
        let watched = |(tail, which): (&str, Option<DatabaseFile>)| {
            let path = if tail.is_empty() { database.to_owned() } else { beside(&real, tail) };
            check(&path).map(|found| GuardedFile { path, which, found })
        };
        Self { files: files.into_iter().filter_map(watched).collect() }
    }

    /// Whether the database is still the file that was at this path before.
    pub fn is_still(&self, before: Option<(u64, u64)>) -> bool {
        before.is_none() || self.files.first().is_none_or(|file| Some(file.found.identity) == before)
    }

    /// Compares the open files with those at the path. Costs three system calls.
    pub fn check(&mut self) -> FileCheck {
        for file in &mut self.files {
            match check(&file.path) {
                Some(now) if now.identity == file.found.identity => match file.which {
                    Some(which) if now.length < file.found.length => return FileCheck::Shorter(which, now.length),
                    _ => file.found = now,
                },
                _ => return FileCheck::Replaced(file.path.clone()),
            }
        }
        FileCheck::Same
    }

    /// Accepts the shorter length of this file as its new length.
    pub fn accept(&mut self, which: DatabaseFile) {
        for file in self.files.iter_mut().filter(|file| file.which == Some(which)) {
            file.found = check(&file.path).filter(|now| now.identity == file.found.identity).unwrap_or(file.found);
        }
    }
}

/// Device and inode of a file.
pub fn identity(path: &Path) -> Option<(u64, u64)> {
    check(path).map(|found| found.identity)
}

/// The path of a file that SQLite keeps next to its database.
pub fn beside(database: &Path, tail: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(tail);
    name.into()
}

#[cfg(unix)]
fn check(path: &Path) -> Option<Found> {
    use std::os::unix::fs::MetadataExt;
    let found = std::fs::metadata(path).ok()?;
    Some(Found { identity: (found.dev(), found.ino()), length: found.len() })
}

/// On other platforms an open file can neither be deleted nor replaced.
#[cfg(not(unix))]
fn check(_: &Path) -> Option<Found> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_file_that_grows_is_the_same_and_one_that_is_moved_replaced_or_cut_is_not() {
        let folder = std::env::temp_dir().join(format!("jeton-guard-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("jeton.db");
        let write = |tail: &str, length: usize| std::fs::write(beside(&path, tail), vec![0; length]).unwrap();
        let _ = ["", "-wal", "-shm"].map(|tail| write(tail, 10));
        let mut guard = FileGuard::over(&path);
        assert!(guard.is_still(identity(&path)) && guard.is_still(None) && !guard.is_still(Some((0, 0))));
        write("", 20);
        write("-shm", 5);
        assert_eq!(guard.check(), FileCheck::Same);
        write("-wal", 9);
        assert_eq!(guard.check(), FileCheck::Shorter(DatabaseFile::Log, 9));
        guard.accept(DatabaseFile::Log);
        assert_eq!(guard.check(), FileCheck::Same);
        write("", 19);
        assert_eq!(guard.check(), FileCheck::Shorter(DatabaseFile::Database, 19));
        write("", 20);
        for tail in ["", "-wal", "-shm"] {
            let (there, away) = (beside(&path, tail), folder.join("away"));
            std::fs::rename(&there, &away).unwrap();
            assert_eq!(guard.check(), FileCheck::Replaced(there.clone()));
            std::fs::copy(&away, &there).unwrap();
            assert_eq!(guard.check(), FileCheck::Replaced(there.clone()), "a copy is another file");
            std::fs::rename(&away, &there).unwrap();
            assert_eq!(guard.check(), FileCheck::Same);
        }
        std::fs::remove_dir_all(folder).unwrap();
    }
}
