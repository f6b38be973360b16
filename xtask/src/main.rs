//! The project's commands: `cargo xtask demo`, `run`, `build`, `test`, `bench`. Nothing but the
//! standard library, so that they start at once.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool talks to its terminal")]

mod artifacts;
mod bench;
mod children;
mod circles;
mod clock;
mod demo;
mod guard;
mod install;
mod native;
mod parameters;
mod postgres;
mod process;
mod site;
mod source;
mod test;
mod vocabulary;
mod workspace;

use process::{Outcome, run};
use std::{env, process::ExitCode};

const USAGE: &str = "\
The project's commands:
  cargo xtask demo [--port N] [--data DIR]   build and run Jeton with demo data and the example API
  cargo xtask run                            build and run `jeton serve` with the settings of the environment
  cargo xtask build                          build target/release/jeton, one file with everything in it
  cargo xtask test [PART…]                   run every check, or the parts that are named
  cargo xtask bench [--seconds N]            measure the release binary beside its yardsticks";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let rest = arguments.get(1..).unwrap_or_default();
    let outcome = match arguments.first().map(String::as_str) {
        Some("demo") => demo::demo(rest),
        Some("run") if rest.is_empty() => serve(),
        Some("build") if rest.is_empty() => release(),
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

fn usage() -> ExitCode {
    eprintln!("{USAGE}\nParts of the test: {}", test::names().join(", "));
    ExitCode::from(2)
}

fn serve() -> Outcome {
    site::build()?;
    let jeton = native::build(native::Targets::Programs)?.program("jeton")?;
    run(process::command(&jeton).arg("serve"))
}

fn release() -> Outcome {
    site::build()?;
    process::heading("Building the release binary");
    run(native::cargo("build").args(["--release", "--package", "server"]))?;
    println!("Built {}", workspace::target().join("release/jeton").display());
    Ok(())
}
