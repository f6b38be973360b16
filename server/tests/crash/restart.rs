//! PostgreSQL crashes and starts again while all writers work.

use std::process::{Command, Stdio};

use super::fixture::Home;
use super::rig::Rig;

const RESTARTS: usize = 3;
const BETWEEN: usize = 60;

#[test]
#[ignore = "needs a PostgreSQL that it may restart: `cargo xtask test` runs it"]
fn nothing_acknowledged_is_lost_revived_or_doubled_when_postgresql_restarts_and_the_server_recovers_alone() {
    let mut rig = Rig::new(Home::postgres());
    let server = rig.start();
    for _ in 0..RESTARTS {
        rig.under_load(&server, |load| {
            load.answers(BETWEEN);
            restart();
            load.answers(BETWEEN);
        });
        rig.check(&server, false);
        rig.abuse(&server);
    }
    assert!(rig.tally.now().refused > 0, "nobody noticed");
    rig.close(&server, &format!("{RESTARTS} restarts of the database"));
}

/// Runs the command that the environment names, a word a line.
fn restart() {
    let words =
        std::env::var("JETON_TEST_POSTGRES_RESTART").unwrap_or_else(|_| panic!("no JETON_TEST_POSTGRES_RESTART"));
    let mut words = words.lines();
    let mut command = Command::new(words.next().unwrap());
    command.args(words).current_dir(std::env::temp_dir()).stdin(Stdio::null()).stdout(Stdio::null());
    assert!(command.status().unwrap().success(), "{command:?}");
}
