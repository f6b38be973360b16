//! A PostgreSQL server of this run's own, in a temporary folder and on a free port, so that runs beside each other never meet.

use crate::{
    children::free_port,
    guard::Guard,
    install,
    process::{Outcome, command, heading, output, run},
    random::secret,
};
use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

const SETTINGS: &str = "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300";
const UNFLUSHED: &str = "-c fsync=off";
const CARELESS: &str = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off";

/// What may be lost.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Anything, for speed: nothing of a test has to outlive the server.
    None,
    /// What was acknowledged outlives the server's end, but not the machine's: its files are never flushed.
    Process,
    /// Nothing, not even in a power cut: as the server comes.
    Full,
}

impl Durability {
    const fn settings(self) -> &'static str {
        match self {
            Self::None => CARELESS,
            Self::Process => UNFLUSHED,
            Self::Full => "",
        }
    }
}

/// A running server. Dropped: it is stopped and its folder removed.
pub struct Postgres {
    url: String,
    programs: PathBuf,
    folder: PathBuf,
    _guard: Guard,
}

impl Postgres {
    /// Makes and starts a server.
    pub fn start(durability: Durability) -> Outcome<Self> {
        let programs = install::postgres()?;
        heading("Starting PostgreSQL");
        let folder = folder()?;
        let guard = guard(&programs, &folder)?;
        let port = free_port()?;
        let password = secret()?;
        initialise(&programs, &folder, &password)?;
        run(control(&programs, &folder)
            .args(["start", "-o", &format!("-p {port} {SETTINGS} {}", durability.settings())])
            .stdin(Stdio::null()))?;
        let url = format!("postgres://jeton:{password}@127.0.0.1:{port}/postgres");
        Ok(Self { url, programs, folder, _guard: guard })
    }

    /// Its address, with an account that may create databases.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The command, a word a line, that ends it as a crash would and starts it again.
    pub fn restart(&self) -> String {
        let mut restart = control(&self.programs, &self.folder);
        restart.args(["restart", "-m", "immediate"]);
        let words = std::iter::once(restart.get_program()).chain(restart.get_args());
        words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join("\n")
    }
}

fn control(programs: &Path, folder: &Path) -> Command {
    let mut control = as_owner(&programs.join("pg_ctl"));
    control.args(["-s", "-w", "-D"]).arg(folder.join("data")).arg("-l").arg(folder.join("log"));
    control
}

/// A temporary folder that belongs to the Unix user who runs the server.
fn folder() -> Outcome<PathBuf> {
    let template = std::env::temp_dir().join("jeton-postgres.XXXXXX");
    output(as_owner(Path::new("mktemp")).arg("-d").arg(template)).map(|path| PathBuf::from(path.trim()))
}

fn guard(programs: &Path, folder: &Path) -> Outcome<Guard> {
    let mut stop = as_owner(&programs.join("pg_ctl"));
    stop.args(["stop", "-s", "-m", "immediate", "-D"]).arg(folder.join("data"));
    let words: Vec<&OsStr> = std::iter::once(stop.get_program()).chain(stop.get_args()).collect();
    Guard::new(Some(folder), &words)
}

fn initialise(programs: &Path, folder: &Path, password: &str) -> Outcome {
    let file = folder.join("password");
    crate::process::feed(as_owner(Path::new("tee")).arg(&file), password)?;
    let mut initdb = as_owner(&programs.join("initdb"));
    initdb.args(["--username=jeton", "--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "--no-sync"]);
    output(initdb.arg("--pwfile").arg(file).arg("-D").arg(folder.join("data"))).map(drop)
}

/// PostgreSQL refuses to run as root; its package made a user for it.
fn as_owner(program: &Path) -> Command {
    if !install::is_root() {
        return in_temporary(command(program));
    }
    let mut command = command("runuser");
    command.args(["-u", "postgres", "--"]).arg(program);
    in_temporary(command)
}

/// The other user may not enter the repository's folder.
fn in_temporary(mut command: Command) -> Command {
    command.current_dir(std::env::temp_dir());
    command
}
