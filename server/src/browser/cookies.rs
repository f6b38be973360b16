//! Cookies: drops those of other sites on the host or a parent domain that cannot be read, since
//! one of them would make the whole `Cookie` header unreadable; and sets preference cookies.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use super::Visitor;

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

/// The response with a cookie that stores a preference of this browser for a year.
#[must_use]
pub fn with_preference_cookie(visitor: &Visitor, mut response: Response, (name, value): (&str, &str)) -> Response {
    let secure = if visitor.site.secure() { "; Secure" } else { "" };
    let name = visitor.site.preference_name(name);
    let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
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
