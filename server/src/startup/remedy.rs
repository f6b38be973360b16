//! Remedies: what an operator reads about a database or a listening address that cannot be used,
//! with the one fix.

use std::io::ErrorKind;
use std::net::SocketAddr;

use provider::{Location, Obstacle, Obstructed};

use super::one_line;

/// The setting for the addresses.
const LISTEN: &str = "JETON_LISTEN";

const START: &str = "Start the database, or set the address by which it answers";
const WRITE: &str =
    "Let the user that runs jeton write to the file and to its folder, and mount neither of them read-only";

/// Cause and remedy of each obstacle on both databases.
const COMMON: [(Obstacle, &str, &str); 4] = [
    (Obstacle::Full, "there is no room on its disk", "Make room"),
    (Obstacle::Locked, "somebody else holds its lock", "End what holds it, or wait until it is done"),
    (
        Obstacle::Newer,
        "a newer version of jeton has migrated it",
        "Use that version, or a database that was backed up with this one",
    ),
    (Obstacle::Other, "", "Its own log may tell more"),
];

const POSTGRES: [(Obstacle, &str, &str); 10] = [
    (Obstacle::Refused, "nothing listens there", START),
    (Obstacle::Silent, "it did not answer in time", START),
    (Obstacle::NoHost, "the host's name leads nowhere", "Set the name or the IP address of the database's host"),
    (
        Obstacle::SignIn,
        "it does not let this role in, or not with this password",
        "Set the role and its password (in a password @ is written %40, # %23, / %2F, ? %3F), or let it in by pg_hba.conf",
    ),
    (
        Obstacle::NoDatabase,
        "the server has no database of this name",
        "Make it with: createdb --encoding UTF8 --owner ROLE NAME; or set the name of one that is there",
    ),
    (Obstacle::Crowded, "the server takes no more connections", "Raise its max_connections, or end what uses them up"),
    (
        Obstacle::NotNow,
        "the server starts, stops, or is a standby",
        "Wait until it is up, or set the address of the primary",
    ),
    (Obstacle::Tls, "TLS failed", "Set sslmode and sslrootcert behind the address, or the server's certificate right"),
    (Obstacle::Stranger, "what answers there is no PostgreSQL server", "Set the host and the port of the database"),
    (
        Obstacle::Permission,
        "its role lacks a permission",
        "Grant it to the role (for tables: GRANT USAGE, CREATE ON SCHEMA public TO ROLE), or run jeton migrate as the owner",
    ),
];

const SQLITE: [(Obstacle, &str, &str); 6] = [
    (Obstacle::ReadOnly, "it cannot be written to", WRITE),
    (Obstacle::NotOpened, "the file or its folder is closed to this user", WRITE),
    (Obstacle::Permission, "the file or its folder is closed to this user", WRITE),
    (
        Obstacle::NoDatabaseFile,
        "the file is no SQLite database",
        "Set the path of the database, or put a backup into this place with: jeton restore FILE --force",
    ),
    (Obstacle::Malformed, "the file is damaged", "Put a backup into its place with: jeton restore FILE"),
    (Obstacle::Replaced, "the file was replaced meanwhile", "Run the command again"),
];

/// The reason and the remedy, for the end of a sentence: `what (why). Remedy`.
#[must_use]
pub fn of(location: Option<&Location>, found: &Obstructed) -> String {
    let why = one_line(&found.why);
    if found.obstacle == Obstacle::Encoding {
        return format!(
            "its encoding is {why}, in which not every name can be written. Make one with: createdb --encoding UTF8 --template \
             template0 NAME"
        );
    }
    let own: &[_] = if matches!(location, Some(Location::Sqlite(_))) { &SQLITE } else { &POSTGRES };
    let known = own.iter().chain(&COMMON).find(|(obstacle, ..)| *obstacle == found.obstacle);
    let (_, what, remedy) = known.unwrap_or(&COMMON[COMMON.len() - 1]);
    // sqlx's text for a timeout adds nothing.
    match (what.is_empty(), found.obstacle == Obstacle::Silent) {
        (true, _) => format!("{why}. {remedy}"),
        (_, true) => format!("{what}. {remedy}"),
        _ => format!("{what} ({why}). {remedy}"),
    }
}

/// The message for an address that cannot be listened on.
#[must_use]
pub fn listen(address: SocketAddr, error: &std::io::Error) -> String {
    let port = address.port();
    let (what, remedy) = match error.kind() {
        ErrorKind::PermissionDenied if port < 1024 => (
            format!("a port below 1024 needs a permission ({error})"),
            "Set a port from 1024 on, or give it: AmbientCapabilities=CAP_NET_BIND_SERVICE in systemd, or setcap \
             cap_net_bind_service=+ep on the program",
        ),
        ErrorKind::AddrInUse => {
            (format!("another program listens there ({error})"), "End it, or choose a free address")
        }
        ErrorKind::AddrNotAvailable => {
            (format!("the machine has no such address ({error})"), "Set one of its own, or 0.0.0.0 for all")
        }
        _ => (error.to_string(), "choose a free address"),
    };
    format!("{LISTEN}: cannot listen on {address}: {what}. {remedy}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(url: &str, obstacle: Obstacle) -> String {
        of(Location::of(url).as_ref(), &Obstructed::new(obstacle, "why"))
    }

    #[test]
    fn every_obstacle_has_its_own_remedy_and_for_a_missing_permission_it_is_no_backup() {
        let (postgres, sqlite) = ("postgres://db/jeton", "sqlite:jeton.db");
        let table = [
            (postgres, Obstacle::Refused, "Start the database"),
            (postgres, Obstacle::NoHost, "host"),
            (postgres, Obstacle::Silent, "did not answer in time"),
            (postgres, Obstacle::SignIn, "password"),
            (postgres, Obstacle::NoDatabase, "createdb"),
            (postgres, Obstacle::Crowded, "max_connections"),
            (postgres, Obstacle::NotNow, "primary"),
            (postgres, Obstacle::Tls, "sslmode"),
            (postgres, Obstacle::Stranger, "no PostgreSQL"),
            (postgres, Obstacle::Permission, "GRANT USAGE, CREATE ON SCHEMA"),
            (postgres, Obstacle::Encoding, "--encoding UTF8 --template template0"),
            (sqlite, Obstacle::ReadOnly, "write to the file and to its folder"),
            (sqlite, Obstacle::NotOpened, "write to the file and to its folder"),
            (sqlite, Obstacle::NoDatabaseFile, "no SQLite database"),
            (sqlite, Obstacle::Malformed, "jeton restore FILE"),
            (sqlite, Obstacle::Locked, "lock"),
            (sqlite, Obstacle::Newer, "newer version"),
            (sqlite, Obstacle::Other, "why. Its own log"),
        ];
        let mut lines = std::collections::HashSet::new();
        for (url, obstacle, part) in table {
            let line = message(url, obstacle);
            assert!(line.contains(part), "{obstacle:?}: {line}");
            assert!(obstacle != Obstacle::Permission || !line.contains("backup"), "{line}");
            lines.insert(line);
        }
        assert_eq!(lines.len(), table.len());
    }

    #[test]
    fn an_address_that_is_taken_closed_or_elsewhere_is_told_apart() {
        let line = |address: &str, kind: ErrorKind| {
            listen(address.parse().unwrap_or_else(|_| ([0; 4], 1).into()), &kind.into())
        };
        assert!(line("0.0.0.0:80", ErrorKind::PermissionDenied).contains("CAP_NET_BIND_SERVICE"));
        assert!(!line("0.0.0.0:8080", ErrorKind::PermissionDenied).contains("CAP_NET_BIND_SERVICE"));
        assert!(line("0.0.0.0:80", ErrorKind::AddrInUse).contains("another program listens"));
        assert!(line("192.0.2.1:80", ErrorKind::AddrNotAvailable).contains("no such address"));
    }
}
