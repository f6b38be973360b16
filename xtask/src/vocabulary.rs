//! The vocabulary check: no declared name may be one of the old words that docs/architecture.md
//! replaces by the field's. Exact match; prose is read by people.

mod reader;
mod words;

use std::{fs, path::Path};

use self::{
    reader::names_in,
    words::{EXCEPTIONS, Exception, OLD_WORDS, OPEN_PARTS},
};
use crate::{
    process::{Outcome, command, output},
    workspace,
};

/// The folders whose names are checked.
const PARTS: [&str; 4] = ["crates", "server", "app", "xtask"];

/// No declared item, file or log field of the parts is called by an old word.
pub fn names_are_standard() -> Outcome {
    let list = output(command("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]).args(PARTS))?;
    let files: Vec<SourceFile> = list.lines().filter_map(SourceFile::read).collect();
    let mut faults: Vec<String> = files.iter().flat_map(SourceFile::faults).collect();
    faults.extend(EXCEPTIONS.iter().filter(|exception| !is_needed(exception, &files)).map(unneeded));
    if faults.is_empty() {
        Ok(())
    } else {
        Err(format!("Names that the vocabulary replaces:\n  {}", faults.join("\n  ")))
    }
}

/// A Rust file and the names that it declares.
struct SourceFile {
    path: String,
    names: Vec<String>,
}

impl SourceFile {
    /// `None` for a file of another language, or one that was deleted and is still in the index.
    fn read(path: &str) -> Option<Self> {
        if Path::new(path).extension().is_none_or(|extension| extension != "rs") {
            return None;
        }
        let text = fs::read_to_string(workspace::root().join(path)).ok()?;
        Some(Self::of(path, &text))
    }

    fn of(path: &str, text: &str) -> Self {
        let stem = Path::new(path).file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let mut names: Vec<String> = stem.into_iter().chain(names_in(text)).collect();
        names.sort();
        names.dedup();
        Self { path: path.to_owned(), names }
    }

    fn faults(&self) -> Vec<String> {
        if OPEN_PARTS.iter().any(|part| self.path.starts_with(part)) {
            return Vec::new();
        }
        let old = self.names.iter().filter_map(|name| OLD_WORDS.iter().find(|(word, _)| word == name));
        old.filter(|(word, _)| !EXCEPTIONS.iter().any(|exception| exception.allows(&self.path, word)))
            .map(|(word, standard)| format!("{}: `{word}` is called `{standard}`: docs/architecture.md", self.path))
            .collect()
    }
}

/// Whether a file declares the word that the exception allows.
fn is_needed(exception: &Exception, files: &[SourceFile]) -> bool {
    files.iter().any(|file| file.names.iter().any(|name| exception.allows(&file.path, name)))
}

fn unneeded(exception: &Exception) -> String {
    let Exception { path, word, reason } = exception;
    format!("xtask/src/vocabulary/words.rs: {path} declares no `{word}` any more ({reason}): remove the exception")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_word_is_refused_with_its_standard_word() {
        let file = SourceFile::of("server/src/x.rs", "pub struct Shelf;");
        assert_eq!(file.faults(), ["server/src/x.rs: `Shelf` is called `Cache`: docs/architecture.md"]);
    }

    #[test]
    fn only_the_exact_word_is_refused() {
        let text =
            "struct Shelves; fn bookshelf() {} // Shelf\nconst A: &str = \"struct Shelf\"; let shelf: Shelf = b;";
        assert!(SourceFile::of("server/src/x.rs", text).faults().is_empty());
    }

    #[test]
    fn a_file_may_not_be_called_by_an_old_word_either() {
        assert_eq!(SourceFile::of("server/src/serve/crowd.rs", "").faults().len(), 1);
        assert!(SourceFile::of("server/src/serve/connections.rs", "").faults().is_empty());
    }

    #[test]
    fn an_exception_holds_for_its_path_and_its_word() {
        let exception = Exception { path: "server/src/a", word: "Line", reason: "a line" };
        assert!(exception.allows("server/src/a/b.rs", "Line"));
        assert!(!exception.allows("server/src/b.rs", "Line") && !exception.allows("server/src/a.rs", "Lines"));
    }

    #[test]
    fn every_exception_has_a_reason_and_an_old_word() {
        for exception in EXCEPTIONS {
            assert!(!exception.reason.is_empty(), "{}", exception.word);
            assert!(OLD_WORDS.iter().any(|(word, _)| *word == exception.word), "{}", exception.word);
        }
    }
}
