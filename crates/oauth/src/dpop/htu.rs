//! Comparing `htu` with the request URL: RFC 9449 §4.3, RFC 3986 §6.2.2 and §6.2.3.

use crate::percent::is_unreserved;

/// Whether `htu` matches the URL of the request: without query and fragment, case-insensitive
/// scheme and host, default port omitted, unreserved characters decoded, trailing slash ignored.
/// Dot segments stay, since no URL of this server has any.
pub(super) fn matches(claimed: &str, actual: &str) -> bool {
    normal(claimed).is_some_and(|claimed| normal(actual) == Some(claimed))
}

fn normal(uri: &str) -> Option<String> {
    let end = uri.find(['?', '#']).unwrap_or(uri.len());
    let (scheme, rest) = uri[..end].split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let authority = authority.to_ascii_lowercase();
    let default = match scheme.as_str() {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    let authority = authority.strip_suffix(default).unwrap_or(&authority);
    let path = path.strip_suffix('/').unwrap_or(path);
    (!authority.is_empty() && uri.is_ascii()).then(|| format!("{scheme}://{authority}{}", decode_unreserved(path)))
}

/// Decodes unreserved characters; other escapes get capital digits.
fn decode_unreserved(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut pieces = path.split('%');
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (digits, rest) = piece.split_at_checked(2).unwrap_or((piece, ""));
        match u8::from_str_radix(digits, 16) {
            Ok(byte) if digits.len() == 2 && is_unreserved(byte) => out.push(char::from(byte)),
            _ => {
                out.push('%');
                out.push_str(&digits.to_ascii_uppercase());
            }
        }
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const URL: &str = "https://id.example/oauth2/token";

    #[test]
    fn one_address_has_several_writings() {
        let same = [
            URL,
            "HTTPS://ID.EXAMPLE/oauth2/token",
            "https://id.example:443/oauth2/token",
            "https://id.example/oauth2/token?a#b",
            "https://id.example/oauth2/token#b?a",
            "https://id.example/%6Fauth2/%74oken",
            "https://id.example/oauth2/token/",
        ];
        for text in same {
            assert!(matches(text, URL), "{text}");
        }
        assert!(matches("http://[::1]:80", "http://[::1]/") && matches("http://a/x%2fy", "http://a/x%2Fy"));
        assert!(matches(URL, "https://id.example/oauth2/token?client=1"));
    }

    #[test]
    fn other_addresses_are_others() {
        let others = [
            "",
            "/oauth2/token",
            "id.example/oauth2/token",
            "http://id.example/oauth2/token",
            "https://id.example/oauth2/Token",
            "https://id.example/oauth2/token//",
            "https://id.example:8443/oauth2/token",
            "https://id.example:80/oauth2/token",
            "https://evil@id.example/oauth2/token",
            "https://id.example.evil/oauth2/token",
            "https://id.example/oauth2%2Ftoken",
            "https:///oauth2/token",
            "https://id.example/a/../oauth2/token",
            "https://id.example/oauth2/token%",
            "https://id.example/oauth2/token%4",
            "https://id.example/oauth2/token%+4",
            "ftp://id.example/oauth2/token",
        ];
        for text in others {
            assert!(!matches(text, URL), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_compared(text in ".*", path in "[%0-9a-zA-Z/~.-]*") {
            let _ = matches(&text, URL);
            let url = format!("https://id.example/{path}");
            prop_assert!(matches(&url, &url));
        }
    }
}
