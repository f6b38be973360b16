//! The origin that a request was sent from, by Fetch Metadata and the `Origin` header: whether it is
//! this server's.

use axum::http::{HeaderMap, HeaderValue, header};

/// The longest origin that is shown, in characters.
const MAX_ORIGIN: usize = 200;

/// The origin at which the browser has this site open, if it sends one and it is not the issuer's.
/// For messages only: a client can send any header.
pub(super) fn other_origin(headers: &HeaderMap, issuer: &str) -> Option<String> {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let origin = text(header::ORIGIN).filter(|origin| *origin != "null").map(str::to_owned);
    let origin = origin.or_else(|| text(header::HOST).map(|host| format!("http://{host}")))?;
    let origin =
        url::Url::parse(&origin).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())?;
    let same_host = || url::Url::parse(issuer).is_ok_and(|issuer| issuer.authority() == origin.authority());
    // Without `Origin` the scheme is only guessed.
    let same =
        if text(header::ORIGIN).is_some() { origin.origin().ascii_serialization() == issuer } else { same_host() };
    (!same).then(|| origin.origin().ascii_serialization().chars().take(MAX_ORIGIN).collect())
}

/// Whether the request is a cross-site form.
pub(super) fn is_cross_site(headers: &HeaderMap, issuer: &str) -> bool {
    headers.contains_key(header::ORIGIN) && !is_same_origin(headers, issuer)
}

/// Whether the request is same-origin by Fetch Metadata or `Origin`. Scripts cannot set
/// `Sec-Fetch-Site`; where it is missing, `Origin` must be the issuer's or the requested host's.
/// Without both the client is no browser, which CSRF needs.
pub(super) fn is_same_origin(headers: &HeaderMap, issuer: &str) -> bool {
    let text = |name: header::HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("null").to_owned());
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (None, _) => true,
        (Some(origin), _) if origin == issuer => true,
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, authority)| authority == host),
        (Some(_), None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(pairs: &[(&'static str, &str)]) -> bool {
        let headers = pairs.iter().filter_map(|(name, value)| Some((name.parse().ok()?, value.parse().ok()?)));
        is_same_origin(&HeaderMap::from_iter(headers), "https://id.example")
    }

    #[test]
    fn a_cross_site_form_is_refused_and_a_same_origin_one_is_accepted() {
        assert!(sent(&[("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(!sent(&[("sec-fetch-site", "cross-site"), ("origin", "https://id.example")]));
        assert!(!sent(&[("sec-fetch-site", "same-site")]));
        assert!(sent(&[("origin", "https://id.example")]));
        assert!(sent(&[("origin", "http://localhost:8080"), ("host", "localhost:8080")]));
        assert!(!sent(&[("origin", "https://evil.example"), ("host", "id.example")]));
        assert!(!sent(&[("origin", "null"), ("host", "id.example")]));
        assert!(sent(&[]));
    }

    #[test]
    fn an_origin_that_is_not_the_one_that_is_set_is_named() {
        let origin = |pairs: &[(&'static str, &str)]| {
            let headers = pairs.iter().filter_map(|(name, value)| Some((name.parse().ok()?, value.parse().ok()?)));
            other_origin(&HeaderMap::from_iter(headers), "https://id.example")
        };
        assert_eq!(origin(&[("origin", "https://id.example"), ("host", "127.0.0.1:8080")]), None);
        assert_eq!(origin(&[("host", "id.example")]), None);
        for unknown in [&[("origin", "null")][..], &[], &[("origin", "nonsense")], &[("host", "a b")]] {
            assert_eq!(origin(unknown), None, "{unknown:?}");
        }
        assert_eq!(origin(&[("origin", "http://id.example")]).as_deref(), Some("http://id.example"));
        assert_eq!(origin(&[("origin", "https://login.example:8443")]).as_deref(), Some("https://login.example:8443"));
        assert_eq!(origin(&[("origin", "null"), ("host", "10.0.0.7:8080")]).as_deref(), Some("http://10.0.0.7:8080"));
    }
}
