//! i18n at build time: lists the languages. Each folder of `locales/` is one, and its `.ftl` files
//! are its Fluent messages.
#![expect(clippy::expect_used, reason = "a build without its languages must not go on")]

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo names the package")).join("locales");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut languages: Vec<PathBuf> = entries(&folder).into_iter().filter(|path| path.is_dir()).collect();
    // English first: the fallback language.
    languages.sort_by_key(|language| !language.ends_with("en"));
    let list: String = languages.iter().map(|language| locale(language)).collect();
    let code = format!(
        "/// Tag and files of each language, English first.\npub(super) static LOCALES: &[Locale] = &[{list}];\n"
    );
    let out = Path::new(&env::var("OUT_DIR").expect("cargo names the folder")).join("locales.rs");
    fs::write(out, code).expect("the folder can be written");
}

fn locale(folder: &Path) -> String {
    println!("cargo::rerun-if-changed={}", folder.display());
    let files = entries(folder).into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "ftl"));
    let files: String = files.map(|path| format!("include_str!({path:?}), ")).collect();
    let tag = folder.file_name().and_then(|name| name.to_str()).expect("a folder is named by a language tag");
    format!("Locale {{ tag: {tag:?}, files: &[{files}] }}, ")
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder of languages can be read");
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}
