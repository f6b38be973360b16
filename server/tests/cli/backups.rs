//! `jeton backup` and `jeton restore`.

use std::path::Path;

use provider::{Backup, Obstacle};
use sqlx::{AnyConnection, Connection, Executor};

use crate::harness::Folder;
use crate::server::{Server, get};

const AT_ONCE: [(&str, &str); 1] = [("JETON_SHUTDOWN_DELAY", "0")];
const BACKUP: &str = "backups/monday.db";
const DATABASE: &str = "data/jeton.db";

/// A database with the user `ada`, its backup, and then the user `grace`.
fn folder() -> Folder {
    let folder = Folder::ready();
    folder.user("ada");
    folder.good(&["backup", BACKUP]);
    folder.user("grace");
    folder
}

fn users(folder: &Folder) -> Vec<String> {
    let users = folder.json(&["user", "list"], "");
    let names = users.as_array().unwrap().iter().map(|user| user["username"].as_str().unwrap().to_owned());
    names.collect()
}

fn files(folder: &Folder, path: &str) -> Vec<String> {
    let found = std::fs::read_dir(folder.0.join(path)).unwrap();
    let mut names: Vec<_> = found.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_backup_is_one_file_for_its_owner_alone_and_is_never_written_over_another() {
    let folder = folder();
    assert_eq!(files(&folder, "backups"), ["monday.db"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(folder.0.join(BACKUP)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let before = std::fs::read(folder.0.join(BACKUP)).unwrap();
    assert!(folder.fault(&["backup", BACKUP], &[], "").contains("exists already. Name another file"));
    assert_eq!(std::fs::read(folder.0.join(BACKUP)).unwrap(), before);
    let said = folder.json(&["backup", "tuesday.db"], "");
    assert_eq!(said["backup"], "tuesday.db");
    assert!(said["bytes"].as_u64().unwrap() > 4096, "{said}");
}

#[test]
fn a_backup_is_made_under_a_running_server_and_restored_only_when_it_has_ended() {
    let folder = Folder::ready();
    folder.user("ada");
    let server = Server::start(&folder, &AT_ONCE);
    folder.good(&["backup", BACKUP]);
    folder.user("grace");
    let line = folder.fault(&["restore", BACKUP, "--force"], &[], "");
    assert!(line.contains("is open in another process. Stop every server"), "{line}");
    assert_eq!(get(server.address, "/health/ready").unwrap().status, 200);
    server.terminate();
    assert!(server.ended().success());
    assert_eq!(users(&folder), ["ada", "grace"]);
    folder.good(&["restore", BACKUP, "--force"]);
    assert_eq!(
        (users(&folder), files(&folder, "data")),
        (vec!["ada".to_owned()], vec!["jeton.db".to_owned(), "secret.key".to_owned()])
    );
    let server = Server::start(&folder, &AT_ONCE);
    assert_eq!(get(server.address, "/health/ready").unwrap().status, 200);
}

#[test]
fn a_log_that_a_killed_server_left_is_not_played_into_what_was_restored() {
    let folder = folder();
    let server = Server::start(&folder, &AT_ONCE);
    folder.user("later");
    drop(server);
    assert!(files(&folder, "data").contains(&"jeton.db-wal".to_owned()), "a positive control");
    folder.good(&["restore", BACKUP, "--force"]);
    assert_eq!(files(&folder, "data"), ["jeton.db", "secret.key"]);
    assert_eq!(users(&folder), ["ada"]);
    assert!(folder.good(&["doctor"]).contains("the key is the one of this database"));
}

#[test]
fn what_the_backup_does_not_hold_is_replaced_only_by_force() {
    let folder = folder();
    let line = folder.fault(&["restore", BACKUP], &[], "");
    assert!(line.contains("holds what the backup does not (in users). Add --force"), "{line}");
    assert_eq!(users(&folder), ["ada", "grace"]);
    folder.good(&["backup", "now.db"]);
    folder.good(&["restore", "now.db"]);
    assert_eq!(users(&folder), ["ada", "grace"]);
    folder.good(&["restore", BACKUP, "--force"]);
    assert_eq!(users(&folder), ["ada"]);
}

#[test]
fn a_database_that_is_lost_or_damaged_is_restored_without_force() {
    let folder = folder();
    let path = folder.0.join(DATABASE);
    let half = |bytes: &[u8]| bytes[..bytes.len() / 2].to_vec();
    let whole = std::fs::read(&path).unwrap();
    for damaged in [None, Some(Vec::new()), Some(half(&whole))] {
        match &damaged {
            None => std::fs::remove_file(&path).unwrap(),
            Some(bytes) => std::fs::write(&path, bytes).unwrap(),
        }
        for command in [&["serve"][..], &["user", "list"], &["user", "add", "eve", "--password-stdin"], &["migrate"]] {
            let line = folder.fault(command, &[], "correct horse battery staple");
            assert!(line.contains("JETON_DATABASE_URL") && line.contains("jeton restore"), "{line}");
        }
        assert!(folder.run(&["doctor"], &[], "").out.contains("jeton restore"));
        assert_eq!(path.exists().then(|| std::fs::read(&path).unwrap()), damaged, "nothing was made");
        folder.good(&["restore", BACKUP]);
        assert_eq!(users(&folder), ["ada"]);
    }
}

/// What a server leaves that was killed before any page of its log was moved into the file.
fn log_of_every_page(path: &Path) -> Vec<u8> {
    sqlx::any::install_default_drivers();
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let mut connection = AnyConnection::connect(&format!("sqlite:{}", path.display())).await.unwrap();
        connection.execute("pragma wal_autocheckpoint = 0").await.unwrap();
        connection.execute("vacuum").await.unwrap();
        let log = std::fs::read(path.with_extension("db-wal")).unwrap();
        connection.close().await.unwrap();
        log
    })
}

#[test]
fn a_file_that_is_cut_and_whole_with_its_log_is_replaced_only_by_force() {
    let folder = folder();
    let path = folder.0.join(DATABASE);
    let whole = std::fs::read(&path).unwrap();
    let half = &whole[..whole.len() / 2];
    let log = log_of_every_page(&path);
    std::fs::write(&path, half).unwrap();
    std::fs::write(path.with_extension("db-wal"), log).unwrap();
    let line = folder.fault(&["restore", BACKUP], &[], "");
    assert!(line.contains("holds what the backup does not (in users). Add --force"), "{line}");
    assert_eq!(users(&folder), ["ada", "grace"]);
    // Without the log the rest is gone.
    std::fs::write(&path, half).unwrap();
    assert!(folder.fault(&["user", "list"], &[], "").contains("was cut short"));
    folder.good(&["restore", BACKUP]);
    assert_eq!(users(&folder), ["ada"]);
}

#[test]
fn nobody_writes_to_a_database_while_it_is_compared_with_a_backup() {
    let folder = folder();
    folder.good(&["backup", "now.db"]);
    let (old, new) = (folder.0.join(DATABASE), folder.0.join("now.db"));
    sqlx::any::install_default_drivers();
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let mut writer = AnyConnection::connect(&format!("sqlite:{}", old.display())).await.unwrap();
        writer.execute("begin immediate").await.unwrap();
        assert_eq!(Backup::lacks(&old, &new).await.unwrap_err().obstacle, Obstacle::Locked);
        writer.execute("rollback").await.unwrap();
        assert_eq!(Backup::lacks(&old, &new).await, Ok(None));
        writer.close().await.unwrap();
    });
}

/// The shell leaves a draft under its own number, which the command then has.
#[cfg(unix)]
#[test]
fn a_draft_of_the_same_process_number_stays_and_the_line_says_to_remove_it() {
    let folder = folder();
    for (place, command) in [(DATABASE, "restore backups/monday.db"), ("tuesday.db", "backup tuesday.db")] {
        let script = format!("echo half >{place}.copying-$$ && exec \"$0\" {command}");
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", &script, env!("CARGO_BIN_EXE_jeton")]).current_dir(&folder.0);
        for (name, _) in folder.command(&[], &[]).get_envs() {
            shell.env_remove(name);
        }
        let done = shell.output().unwrap();
        let line = String::from_utf8(done.stderr).unwrap();
        assert!(!done.status.success() && line.contains("An interrupted command left it: remove it"), "{line}");
        let beside = Path::new(place).parent().unwrap().to_str().unwrap();
        let left = files(&folder, beside).into_iter().find(|name| name.contains(".copying-")).unwrap();
        assert_eq!(std::fs::read_to_string(folder.0.join(beside).join(left)).unwrap(), "half\n");
    }
}

#[test]
fn a_file_that_is_no_backup_of_this_server_is_refused_and_the_database_stays() {
    let folder = folder();
    let other = Folder::ready();
    other.good(&["backup", "other.db"]);
    std::fs::copy(other.0.join("other.db"), folder.0.join("other.db")).unwrap();
    std::fs::write(folder.0.join("text.db"), "not a database, but a text of more than one hundred bytes".repeat(9))
        .unwrap();
    std::fs::write(folder.0.join("empty.db"), "").unwrap();
    let backup = std::fs::read(folder.0.join(BACKUP)).unwrap();
    std::fs::write(folder.0.join("cut.db"), &backup[..backup.len() - 4096]).unwrap();
    let mut damaged = backup;
    let middle = damaged.len() / 2;
    damaged[middle..middle + 8192].fill(7);
    std::fs::write(folder.0.join("damaged.db"), damaged).unwrap();
    let table = [
        ("missing.db", "is no file"),
        (DATABASE, "is the database itself"),
        ("other.db", "belongs to another secret key"),
        ("text.db", "is no SQLite database"),
        ("empty.db", "is no SQLite database"),
        ("cut.db", "was cut short"),
        ("damaged.db", "is damaged"),
    ];
    for (from, part) in table {
        let line = folder.fault(&["restore", from, "--force"], &[], "");
        assert!(line.contains(part), "{from}: {line}");
        assert_eq!(users(&folder), ["ada", "grace"]);
        assert_eq!(files(&folder, "data"), ["jeton.db", "secret.key"]);
    }
}

#[test]
fn a_file_that_is_no_database_is_named_as_such_and_replaced_only_by_force() {
    let folder = folder();
    std::fs::write(folder.0.join(DATABASE), "somebody's diary ".repeat(20)).unwrap();
    for command in ["serve", "migrate", "init"] {
        assert!(folder.fault(&[command], &[], "").contains("the file is no SQLite database"));
    }
    assert!(folder.fault(&["restore", BACKUP], &[], "").contains("Add --force"));
    folder.good(&["restore", BACKUP, "--force"]);
    assert_eq!(users(&folder), ["ada"]);
}

#[test]
fn on_postgresql_its_own_tools_are_named() {
    let folder = Folder::ready();
    let url = [
        ("JETON_DATABASE_URL", "postgres://jeton:hush@127.0.0.1:1/jeton"),
        ("JETON_SECRET_KEY_FILE", "data/secret.key"),
    ];
    for (command, tool) in [("backup", "pg_dump"), ("restore", "pg_restore")] {
        let line = folder.fault(&[command, BACKUP], &url, "");
        assert!(line.contains(tool) && !line.contains("hush"), "{line}");
    }
}
