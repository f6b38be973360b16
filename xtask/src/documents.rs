//! Checks on what the documents name: files and tests that exist, and ids of hostile cases that are defined.

use crate::{
    process::{Outcome, command, output},
    workspace,
};
use std::{collections::BTreeSet, fs, path::PathBuf};

/// Documents that lead strangers to files and to tests.
const GUIDES: [&str; 3] = ["CONTRIBUTING.md", "SECURITY.md", CASES];

/// Where the ids of hostile cases are defined.
const CASES: &str = "docs/hostile-cases.md";

/// Where a file is that is named without a folder.
const HTTP_TESTS: &str = "server/tests/http";

/// The groups of hostile cases.
const GROUPS: [&str; 11] = ["AZ", "TK", "RT", "RI", "SE", "LG", "UI", "SC", "SS", "DS", "DU"];

/// Every file that a guide names is there, and every test that it names stands in the file named before it.
pub fn guides_name_what_is_there() -> Outcome {
    let missing: Vec<String> = GUIDES.iter().flat_map(|guide| missing_from(guide, &read(guide))).collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(format!("Named in a document and not there:\n  {}", missing.join("\n  ")))
    }
}

fn missing_from(guide: &str, text: &str) -> Vec<String> {
    let (mut missing, mut source) = (Vec::new(), String::new());
    for name in quoted(text) {
        if is_file(name) {
            source = read(&path(name));
            if source.is_empty() {
                missing.push(format!("{guide}: {name}"));
            }
        } else if is_test(name) && !source.contains(&format!("fn {name}(")) {
            missing.push(format!("{guide}: {name}"));
        }
    }
    missing
}

/// What stands between backticks in a line.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
}

fn is_file(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    let kinds = [".rs", ".mjs", ".py", ".css"];
    name.chars().all(plain) && kinds.iter().any(|kind| name.len() > kind.len() && name.ends_with(kind))
}

/// Tests are sentences: five words or more. Names of parameters and errors have fewer.
fn is_test(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') && name.split('_').count() >= 5
}

fn path(name: &str) -> String {
    let whole = workspace::root().join(name);
    if whole.is_file() { name.to_owned() } else { format!("{HTTP_TESTS}/{name}") }
}

fn read(file: &str) -> String {
    let path: PathBuf = workspace::root().join(file);
    fs::read_to_string(path).unwrap_or_default()
}

/// Every id of a hostile case that stands anywhere is defined in [`CASES`], and every one that is defined is used.
pub fn cases_are_defined() -> Outcome {
    let defined: BTreeSet<String> = read(CASES).lines().filter_map(defined_in).collect();
    let used = used_ids()?;
    let unknown: Vec<&str> = used.difference(&defined).map(String::as_str).collect();
    let unused: Vec<&str> = defined.difference(&used).map(String::as_str).collect();
    if unknown.is_empty() && unused.is_empty() && !defined.is_empty() {
        return Ok(());
    }
    Err(format!("Hostile cases ({CASES}): not defined: {}; not used: {}", unknown.join(", "), unused.join(", ")))
}

/// The id at the start of a row.
fn defined_in(line: &str) -> Option<String> {
    let id = line.strip_prefix("| ")?.split(' ').next()?;
    ids(id).pop()
}

fn used_ids() -> Outcome<BTreeSet<String>> {
    let files = output(command("git").args(["ls-files", "*.rs", "*.mjs", "*.py", "*.md"]))?;
    let others = files.lines().filter(|file| *file != CASES && !file.ends_with("/documents.rs"));
    Ok(others.flat_map(|file| ids(&read(file))).collect())
}

/// The ids in a text, those between the ends of a range ("AZ-01 to AZ-09") among them.
fn ids(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut last: Option<(usize, &str, u8)> = None;
    for (at, _) in text.match_indices('-') {
        let Some((group, number)) = id_around(text, at) else { continue };
        let from = match last {
            Some((end, same, first)) if same == group && text.get(end..at - 2) == Some(" to ") => first + 1,
            _ => number,
        };
        found.extend((from..=number).map(|number| format!("{group}-{number:02}")));
        last = Some((at + 3, group, number));
    }
    found
}

/// Two capitals of a known group before a hyphen, two digits behind it, and nothing else of a word around them.
fn id_around(text: &str, hyphen: usize) -> Option<(&str, u8)> {
    let start = hyphen.checked_sub(2)?;
    let (group, number) = (text.get(start..hyphen)?, text.get(hyphen + 1..hyphen + 3)?);
    let is_word = |c: char| c.is_alphanumeric() || c == '-';
    let alone = !text.get(..start)?.ends_with(is_word) && !text.get(hyphen + 3..)?.starts_with(is_word);
    let known = alone && GROUPS.contains(&group) && number.bytes().all(|byte| byte.is_ascii_digit());
    known.then(|| number.parse().ok().map(|number| (group, number))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_alone_and_in_ranges() {
        assert_eq!(ids("cases (AZ-01 to AZ-03, UI-09)"), ["AZ-01", "AZ-02", "AZ-03", "UI-09"]);
        assert_eq!(ids("SE-12,\n//! SE-13"), ["SE-12", "SE-13"]);
        assert!(ids("XAZ-01 AZ-1 AZ-012 ES-25 UTF-8 RFC-99 §-").is_empty());
    }

    #[test]
    fn a_file_and_a_test_that_are_not_there_are_found() {
        let text = "`xtask/src/documents.rs` :: `ids_are_found_alone_and_in_ranges`; `xtask/src/none.rs`";
        assert_eq!(missing_from("A", text), ["A: xtask/src/none.rs"]);
        let text = "`xtask/src/documents.rs` :: `a_test_that_nobody_ever_wrote`, `invalid_request`";
        assert_eq!(missing_from("A", text), ["A: a_test_that_nobody_ever_wrote"]);
    }
}
