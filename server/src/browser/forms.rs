//! Whether a posted form is ours: sent from a page of this site, in the browser that the page was made for.

use axum::http::{HeaderMap, HeaderValue, header};
use oauth::Params;

use super::Visitor;

/// Why a form is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// It was sent from another site's page.
    Site,
    /// Its token is missing, old, or another browser's.
    Token,
    /// Its page was made for another person than the one who is signed in now: in another tab somebody else has signed in.
    OtherPerson,
    /// Its token is none of ours, and the browser reaches this server at another origin than the one that is set: cookies of the one do not come to
    /// the other.
    Origin(String),
}

/// The most that is told of an origin, in characters.
const MOST_ORIGIN: usize = 200;

/// Hexadecimal digits of the mac that ties a form to a browser: 128 bits, as many as a nonce has.
const DIGITS: usize = 32;

/// The value of the hidden field `csrf` for this browser and person: a pad, the mac under it, and the id of who is signed in.
/// It is another one each time, so that the length of compressed pages says nothing about the mac (BREACH).
#[must_use]
pub fn csrf_token(visitor: &Visitor) -> String {
    let (pad, person) = (visitor.site.provider.nonce(), visitor.current.as_ref().map(|current| current.user.id));
    let person = person.map(|id| id.to_string()).unwrap_or_default();
    let masked = xor(&pad, &mac(visitor, &person));
    pad + &masked + &person
}

fn mac(visitor: &Visitor, person: &str) -> String {
    let mac = visitor.site.provider.key().mac("form", &[visitor.browser.as_bytes(), person.as_bytes()]);
    oauth::hex::encode(&mac[..DIGITS / 2])
}

/// Digit by digit; shorter where something is not a hexadecimal digit.
fn xor(pad: &str, digits: &str) -> String {
    let pairs = pad.chars().zip(digits.chars());
    pairs.filter_map(|(a, b)| char::from_digit(a.to_digit(16)? ^ b.to_digit(16)?, 16)).collect()
}

/// The person whom the page was made for, as its token says; empty for a page that was made for nobody. None: the token is
/// not of this browser.
fn made_for<'a>(visitor: &Visitor, sent: &'a str) -> Option<&'a str> {
    let (pad, rest) = sent.split_at_checked(DIGITS)?;
    let (masked, person) = rest.split_at_checked(DIGITS)?;
    oauth::secret::same(&xor(pad, masked), &mac(visitor, person)).then_some(person)
}

/// Whether this person is another one than who is signed in. Whoever was nobody may have become somebody.
fn is_other(visitor: &Visitor, person: &str) -> bool {
    let current = visitor.current.as_ref().map(|current| current.user.id.to_string());
    !person.is_empty() && current.is_some_and(|current| current != person)
}

/// Whether the form is ours.
///
/// # Errors
/// Why not; nothing may be changed then.
pub fn check_form(visitor: &Visitor, params: &Params) -> Result<(), Foreign> {
    check_token(visitor, params.last("csrf").unwrap_or_default())
}

/// The same for a form that asks for itself whom it is for: whoever has signed in meanwhile is told so there.
///
/// # Errors
/// Why not; nothing may be changed then.
pub fn check_browser(visitor: &Visitor, params: &Params) -> Result<(), Foreign> {
    check_form(visitor, params).or_else(|why| if why == Foreign::OtherPerson { Ok(()) } else { Err(why) })
}

/// The same for the form token alone, wherever it was sent.
///
/// # Errors
/// Why not; nothing may be changed then.
pub fn check_token(visitor: &Visitor, sent: &str) -> Result<(), Foreign> {
    let issuer = &visitor.site.provider.settings().issuer;
    if !same_site(&visitor.headers, issuer) {
        return Err(Foreign::Site);
    }
    let person = made_for(visitor, sent).filter(|_| !visitor.new_browser);
    match other_origin(&visitor.headers, issuer) {
        _ if person.is_some_and(|person| is_other(visitor, person)) => Err(Foreign::OtherPerson),
        _ if person.is_some() => Ok(()),
        // Where this site's cookie came along, the address works, and the form is merely old.
        Some(came) if visitor.new_browser => Err(told(visitor, came)),
        _ => Err(Foreign::Token),
    }
}

fn told(visitor: &Visitor, came: String) -> Foreign {
    if visitor.site.told().other_origin.is_first() {
        let set = &visitor.site.provider.settings().issuer;
        tracing::warn!(
            "JETON_PUBLIC_URL is {set}, and a form came from {came}: browsers that open this server there cannot sign in. Set the \
             address at which they reach it"
        );
    }
    Foreign::Origin(came)
}

/// The origin at which the browser has this site open, where it says so and it is not the issuer. Only for words: anybody can write
/// a header.
fn other_origin(headers: &HeaderMap, issuer: &str) -> Option<String> {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let came = text(header::ORIGIN).filter(|origin| *origin != "null").map(str::to_owned);
    let came = came.or_else(|| text(header::HOST).map(|host| format!("http://{host}")))?;
    let came = url::Url::parse(&came).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())?;
    let same_host = || url::Url::parse(issuer).is_ok_and(|issuer| issuer.authority() == came.authority());
    // Without `Origin` the scheme is only guessed.
    let same = if text(header::ORIGIN).is_some() { came.origin().ascii_serialization() == issuer } else { same_host() };
    (!same).then(|| came.origin().ascii_serialization().chars().take(MOST_ORIGIN).collect())
}

/// Whether this is a form of another site's page.
pub(super) fn is_foreign(visitor: &Visitor) -> bool {
    let headers = &visitor.headers;
    headers.contains_key(header::ORIGIN) && !same_site(headers, &visitor.site.provider.settings().issuer)
}

/// What the browser says about where a form comes from. `Sec-Fetch-Site` cannot be written by a page; where it is missing,
/// `Origin` must be the issuer's or that of the very host that was asked. Both missing: no browser that a page can steer.
fn same_site(headers: &HeaderMap, issuer: &str) -> bool {
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

/// A path on this site, or `/account`: whatever else is sent as a way back would make us an open redirector.
#[must_use]
pub fn local_path(wanted: &str) -> String {
    let plain = wanted.starts_with('/') && !wanted.starts_with("//") && wanted.len() <= 16 * 1024;
    let safe = wanted.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if plain && safe { wanted.to_owned() } else { "/account".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(pairs: &[(&'static str, &str)]) -> bool {
        let headers = pairs.iter().filter_map(|(name, value)| Some((name.parse().ok()?, value.parse().ok()?)));
        same_site(&HeaderMap::from_iter(headers), "https://id.example")
    }

    #[test]
    fn a_form_from_another_site_is_refused_and_ours_is_taken() {
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
        let came = |pairs: &[(&'static str, &str)]| {
            let headers = pairs.iter().filter_map(|(name, value)| Some((name.parse().ok()?, value.parse().ok()?)));
            other_origin(&HeaderMap::from_iter(headers), "https://id.example")
        };
        assert_eq!(came(&[("origin", "https://id.example"), ("host", "127.0.0.1:8080")]), None);
        assert_eq!(came(&[("host", "id.example")]), None);
        for unknown in [&[("origin", "null")][..], &[], &[("origin", "nonsense")], &[("host", "a b")]] {
            assert_eq!(came(unknown), None, "{unknown:?}");
        }
        assert_eq!(came(&[("origin", "http://id.example")]).as_deref(), Some("http://id.example"));
        assert_eq!(came(&[("origin", "https://login.example:8443")]).as_deref(), Some("https://login.example:8443"));
        assert_eq!(came(&[("origin", "null"), ("host", "10.0.0.7:8080")]).as_deref(), Some("http://10.0.0.7:8080"));
    }

    #[test]
    fn a_way_back_stays_on_this_site() {
        for good in [
            "/account",
            "/oauth2/authorize?redirect_uri=https%3A%2F%2Frp.example&state=%2F%2Fx",
            "/account/tokens/new?name=a",
        ] {
            assert_eq!(local_path(good), good);
        }
        for bad in ["//evil", "/\\evil", "/\t/evil", "https:evil", "https://evil", "", "evil", "/a b", "/é"] {
            assert_eq!(local_path(bad), "/account", "{bad:?}");
        }
    }
}
