//! Import cycles between the files of a crate: none may exist. A file imports another when it names an item
//! that the other declares; a re-export (`pub use`) leads to the declaring file, and is no import itself.
//! Methods are not followed: `impl` blocks of one type may stand in many files.

mod imports;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use self::imports::Imports;
pub use self::imports::code_of;
use crate::{process::Outcome, workspace};

/// The crates that are looked at.
const CRATES: [&str; 5] = ["crates/oauth", "crates/provider", "server", "app", "xtask"];

/// A module path below the root of its crate; the root itself is empty.
type Module = Vec<String>;

/// Which modules each module imports.
type Graph = BTreeMap<Module, BTreeSet<Module>>;

/// No two files import each other, also not by way of others.
pub fn no_import_circles() -> Outcome {
    let found: Vec<String> = CRATES.iter().flat_map(|name| circles_of(name)).collect();
    if found.is_empty() {
        Ok(())
    } else {
        Err(format!("Files import each other in a circle:\n  {}", found.join("\n  ")))
    }
}

fn circles_of(name: &str) -> Vec<String> {
    let root = workspace::root().join(name).join("src");
    let mut files = BTreeMap::new();
    read(&root, &mut Vec::new(), &mut files);
    circles(&graph(&files)).iter().map(|circle| format!("{name}: {}", listed(circle))).collect()
}

fn listed(circle: &[Module]) -> String {
    let name = |module: &Module| if module.is_empty() { "lib".to_owned() } else { module.join("/") };
    circle.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Reads every file below this folder, but tests.
fn read(folder: &Path, module: &mut Module, files: &mut BTreeMap<Module, Imports>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_root = module.is_empty() && matches!(name.as_str(), "lib" | "main");
        module.push(name);
        if path.is_dir() {
            read(&path, module, files);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && module.last().is_some_and(|name| name != "tests")
        {
            let key = if is_root { Vec::new() } else { module.clone() };
            files.insert(key, Imports::of(&fs::read_to_string(&path).unwrap_or_default()));
        }
        module.pop();
    }
}

fn graph(files: &BTreeMap<Module, Imports>) -> Graph {
    let imported = |module: &Module, imports: &Imports| {
        let found = imports.paths().filter_map(|path| declared_in(files, module, path, 0));
        found.filter(|other| other != module).collect::<BTreeSet<_>>()
    };
    files.iter().map(|(module, imports)| (module.clone(), imported(module, imports))).collect()
}

/// The module that declares what this path names; `None` for a path out of the crate.
fn declared_in(files: &BTreeMap<Module, Imports>, module: &Module, path: &[String], depth: usize) -> Option<Module> {
    let (mut at, mut rest) = absolute(files, module, path)?;
    while let Some((name, after)) = rest.split_first() {
        at.push(name.clone());
        if !files.contains_key(&at) {
            at.pop();
            break;
        }
        rest = after;
    }
    let imports = files.get(&at)?;
    // Re-exports may lead on; a chain of them is short.
    let through = rest.first().filter(|_| depth < 8).and_then(|name| imports.named(name));
    through.and_then(|path| declared_in(files, &at, path, depth + 1)).or(Some(at))
}

/// The module that a path begins in, and what is left of the path.
fn absolute<'p>(
    files: &BTreeMap<Module, Imports>,
    module: &Module,
    path: &'p [String],
) -> Option<(Module, &'p [String])> {
    let (first, rest) = path.split_first()?;
    match first.as_str() {
        "crate" => Some((Vec::new(), rest)),
        "self" => Some((module.clone(), rest)),
        "super" => {
            let up = path.iter().take_while(|name| *name == "super").count();
            Some((module.get(..module.len().checked_sub(up)?)?.to_vec(), path.get(up..)?))
        }
        _ => {
            let child: Module = module.iter().chain([first]).cloned().collect();
            files.contains_key(&child).then(|| (module.clone(), path))
        }
    }
}

/// The modules of each circle. Two are in one circle when each is reached from the other.
fn circles(graph: &Graph) -> Vec<Vec<Module>> {
    let reached: BTreeMap<&Module, BTreeSet<&Module>> = graph.keys().map(|from| (from, reach(graph, from))).collect();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (module, others) in &reached {
        if others.contains(module) && !seen.contains(module) {
            let circle = others.iter().filter(|other| reached.get(*other).is_some_and(|back| back.contains(module)));
            let circle: Vec<&Module> = circle.copied().collect();
            seen.extend(circle.iter().copied());
            found.push(circle.into_iter().cloned().collect());
        }
    }
    found
}

/// What is imported from here, also by way of others.
fn reach<'g>(graph: &'g Graph, from: &Module) -> BTreeSet<&'g Module> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&Module> = graph.get(from).into_iter().flatten().collect();
    while let Some(module) = open.pop() {
        if reached.insert(module) {
            open.extend(graph.get(module).into_iter().flatten());
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let module = |path: &str| path.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let files = files.iter().map(|(path, text)| (module(path), Imports::of(text))).collect();
        circles(&graph(&files)).iter().map(|circle| listed(circle)).collect()
    }

    #[test]
    fn files_that_name_items_of_each_other_are_a_circle_and_one_way_is_none() {
        let one_way = [("", "mod a;\nmod b;"), ("a", "use crate::b::B;\nstruct A(B);"), ("b", "struct B;")];
        assert!(found(&one_way).is_empty());
        let both = [("", ""), ("a", "use crate::b::B;\nstruct A(B);"), ("b", "fn f() { super::a::g() }")];
        assert_eq!(found(&both), ["a, b"]);
        let three = [
            ("", ""),
            ("a", "use super::b::{self, B};\nstruct A(B);"),
            ("b", "use crate::c::C;"),
            ("c", "use crate::a::A;"),
        ];
        assert_eq!(found(&three), ["a, b, c"]);
    }

    #[test]
    fn a_re_export_is_no_import_and_leads_to_what_declares_the_item() {
        let facade = [
            ("", "pub mod a;"),
            ("a", "mod b;\nmod c;\npub use self::b::B;\npub(crate) use c::C;"),
            ("a/b", "use super::C;\npub struct B(C);"),
            ("a/c", "pub struct C;"),
        ];
        assert!(found(&facade).is_empty());
        let used = [
            ("", ""),
            ("a", "mod b;\npub use self::b::B;\npub struct A(B);"),
            ("a/b", "use super::A;\npub struct B(Box<A>);"),
        ];
        assert_eq!(found(&used), ["a, a/b"]);
    }

    #[test]
    fn tests_comments_and_texts_import_nothing() {
        let tested = [
            ("", ""),
            ("a", "use crate::b::B;\n#[cfg(test)]\n#[expect(x)]\nmod tests {\n    use crate::b::B;\n}"),
            (
                "b",
                "//! See crate::a::A.\nconst S: &str = \"crate::a::A\";\n#[cfg(test)]\nmod tests {\n    use crate::a::A;\n}",
            ),
        ];
        assert!(found(&tested).is_empty());
    }
}
