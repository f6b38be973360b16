//! Checks on the source itself: what the front end may depend on, and how long a file may be.

use crate::{
    native::cargo,
    process::{Outcome, command, output},
    site, workspace,
};
use std::{fs, path::Path};

/// Crates of the server that must never reach the browser.
const NATIVE_ONLY: [&str; 3] = ["sqlx", "tokio", "axum"];
const LONGEST: usize = 300;
const CODE: [&str; 8] = ["rs", "js", "mjs", "ts", "py", "sql", "css", "html"];

/// No crate of the server's in what the front end depends on.
pub fn front_end_is_light() -> Outcome {
    site::add_target()?;
    let mut tree = cargo("tree");
    tree.args(["--package", "frontend", "--target", "wasm32-unknown-unknown"]);
    tree.args(["--edges", "normal", "--prefix", "none", "--format", "{p}"]);
    let tree = output(&mut tree)?;
    let heavy: Vec<&str> = tree.lines().filter(|line| is_native_only(line)).collect();
    if heavy.is_empty() { Ok(()) } else { Err(format!("The front end depends on:\n  {}", heavy.join("\n  "))) }
}

fn is_native_only(line: &str) -> bool {
    let name = line.split(' ').next().unwrap_or_default();
    NATIVE_ONLY
        .iter()
        .any(|native| name.strip_prefix(native).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
}

/// No file of code longer than a person can oversee. (The length of functions is clippy's: `too_many_lines`.)
pub fn files_are_short() -> Outcome {
    let files = output(command("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]))?;
    let code = files.lines().map(Path::new).filter(|file| is_code(file));
    let long: Vec<String> = code.filter_map(too_long).collect();
    if long.is_empty() { Ok(()) } else { Err(format!("Longer than {LONGEST} lines:\n  {}", long.join("\n  "))) }
}

/// What islands are made of: Leptos, and named functions over the document. Words reach them as props, patterns as views.
pub fn islands_are_leptos() -> Outcome {
    let folder = workspace::root().join("app/src");
    let mut found = Vec::new();
    for part in ["islands", "views", "controls", "components"] {
        for file in files_under(&folder.join(part)) {
            let text = fs::read_to_string(&file).unwrap_or_default();
            let wrong = text.lines().filter(|line| scripts_the_page(line)).map(str::trim);
            found.extend(wrong.map(|line| format!("{}: {line}", file.display())));
        }
    }
    if found.is_empty() {
        Ok(())
    } else {
        Err(format!("Words, patterns or scripts in the page:\n  {}", found.join("\n  ")))
    }
}

/// A `data-` attribute that is not the label of a cell for the style sheet, a `<template>`, or a call of `web_sys`.
fn scripts_the_page(line: &str) -> bool {
    let attributes = line.replace("data-label=", "");
    attributes.contains("data-") || line.contains("<template") || line.contains("web_sys")
}

fn files_under(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files_under(&path) } else { vec![path] }).collect()
}

fn is_code(file: &Path) -> bool {
    file.extension().is_some_and(|extension| CODE.iter().any(|code| extension == *code))
}

fn too_long(file: &Path) -> Option<String> {
    let lines = fs::read_to_string(workspace::root().join(file)).ok()?.lines().count();
    (lines > LONGEST).then(|| format!("{}: {lines}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_servers_crate_and_its_relatives_are_found_in_a_tree() {
        for line in ["tokio v1.52.0", "sqlx-core v0.9.0", "axum v0.8.9 (*)", "tokio-util v0.7.0"] {
            assert!(is_native_only(line), "{line}");
        }
        for line in ["tokiox v1.0.0", "serde v1.0.0", "oauth v0.1.0 (/axum)", ""] {
            assert!(!is_native_only(line), "{line}");
        }
    }

    #[test]
    fn a_word_in_an_attribute_a_pattern_and_a_script_are_found() {
        for line in ["<button data-show=say(\"x\")>", "<template id=\"row\">", "use leptos::web_sys::Element;"] {
            assert!(scripts_the_page(line), "{line}");
        }
        for line in ["<td data-label=say.scopes()>", "view! { <p>{text}</p> }"] {
            assert!(!scripts_the_page(line), "{line}");
        }
    }

    #[test]
    fn lock_files_and_prose_may_be_long() {
        assert!(is_code(Path::new("crates/oauth/src/lib.rs")));
        assert!(!is_code(Path::new("Cargo.lock")));
        assert!(!is_code(Path::new("README.md")));
    }
}
