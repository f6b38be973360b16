//! Parameters have names: no function takes a tuple, which would hide several parameters in one and evade the
//! limit on their number (clippy's `too_many_arguments`).

use std::fs;

use crate::circles::code_of;
use crate::process::{Outcome, command, output};
use crate::workspace;

/// Where functions are looked at.
const FOLDERS: [&str; 7] = ["crates/", "server/", "app/", "frontend/", "xtask/", "examples/", "fuzz/"];

/// No function takes a tuple.
pub fn are_named() -> Outcome {
    let files = output(command("git").args(["ls-files", "--cached", "--others", "--exclude-standard", "*.rs"]))?;
    let files = files.lines().filter(|file| FOLDERS.iter().any(|folder| file.starts_with(folder)));
    let found: Vec<String> = files.flat_map(tuples_of).collect();
    if found.is_empty() { Ok(()) } else { Err(format!("Parameters that are tuples:\n  {}", found.join("\n  "))) }
}

fn tuples_of(file: &str) -> Vec<String> {
    let text = fs::read_to_string(workspace::root().join(file)).unwrap_or_default();
    tuples(&code_of(&text)).into_iter().map(|parameter| format!("{file}: {parameter}")).collect()
}

/// Every parameter that is a tuple, by its pattern or by its type.
fn tuples(code: &str) -> Vec<String> {
    let functions = code.split("fn ").skip(1).filter_map(parameters);
    functions.flatten().filter(|parameter| is_tuple(parameter)).map(|parameter| one_line(&parameter)).collect()
}

/// The parameters of a function, whose name comes first.
fn parameters(function: &str) -> Option<Vec<String>> {
    let name = function.find(|c: char| !(c.is_alphanumeric() || c == '_'))?;
    let list = after_generics(function.get(name..)?);
    let (mut depth, mut parts, mut part) = (0_i32, Vec::new(), String::new());
    for c in list.get(list.find('(')?..)?.chars() {
        depth += i32::from(matches!(c, '(' | '[' | '{')) - i32::from(matches!(c, ')' | ']' | '}'));
        match (c, depth) {
            (')', 0) => break,
            ('(', 1) => {}
            (',', 1) => parts.push(std::mem::take(&mut part)),
            (c, _) => part.push(c),
        }
    }
    parts.push(part);
    Some(parts)
}

/// What follows the generic parameters, where there are any.
fn after_generics(signature: &str) -> &str {
    let (mut depth, mut before) = (0_i32, ' ');
    let end = signature.char_indices().find(|(_, c)| {
        depth += i32::from(*c == '<') - i32::from(*c == '>' && before != '-');
        before = *c;
        depth == 0
    });
    end.map_or(signature, |(at, _)| &signature[at..])
}

fn is_tuple(parameter: &str) -> bool {
    let Some((pattern, kind)) = parameter.split_once(':') else { return false };
    let kind = kind.trim().trim_start_matches('&').trim_start_matches("mut ");
    pattern.trim().starts_with('(') || (kind.starts_with('(') && kind != "()")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::tuples;

    #[test]
    fn a_tuple_is_found_by_its_pattern_and_by_its_type() {
        for code in [
            "fn f((a, b): (i64, &str)) {}",
            "async fn f(\n    &self,\n    (method, uri): (Method, Uri),\n) {}",
            "fn f<T: Into<(u8, u8)>>(x: T, pair: &(i64, i64)) {}",
        ] {
            assert_eq!(tuples(code).len(), 1, "{code}");
        }
    }

    #[test]
    fn named_parameters_extractors_and_closures_are_none() {
        for code in [
            "fn f(a: i64, b: Vec<(u8, u8)>) -> (u8, u8) {}",
            "fn f(Path((a, b)): Path<(String, String)>) {}",
            "fn f(g: impl Fn((u8, u8)) -> u8) { g((1, 2)) }",
            "fn f(list: [(u8, u8); 2]) { list.map(|(a, b)| a + b) }",
            "fn f(done: ()) {}",
        ] {
            assert!(tuples(code).is_empty(), "{code}");
        }
    }
}
