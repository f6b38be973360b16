//! A database that is being made beside its place, under a name of its own: where that fails or is killed, a server must not find a file in
//! the place and take it for the real one.

use std::path::{Path, PathBuf};

use super::Failure;
use crate::startup::files::{beside, open_private};

/// What SQLite may have beside a database.
pub const TAILS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// A file that goes away unless it is put into its place.
pub struct Draft {
    /// What the failures name.
    what: String,
    path: PathBuf,
}

impl Draft {
    /// An empty file beside this place that is nobody else's, even in a folder where others write. `what` is the argument or setting that
    /// names the place.
    pub fn of(what: &str, place: &Path) -> Result<Self, Failure> {
        let path = beside(place, &format!(".copying-{}", std::process::id()));
        match open_private(&path) {
            Ok(_) => Ok(Self { what: what.to_owned(), path }),
            Err(error) => {
                let line = format!("{what}: {} cannot be made ({error}){}", path.display(), remedy(error.kind()));
                Err(Failure::new(line))
            }
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts it into its place, unless somebody has made a database there meanwhile.
    pub fn finish(self, place: &Path) -> Result<(), Failure> {
        if place.exists() {
            let line = format!("{}: {} exists already. Name another file", self.what, place.display());
            return Err(Failure::new(line));
        }
        self.flush(place, |draft, place| match std::fs::hard_link(draft, place) {
            // Fails where there is something; not every file system knows it.
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => std::fs::rename(draft, place),
            linked => linked,
        })
    }

    /// Puts it into its place, whatever is there.
    pub fn replace(self, place: &Path) -> Result<(), Failure> {
        self.flush(place, |draft, place| std::fs::rename(draft, place))
    }

    fn flush(&self, place: &Path, put: fn(&Path, &Path) -> std::io::Result<()>) -> Result<(), Failure> {
        let settle = || {
            // Whoever made it has closed it: what is in a log would stay behind.
            if std::fs::metadata(beside(&self.path, "-wal")).is_ok_and(|log| log.len() > 0) {
                return Err(std::io::Error::other("its log could not be moved into it"));
            }
            std::fs::File::open(&self.path)?.sync_all()?;
            // What another database left beside the place would be played into this one.
            for tail in TAILS {
                match std::fs::remove_file(beside(place, tail)) {
                    Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
            }
            put(&self.path, place)?;
            match place.parent().filter(|_| cfg!(unix)) {
                Some(folder) if folder.as_os_str().is_empty() => std::fs::File::open(".")?.sync_all(),
                Some(folder) => std::fs::File::open(folder)?.sync_all(),
                None => Ok(()),
            }
        };
        settle().map_err(|error: std::io::Error| {
            Failure::new(format!("{}: {} cannot be made ({error})", self.what, place.display()))
        })
    }
}

/// In a container the next process has the number of the one before. The draft stays all the same: in another container,
/// with the same folder, a process of this number may still be at it.
const fn remedy(kind: std::io::ErrorKind) -> &'static str {
    match kind {
        std::io::ErrorKind::AlreadyExists => ". An interrupted command left it: remove it",
        _ => "",
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        for tail in ["", "-wal", "-shm", "-journal"] {
            // What is in its place is gone from here already.
            let _ = std::fs::remove_file(beside(&self.path, tail));
        }
    }
}
