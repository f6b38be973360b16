//! The front end: Rust to WASM, WASM to what a browser loads.

use crate::{
    native::cargo,
    process::{Outcome, command, heading, output, run},
    workspace,
};

const TARGET: &str = "wasm32-unknown-unknown";

/// What a browser loads, and the package that it is made of. Three builds, since each has features of `app` of its own: sign-in,
/// consent and errors do without the islands that call the server, and the account area without those of the developer area.
const BUNDLES: [(&str, &str); 3] = [("jeton", "frontend"), ("account", "account"), ("developer", "developer")];

/// Builds the front end into the folder that the server embeds. Quick when nothing changed.
pub fn build() -> Outcome {
    add_target()?;
    heading("Building the front end (WASM)");
    let mut bundle = cargo("run");
    bundle.args(["--quiet", "--package", "bundle", "--"]).arg(workspace::site());
    for (name, package) in BUNDLES {
        run(cargo("build").args(["--package", package, "--lib", "--target", TARGET, "--profile", "wasm"]))?;
        bundle.arg(name).arg(workspace::target().join(TARGET).join("wasm").join(package).with_extension("wasm"));
    }
    run(&mut bundle)
}

/// Adds the WASM target to the toolchain. It does not stand in rust-toolchain.toml, where every single
/// cargo call would fail while rustup's host is out of reach.
pub fn add_target() -> Outcome {
    if has_target()? {
        return Ok(());
    }
    heading("Adding the WASM target");
    run(command("rustup").args(["target", "add", TARGET])).map_err(|error| {
        format!("{error}\nThe front end needs Rust's {TARGET} target. Add it with:\n  rustup target add {TARGET}")
    })
}

fn has_target() -> Outcome<bool> {
    let folder = output(command("rustc").args(["--print", "target-libdir", "--target", TARGET]))?;
    Ok(std::fs::read_dir(folder.trim()).is_ok_and(|mut files| files.next().is_some()))
}
