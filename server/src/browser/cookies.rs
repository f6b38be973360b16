//! Cookies: their names, and their values. Those of other sites on the host or a parent domain that
//! cannot be read are dropped, since one of them would make the whole `Cookie` header unreadable.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// The cookie that identifies a browser; CSRF tokens are bound to it.
pub const BROWSER: &str = "jeton_browser";

/// The cookie of known browsers: those that have signed in to an account before.
pub const KNOWN: &str = "jeton_known";

/// The cookie of the chosen language.
pub const LANGUAGE: &str = "jeton_language";

/// The cookie of the chosen theme.
pub const THEME: &str = "jeton_theme";

/// The value of a cookie; `None` when it was sent twice, since then one of them was set by another
/// host of the domain.
pub(super) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let mut values = pairs.filter(|(key, _)| *key == name).map(|(_, value)| value.to_owned());
    let first = values.next()?;
    values.next().is_none().then_some(first)
}

/// Middleware that drops the pairs that cannot be ours, before the session layer and the pages read
/// cookies.
pub async fn drop_unreadable(mut request: Request, next: Next) -> Response {
    retain_ours(request.headers_mut());
    next.run(request).await
}

fn retain_ours(headers: &mut HeaderMap) {
    let lines = headers.get_all(header::COOKIE);
    let pairs = || lines.iter().flat_map(|line| line.as_bytes().split(|byte| *byte == b';')).map(<[u8]>::trim_ascii);
    if pairs().all(may_be_ours) {
        return;
    }
    let ours: Vec<&[u8]> = pairs().filter(|pair| may_be_ours(pair)).collect();
    match HeaderValue::from_bytes(&ours.join(&b"; "[..])) {
        Ok(line) if !line.is_empty() => headers.insert(header::COOKIE, line),
        _ => headers.remove(header::COOKIE),
    };
}

/// Our cookies are visible ASCII (RFC 6265 §4.1.1), and their names have no `%`: the session layer
/// decodes names, so `jeton%5Fsession` would be a second session cookie.
fn may_be_ours(pair: &[u8]) -> bool {
    let name = pair.split(|byte| *byte == b'=').next().unwrap_or_default();
    pair.iter().all(|byte| matches!(byte, b' '..=b'~')) && !name.contains(&b'%')
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn left(lines: &[&[u8]]) -> Vec<String> {
        let line = |bytes: &&[u8]| (header::COOKIE, HeaderValue::from_bytes(bytes).unwrap());
        let mut headers: HeaderMap = lines.iter().map(line).collect();
        retain_ours(&mut headers);
        headers.get_all(header::COOKIE).iter().map(|line| line.to_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn a_pair_that_cannot_be_read_goes_and_the_others_stay() {
        assert_eq!(left(&["pref=München; a=1".as_bytes(), b"b=2"]), ["a=1; b=2"]);
        assert_eq!(left(&[b"a=1;pref=M\xfcnchen;b=2"]), ["a=1; b=2"]);
        assert_eq!(left(&[b"a=1; jeton%5Fsession=x; c=%20"]), ["a=1; c=%20"]);
        assert_eq!(left(&[b"\xff"]), [""; 0]);
    }

    #[test]
    fn what_can_be_read_stays_as_it_is() {
        assert_eq!(left(&[b"a=1;b=2 ", b"c"]), ["a=1;b=2 ", "c"]);
        assert_eq!(left(&[]), [""; 0]);
    }
}
