//! A small reader of Rust: the names that a file declares, and the fields of its log lines. It knows
//! comments, strings and characters, and nothing of the grammar beyond the tokens around a name.

/// Keywords after which a name is declared.
const DECLARING: [&str; 8] = ["struct", "enum", "trait", "type", "fn", "const", "static", "mod"];

/// Words that may stand between such a keyword and the name.
const QUALIFIERS: [&str; 6] = ["fn", "mut", "unsafe", "async", "extern", "r#"];

/// Macros of `tracing` whose arguments are fields.
const LOG_MACROS: [&str; 12] = [
    "trace",
    "debug",
    "info",
    "warn",
    "error",
    "event",
    "span",
    "trace_span",
    "debug_span",
    "info_span",
    "warn_span",
    "error_span",
];

/// Every name that is declared, and every field name in a macro of `tracing`.
pub fn names_in(text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let declared = (0..tokens.len()).filter_map(|at| declared_at(&tokens, at));
    let fields = (0..tokens.len()).filter(|at| is_log_macro(&tokens, *at)).flat_map(|at| fields_from(&tokens, at + 3));
    declared.chain(fields).map(str::to_owned).collect()
}

/// The name that the keyword at this place declares. `fn(` is a type, and `const {` a block.
fn declared_at<'a>(tokens: &[&'a str], at: usize) -> Option<&'a str> {
    DECLARING.contains(tokens.get(at)?).then_some(())?;
    let name = *tokens.get(at + 1)?;
    (is_name(name) && !QUALIFIERS.contains(&name) && name != "_").then_some(name)
}

/// Whether a macro of `tracing` begins here: `info ! (`, with or without the path before it.
fn is_log_macro(tokens: &[&str], at: usize) -> bool {
    LOG_MACROS.contains(&tokens[at]) && tokens.get(at + 1) == Some(&"!") && tokens.get(at + 2) == Some(&"(")
}

/// The field names up to the end of the macro: `name = value`, `%name`, `?name`, or `name` alone.
fn fields_from<'a>(tokens: &[&'a str], start: usize) -> Vec<&'a str> {
    let (mut depth, mut begins, mut fields) = (0_usize, true, Vec::new());
    for (at, token) in tokens.iter().enumerate().skip(start) {
        match *token {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" if depth == 0 => break,
            ")" | "]" | "}" => depth -= 1,
            "%" | "?" if begins => continue,
            name if begins && is_name(name) && matches!(tokens.get(at + 1), Some(&("=" | "," | ")"))) => {
                fields.push(name);
            }
            _ => {}
        }
        begins = depth == 0 && *token == ",";
    }
    fields
}

fn is_name(token: &str) -> bool {
    token.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_')
}

/// Words and single signs, without white space, comments, strings and characters.
fn tokens(text: &str) -> Vec<&str> {
    let (mut tokens, mut rest) = (Vec::new(), text);
    while let Some(first) = rest.chars().next() {
        let skipped = skipped(rest);
        if skipped > 0 {
            rest = rest.get(skipped..).unwrap_or_default();
            continue;
        }
        let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let (token, after) = rest.split_at(word.max(if word == 0 { first.len_utf8() } else { 0 }));
        tokens.push(token);
        rest = after;
    }
    tokens
}

/// How many bytes at the beginning are no token.
fn skipped(text: &str) -> usize {
    let white = text.len() - text.trim_start().len();
    if white > 0 {
        return white;
    }
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if text.starts_with("/*") {
        return text.find("*/").map_or(text.len(), |end| end + 2);
    }
    raw_string(text).or_else(|| string(text)).or_else(|| character(text)).unwrap_or(0)
}

/// The length of `r"…"`, `r#"…"#` and `br"…"`.
fn raw_string(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("br").or_else(|| text.strip_prefix('r'))?;
    let hashes = inner.len() - inner.trim_start_matches('#').len();
    let body = inner.get(hashes..)?.strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let before = text.len() - body.len();
    Some(body.find(&end).map_or(text.len(), |found| before + found + end.len()))
}

/// The length of `"…"` and `b"…"`.
fn string(text: &str) -> Option<usize> {
    let body = text.strip_prefix("b\"").or_else(|| text.strip_prefix('"'))?;
    let before = text.len() - body.len();
    let mut escaped = false;
    for (at, c) in body.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(before + at + 1),
            _ => {}
        }
    }
    Some(text.len())
}

/// The length of `'x'` and `'\n'`; a lifetime is its sign alone.
fn character(text: &str) -> Option<usize> {
    let body = text.strip_prefix('\'')?;
    let mut inner = body.chars();
    match inner.next()? {
        '\\' => body.get(2..)?.find('\'').map(|end| end + 4),
        c if inner.next() == Some('\'') => Some(c.len_utf8() + 2),
        _ => Some(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_item_is_declared_once() {
        let text = "pub struct A; enum B {} trait C {} type D = u8; pub const fn e() {} const F: u8 = 0; static mut G: u8 = 0; mod h;";
        assert_eq!(names_in(text), ["A", "B", "C", "D", "e", "F", "h"]);
        assert_eq!(names_in("async fn one<'a>(x: fn(u8) -> u8) { const { 1 } } const _: () = ();"), ["one"]);
    }

    #[test]
    fn comments_strings_and_characters_declare_nothing() {
        let text = r##"// struct A
            /* struct B */ let _ = ("struct C \" struct D", r#"struct "E"#, '"', '\'', b"mod f", 'a'); fn g<'a>() {}"##;
        assert_eq!(names_in(text), ["g"]);
    }

    #[test]
    fn fields_of_a_log_line_are_names_and_values_are_not() {
        let text = "tracing::info!(%method, path, status = code(a, b), ?error, why = x.then(y), \"text {a}\");";
        assert_eq!(names_in(text), ["method", "path", "status", "error", "why"]);
        assert_eq!(names_in("warn!(\"only text\"); info_span!(\"request\", id, client = Empty)"), ["id", "client"]);
    }
}
