//! `bundle FOLDER NAME WASM [NAME WASM …]`: runs wasm-bindgen on the front end's WASM and writes
//! `NAME.js` and `NAME_bg.wasm`.
#![expect(clippy::print_stderr, reason = "a command-line tool talks to its terminal")]

use std::{
    env, fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    process::ExitCode,
};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let Some((folder, bundles)) = arguments.split_first().filter(|(_, bundles)| !bundles.is_empty()) else {
        eprintln!("usage: bundle FOLDER NAME WASM [NAME WASM …]");
        return ExitCode::from(2);
    };
    match bundle(folder, &bundles.chunks_exact(2).map(|pair| (&*pair[0], &*pair[1])).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Writes into a temporary folder and renames it, so that an interrupted run leaves the old
/// bundles.
fn bundle(folder: &Path, bundles: &[(&Path, &Path)]) -> Result<(), String> {
    if bundles.iter().all(|(name, wasm)| is_newer(&folder.join(format!("{}_bg.wasm", name.display())), wasm)) {
        return Ok(());
    }
    let fresh = folder.with_extension("new");
    remove(&fresh).map_err(|error| error.to_string())?;
    for (name, wasm) in bundles {
        generate(name, wasm, &fresh).map_err(|error| format!("{}: {error}", wasm.display()))?;
    }
    remove(folder)
        .and_then(|()| fs::rename(&fresh, folder))
        .map_err(|error| format!("cannot replace {}: {error}", folder.display()))
}

fn generate(name: &Path, wasm: &Path, folder: &Path) -> Result<(), String> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(wasm)
        .out_name(&name.to_string_lossy())
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
