//! Files on the disk after a command, after a stop, and when they are removed under a running
//! server.

use std::path::PathBuf;

use crate::harness::Folder;
use crate::server::{Server, get, post};

const AT_ONCE: [(&str, &str); 1] = [("JETON_SHUTDOWN_DELAY", "0")];
const ASK: &str = "grant_type=client_credentials&client_id=worker&client_secret=not-a-secret-in-this-test-0123456789";

fn folder() -> Folder {
    let folder = Folder::ready();
    let client = "client add --name Worker --grant client_credentials --client-id worker --client-secret-stdin";
    folder.good_with(&client.split(' ').collect::<Vec<_>>(), "not-a-secret-in-this-test-0123456789\n");
    folder
}

/// The names of the files of the database.
fn files(folder: &Folder) -> Vec<String> {
    let found = std::fs::read_dir(folder.0.join("data")).unwrap();
    let mut names: Vec<_> = found.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name.starts_with("jeton.db"));
    names.sort();
    names
}

fn at(folder: &Folder, tail: &str) -> PathBuf {
    folder.0.join(format!("data/jeton.db{tail}"))
}

#[test]
fn every_command_leaves_one_file_that_holds_everything_also_when_it_fails() {
    let folder = Folder::empty();
    let good: [&[&str]; 5] = [&["init"], &["migrate"], &["scope", "add", "read"], &["user", "list"], &["setup-link"]];
    for command in good {
        folder.good(command);
        assert_eq!(files(&folder), ["jeton.db"], "{command:?}");
    }
    folder.user("ada");
    folder.fault(&["user", "add", "ada", "--password-stdin"], &[], "another long password of mine");
    folder.fault(&["serve"], &[("JETON_LISTEN", "192.0.2.1:1")], "");
    folder.good(&["doctor"]);
    folder.good(&["db", "copy", "--from", "sqlite:data/jeton.db", "--to", "sqlite:data/jeton.db-copy"]);
    assert_eq!(files(&folder), ["jeton.db", "jeton.db-copy"]);
    // The database file and the key are everything.
    let other = Folder::empty();
    std::fs::create_dir(other.0.join("data")).unwrap();
    for file in ["data/jeton.db", "data/secret.key"] {
        std::fs::copy(folder.0.join(file), other.0.join(file)).unwrap();
    }
    assert!(other.good(&["user", "list"]).contains("ada"));
}

#[test]
fn a_server_that_was_stopped_leaves_one_file_unless_another_process_has_it_open() {
    let folder = folder();
    let (server, other) = (Server::start(&folder, &AT_ONCE), Server::start(&folder, &AT_ONCE));
    for _ in 0..3 {
        assert_eq!(post(server.address, "/oauth2/token", ASK).unwrap().status, 200);
    }
    folder.user("ada");
    server.terminate();
    assert!(server.ended().success());
    assert_eq!(files(&folder), ["jeton.db", "jeton.db-shm", "jeton.db-wal"]);
    let token = post(other.address, "/oauth2/token", ASK).unwrap().member("access_token");
    other.terminate();
    assert!(other.ended().success());
    assert_eq!(files(&folder), ["jeton.db"]);
    assert!(folder.good(&["user", "list"]).contains("ada"));
    let server = Server::start(&folder, &AT_ONCE);
    let path = format!("/oauth2/tokeninfo?access_token={token}");
    assert_eq!(get(server.address, &path).unwrap().status, 200);
}

/// Something that is done to a file, and undone.
type Deed = (&'static str, fn(&std::path::Path), fn(&std::path::Path));

#[cfg(unix)]
const DEEDS: [Deed; 3] = [
    ("moved", |path| std::fs::rename(path, away(path)).unwrap(), |path| std::fs::rename(away(path), path).unwrap()),
    (
        "replaced",
        |path| {
            std::fs::rename(path, away(path)).unwrap();
            std::fs::copy(away(path), path).unwrap();
        },
        |path| std::fs::rename(away(path), path).unwrap(),
    ),
    (
        "cut short",
        |path| {
            std::fs::copy(path, away(path)).unwrap();
            std::fs::OpenOptions::new().write(true).open(path).unwrap().set_len(0).unwrap();
        },
        |path| assert!(std::fs::copy(away(path), path).unwrap() > 0),
    ),
];

fn away(path: &std::path::Path) -> PathBuf {
    path.with_file_name("away")
}

#[cfg(unix)]
#[test]
fn what_is_taken_away_under_a_running_server_is_noticed_before_a_write_is_acknowledged() {
    let folder = folder();
    let server = Server::start(&folder, &AT_ONCE);
    let status =
        || (post(server.address, "/oauth2/token", ASK).unwrap().status, get(server.address, READY).unwrap().status);
    assert_eq!(status(), (200, 200));
    for tail in ["", "-wal", "-shm"] {
        for (deed, do_it, undo) in DEEDS.into_iter().filter(|(deed, ..)| tail != "-shm" || *deed != "cut short") {
            do_it(&at(&folder, tail));
            let reply = post(server.address, "/oauth2/token", ASK).unwrap();
            assert_eq!(
                (reply.status, reply.member("error").as_str()),
                (503, "temporarily_unavailable"),
                "{tail} {deed}"
            );
            wait_for(server.address, 503);
            undo(&at(&folder, tail));
            wait_for(server.address, 200);
            assert_eq!(status(), (200, 200), "{tail} {deed}, and back");
        }
    }
}

const READY: &str = "/health/ready";

/// Readiness is probed once a second.
fn wait_for(address: std::net::SocketAddr, status: u16) {
    let found = (0..200_000).any(|_| get(address, READY).unwrap().status == status);
    assert!(found, "never {status}");
}

#[cfg(unix)]
#[test]
fn a_server_whose_database_was_removed_touches_nothing_at_its_path_when_it_ends() {
    let folder = folder();
    let server = Server::start(&folder, &AT_ONCE);
    assert_eq!(post(server.address, "/oauth2/token", ASK).unwrap().status, 200);
    for tail in ["", "-wal", "-shm"] {
        std::fs::remove_file(at(&folder, tail)).unwrap();
        std::fs::write(at(&folder, tail), "somebody else's").unwrap();
    }
    assert_eq!(post(server.address, "/oauth2/token", ASK).unwrap().status, 503);
    server.terminate();
    assert!(server.ended().success());
    for tail in ["", "-wal", "-shm"] {
        assert_eq!(std::fs::read_to_string(at(&folder, tail)).unwrap(), "somebody else's");
    }
}

#[test]
fn a_file_that_was_cut_short_beside_its_log_is_refused_again_and_again_and_works_when_it_is_back() {
    let folder = folder();
    let server = Server::start(&folder, &AT_ONCE);
    assert_eq!(post(server.address, "/oauth2/token", ASK).unwrap().status, 200);
    // Killed: the log stays.
    drop(server);
    let whole = std::fs::read(at(&folder, "")).unwrap();
    assert!(std::fs::metadata(at(&folder, "-wal")).unwrap().len() > 0);
    std::fs::write(at(&folder, ""), &whole[..whole.len() / 2]).unwrap();
    for _ in 0..2 {
        let line = folder.fault(&["user", "list"], &[], "");
        assert!(line.contains("was cut short") && line.contains("jeton restore"), "{line}");
        assert_eq!(std::fs::metadata(at(&folder, "")).unwrap().len(), whole.len() as u64 / 2);
    }
    std::fs::write(at(&folder, ""), whole).unwrap();
    folder.good(&["user", "list"]);
    assert_eq!(files(&folder), ["jeton.db"]);
}
