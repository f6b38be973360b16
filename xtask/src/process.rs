//! Running other programs, with errors that name the command line.

use crate::workspace;
use std::{
    env,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// The result of a step; the message is for the person who started it.
pub type Outcome<T = ()> = Result<T, String>;

/// Announces a step.
pub fn heading(text: &str) {
    println!("\n== {text}");
}

/// A command that runs in the repository's root, without what `cargo run` told this process about its own package:
/// build scripts that look at such variables would run again and again.
pub fn command(program: impl AsRef<Path>) -> Command {
    let mut command = Command::new(program.as_ref());
    command.current_dir(workspace::root());
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs a command to its end; what it prints goes to the terminal.
pub fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed: {status}", shown(command))) }
}

/// Runs a command and returns what it printed on standard output.
pub fn output(command: &mut Command) -> Outcome<String> {
    let output = command.output();
    finish(command, output)
}

/// Runs a command with `input` on its standard input and returns what it printed.
pub fn feed(command: &mut Command, input: &str) -> Outcome<String> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| not_started(command, &error))?;
    let written = child.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(input.as_bytes()));
    let result = finish(command, child.wait_with_output())?;
    written.map_err(|error| format!("`{}` did not read its input: {error}", shown(command)))?;
    Ok(result)
}

fn finish(command: &Command, output: std::io::Result<Output>) -> Outcome<String> {
    let output = output.map_err(|error| not_started(command, &error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("`{}` failed: {}\n{}", shown(command), output.status, said.trim()))
}

/// The message for a program that could not even be started.
pub fn not_started(command: &Command, error: &std::io::Error) -> String {
    format!("cannot start `{}`: {error}", shown(command))
}

/// The command line, as a person would type it.
pub fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// The first of these programs that the search path holds.
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    names.iter().find_map(|name| env::split_paths(&folders).map(|folder| folder.join(name)).find(|file| file.is_file()))
}

/// Takes the outcomes of several steps together: fails with what all the failed ones said.
pub fn all(outcomes: impl IntoIterator<Item = Outcome>) -> Outcome {
    let failures: Vec<String> = outcomes.into_iter().filter_map(Result::err).collect();
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
}
