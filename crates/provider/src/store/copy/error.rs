//! Why a copy failed, and at which database.

use super::table::Table;
use crate::store::obstacle::Obstructed;

/// One of the two databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The one that is read.
    Source,
    /// The one that is filled.
    Target,
}

/// Why nothing was copied. The target holds no row then that it did not hold before.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// Both addresses lead to the same database.
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
    /// Somebody else was writing, and did not stop within five seconds.
    #[error("somebody else writes to the {0:?}")]
    Busy(Side),
    /// The database did not do it, with the table that it was at.
    #[error("the {side:?} failed at {table:?}: {why}")]
    Failed {
        /// Which of the two.
        side: Side,
        /// The table, if it was at one.
        table: Option<String>,
        /// What it said.
        why: String,
    },
}

impl Side {
    /// What a fault on this side becomes.
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
