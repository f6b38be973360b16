//! Percent-encoding both ways (RFC 3986 §2.1), and form decoding (RFC 6749 appendix B).

use std::fmt::Write;

/// Whether the byte is unreserved: RFC 3986 §2.3.
pub(crate) const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Encodes everything that is not unreserved. A space becomes `%20`: `+` means a space in forms
/// only, and some clients read a redirect without form decoding.
pub(crate) fn encode(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if is_unreserved(byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}"); // writing to a String cannot fail
        }
        out
    })
}

/// Decodes `+` and `%XX`. An incomplete escape stays as it is (URL Standard). `None`: not UTF-8, or
/// a NUL, which PostgreSQL text cannot hold.
pub(crate) fn form_decode(bytes: &[u8]) -> Option<String> {
    let text = match bytes.contains(&b'%') || bytes.contains(&b'+') {
        true => String::from_utf8(unescape(bytes)).ok()?,
        // The fast path: most values are not encoded.
        false => std::str::from_utf8(bytes).ok()?.to_owned(),
    };
    (!text.as_bytes().contains(&0)).then_some(text)
}

fn unescape(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = if first == b'%' { hex_pair(tail) } else { None };
        out.push(escaped.unwrap_or(if first == b'+' { b' ' } else { first }));
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    out
}

fn hex_pair(bytes: &[u8]) -> Option<u8> {
    let [first, second, ..] = bytes else { return None };
    Some(hex_digit(*first)? * 16 + hex_digit(*second)?)
}

const fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn form_decoding_knows_plus_and_percent() {
        assert_eq!(form_decode(b"a+b%20c%2Bd").as_deref(), Some("a b c+d"));
        assert_eq!(form_decode(b"100%").as_deref(), Some("100%"));
        assert_eq!(form_decode(b"%zz%4").as_deref(), Some("%zz%4"));
        assert_eq!(form_decode(b"%%41%4a%4B++%").as_deref(), Some("%AJK  %"));
    }

    #[test]
    fn what_no_text_column_can_hold_is_refused() {
        for bytes in [&b"\0"[..], b"%00", b"\xff", b"%FF", b"%ED%A0%80", b"%C0%80", b"%E2%82"] {
            assert_eq!(form_decode(bytes), None, "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn encoding_comes_back(text in "[^\0]*") {
            let encoded = encode(&text);
            prop_assert!(encoded.bytes().all(|byte| is_unreserved(byte) || byte == b'%'));
            prop_assert_eq!(form_decode(encoded.as_bytes()), Some(text));
        }
    }
}
