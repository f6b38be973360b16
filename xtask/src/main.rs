//! The project's commands: `cargo xtask --help` lists them. Nothing but the standard library, so that
//! they start at once.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool talks to its terminal")]

mod artifacts;
mod bench;
mod children;
mod circles;
mod clock;
mod demo;
mod documents;
mod guard;
mod help;
mod install;
mod native;
mod parameters;
mod postgres;
mod process;
mod random;
mod site;
mod source;
mod test;
mod vocabulary;
mod workspace;

use process::{Outcome, run};
use std::{env, process::ExitCode};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let rest = arguments.get(1..).unwrap_or_default();
    let command = arguments.first().map(String::as_str);
    if matches!(command, Some("help" | "--help" | "-h")) || command != Some("test") && wants_help(rest) {
        println!("{}", help::COMMANDS);
        return ExitCode::SUCCESS;
    }
    let outcome = match command {
        Some("demo") => demo::demo(rest),
        Some("run") if rest.is_empty() => serve(),
        Some("build") if rest.is_empty() => release(),
        Some("openapi") if rest.is_empty() => openapi(),
        Some("bench") => bench::bench(rest),
        Some("test") => test::test(rest),
        _ => return usage(),
    };
    outcome.map_or_else(
        |message| {
            eprintln!("\n{message}");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}

/// Whether these arguments ask what a command does.
fn wants_help(arguments: &[String]) -> bool {
    arguments.iter().any(|argument| argument == "--help" || argument == "-h")
}

fn usage() -> ExitCode {
    eprintln!("{}", help::COMMANDS);
    ExitCode::from(2)
}

fn serve() -> Outcome {
    site::build()?;
    let jeton = native::build(native::Targets::Programs)?.program("jeton")?;
    run(process::command(&jeton).arg("serve"))
}

/// Writes what the types say into `docs/openapi.json`; a unit test of `crates/oauth` compares the two.
fn openapi() -> Outcome {
    let mut writer = process::command("cargo");
    writer.args(["run", "--quiet", "--package", "oauth", "--features", "openapi", "--example", "openapi"]);
    let document = process::output(&mut writer)?;
    let file = workspace::root().join("docs/openapi.json");
    std::fs::write(&file, document).map_err(|error| format!("{}: {error}", file.display()))?;
    println!("Wrote {}", file.display());
    Ok(())
}

fn release() -> Outcome {
    site::build()?;
    process::heading("Building the release binary");
    run(native::cargo("build").args(["--release", "--package", "server"]))?;
    println!("Built {}", workspace::target().join("release/jeton").display());
    Ok(())
}
