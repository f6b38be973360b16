//! The native packages: the workspace's default members, always chosen together, so that the features of what they share
//! come out the same every time and nothing is compiled twice.

use crate::{
    artifacts::Artifacts,
    process::{Outcome, command, heading, not_started, shown},
    workspace,
};
use std::{
    env,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

/// What to build of each package.
#[derive(Clone, Copy)]
pub enum Targets {
    /// The programs alone.
    Programs,
    /// The programs and every test.
    Tests,
}

/// A cargo command. The server's build script looks for the front end in `target/site`; it is told of another place
/// only where cargo's output goes elsewhere, so that plain cargo commands and these share one build.
pub fn cargo(subcommand: &str) -> Command {
    let mut command = command("cargo");
    command.arg(subcommand);
    if env::var_os("CARGO_TARGET_DIR").is_some() {
        command.env("JETON_SITE", workspace::site());
    }
    command
}

/// Builds the native packages and returns what came out.
pub fn build(targets: Targets) -> Outcome<Artifacts> {
    heading("Building the server");
    let mut build = cargo("build");
    build.args(["--bins", "--message-format=json-render-diagnostics"]);
    if matches!(targets, Targets::Tests) {
        build.arg("--tests");
    }
    let mut child = build.stdout(Stdio::piped()).spawn().map_err(|error| not_started(&build, &error))?;
    let lines = child.stdout.take().into_iter().flat_map(|pipe| BufReader::new(pipe).lines().map_while(Result::ok));
    let artifacts = Artifacts::read(lines);
    let status = child.wait().map_err(|error| not_started(&build, &error))?;
    if status.success() { Ok(artifacts) } else { Err(format!("`{}` failed: {status}", shown(&build))) }
}
