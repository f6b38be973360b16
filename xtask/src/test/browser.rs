//! The parts that drive the built programs from outside: a browser, and other people's OAuth libraries.

use super::{programs::program, shared::Shared};
use crate::{
    install,
    process::{Outcome, all, command, run},
    workspace,
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Where the tests of the browser part add what they measured, a line each.
const FIGURES: &str = "test-results/figures.txt";

/// Every spec of `end2end/`, with Node's own test runner: the flows two files at a time, then, one by one, the measurements
/// that want the machine for themselves. What was measured is printed at the end.
pub fn browser(shared: &mut Shared) -> Outcome {
    let folder = workspace::root().join("end2end");
    install::npm(&folder)?;
    let others = other_browsers()?;
    let figures = folder.join(FIGURES);
    empty(&figures)?;
    let mut outcomes = Vec::new();
    for (specs, at_once) in [("specs", 2), ("measures", 1)] {
        let files = chosen(shared, files(&folder.join(specs), ".spec.mjs")?);
        if !files.is_empty() {
            let mut node = outside(shared, Path::new("node"), &folder)?;
            node.envs(others.iter().map(|(name, path)| (name, path)));
            node.env("FIGURES", &figures).args(["--test", &format!("--test-concurrency={at_once}")]);
            outcomes.push(run(node.args(files)));
        }
    }
    let outcome = if outcomes.is_empty() { Err("no spec of end2end/ bears such a name".into()) } else { all(outcomes) };
    print!("\n{}", fs::read_to_string(&figures).unwrap_or_default());
    outcome
}

/// The browsers beside Chromium, by the variables in which the specs look for them.
fn other_browsers() -> Outcome<[(&'static str, PathBuf); 3]> {
    Ok([("W3M", install::text_browser()?), ("FIREFOX", install::firefox()?), ("WEBKIT_DRIVER", install::webkit()?)])
}

/// Makes a file empty, and its folder if need be.
pub fn empty(file: &Path) -> Outcome {
    let made = file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(file, ""));
    made.map_err(|error| format!("{}: {error}", file.display()))
}

/// Every folder of `examples/` that has a program `test`.
pub fn examples(shared: &mut Shared) -> Outcome {
    let folders = chosen(shared, files(&workspace::root().join("examples"), "")?);
    let outcomes: Vec<Outcome> =
        folders.iter().filter(|folder| folder.join("test").is_file()).map(|folder| example(shared, folder)).collect();
    if outcomes.is_empty() { Err("no such folder of examples/ has a program `test`".into()) } else { all(outcomes) }
}

fn example(shared: &Shared, folder: &Path) -> Outcome {
    if folder.join("package-lock.json").exists() {
        install::npm(folder)?;
    }
    program(&mut outside(shared, &folder.join("test"), folder)?)
}

/// A command that finds the built programs and a browser in its environment.
fn outside(shared: &Shared, program: &Path, folder: &Path) -> Outcome<Command> {
    let mut command = command(program);
    command
        .current_dir(folder)
        .env("JETON_BIN", shared.built()?.program("jeton")?)
        .env("EXAMPLE_API_BIN", shared.built()?.program("example-api")?)
        .env("CHROMIUM", install::chromium()?);
    Ok(command)
}

/// Those whose own name holds one of the names that were asked for.
fn chosen(shared: &Shared, paths: Vec<PathBuf>) -> Vec<PathBuf> {
    let bears = |path: &PathBuf, name: &str| path.file_name().is_some_and(|file| file.to_string_lossy().contains(name));
    let is_chosen = |path: &PathBuf| shared.names.is_empty() || shared.names.iter().any(|name| bears(path, name));
    paths.into_iter().filter(is_chosen).collect()
}

/// What a folder holds with names that end so, in order.
fn files(folder: &Path, ending: &str) -> Outcome<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let paths = entries.flatten().map(|entry| entry.path());
    let mut found: Vec<PathBuf> = paths.filter(|path| path.to_string_lossy().ends_with(ending)).collect();
    found.sort();
    Ok(found)
}
