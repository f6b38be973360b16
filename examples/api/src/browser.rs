//! What a browser sends and gets: the cookie, where to go back to, whether the request came from our own pages.

use axum::http::{HeaderMap, header};
use url::form_urlencoded;

/// The cookie that holds InfraViewer's access token. Cookies do not know ports, so the name must not be the
/// authorization server's.
const COOKIE: &str = "infraviewer_token";

/// The token in the cookie. Only pages of this origin may use it: `SameSite` takes every port of a host for
/// the same site, so another program on the machine would otherwise post in the person's name.
pub fn cookie_token(headers: &HeaderMap) -> Option<&str> {
    let token = cookies(headers).find_map(|(name, value)| (name == COOKIE).then_some(value))?;
    (!token.is_empty() && from_own_page(headers)).then_some(token)
}

fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='))
}

/// The `Set-Cookie` that starts a session of `seconds`.
pub fn set_cookie(token: &str, seconds: u32) -> String {
    format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}")
}

/// The `Set-Cookie` that ends the session.
pub fn clear_cookie() -> String {
    set_cookie("", 0)
}

/// Whether a page of this origin, or the person's own hand, made the request. Programs that are no browsers
/// send neither header, and have no cookies that somebody else could ride on.
pub fn from_own_page(headers: &HeaderMap) -> bool {
    let value = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (value("sec-fetch-site"), value("origin"), value("host")) {
        (Some(site), _, _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, own)| own == host),
        (None, Some(_), None) => false,
        (None, None, _) => true,
    }
}

/// The page to go back to: a path on this origin, else the start page. `//host`, `/\host` and control
/// characters, which browsers drop, would all lead elsewhere.
pub fn own_path(next: Option<&str>) -> &str {
    let next = next.unwrap_or("/");
    let printable = next.bytes().all(|byte| matches!(byte, 0x21..=0x7e) && byte != b'\\');
    let own = next.starts_with('/') && !next.starts_with("//") && next.len() <= 2000;
    if own && printable && !is_sign_in(next) { next } else { "/" }
}

/// The sign-in pages are no place to come back to.
fn is_sign_in(next: &str) -> bool {
    let path = next.split(['?', '#']).next().unwrap_or(next);
    matches!(path, "/login" | "/logout")
}

/// Where a failed sign-in goes: back to the start page, which shows `why` and a form; for other pages, which
/// have no place for it, to the sign-in page.
pub fn after_failure(next: &str, why: &str) -> String {
    match next {
        "/" => format!("/?login={why}"),
        next => {
            let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
            format!("/login?next={next}&login={why}")
        }
    }
}

/// Whether an `Accept` header likes an HTML page better than JSON. A tie is JSON: this is an API.
pub fn prefers_html(accept: Option<&str>) -> bool {
    let accept = accept.unwrap_or("*/*");
    let quality = |types: &[&str]| {
        let ranges = accept.split(',').filter_map(|range| weight(range, types));
        ranges.max_by_key(|(specific, _)| *specific).map_or(0.0, |(_, quality)| quality)
    };
    quality(&["*/*", "text/*", "text/html"]) > quality(&["*/*", "application/*", "application/json"])
}

/// How exactly `range` names the last of `types`, and how much it is liked.
fn weight(range: &str, types: &[&str]) -> Option<(usize, f32)> {
    let mut parts = range.split(';').map(str::trim);
    let media = parts.next()?.to_ascii_lowercase();
    let specific = types.iter().position(|known| *known == media)?;
    let quality = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse().ok());
    Some((specific, quality.unwrap_or(0.0)))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn only_a_path_on_this_origin_is_a_place_to_go_back_to() {
        for own in ["/", "/?a=b", "/docs", "/docs#POST", "/%2f%2fevil.example"] {
            assert_eq!(own_path(Some(own)), own);
        }
        let elsewhere = [
            "",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "https://evil.example",
            "https:evil.example",
            "javascript:alert(1)",
            "evil",
            "/a\r\nSet-Cookie: b=c",
            "/é",
            "/login?next=/",
        ];
        for next in elsewhere {
            assert_eq!(own_path(Some(next)), "/", "{next:?}");
        }
        assert_eq!(own_path(None), "/");
    }

    #[test]
    fn a_failed_sign_in_goes_back_with_the_reason() {
        assert_eq!(after_failure("/", "wrong"), "/?login=wrong");
        assert_eq!(after_failure("/docs?a&b", "wrong"), "/login?next=%2Fdocs%3Fa%26b&login=wrong");
    }

    #[test]
    fn the_cookie_serves_own_pages_only() {
        let cookie = ("cookie", "theme=dark; infraviewer_token=abc");
        let host = ("host", "127.0.0.1:8081");
        let own: [&[_]; 4] = [
            &[cookie],
            &[cookie, ("sec-fetch-site", "same-origin")],
            &[cookie, ("sec-fetch-site", "none")],
            &[cookie, host, ("origin", "http://127.0.0.1:8081")],
        ];
        for pairs in own {
            assert_eq!(cookie_token(&headers(pairs)), Some("abc"), "{pairs:?}");
        }
        let foreign: [&[_]; 6] = [
            &[("cookie", "other=abc")],
            &[("cookie", "infraviewer_token=")],
            &[cookie, ("sec-fetch-site", "same-site")],
            &[cookie, ("sec-fetch-site", "cross-site")],
            &[cookie, host, ("origin", "http://127.0.0.1:8080")],
            &[cookie, host, ("origin", "null")],
        ];
        for pairs in foreign {
            assert_eq!(cookie_token(&headers(pairs)), None, "{pairs:?}");
        }
    }

    #[test]
    fn browsers_get_pages_and_programs_get_json() {
        for browser in [
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "text/html",
            "application/json;q=0.5, TEXT/HTML",
        ] {
            assert!(prefers_html(Some(browser)), "{browser}");
        }
        for program in [
            "*/*",
            "application/json",
            "application/json, text/html",
            "",
            "text/html;q=0, */*",
            "text/html;q=x",
            "text/html;q=0.1, application/*",
        ] {
            assert!(!prefers_html(Some(program)), "{program}");
        }
        assert!(!prefers_html(None));
    }
}
