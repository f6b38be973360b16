//! The test programs that the build made, each run as `cargo test` would run it.

use super::shared::Shared;
use crate::{
    native::cargo,
    process::{Outcome, all, heading, run, shown},
};
use std::process::Command;

/// The name of the crash rig: the part, and its test program.
pub const CRASH: &str = "crash";

/// The variable that tells tests which PostgreSQL to use; without it they use SQLite.
pub const POSTGRES: &str = "JETON_TEST_POSTGRES";

/// Of `crates/oauth`, the OpenAPI document. Built by itself: what it needs would change the features of what the rest shares.
pub const OPENAPI: [&str; 4] = ["--package", "oauth", "--features", "openapi"];

/// Everything without a database, the OpenAPI document, and the examples in the documentation.
pub fn unit(shared: &mut Shared) -> Outcome {
    let mut tests = shared.built()?.tests(&["crates/oauth", "app", "xtask", "examples/api"]);
    let code = all(tests.iter_mut().map(|test| program(test.args(&shared.names))));
    let openapi = run(cargo("test").args(OPENAPI).args(["--lib", "--", "openapi::"]));
    all([code, openapi, run(cargo("test").args(["--doc", "--"]).args(&shared.names))])
}

/// A package's tests on SQLite, then the same programs on PostgreSQL. The crash rig is a part of its own.
pub fn on_both_databases(shared: &mut Shared, folder: &str) -> Outcome {
    let mut tests = shared.built()?.tests_but(&[folder], CRASH);
    heading("on SQLite");
    let sqlite = all(tests.iter_mut().map(|test| program(test.args(&shared.names).env_remove(POSTGRES))));
    let url = match shared.postgres() {
        Ok(url) => url,
        Err(message) => return all([sqlite, Err(message)]),
    };
    heading("on PostgreSQL");
    let postgres = all(tests.iter_mut().map(|test| program(test.env(POSTGRES, &url))));
    all([sqlite, postgres])
}

/// Runs one test program, saying which.
pub fn program(test: &mut Command) -> Outcome {
    println!("-- {}", shown(test));
    run(test)
}
