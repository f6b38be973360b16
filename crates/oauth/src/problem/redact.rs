//! Redaction of secrets in logs and stored problems. Received values should contain none, but
//! people put secrets in wrong places: a client that sends its current URL as `redirect_uri` sends
//! a live code.

use crate::percent;

/// The longest redacted text, in characters.
const MAX_CHARACTERS: usize = 512;

/// The replacement. Not ASCII, so that no redacted text is a valid redirect URI.
pub(super) const REDACTED: &str = "…";

/// Parameters with secret values, redacted wherever the values occur.
pub(super) const SECRET: [&str; 18] = [
    "code",
    "code_verifier",
    "code_challenge",
    "client_secret",
    "refresh_token",
    "access_token",
    "token",
    "password",
    "assertion",
    "client_assertion",
    "subject_token",
    "actor_token",
    "id_token",
    "id_token_hint",
    "logout_token",
    "csrf",
    "request",
    "device_code",
];

/// Parameters with private values; a redirect URI may start like one of them.
pub(super) const PRIVATE: [&str; 2] = ["state", "nonce"];

/// Shorter values are too ambiguous to search for.
pub(super) const MIN_LENGTH: usize = 8;

/// Separators of query pairs, percent-encoded ones included.
const SEPARATORS: [&str; 7] = ["?", "&", "#", "%3f", "%26", "%23", ";"];

/// An untrusted text for a log or page: without secrets of this server, signed tokens, userinfo of
/// URLs and secret parameters; at most 512 characters. Redacted or truncated text contains `…`.
#[must_use]
pub fn redacted(text: &str) -> String {
    truncate(&redact_recognizable(text))
}

/// Truncates; the last character shows it.
pub(super) fn truncate(text: &str) -> String {
    if text.chars().count() <= MAX_CHARACTERS {
        return text.to_owned();
    }
    text.chars().take(MAX_CHARACTERS - 1).chain(REDACTED.chars()).collect()
}

pub(super) fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET.iter().chain(&PRIVATE).any(|known| *known == name)
}

/// `user:password@` of an address.
pub(super) fn redact_userinfo(base: &str) -> String {
    let Some((scheme, rest)) = base.split_once("://") else { return base.to_owned() };
    let end = rest.find(['/', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    match authority.rsplit_once('@') {
        Some((_, host)) => format!("{scheme}://{REDACTED}@{host}{path}"),
        None => base.to_owned(),
    }
}

/// Redacts what is recognizable by its shape or by the name before it.
pub(super) fn redact_recognizable(text: &str) -> String {
    redact_named(&redact_tokens(text))
}

/// Redacts the values of secret parameters, wherever the text contains a query.
fn redact_named(text: &str) -> String {
    let (mut redacted, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((end, length)) = separator(rest) {
        let (piece, after) = rest.split_at(end);
        let (separator_text, after) = after.split_at(length);
        redacted += &redact_piece(piece);
        redacted += separator_text;
        rest = after;
    }
    redacted + &redact_piece(rest)
}

/// Index and length of the next separator.
fn separator(text: &str) -> Option<(usize, usize)> {
    let starts = |(at, c): (usize, char)| {
        let blank = c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>');
        let here = &text.as_bytes()[at..];
        let found = SEPARATORS.iter().find(|separator_text| {
            here.get(..separator_text.len()).is_some_and(|h| h.eq_ignore_ascii_case(separator_text.as_bytes()))
        });
        found.map(|separator_text| (at, separator_text.len())).or_else(|| blank.then(|| (at, c.len_utf8())))
    };
    text.char_indices().find_map(starts)
}

fn redact_piece(piece: &str) -> String {
    let equals = piece.find('=').map(|at| (at, 1));
    let encoded = piece.to_ascii_lowercase().find("%3d").map(|at| (at, 3));
    let Some((at, length)) = equals.into_iter().chain(encoded).min() else { return redact_userinfo(piece) };
    let (name, value) = (&piece[..at], &piece[at + length..]);
    let secret = percent::form_decode(name.as_bytes()).is_some_and(|name| is_secret_name(&name));
    if secret && !value.is_empty() { format!("{}{REDACTED}", &piece[..at + length]) } else { redact_userinfo(piece) }
}

/// Secrets of this server and signed tokens, by their prefix.
fn redact_tokens(text: &str) -> String {
    ["jtn_", "eyJ"].iter().fold(text.to_owned(), |text, start| redact_prefixed(&text, start))
}

fn redact_prefixed(text: &str, start: &str) -> String {
    let mut parts = text.split(start);
    let first = parts.next().unwrap_or_default().to_owned();
    let inside = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    parts.fold(first, |text, part| {
        let rest = part.trim_start_matches(inside);
        match part.len() - rest.len() >= MIN_LENGTH {
            true => format!("{text}{start}{REDACTED}{rest}"),
            false => format!("{text}{start}{part}"),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_holds_no_secret_that_can_be_known_as_one() {
        let cases = [
            ("https://a.example/cb?code=abc&tenant=5", "https://a.example/cb?code=…&tenant=5"),
            (
                "https://a.example/cb?STATE=x;id_token=y#access_token=z",
                "https://a.example/cb?STATE=…;id_token=…#access_token=…",
            ),
            ("https://a.example/?to=%2Fcb%3Fcode%3Dabc%26x%3D1", "https://a.example/?to=%2Fcb%3Fcode%3D…%26x%3D1"),
            ("https://me:hush@a.example/cb?c%6Fde=abc", "https://…@a.example/cb?c%6Fde=…"),
            (
                "NotRegistered { received: \"https://a/?token=x\" }",
                "NotRegistered { received: \"https://a/?token=…\" }",
            ),
            ("unknown scope jtn_cs_0123456789ab", "unknown scope jtn_…"),
            ("read write code", "read write code"),
            ("https://a.example/cb?tenant=5&code=", "https://a.example/cb?tenant=5&code="),
            ("é=%3", "é=%3"),
        ];
        for (sent, kept) in cases {
            assert_eq!(redacted(sent), kept);
        }
        assert_eq!(redacted(&"x".repeat(600)).chars().count(), 512);
    }

    #[test]
    fn a_long_text_is_cut_by_characters() {
        assert_eq!(truncate(&"é".repeat(512)), "é".repeat(512));
        assert_eq!(truncate(&"é".repeat(513)), format!("{}…", "é".repeat(511)));
    }
}
