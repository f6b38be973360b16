//! Errors of the use cases, by who may see them.

use oauth::form::FieldError;
use oauth::{BearerError, Message};

use crate::authorize::PageError;

/// Why a use case failed. Mapped to HTTP in one place, the server's `respond.rs`.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An error response for the client (RFC 6749 §5.2); its `reason` is for the log only.
    #[error("{}", .0.code.as_str())]
    OAuth(oauth::Error),
    /// An error response of a protected resource (RFC 6750 §3).
    #[error("bearer: {0:?}")]
    Bearer(BearerError),
    /// An error page for the user, where a redirect is unsafe (RFC 6749 §4.1.2.1).
    #[error("page: {0:?}")]
    Page(Box<PageError>),
    /// It does not exist, or belongs to another user.
    #[error("not found")]
    NotFound,
    /// The session of a write has ended, or its account is disabled: nothing was written.
    #[error("signed out")]
    SignedOut,
    /// Rate limited: too many attempts.
    #[error("throttled for {retry_after} s")]
    Throttled {
        /// Seconds until the next attempt is accepted.
        retry_after: i64,
    },
    /// Too many failed attempts in a row: only browsers known to the account are checked.
    #[error("capped")]
    Capped,
    /// The queue for password hashing, or another bounded resource, is full.
    #[error("busy")]
    Busy,
    /// A conflict with the stored state; a message for the user.
    #[error("{0}")]
    Conflict(Message),
    /// An invalid form field.
    #[error("{}: {}", .0.field, .0.message)]
    Form(FieldError),
    /// The database is unavailable; nothing was acknowledged. The reason is for the log only.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// An internal error, for the log only.
    #[error("internal: {0}")]
    Internal(String),
}

impl Error {
    /// The database does not answer.
    #[must_use]
    pub fn unavailable(why: &str) -> Self {
        Self::Unavailable(why.to_owned())
    }

    /// Whether a write failed only because of a concurrent one (deadlock, serialization failure),
    /// and may be retried.
    pub(crate) fn may_be_tried_again(&self) -> bool {
        matches!(self, Self::Unavailable(why) if why.starts_with(IN_THE_WAY))
    }

    /// A stored value that this code cannot have written.
    #[must_use]
    pub fn corrupt(what: &str) -> Self {
        Self::Internal(format!("corrupt row: {what}"))
    }
}

impl From<oauth::Error> for Error {
    fn from(error: oauth::Error) -> Self {
        Self::OAuth(error)
    }
}

impl From<BearerError> for Error {
    fn from(error: BearerError) -> Self {
        Self::Bearer(error)
    }
}

impl From<PageError> for Error {
    fn from(error: PageError) -> Self {
        Self::Page(Box::new(error))
    }
}

/// `serialization_failure` and `deadlock_detected` of PostgreSQL.
const WAITING: [&str; 2] = ["40001", "40P01"];

/// Prefix of the reason for an error that may be retried.
const IN_THE_WAY: &str = "another write was in the way: ";

impl From<sqlx::Error> for Error {
    /// An error in a statement or a row is internal; any other means that the database is
    /// unavailable.
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as Sql;
        match &error {
            Sql::RowNotFound => Self::NotFound,
            Sql::ColumnNotFound(_) | Sql::ColumnDecode { .. } | Sql::Decode(_) | Sql::Encode(_) => {
                Self::Internal(error.to_string())
            }
            Sql::Database(inner) if inner.is_unique_violation() => Self::Conflict("exists-already".into()),
            Sql::Database(inner) if inner.code().is_some_and(|code| WAITING.contains(&&*code)) => {
                Self::Unavailable(format!("{IN_THE_WAY}{error}"))
            }
            _ => Self::Unavailable(error.to_string()),
        }
    }
}
