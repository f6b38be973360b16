//! What the writer does when files are no longer at their path: it acknowledges nothing, and logs
//! it once.

use sqlx::{AnyConnection, AnyPool};
use tokio::sync::watch;

use crate::store::file_guard::{DatabaseFile, FileCheck, FileGuard};

/// The sizes of the header of SQLite's log, and of that of each page in it.
const LOG_HEAD: u64 = 32;
const FRAME_HEAD: u64 = 24;

/// The files of the database, and the channel that reports their loss.
pub struct Files {
    guard: FileGuard,
    lost: watch::Sender<bool>,
}

impl Files {
    pub const fn new(guard: FileGuard, lost: watch::Sender<bool>) -> Self {
        Self { guard, lost }
    }

    /// The result of the last check.
    pub fn are_lost(&self) -> bool {
        *self.lost.borrow()
    }

    /// Whether everything written is in files that the next start will find. The message is for the
    /// log only.
    pub async fn check(&mut self, connection: &mut AnyConnection) -> Result<(), String> {
        let found = self.compare(connection).await;
        let was = self.are_lost();
        self.lost.send_if_modified(|lost| std::mem::replace(lost, found.is_err()) != found.is_err());
        match &found {
            Err(why) if !was => {
                tracing::error!(
                    why,
                    "the database is lost: nothing is written any more. Put the file back, or stop the server and run: \
                     jeton restore"
                );
            }
            Ok(()) if was => tracing::info!("the database is back"),
            _ => {}
        }
        found
    }

    async fn compare(&mut self, connection: &mut AnyConnection) -> Result<(), String> {
        match self.guard.check() {
            FileCheck::Same => Ok(()),
            FileCheck::Replaced(path) => Err(format!("{} was removed, moved or replaced", path.display())),
            FileCheck::Shorter(which, length) => {
                let needed = match which {
                    DatabaseFile::Database => database_length(connection).await,
                    DatabaseFile::Log => log_length(connection).await,
                };
                if needed.is_none_or(|needed| needed > length) {
                    let what = if which == DatabaseFile::Database { "database file" } else { "write-ahead log" };
                    return Err(format!("the {what} was cut short to {length} bytes"));
                }
                self.guard.accept(which);
                Ok(())
            }
        }
    }
}

/// Leaks the connection, so that the process ends without closing it: closing would checkpoint the
/// log into whatever file remains, and delete the log at the path, even that of another database.
pub fn leave_open(connection: AnyConnection) {
    std::mem::forget(connection);
}

/// [`leave_open`] for a pool, whose connections may still be in use.
pub fn leave_pool_open(pool: &AnyPool) {
    std::mem::forget(pool.clone());
}

/// The size of the database by its page count. `vacuum` reduces it.
async fn database_length(connection: &mut AnyConnection) -> Option<u64> {
    let pages: i64 = sqlx::query_scalar("pragma page_count").fetch_one(&mut *connection).await.ok()?;
    Some(u64::try_from(pages).ok()? * page_size(connection).await?)
}

/// The size of the used part of the log. A checkpoint lets it restart, and truncates a long one.
async fn log_length(connection: &mut AnyConnection) -> Option<u64> {
    let row = sqlx::query("pragma wal_checkpoint(passive)").fetch_one(&mut *connection).await.ok()?;
    let frames: i64 = sqlx::Row::try_get(&row, 1).ok()?;
    match u64::try_from(frames).unwrap_or(0) {
        0 => Some(0),
        frames => Some(LOG_HEAD + frames * (FRAME_HEAD + page_size(connection).await?)),
    }
}

async fn page_size(connection: &mut AnyConnection) -> Option<u64> {
    let size: i64 = sqlx::query_scalar("pragma page_size").fetch_one(connection).await.ok()?;
    u64::try_from(size).ok()
}
