//! `cargo xtask test`: every check, in parts that can be run by name.

mod browser;
mod crash;
mod help;
mod parts;
mod programs;
mod report;
mod shared;

use crate::{
    clock::Stopwatch,
    native,
    process::{Outcome, heading},
    site,
};
use parts::{PARTS, Part};
use report::{Report, Verdict};
use shared::Shared;

/// The names of the parts, in the order in which they run.
pub fn names() -> Vec<&'static str> {
    PARTS.iter().map(|part| part.name).collect()
}

/// Parts whose tests can be chosen by name.
const CHOOSABLE: [&str; 6] = ["unit", "store", "http", "crash", "browser", "examples"];

/// Runs what the arguments ask for, or tells what can be asked for.
pub fn test(arguments: &[String]) -> Outcome {
    let mut halves = arguments.splitn(2, |argument| argument == "--");
    let (parts, names) = (halves.next().unwrap_or_default(), halves.next().unwrap_or_default());
    if crate::wants_help(parts) {
        println!("{}", help::text());
        return Ok(());
    }
    run_parts(parts, names)
}

/// Runs the parts with these names, or all of them; in them what bears one of `names`, or everything.
fn run_parts(wanted: &[String], names: &[String]) -> Outcome {
    check(wanted, names)?;
    let chosen = PARTS.iter().filter(|part| wanted.is_empty() || wanted.iter().any(|name| name == part.name));
    let mut shared = Shared::new(wanted, names);
    let mut report = Report::default();
    for part in chosen {
        run(part, &mut shared, &mut report);
    }
    drop(shared);
    report.finish()
}

/// Whether there are these parts, and whether their tests can be chosen by name.
fn check(wanted: &[String], chosen: &[String]) -> Outcome {
    if let Some(unknown) = wanted.iter().find(|name| !names().contains(&name.as_str())) {
        return Err(format!("there is no part `{unknown}`; there are: {}", names().join(", ")));
    }
    let choosable = !wanted.is_empty() && wanted.iter().all(|part| CHOOSABLE.contains(&part.as_str()));
    if chosen.is_empty() || choosable {
        return Ok(());
    }
    Err(format!("names behind `--` choose tests of a part that is named too: {}", CHOOSABLE.join(", ")))
}

/// Runs one part, after the build if it needs that one. A failed build fails once, and what needs it is skipped.
fn run(part: &Part, shared: &mut Shared, report: &mut Report) {
    if part.needs_build && shared.built.is_none() {
        if !report.has("build") {
            timed("build", report, || build(shared));
        }
        if shared.built.is_none() {
            return report.add(part.name, Verdict::Skipped, std::time::Duration::ZERO);
        }
    }
    timed(part.name, report, || (part.run)(shared));
}

fn build(shared: &mut Shared) -> Outcome {
    site::build()?;
    shared.built = Some(native::build(native::Targets::Tests)?);
    Ok(())
}

fn timed(name: &'static str, report: &mut Report, step: impl FnOnce() -> Outcome) {
    heading(&format!("{name} …"));
    let watch = Stopwatch::start();
    let outcome = step();
    if let Err(message) = &outcome {
        eprintln!("\n{message}");
    }
    let verdict = if outcome.is_ok() { Verdict::Passed } else { Verdict::Failed };
    println!("== {name}: {verdict} in {}", crate::clock::shown(watch.elapsed()));
    report.add(name, verdict, watch.elapsed());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(parts: &[&str], names: &[&str]) -> Outcome {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        check(&owned(parts), &owned(names))
    }

    #[test]
    fn names_choose_tests_of_parts_that_have_some() {
        for (parts, names) in [(&[][..], &[][..]), (&["fmt"], &[]), (&["http", "unit"], &["codes::"])] {
            assert!(checked(parts, names).is_ok(), "{parts:?} -- {names:?}");
        }
        for (parts, names) in [(&["htpp"][..], &[][..]), (&[], &["codes::"]), (&["http", "fmt"], &["codes::"])] {
            assert!(checked(parts, names).is_err(), "{parts:?} -- {names:?}");
        }
    }
}
