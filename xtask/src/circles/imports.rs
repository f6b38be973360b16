//! What a file of Rust names of other files: its `use` declarations, and the paths in its code. Reads code as
//! rustfmt leaves it.

use std::collections::{BTreeMap, BTreeSet};

/// A path, without its `::`.
type Names = Vec<String>;

/// The imports of a file.
#[derive(Debug, Default)]
pub struct Imports {
    /// What is imported under which name.
    named: BTreeMap<String, Names>,
    /// Names that are only handed on.
    handed_on: BTreeSet<String>,
    /// Paths in the code.
    in_code: BTreeSet<Names>,
}

impl Imports {
    /// Reads the text of a file. Its tests, which stand last, do not count.
    pub fn of(text: &str) -> Self {
        let code = code_of(text);
        let code = code
            .find("#[cfg(test)]\nmod tests {")
            .or_else(|| tests_begin(&code))
            .map_or(code.as_str(), |at| &code[..at]);
        let mut imports = Self::default();
        let mut body = String::new();
        for statement in code.split_inclusive(';') {
            match declaration(statement) {
                Some((before, is_public, tree)) => {
                    body.push_str(before);
                    imports.add(tree, is_public);
                }
                None => body.push_str(statement),
            }
        }
        imports.read_code(&body);
        imports
    }

    /// What is imported under this name.
    pub fn named(&self, name: &str) -> Option<&[String]> {
        self.named.get(name).map(Vec::as_slice)
    }

    /// Every path that the file itself uses.
    pub fn paths(&self) -> impl Iterator<Item = &[String]> {
        let used = self.named.iter().filter(|(name, _)| !self.handed_on.contains(*name));
        used.map(|(_, path)| path.as_slice()).chain(self.in_code.iter().map(Vec::as_slice))
    }

    fn add(&mut self, tree: &str, is_public: bool) {
        for (path, name) in leaves(tree, &[]) {
            if is_public {
                self.handed_on.insert(name.clone());
            }
            self.named.insert(name, path);
        }
    }

    fn read_code(&mut self, body: &str) {
        let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        for word in body.split(|c| !is_part(c)) {
            let names: Names = word.split("::").filter(|name| !name.is_empty()).map(str::to_owned).collect();
            if let Some(first) = names.first() {
                self.handed_on.remove(first);
                if names.len() > 1 && matches!(first.as_str(), "crate" | "self" | "super") {
                    self.in_code.insert(names);
                }
            }
        }
    }
}

/// The text before a `use` declaration, whether it is a re-export, and its tree.
fn declaration(statement: &str) -> Option<(&str, bool, &str)> {
    let at =
        statement.rfind("use ").filter(|at| statement[..*at].trim_start().is_empty() || is_at_start(statement, *at))?;
    let before = &statement[..at];
    let line = before.rfind('\n').map_or(before, |end| &before[end + 1..]);
    let is_public = line.trim_start().starts_with("pub");
    Some((&before[..before.len() - line.len()], is_public, statement[at + 4..].trim_end_matches(';')))
}

/// Whether only a visibility stands before it in its line.
fn is_at_start(statement: &str, at: usize) -> bool {
    let line = statement[..at].rsplit('\n').next().unwrap_or_default().trim();
    line.is_empty() || line == "pub" || (line.starts_with("pub(") && line.ends_with(')'))
}

/// Every path of a `use` tree, and the name that it goes by.
fn leaves(tree: &str, before: &[String]) -> Vec<(Names, String)> {
    let tree = tree.trim();
    let Some((head, inner)) = tree.split_once('{') else {
        let (path, name) = tree.split_once(" as ").map_or((tree, None), |(path, name)| (path, Some(name.trim())));
        let mut names: Names = before.to_vec();
        names.extend(path.split("::").map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned));
        if names.len() > 1 && names.last().is_some_and(|name| name == "self") {
            names.pop();
        }
        let name = name.map(str::to_owned).or_else(|| names.last().cloned()).unwrap_or_default();
        return vec![(names, name)];
    };
    let mut names: Names = before.to_vec();
    names.extend(head.split("::").map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned));
    parts(inner.trim_end().strip_suffix('}').unwrap_or(inner))
        .into_iter()
        .flat_map(|part| leaves(part, &names))
        .collect()
}

/// The parts of a list, which stand between commas that are in no braces of their own.
fn parts(list: &str) -> Vec<&str> {
    let (mut depth, mut begin, mut parts) = (0_usize, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&list[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&list[begin..]);
    parts.into_iter().filter(|part| !part.trim().is_empty()).collect()
}

/// Where the tests begin whose module has attributes of its own, or another condition beside `test`.
fn tests_begin(code: &str) -> Option<usize> {
    let module = code.rfind("\nmod tests {")?;
    code[..module].rfind("#[cfg(")
}

/// The code without comments and without what stands in quotes.
pub fn code_of(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = match c {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '"' => quoted(rest),
            'r' if rest.starts_with("r\"") || rest.starts_with("r#\"") => raw(rest),
            '\'' if rest.starts_with("'\"'") => 3,
            _ => 0,
        };
        if skipped == 0 {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            rest = &rest[skipped..];
        }
    }
    code
}

/// The length of a text in quotes.
fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    let end = rest.char_indices().skip(1).find(|(_, c)| {
        let ends = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    });
    end.map_or(rest.len(), |(at, _)| at + 1)
}

/// The length of a raw text.
fn raw(rest: &str) -> usize {
    let (open, close) = if rest.starts_with("r#") { (3, "\"#") } else { (2, "\"") };
    rest[open..].find(close).map_or(rest.len(), |at| open + at + close.len())
}
