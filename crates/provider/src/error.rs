//! Everything that can go wrong in a use case, by who may see it.

use oauth::form::FieldError;
use oauth::{BearerError, Message};

use crate::authorize::PageError;

/// Why a use case did not end well. Mapped to HTTP in one place, the server's `respond.rs`.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The client sees it (RFC 6749 §5.2); its `reason` is for the log alone.
    #[error("{}", .0.code.as_str())]
    OAuth(oauth::Error),
    /// The caller of a protected resource sees it (RFC 6750 §3).
    #[error("bearer: {0:?}")]
    Bearer(BearerError),
    /// The person sees it on a page; redirecting would be unsafe (RFC 6749 §4.1.2.1).
    #[error("page: {0:?}")]
    Page(Box<PageError>),
    /// There is no such thing, or it belongs to somebody else.
    #[error("not found")]
    NotFound,
    /// The session that a write was asked for in has ended, or its account is disabled: nothing was written.
    #[error("signed out")]
    SignedOut,
    /// Too many attempts; try again after so many seconds.
    #[error("throttled for {retry_after} s")]
    Throttled {
        /// Seconds until an attempt is looked at again.
        retry_after: i64,
    },
    /// So many failed attempts in a row that only browsers which signed in to the account before are judged.
    #[error("capped")]
    Capped,
    /// More sign-ins at once than the machine can hash.
    #[error("busy")]
    Busy,
    /// The request contradicts what is stored; a sentence for the person.
    #[error("{0}")]
    Conflict(Message),
    /// A field that the person must mend.
    #[error("{}: {}", .0.field, .0.message)]
    Form(FieldError),
    /// The database did not take the work; nothing was acknowledged. Only the log sees why.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A fault of ours. Only the log sees it.
    #[error("internal: {0}")]
    Internal(String),
}

impl Error {
    /// The database, or the way to it, does not answer.
    #[must_use]
    pub fn unavailable(why: &str) -> Self {
        Self::Unavailable(why.to_owned())
    }

    /// Whether a write failed only because of another one at the same moment (deadlock, serialization failure), so that it may be
    /// tried again.
    pub(crate) fn may_be_tried_again(&self) -> bool {
        matches!(self, Self::Unavailable(why) if why.starts_with(IN_THE_WAY))
    }

    /// A stored value that no code of ours can have written.
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

/// How the reason then begins.
const IN_THE_WAY: &str = "another write was in the way: ";

impl From<sqlx::Error> for Error {
    /// A fault in a statement or a row is ours; everything else means that the database cannot serve now.
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
