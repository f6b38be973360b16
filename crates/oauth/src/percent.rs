//! Percent-encoding both ways (RFC 3986 §2.1), and form decoding (RFC 6749 appendix B).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986 §2.3.
const NOT_UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Whether the byte is unreserved: RFC 3986 §2.3.
pub(crate) const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Encodes everything that is not unreserved. A space becomes `%20`: `+` means a space in forms
/// only, and some clients read a redirect without form decoding.
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, NOT_UNRESERVED).to_string()
}

/// Decodes `+` and `%XX`. An incomplete escape stays as it is (URL Standard). `None`: not UTF-8, or
/// a NUL, which PostgreSQL text cannot hold.
pub(crate) fn form_decode(bytes: &[u8]) -> Option<String> {
    let text = match bytes.contains(&b'%') || bytes.contains(&b'+') {
        true => {
            let spaced: Vec<u8> = bytes.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
            String::from_utf8(percent_decode(&spaced).collect()).ok()?
        }
        // The fast path: most values are not encoded.
        false => std::str::from_utf8(bytes).ok()?.to_owned(),
    };
    (!text.as_bytes().contains(&0)).then_some(text)
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
