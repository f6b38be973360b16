//! What the tests need from outside: taken where it is, installed where this user may, and named with its command otherwise.

use crate::process::{Outcome, command, heading, on_path, output, run};
use std::{
    fs,
    path::{Path, PathBuf},
};

const POSTGRES: &str = "/usr/lib/postgresql";

/// A Chromium that tests can drive.
pub fn chromium() -> Outcome<PathBuf> {
    let find = || on_path(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]);
    find_or_install("Chromium", "chromium", find)
}

/// A text browser, w3m, and the terminal in which tests press its keys.
pub fn text_browser() -> Outcome<PathBuf> {
    let find = || on_path(&["tmux"]).and_then(|_| on_path(&["w3m"]));
    find_or_install("A text browser with a terminal", "w3m tmux", find)
}

/// A Firefox that tests can drive by WebDriver BiDi.
pub fn firefox() -> Outcome<PathBuf> {
    find_or_install("Firefox", "--no-install-recommends firefox-esr", || on_path(&["firefox-esr", "firefox"]))
}

/// The driver of a WebKit, which draws on a screen that needs no hardware.
pub fn webkit() -> Outcome<PathBuf> {
    let find = || on_path(&["Xvfb"]).and_then(|_| on_path(&["WebKitWebDriver"]));
    find_or_install("WebKit with a virtual screen", "--no-install-recommends webkit2gtk-driver xvfb", find)
}

/// The folder with PostgreSQL's server programs.
pub fn postgres() -> Outcome<PathBuf> {
    find_or_install("PostgreSQL", "postgresql", find_postgres)
}

/// The same, where it is installed already.
pub fn find_postgres() -> Option<PathBuf> {
    let on_path = on_path(&["initdb"]).and_then(|file| file.parent().map(Path::to_owned));
    on_path.or_else(newest_postgres)
}

/// Where Debian and its relatives keep the server's programs: off the search path, one folder a version.
fn newest_postgres() -> Option<PathBuf> {
    let version = |folder: &Path| folder.file_name()?.to_str()?.parse::<u32>().ok();
    let folders = fs::read_dir(POSTGRES).ok()?.flatten().map(|entry| entry.path());
    let newest = folders.filter(|folder| folder.join("bin/initdb").is_file()).max_by_key(|folder| version(folder))?;
    Some(newest.join("bin"))
}

/// Makes `cargo deny` available.
pub fn cargo_deny() -> Outcome {
    if output(command("cargo").args(["deny", "--version"])).is_ok() {
        return Ok(());
    }
    heading("Installing cargo-deny");
    run(command("cargo").args(["install", "cargo-deny", "--locked", "--debug"]))
        .map_err(|error| format!("{error}\nInstall it with:\n  cargo install cargo-deny --locked"))
}

/// Installs what a folder's package-lock.json names, unless that is what is there.
pub fn npm(folder: &Path) -> Outcome {
    if on_path(&["node"]).is_none() || on_path(&["npm"]).is_none() {
        return Err(
            "Node.js 20 or newer and npm are needed. Install them with:\n  apt-get install -y nodejs npm".into()
        );
    }
    let time = |file: &str| fs::metadata(folder.join(file)).and_then(|data| data.modified()).ok();
    if time("node_modules/.package-lock.json") >= time("package-lock.json") {
        return Ok(());
    }
    run(command("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(folder))
}

/// `packages` are Debian's, with spaces between them and options before them.
fn find_or_install(name: &str, packages: &str, find: impl Fn() -> Option<PathBuf>) -> Outcome<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    let by_hand = format!("{name} is needed. Install it with:\n  apt-get install -y {packages}");
    if !is_root() || on_path(&["apt-get"]).is_none() {
        return Err(by_hand);
    }
    heading(&format!("Installing {name}"));
    apt(&["update", "-q"])?;
    apt(&["install", "-y", "-q"].into_iter().chain(packages.split(' ')).collect::<Vec<_>>())?;
    find().ok_or(by_hand)
}

fn apt(arguments: &[&str]) -> Outcome {
    run(command("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
}

/// Whether this process may install packages, and must not run PostgreSQL as itself.
pub fn is_root() -> bool {
    output(command("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
