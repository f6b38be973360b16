//! A temporary file beside its target, renamed when it is complete: a server must not find an
//! incomplete database after a failure or a crash.

use std::path::{Path, PathBuf};

use super::Failure;
use crate::startup::files::{beside, open_private};

/// Suffixes of SQLite's files beside a database.
pub const SUFFIXES: [&str; 3] = ["-wal", "-shm", "-journal"];

/// A temporary file, removed on drop unless it was renamed.
pub struct Draft {
    /// The argument or setting that errors name.
    what: String,
    path: PathBuf,
}

impl Draft {
    /// Makes an empty file (`O_EXCL`) beside the target. `what`: the argument or setting that names
    /// the target.
    pub fn of(what: &str, target: &Path) -> Result<Self, Failure> {
        let path = beside(target, &format!(".copying-{}", std::process::id()));
        match open_private(&path) {
            Ok(_) => Ok(Self { what: what.to_owned(), path }),
            Err(error) => {
                let line = format!("{what}: {} cannot be made ({error}){}", path.display(), fix(error.kind()));
                Err(Failure::new(line))
            }
        }
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Renames it to the target, unless that exists.
    pub fn finish(self, target: &Path) -> Result<(), Failure> {
        if target.exists() {
            let line = format!("{}: {} exists already. Name another file", self.what, target.display());
            return Err(Failure::new(line));
        }
        self.sync_and_place(target, |draft, target| match std::fs::hard_link(draft, target) {
            // A hard link fails where the target exists; not every file system has them.
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => std::fs::rename(draft, target),
            linked => linked,
        })
    }

    /// Renames it to the target, replacing that.
    pub fn replace(self, target: &Path) -> Result<(), Failure> {
        self.sync_and_place(target, |draft, target| std::fs::rename(draft, target))
    }

    fn sync_and_place(&self, target: &Path, rename: fn(&Path, &Path) -> std::io::Result<()>) -> Result<(), Failure> {
        let run = || {
            // The connection is closed: a log that is not empty would be lost by the rename.
            if std::fs::metadata(beside(&self.path, "-wal")).is_ok_and(|log| log.len() > 0) {
                return Err(std::io::Error::other("its log could not be moved into it"));
            }
            std::fs::File::open(&self.path)?.sync_all()?;
            // SQLite would replay a log that another database left beside the target.
            for suffix in SUFFIXES {
                match std::fs::remove_file(beside(target, suffix)) {
                    Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
            }
            rename(&self.path, target)?;
            match target.parent().filter(|_| cfg!(unix)) {
                Some(folder) if folder.as_os_str().is_empty() => std::fs::File::open(".")?.sync_all(),
                Some(folder) => std::fs::File::open(folder)?.sync_all(),
                None => Ok(()),
            }
        };
        run().map_err(|error: std::io::Error| {
            Failure::new(format!("{}: {} cannot be made ({error})", self.what, target.display()))
        })
    }
}

/// The fix for a draft that exists: processes of restarted containers have the same id, so it may
/// be left over. It is not removed, since a process of this id may be using it in another container
/// on the same folder.
const fn fix(kind: std::io::ErrorKind) -> &'static str {
    match kind {
        std::io::ErrorKind::AlreadyExists => ". An interrupted command left it: remove it",
        _ => "",
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            // After the rename there is nothing to remove.
            let _ = std::fs::remove_file(beside(&self.path, suffix));
        }
    }
}
