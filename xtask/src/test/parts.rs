//! The parts of the test, and those that need no build.

use super::{browser, crash, programs, shared::Shared};
use crate::{
    circles, documents, install,
    native::cargo,
    parameters,
    process::{Outcome, all, command, output, run},
    site, source, vocabulary, workspace,
};

/// A workspace of its own, of which less is wanted: nothing that it is made of is in the server.
const EXAMPLE: &str = "examples/openidconnect/Cargo.toml";

/// A workspace of its own, so that no other build meets the sanitizer. Its targets must at least
/// fit the crate.
const FUZZ: &str = "fuzz/Cargo.toml";

/// One part.
pub struct Part {
    pub name: &'static str,
    pub needs_build: bool,
    pub run: fn(&mut Shared) -> Outcome,
}

/// Every part, in the order in which they run: what fails fast comes first.
pub const PARTS: [Part; 10] = [
    Part::of_source("fmt", |_| run(cargo("fmt").args(["--all", "--check"]))),
    Part::of_source("tree", tree),
    Part::of_source("deny", deny),
    Part::of_source("lint", lint),
    Part::of_build("unit", programs::unit),
    Part::of_build("store", |shared| programs::on_both_databases(shared, "crates/provider")),
    Part::of_build("http", |shared| programs::on_both_databases(shared, "server")),
    Part::of_build(programs::CRASH, crash::crash),
    Part::of_build("browser", browser::browser),
    Part::of_build("examples", browser::examples),
];

impl Part {
    const fn of_source(name: &'static str, run: fn(&mut Shared) -> Outcome) -> Self {
        Self { name, needs_build: false, run }
    }

    const fn of_build(name: &'static str, run: fn(&mut Shared) -> Outcome) -> Self {
        Self { name, needs_build: true, run }
    }
}

fn tree(_: &mut Shared) -> Outcome {
    all([
        source::front_end_is_light(),
        source::islands_are_leptos(),
        source::files_are_short(),
        circles::no_import_circles(),
        parameters::are_named(),
        vocabulary::names_are_standard(),
        documents::guides_name_what_is_there(),
        documents::cases_are_defined(),
    ])
}

fn deny(_: &mut Shared) -> Outcome {
    install::cargo_deny()?;
    all([
        run(command("cargo").args(["deny", "check", "bans", "licenses", "sources"])),
        run(command("cargo").args(["deny", "--manifest-path", EXAMPLE, "--config", "deny.toml", "check"]).args([
            "--allow",
            "license-not-encountered",
            "bans",
            "licenses",
            "sources",
        ])),
        advisories(),
    ])
}

/// Known holes in what is used. The list of them comes over the network: out of reach, it is left
/// out, and that is said.
fn advisories() -> Outcome {
    if let Err(error) = output(command("cargo").args(["deny", "fetch", "db"])) {
        println!("Advisories were NOT checked, because their database cannot be fetched now:\n{error}");
        return Ok(());
    }
    run(command("cargo").args(["deny", "check", "advisories"]))
}

fn lint(_: &mut Shared) -> Outcome {
    site::build()?;
    let strict = ["--", "--deny", "warnings"];
    all([
        run(cargo("clippy").arg("--all-targets").args(strict)),
        run(cargo("clippy").args(["--package", "bundle", "--package", "bench"]).args(strict)),
        run(cargo("clippy").args(programs::OPENAPI).arg("--all-targets").args(strict)),
        run(cargo("doc").args(["--no-deps", "--document-private-items"]).env("RUSTDOCFLAGS", "--deny warnings")),
        front_end("frontend"),
        front_end("account"),
        front_end("developer"),
        run(cargo("check")
            .args(["--locked", "--manifest-path", FUZZ, "--target-dir"])
            .arg(workspace::target().join("fuzz"))),
    ])
}

/// Each entry point by itself: together they would share the features of `app`.
fn front_end(package: &str) -> Outcome {
    let package = ["--package", package, "--lib", "--target", "wasm32-unknown-unknown"];
    run(cargo("clippy").args(package).args(["--", "--deny", "warnings"]))
}
