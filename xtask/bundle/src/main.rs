//! `bundle WASM FOLDER`: turns the front end's WASM into what a browser loads, `jeton.js` and `jeton_bg.wasm`.
#![expect(clippy::print_stderr, reason = "a command-line tool talks to its terminal")]

use std::{
    env, fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    process::ExitCode,
};
use wasm_bindgen_cli_support::Bindgen;

const MODULE: &str = "jeton_bg.wasm";

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let [wasm, folder] = arguments.as_slice() else {
        eprintln!("usage: bundle WASM FOLDER");
        return ExitCode::from(2);
    };
    match bundle(wasm, folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{}: {message}", wasm.display());
            ExitCode::FAILURE
        }
    }
}

/// Writes the bundle beside its place first, so that a stopped run never leaves half of one behind.
fn bundle(wasm: &Path, folder: &Path) -> Result<(), String> {
    if is_newer(&folder.join(MODULE), wasm) {
        return Ok(());
    }
    let fresh = folder.with_extension("new");
    remove(&fresh).map_err(|error| error.to_string())?;
    generate(wasm, &fresh)?;
    remove(folder)
        .and_then(|()| fs::rename(&fresh, folder))
        .map_err(|error| format!("cannot replace {}: {error}", folder.display()))
}

fn generate(wasm: &Path, folder: &Path) -> Result<(), String> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(wasm)
        .out_name("jeton")
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen.web(true).and_then(|bindgen| bindgen.generate(folder)).map_err(|error| format!("{error:#}"))
}

fn is_newer(output: &Path, input: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
    matches!((time(output), time(input)), (Some(output), Some(input)) if output >= input)
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
