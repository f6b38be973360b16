//! Why a copy failed, and at which database.

use super::table::Table;
use crate::store::obstacle::Obstructed;

/// One of the two databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The database that is read.
    Source,
    /// The database that is filled.
    Target,
}

/// Why a copy failed. The target then holds no row that it did not hold before.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// Both addresses name the same database.
    #[error("source and target are the same database")]
    Same,
    /// Nothing answers at the address.
    #[error("the {0:?} cannot be opened: {1}")]
    Unreachable(Side, Obstructed),
    /// The source has no tables of Jeton.
    #[error("the source has no tables")]
    NoTables,
    /// The schema is older than this version.
    #[error("the schema of the {0:?} is older than this version")]
    Older(Side),
    /// The schema is newer than this version.
    #[error("the schema of the {0:?} is newer than this version")]
    Newer(Side),
    /// This table of the target holds rows already.
    #[error("the table {0} of the target holds rows")]
    Occupied(String),
    /// Another process held the write lock for more than five seconds.
    #[error("somebody else writes to the {0:?}")]
    Busy(Side),
    /// A statement failed.
    #[error("the {side:?} failed at {table:?}: {why}")]
    Failed {
        /// Which of the two.
        side: Side,
        /// The table that was being copied, if any.
        table: Option<String>,
        /// The database's message.
        why: String,
    },
}

impl Side {
    /// Makes an error of this side a [`CopyError`].
    pub fn failed(self, table: Option<&Table>) -> impl Fn(sqlx::Error) -> CopyError {
        move |error| {
            let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
            // SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT; lock_not_available.
            if matches!(code.as_deref(), Some("5" | "517" | "55P03")) {
                return CopyError::Busy(self);
            }
            CopyError::Failed { side: self, table: table.map(|table| table.name.clone()), why: error.to_string() }
        }
    }
}
