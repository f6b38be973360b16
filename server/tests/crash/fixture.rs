//! A folder with a database, a user and a client for each writer; removed after the test.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};

use super::database::Database;
use super::server::Server;

/// How many write at the same time.
pub const WRITERS: usize = 8;
pub const SECRET: &str = "not-a-secret-in-this-test-0123456789";
pub const PASSWORD: &str = "correct horse battery staple";
pub const REDIRECT: &str = "https://writer.example/callback";

static COUNT: AtomicU64 = AtomicU64::new(0);

/// A number that no other test of this run has.
pub fn unique() -> u64 {
    COUNT.fetch_add(1, Ordering::SeqCst)
}

pub struct Home {
    pub folder: PathBuf,
    pub database: Database,
    disk: Option<Disk>,
}

impl Home {
    pub fn sqlite() -> Self {
        let folder = folder();
        let database = Database::sqlite(&folder);
        Self { folder, database, disk: None }.furnished()
    }

    /// With a disk of its own, on which there is no room for much more than what the server needs.
    pub fn sqlite_on_a_small_disk() -> Self {
        let folder = folder();
        let (disk, database) = (Some(Disk::mount(folder.join("data"))), Database::sqlite(&folder));
        Self { folder, database, disk }.furnished()
    }

    pub fn postgres() -> Self {
        let folder = folder();
        let database = Database::postgres();
        make_key(&folder.join("data/secret.key"));
        Self { folder, database, disk: None }.furnished()
    }

    /// With everything that the writers need.
    fn furnished(self) -> Self {
        self.tool(&["init"], "");
        self.tool(&["scope", "add", "read"], "");
        self.tool(&["user", "add", "ada", "--password-stdin"], PASSWORD);
        for writer in 0..WRITERS {
            let client = format!(
                "client add --name W --redirect-uri {REDIRECT} --client-id {} --client-secret-stdin \
                 --grant client_credentials --grant authorization_code --grant refresh_token",
                client_id(writer)
            );
            self.tool(&client.split(' ').collect::<Vec<_>>(), SECRET);
        }
        self
    }

    /// Nothing may run out while a long run lasts.
    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jeton"));
        command.current_dir(&self.folder).env_clear().envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        command.env("JETON_LOG", "error,server::serve=info").env("JETON_DATABASE_URL", self.database.url());
        command.env("JETON_SECRET_KEY_FILE", self.folder.join("data/secret.key"));
        // Each start is on a port of its own; the issuer, by whose port cookies are named, stays.
        command.env("JETON_PUBLIC_URL", "http://127.0.0.1:8080");
        command.env("JETON_ACCESS_TOKEN_TTL", "86400").env("JETON_CODE_TTL", "600");
        command
    }

    fn tool(&self, arguments: &[&str], input: &str) {
        let mut tool = self.command().args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        tool.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        assert!(tool.wait().unwrap().success(), "{arguments:?}");
    }

    pub fn start(&self) -> Server {
        Server::start(&self.command())
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        drop(self.disk.take());
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A file system in memory.
struct Disk(PathBuf);

impl Disk {
    fn mount(folder: PathBuf) -> Self {
        std::fs::create_dir_all(&folder).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=64m,mode=700", "jeton"]).arg(&folder);
        assert!(mount.status().unwrap().success(), "{mount:?}");
        Self(folder)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

/// The client of a writer. Each has one of its own, so that each has a grant of its own: a theft
/// ends a whole grant.
pub fn client_id(writer: usize) -> String {
    format!("writer-{writer}")
}

fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("jeton-crash-{}-{}", std::process::id(), unique()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn make_key(path: &Path) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mut options = std::fs::OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.write(true).create_new(true).open(path).unwrap().write_all("5eed".repeat(16).as_bytes()).unwrap();
}
