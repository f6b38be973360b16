//! The crash rig of `server/tests/crash`: the server is killed, its database restarted and its disk full, while eight writers write.

use super::{
    browser,
    programs::{CRASH, POSTGRES, program},
    shared::Shared,
};
use crate::{
    postgres::{Durability, Postgres},
    process::{Outcome, command, output},
    workspace,
};
use std::fs;

/// How often the server is killed on each database: with everything else, and when this part is asked for by name.
const KILLS: &str = "20";
const MANY_KILLS: &str = "100";

/// The test that mounts a file system.
const SMALL_DISK: &str = "when_the_disk_is_full";

/// On SQLite and on a PostgreSQL that keeps what it has acknowledged. What was seen is printed at the end.
pub fn crash(shared: &mut Shared) -> Outcome {
    let postgres = Postgres::start(Durability::Process)?;
    let figures = workspace::target().join("crash-figures.txt");
    browser::empty(&figures)?;
    let by_name = shared.named.iter().any(|name| name == CRASH);
    let mut test = shared.built()?.test("server", CRASH)?;
    test.arg("--include-ignored")
        .args(&shared.names)
        .env(POSTGRES, postgres.url())
        .env("JETON_TEST_POSTGRES_RESTART", postgres.restart())
        .env("JETON_CRASH_KILLS", if by_name { MANY_KILLS } else { KILLS })
        .env("JETON_CRASH_FIGURES", &figures);
    if output(command("unshare").args(["--mount", "true"])).is_err() {
        println!("A full disk was NOT tried, since no file system may be mounted here; files that may not grow are.");
        test.args(["--skip", SMALL_DISK]);
    }
    let outcome = program(&mut test);
    print!("\n{}", fs::read_to_string(&figures).unwrap_or_default());
    outcome
}
