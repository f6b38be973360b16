//! Why a database cannot be used, by its error code: the operator is told the one thing to do about
//! it.

use std::io::ErrorKind;

use sqlx::migrate::MigrateError;

use crate::error::Error;

/// Why a database cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Nothing listens at the address.
    Refused,
    /// The host name does not resolve.
    NoHost,
    /// Timeout: no answer.
    Silent,
    /// User name or password is wrong, or the server accepts no connections from this address.
    SignIn,
    /// The server has no database of this name.
    NoDatabase,
    /// The server accepts no more connections.
    Crowded,
    /// The server is starting, stopping, or a standby.
    NotNow,
    /// TLS failed.
    Tls,
    /// Something other than the database answers.
    Stranger,
    /// The role, or the process's user, lacks the permission.
    Permission,
    /// The database's encoding cannot hold every text.
    Encoding,
    /// The file, or its folder, is not writable.
    ReadOnly,
    /// The file, or its log, cannot be opened.
    NotOpened,
    /// The file is not a SQLite database.
    NoDatabaseFile,
    /// The file is damaged.
    Malformed,
    /// Another process holds the lock.
    Locked,
    /// The disk is full.
    Full,
    /// The file was replaced while it was being opened.
    Replaced,
    /// A newer version has migrated the database.
    Newer,
    /// Anything else.
    Other,
}

/// An obstacle, and the database's own message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct Obstructed {
    /// The kind of obstacle.
    pub obstacle: Obstacle,
    /// The message.
    pub why: String,
}

impl Obstructed {
    /// An obstacle with a message of our own.
    #[must_use]
    pub fn new(obstacle: Obstacle, why: &str) -> Self {
        Self { obstacle, why: why.to_owned() }
    }
}

impl From<Obstructed> for Error {
    fn from(obstructed: Obstructed) -> Self {
        Self::Unavailable(obstructed.why)
    }
}

impl From<sqlx::Error> for Obstructed {
    fn from(error: sqlx::Error) -> Self {
        Self { obstacle: Obstacle::of(&error), why: error.to_string() }
    }
}

impl From<MigrateError> for Obstructed {
    fn from(error: MigrateError) -> Self {
        let obstacle = match &error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => Obstacle::of(error),
            MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..) => Obstacle::Newer,
            _ => Obstacle::Other,
        };
        Self { obstacle, why: format!("migration: {error}") }
    }
}

/// SQLSTATE of PostgreSQL.
const POSTGRES: [(&str, Obstacle); 13] = [
    ("28P01", Obstacle::SignIn),
    ("28000", Obstacle::SignIn),
    ("3D000", Obstacle::NoDatabase),
    ("53300", Obstacle::Crowded),
    ("57P01", Obstacle::NotNow),
    ("57P02", Obstacle::NotNow),
    ("57P03", Obstacle::NotNow),
    ("25006", Obstacle::NotNow),
    ("42501", Obstacle::Permission),
    // A schema of the search path does not exist, or must not be used.
    ("3F000", Obstacle::Permission),
    ("22P05", Obstacle::Encoding),
    ("53100", Obstacle::Full),
    ("55P03", Obstacle::Locked),
];

/// Primary result codes of SQLite.
const SQLITE: [(i32, Obstacle); 9] = [
    (3, Obstacle::ReadOnly),
    (5, Obstacle::Locked),
    (6, Obstacle::Locked),
    (8, Obstacle::ReadOnly),
    (11, Obstacle::Malformed),
    (13, Obstacle::Full),
    (14, Obstacle::NotOpened),
    (23, Obstacle::ReadOnly),
    (26, Obstacle::NoDatabaseFile),
];

impl Obstacle {
    /// The obstacle that an error of the driver means.
    #[must_use]
    pub fn of(error: &sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(error) => error.code().map_or(Self::Other, |code| Self::of_code(&code)),
            sqlx::Error::Io(error) => Self::of_io(error),
            sqlx::Error::PoolTimedOut => Self::Silent,
            sqlx::Error::Tls(_) => Self::Tls,
            sqlx::Error::Protocol(_) => Self::Stranger,
            _ => Self::Other,
        }
    }

    /// SQLSTATE has five characters; SQLite's codes are decimal, the primary one in the lowest
    /// byte.
    fn of_code(code: &str) -> Self {
        if let Some((_, found)) = POSTGRES.iter().find(|(known, _)| *known == code) {
            return *found;
        }
        let primary = code.parse::<i32>().ok().filter(|_| code.len() < 5).map(|code| code & 0xff);
        SQLITE.iter().find(|(known, _)| Some(*known) == primary).map_or(Self::Other, |(_, found)| *found)
    }

    fn of_io(error: &std::io::Error) -> Self {
        match error.kind() {
            // The Unix socket does not exist.
            ErrorKind::ConnectionRefused | ErrorKind::NotFound => Self::Refused,
            ErrorKind::TimedOut | ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => Self::Silent,
            ErrorKind::PermissionDenied => Self::Permission,
            ErrorKind::ConnectionReset | ErrorKind::UnexpectedEof | ErrorKind::InvalidData => Self::Stranger,
            _ if error.to_string().contains("lookup address") => Self::NoHost,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_has_its_obstacle_and_an_unknown_one_is_just_another() {
        let table = [
            ("28P01", Obstacle::SignIn),
            ("3D000", Obstacle::NoDatabase),
            ("42501", Obstacle::Permission),
            ("22P05", Obstacle::Encoding),
            ("42601", Obstacle::Other),
            ("14", Obstacle::NotOpened),
            ("26", Obstacle::NoDatabaseFile),
            ("8", Obstacle::ReadOnly),
            ("1032", Obstacle::ReadOnly),
            ("779", Obstacle::Malformed),
            ("1", Obstacle::Other),
            ("", Obstacle::Other),
        ];
        for (code, wanted) in table {
            assert_eq!(Obstacle::of_code(code), wanted, "{code}");
        }
        let io =
            |kind: ErrorKind, text: &str| Obstacle::of(&sqlx::Error::Io(std::io::Error::new(kind, text.to_owned())));
        assert_eq!(io(ErrorKind::ConnectionRefused, "refused"), Obstacle::Refused);
        assert_eq!(io(ErrorKind::Other, "failed to lookup address information"), Obstacle::NoHost);
        assert_eq!(io(ErrorKind::Other, "something"), Obstacle::Other);
    }
}
