use serde_json::Value;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

use crate::harness::Folder;

const FROM: &str = "sqlite:data/jeton.db";
const TO: &str = "sqlite:copy/jeton.db";

/// Addresses of empty databases: a file, and a schema where there is a PostgreSQL server.
fn targets(name: &str) -> Vec<String> {
    let mut targets = vec![TO.to_owned()];
    if let Ok(server) = std::env::var("JETON_TEST_POSTGRES") {
        let schema = format!("cli_{}_{name}", std::process::id());
        on_server(&server, &format!("drop schema if exists {schema} cascade; create schema {schema}"));
        let joint = if server.contains('?') { '&' } else { '?' };
        targets.push(format!("{server}{joint}options=-csearch_path%3D{schema}"));
    }
    targets
}

fn drop_database(name: &str) {
    if let Ok(server) = std::env::var("JETON_TEST_POSTGRES") {
        on_server(&server, &format!("drop schema cli_{}_{name} cascade", std::process::id()));
    }
}

pub fn on_server(url: &str, sql: &str) {
    sqlx::any::install_default_drivers();
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let mut connection = AnyConnection::connect(url).await.unwrap();
        connection.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
        connection.close().await.unwrap();
    });
}

/// Runs a command on another database.
fn on(folder: &Folder, url: &str, arguments: &[&str]) -> String {
    let answer =
        folder.run(arguments, &[("JETON_DATABASE_URL", url), ("JETON_SECRET_KEY_FILE", "data/secret.key")], "");
    assert!(answer.good && answer.err.is_empty(), "{arguments:?}: {}", answer.err);
    answer.out
}

#[test]
fn a_copy_is_verified_table_by_table_and_works_with_the_same_key() {
    let folder = Folder::ready();
    folder.user("ada");
    for url in targets("whole") {
        let table = folder.good(&["db", "copy", "--from", FROM, "--to", &url, "--verify"]);
        let line = |name: &str| table.lines().find(|line| line.starts_with(name)).unwrap().split_whitespace();
        assert_eq!(line("users ").collect::<Vec<_>>()[1..], ["1", line("users ").nth(2).unwrap(), "same"], "{table}");
        assert_eq!(line("signing_keys ").last(), Some("same"));
        assert!(table.contains("same secret key") && !table.contains("differs"), "{table}");
        assert!(on(&folder, &url, &["user", "list"]).contains("ada"));
        assert_eq!(on(&folder, &url, &["keys", "list"]), folder.good(&["keys", "list"]));
        assert!(on(&folder, &url, &["doctor"]).contains("up to date"));
        // And back.
        let back = folder.json(&["db", "copy", "--from", &url, "--to", "sqlite:back.db", "--verify"], "");
        let tables = back["tables"].as_array().unwrap();
        assert!(tables.len() > 10 && tables.iter().all(|table| table["same"] == true), "{back}");
        assert!(on(&folder, "sqlite:back.db", &["user", "list"]).contains("ada"));
        std::fs::remove_file(folder.0.join("back.db")).unwrap();
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &str| std::fs::metadata(folder.0.join(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode("copy"), mode("copy/jeton.db")), (0o700, 0o600));
    }
    drop_database("whole");
}

#[test]
fn without_verify_the_rows_are_counted_and_nothing_is_claimed() {
    let folder = Folder::ready();
    let copied: Value = folder.json(&["db", "copy", "--from", FROM, "--to", TO], "");
    assert_eq!((&copied["from"], &copied["to"]), (&Value::from(FROM), &Value::from(TO)));
    for table in copied["tables"].as_array().unwrap() {
        assert!(table["rows"].is_u64() && table["sha256"].is_string() && table.get("same").is_none(), "{table}");
    }
}

#[test]
fn what_cannot_be_copied_is_one_line_without_a_password_and_leaves_no_file() {
    let folder = Folder::ready();
    folder.user("ada");
    let copy = |from: &str, to: &str| {
        let line = folder.fault(&["db", "copy", "--from", from, "--to", to, "--verify"], &[], "");
        assert!(!line.contains("hush"), "{line}");
        line
    };
    assert!(copy("sqlite:missing.db", TO).contains("--from: missing.db does not exist"));
    assert!(copy("mysql://ada:hush@host/jeton", TO).contains("--from: this is no database; write it as"));
    assert!(copy(FROM, "hush").contains("--to: this is no database; write it as"));
    assert!(copy(FROM, "sqlite:./data/../data/jeton.db").contains("is the same database as --from"));
    let line = copy("postgres://ada:hush@127.0.0.1:1/jeton?password=hush", TO);
    assert!(line.contains("--from: postgres://ada:…@127.0.0.1:1/jeton cannot be opened"), "{line}");
    let line = copy(FROM, "postgres://ada:hush@127.0.0.1:1/jeton");
    assert!(line.contains("--to: postgres://ada:…@127.0.0.1:1/jeton cannot be opened"), "{line}");
    let line = folder.fault(&["db", "copy", "postgres://ada:hush@127.0.0.1/jeton"], &[], "");
    assert!(line.contains("unexpected argument") && !line.contains("hush"), "{line}");
    std::fs::write(folder.0.join("empty.db"), "").unwrap();
    #[cfg(unix)]
    {
        set_mode(&folder, "empty.db", 0o644);
        assert!(copy("sqlite:empty.db", TO).contains("chmod 600"));
        set_mode(&folder, "empty.db", 0o600);
    }
    assert!(copy("sqlite:empty.db", TO).contains("holds no tables of Jeton"));
    assert!(!folder.0.join("copy").exists());
    folder.good(&["db", "copy", "--from", FROM, "--to", TO]);
    let line = copy(FROM, TO);
    assert!(line.contains("holds rows already (in ") && line.contains("Name an empty database"), "{line}");
}

/// Changes the schema's version in a database of the folder.
fn reversion(folder: &Folder, sql: &str) {
    on_server(&format!("sqlite:{}", folder.0.join("data/jeton.db").display()), sql);
}

#[test]
fn a_source_of_another_version_is_told_what_to_do() {
    let folder = Folder::ready();
    let newest = "(select max(version) from _sqlx_migrations)";
    reversion(&folder, &format!("update _sqlx_migrations set version = 9999 where version = {newest}"));
    let line = folder.fault(&["db", "copy", "--from", FROM, "--to", TO], &[], "");
    assert!(line.contains("newer version of jeton. Copy with that version"), "{line}");
    reversion(&folder, &format!("delete from _sqlx_migrations where version = {newest}"));
    let line = folder.fault(&["db", "copy", "--from", FROM, "--to", TO], &[], "");
    assert!(line.contains("older than this version of jeton. Run jeton migrate"), "{line}");
    assert!(!folder.0.join("copy").exists());
}

#[test]
fn a_source_that_somebody_writes_to_is_refused_and_no_file_is_left() {
    let folder = Folder::ready();
    let url = format!("sqlite:{}", folder.0.join("data/jeton.db").display());
    sqlx::any::install_default_drivers();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut writer = runtime.block_on(AnyConnection::connect(&url)).unwrap();
    runtime.block_on(writer.execute("begin immediate")).unwrap();
    let line = folder.fault(&["db", "copy", "--from", FROM, "--to", TO], &[], "");
    assert!(line.contains("is being written to. Stop every server on it"), "{line}");
    assert!(!folder.0.join("copy/jeton.db").exists());
    runtime.block_on(writer.execute("rollback")).unwrap();
    folder.good(&["db", "copy", "--from", FROM, "--to", TO]);
}

#[test]
fn a_copy_that_was_killed_left_nothing_in_the_place_of_a_database_and_another_one_is_made() {
    let folder = Folder::ready();
    folder.user("ada");
    std::fs::create_dir(folder.0.join("copy")).unwrap();
    // What is left of one, and the log of a database that was removed.
    for left in ["jeton.db.copying-1", "jeton.db.copying-1-wal", "jeton.db-wal"] {
        std::fs::write(folder.0.join("copy").join(left), "half a database").unwrap();
    }
    folder.good(&["db", "copy", "--from", FROM, "--to", TO, "--verify"]);
    assert!(on(&folder, TO, &["user", "list"]).contains("ada"));
    let files = || {
        let found = std::fs::read_dir(folder.0.join("copy")).unwrap();
        let mut names: Vec<_> = found.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names.retain(|name| !name.ends_with("-wal") && !name.ends_with("-shm"));
        names
    };
    assert_eq!(files(), ["jeton.db", "jeton.db.copying-1"]);
    // However many slashes the address has.
    let absolute = format!("sqlite:///{}", folder.0.join("copy/other.db").display());
    folder.good(&["db", "copy", "--from", FROM, "--to", &absolute]);
    assert_eq!(files(), ["jeton.db", "jeton.db.copying-1", "other.db"]);
}

#[cfg(unix)]
fn set_mode(folder: &Folder, file: &str, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder.0.join(file), std::fs::Permissions::from_mode(mode)).unwrap();
}
