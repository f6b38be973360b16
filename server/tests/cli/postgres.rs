//! The start on PostgreSQL, where `JETON_TEST_POSTGRES` names a server.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::database_copies::on_server;
use crate::harness::Folder;
use crate::server::{Server, get};

static COUNT: AtomicU64 = AtomicU64::new(0);

const KEY: (&str, &str) = ("JETON_SECRET_KEY_FILE", "shared.key");
const AT_ONCE: (&str, &str) = ("JETON_SHUTDOWN_DELAY", "0");

/// The other role's password.
const GUEST: &str = "not-a-secret-in-this-test";

/// A database of the test's own, and a role that may only use what is there.
struct Database {
    server: url::Url,
    name: String,
}

impl Database {
    fn new(how: &str) -> Option<Self> {
        let server: url::Url = std::env::var("JETON_TEST_POSTGRES").ok()?.parse().unwrap();
        let name = format!("jeton_cli_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst));
        on_server(server.as_str(), &format!("create database {name} template template0 {how}"));
        on_server(server.as_str(), &format!("create role {name}_guest login password '{GUEST}'"));
        Some(Self { server, name })
    }

    fn url(&self) -> String {
        let mut url = self.server.clone();
        url.set_path(&self.name);
        url.into()
    }

    fn guest(&self) -> String {
        let mut url = self.server.clone();
        url.set_path(&self.name);
        url.set_username(&format!("{}_guest", self.name)).unwrap();
        url.set_password(Some(GUEST)).unwrap();
        url.into()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        on_server(self.server.as_str(), &format!("drop database {} with (force)", self.name));
        on_server(self.server.as_str(), &format!("drop role {}_guest", self.name));
    }
}

fn set(url: &str) -> [(&str, &str); 3] {
    [("JETON_DATABASE_URL", url), KEY, AT_ONCE]
}

#[test]
fn an_empty_database_is_filled_by_init_or_migrate_and_by_nobody_else() {
    for command in ["init", "migrate"] {
        let Some(database) = Database::new("encoding 'UTF8'") else { return };
        let (folder, url) = (Folder::empty(), database.url());
        std::fs::write(folder.0.join("shared.key"), "5e".repeat(32)).unwrap();
        std::fs::set_permissions(folder.0.join("shared.key"), std::os::unix::fs::PermissionsExt::from_mode(0o600))
            .unwrap();
        for other in [&["serve"][..], &["user", "list"], &["scope", "add", "read"]] {
            let line = folder.fault(other, &set(&url), "");
            assert!(line.contains("holds no tables of Jeton") && line.contains("jeton init"), "{line}");
        }
        assert!(folder.run(&["doctor"], &set(&url), "").out.contains("holds no tables of Jeton"));
        assert!(folder.run(&[command], &set(&url), "").good);
        let server = Server::start(&folder, &set(&url));
        assert_eq!(get(server.address, "/health/ready").unwrap().status, 200);
        server.terminate();
        assert!(server.ended().success());
        assert!(folder.run(&["doctor"], &set(&url), "").out.contains("the key is the one of this database"));
    }
}

#[test]
fn init_makes_the_key_of_an_empty_database_and_not_another_one_for_one_in_use() {
    let Some(database) = Database::new("encoding 'UTF8'") else { return };
    let (folder, second, url) = (Folder::empty(), Folder::empty(), database.url());
    let line = folder.fault(&["serve"], &set(&url), "");
    assert!(line.contains("shared.key does not exist") && line.contains("jeton init"), "{line}");
    assert!(folder.run(&["init"], &set(&url), "").good);
    assert_eq!(std::fs::read_to_string(folder.0.join("shared.key")).unwrap().trim().len(), 64);
    assert!(folder.run(&["init"], &set(&url), "").good, "once more is harmless");
    let line = second.fault(&["init"], &set(&url), "");
    assert!(line.contains("in use under another key. Copy that key"), "{line}");
    assert!(!second.0.join("shared.key").exists());
    std::fs::write(second.0.join("shared.key"), "0f".repeat(32)).unwrap();
    std::fs::set_permissions(second.0.join("shared.key"), std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    assert!(second.fault(&["serve"], &set(&url), "").contains("is not the key of the database"));
}

#[test]
fn a_role_that_may_make_no_tables_serves_where_nothing_is_to_be_migrated() {
    let Some(database) = Database::new("encoding 'UTF8'") else { return };
    let (folder, url, guest) = (Folder::empty(), database.url(), database.guest());
    assert!(folder.run(&["init"], &set(&url), "").good);
    let line = folder.fault(&["serve"], &set(&guest), "");
    assert!(line.contains("lacks a permission") && line.contains("GRANT") && !line.contains("backup"), "{line}");
    let rights = "grant select, insert, update, delete on all tables in schema public";
    on_server(&url, &format!("{rights} to {}_guest", database.name));
    let server = Server::start(&folder, &set(&guest));
    assert_eq!(get(server.address, "/health/ready").unwrap().status, 200);
    server.terminate();
    assert!(server.ended().success());
    let newest = "delete from _sqlx_migrations where version = (select max(version) from _sqlx_migrations)";
    on_server(&url, newest);
    let line = folder.fault(&["serve"], &set(&guest), "");
    assert!(line.contains("GRANT") && line.contains("jeton migrate") && !line.contains("backup"), "{line}");
}

#[test]
fn what_is_wrong_with_the_server_or_the_database_is_told_apart() {
    let Some(database) = Database::new("encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'") else { return };
    let folder = Folder::ready();
    let key = ("JETON_SECRET_KEY_FILE", "data/secret.key");
    let fault = |url: &str| folder.fault(&["serve"], &[("JETON_DATABASE_URL", url), key], "");
    let line = fault(&database.url());
    assert!(line.contains("its encoding is LATIN1") && line.contains("--encoding UTF8"), "{line}");
    let mut missing = database.server.clone();
    missing.set_path("jeton_cli_nowhere");
    let line = fault(missing.as_str());
    assert!(line.contains("no database of this name") && line.contains("createdb"), "{line}");
    let line = fault("postgres://jeton:hush@127.0.0.1:1/jeton");
    assert!(line.contains("nothing listens there") && !line.contains("hush"), "{line}");
}
