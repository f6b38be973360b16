//! `cargo xtask bench`: the release binary under load, beside its yardsticks.

use crate::{
    install, native,
    postgres::{Durability, Postgres},
    process::{Outcome, command, heading, on_path, run},
    release, workspace,
};

/// The core of the load; the servers have the first one.
const LOAD_CORE: &str = "1";

/// Builds what is needed and prints the table. Arguments go to the benchmark itself (`--seconds N`, `--rows N,N`).
pub fn bench(arguments: &[String]) -> Outcome {
    release()?;
    heading("Building the benchmark");
    run(native::cargo("build").args(["--release", "--package", "bench"]))?;
    let peer = workspace::root().join("xtask/bench/peer");
    install::npm(&peer)?;
    let postgres = install::find_postgres().map(|_| Postgres::start(Durability::Full)).transpose()?;
    heading("Measuring");
    let programs = workspace::target().join("release");
    let mut measure = match on_path(&["taskset"]) {
        Some(tool) => {
            let mut measure = command(tool);
            measure.args(["-c", LOAD_CORE]).arg(programs.join("bench"));
            measure
        }
        None => command(programs.join("bench")),
    };
    measure.arg("--jeton").arg(programs.join("jeton")).arg("--peer").arg(peer);
    if let Some(postgres) = &postgres {
        measure.args(["--postgres", postgres.url()]);
    }
    run(measure.args(arguments))
}
