//! Redirect URIs: RFC 6749 §3.1.2, RFC 8252 §7, RFC 9700 §4.1.
//!
//! Parsed as bytes without normalization: a normalizing URL parser would allow two readings of one
//! URI. It also keeps a URL parser out of the WASM.

mod parts;
#[cfg(test)]
mod tests;

use crate::percent;
use parts::{LOOPBACK, host, is_host_and_port, loopback, split_scheme, web_authority};
use serde::{Deserialize, Serialize};

const MAX_BYTES: usize = 2000;
/// Schemes that run code or read files in the browser itself.
const DANGEROUS: [&str; 6] = ["javascript", "data", "file", "vbscript", "blob", "about"];
/// Response parameters, forbidden in a registered query (Keycloak, CVE-2026-9689).
const RESPONSE_NAMES: &str = "code state iss error error_description error_uri access_token \
    token_type expires_in id_token session_state";

/// The message keys of [`check`].
pub const WRONGS: [&str; 14] = [
    "uri-missing",
    "uri-long",
    "uri-ascii",
    "uri-characters",
    "uri-fragment",
    "uri-wildcard",
    "uri-whole",
    "uri-kind",
    "uri-scheme",
    "uri-host",
    "uri-userinfo",
    "uri-host-form",
    "uri-https",
    "uri-response-names",
];

/// Whether a redirect URI may be registered.
///
/// # Errors
/// The message key of the validation error ([`crate::Message`]).
pub fn check(uri: &str) -> Result<(), &'static str> {
    check_text(uri)?;
    check_target(uri)?;
    if query(uri).is_some_and(|query| query.split('&').any(is_response_parameter)) {
        return Err("uri-response-names");
    }
    Ok(())
}

/// Whether a registered URI is usable: [`check`] without the query, which the response cleans.
pub(crate) fn is_usable(uri: &str) -> bool {
    check_text(uri).and_then(|()| check_target(uri)).is_ok()
}

/// Whether `asked` is the registered address: byte by byte, except that the port of a registered
/// http loopback IP address is free, because native applications cannot choose theirs beforehand
/// (RFC 8252 §7.3).
#[must_use]
pub fn matches(registered: &str, asked: &str) -> bool {
    registered == asked || loopback(registered).is_some_and(|own| loopback(asked) == Some(own))
}

/// What `form-action` of a Content-Security-Policy must name so that the browser follows the
/// redirect: `https://host[:port]`, or `scheme:` for a private-use scheme. `None`: not an address
/// that [`check`] lets through.
///
/// For an IPv6 host it is the scheme alone (`http:`), because CSP has no way to write one.
#[must_use]
pub fn origin(uri: &str) -> Option<String> {
    if !is_usable(uri) {
        return None;
    }
    let (scheme, rest) = split_scheme(uri)?;
    match web_authority(scheme, rest) {
        Some(authority) if !authority.starts_with('[') => {
            Some(format!("{}://{authority}", scheme.to_ascii_lowercase()))
        }
        _ => Some(format!("{}:", scheme.to_ascii_lowercase())),
    }
}

/// The destination as shown to people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Destination {
    /// A website: `https://printer.example`. ASCII, so an internationalized name shows as `xn--…`
    /// and cannot imitate another.
    Web(String),
    /// An application on the person's own device: the loopback interface, or a private-use scheme
    /// (RFC 8252 §7).
    Device,
}

/// The destination on the consent page. An invalid URI is never a website.
#[must_use]
pub fn destination(uri: &str) -> Destination {
    let web = split_scheme(uri).filter(|_| is_web(uri) && is_usable(uri));
    let authority = web.and_then(|(scheme, rest)| web_authority(scheme, rest));
    match authority {
        Some(authority) if !LOOPBACK.contains(&host(authority)) => Destination::Web(format!("https://{authority}")),
        _ => Destination::Device,
    }
}

/// Whether it is a loopback URI: http or https to a loopback address or `localhost`, valid except
/// for its query.
#[must_use]
pub fn is_loopback(uri: &str) -> bool {
    let authority = split_scheme(uri).and_then(|(scheme, rest)| web_authority(scheme, rest));
    authority.is_some_and(|authority| LOOPBACK.contains(&host(authority))) && is_usable(uri)
}

/// The host of an https address that [`check`] would let through.
#[must_use]
pub fn web_host(uri: &str) -> Option<&str> {
    let authority = split_scheme(uri).and_then(|(scheme, rest)| web_authority(scheme, rest));
    authority.filter(|_| is_web(uri) && is_usable(uri)).map(host)
}

/// Whether the address has a private-use scheme (RFC 8252 §7.1): the browser hands it to an
/// application and stays where it is.
#[must_use]
pub fn is_private_use(uri: &str) -> bool {
    let web = |scheme: &str| ["https", "http"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    split_scheme(uri).is_some_and(|(scheme, _)| !web(scheme)) && check_target(uri).is_ok()
}

/// Whether the address is on the web: https.
#[must_use]
pub fn is_web(uri: &str) -> bool {
    split_scheme(uri).is_some_and(|(scheme, _)| scheme.eq_ignore_ascii_case("https"))
}

/// Whether this is an absolute URI (RFC 3986 §4.3): a scheme, something behind it, and no character
/// that a URI cannot hold.
pub(crate) fn is_absolute(uri: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_graphic() && !b"\\\"<>^`{|}".contains(&byte);
    split_scheme(uri).is_some_and(|(_, rest)| !rest.is_empty()) && uri.bytes().all(allowed)
}

/// The authority: `printer.example:8443`, or the scheme of a private-use one.
#[must_use]
pub fn authority(uri: &str) -> &str {
    let parts = split_scheme(uri);
    parts.map_or("", |(scheme, rest)| web_authority(scheme, rest).unwrap_or(scheme))
}

/// Whether the host is the name `localhost`, which each device may understand in its own way:
/// RFC 8252 §8.3 prefers the loopback IP address. Such an address is allowed all the same.
#[must_use]
pub fn is_localhost(uri: &str) -> bool {
    let authority = split_scheme(uri).and_then(|(scheme, rest)| web_authority(scheme, rest));
    authority.is_some_and(|authority| host(authority).eq_ignore_ascii_case("localhost"))
}

/// The part after `?`, if there is one.
pub(crate) fn query(uri: &str) -> Option<&str> {
    uri.split_once('?').map(|(_, query)| query)
}

/// Whether a piece of a query (`name=value`) bears a name that the server answers with, however it
/// is encoded.
pub(crate) fn is_response_parameter(piece: &str) -> bool {
    let name = piece.split('=').next().unwrap_or_default();
    percent::form_decode(name.as_bytes()).is_none_or(|name| RESPONSE_NAMES.split(' ').any(|known| known == name))
}

fn check_text(uri: &str) -> Result<(), &'static str> {
    let checks = [
        (!uri.is_empty(), "uri-missing"),
        (uri.len() <= MAX_BYTES, "uri-long"),
        (uri.is_ascii(), "uri-ascii"),
        (uri.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\'), "uri-characters"),
        (!uri.contains('#'), "uri-fragment"),
        (!uri.contains('*'), "uri-wildcard"),
    ];
    checks.iter().find(|(held, _)| !held).map_or(Ok(()), |(_, message)| Err(message))
}

fn check_target(uri: &str) -> Result<(), &'static str> {
    let (scheme, rest) = split_scheme(uri).ok_or("uri-whole")?;
    let scheme = scheme.to_ascii_lowercase();
    match scheme.as_str() {
        "https" | "http" => check_web(&scheme, rest),
        dangerous if DANGEROUS.contains(&dangerous) => Err("uri-kind"),
        private if private.contains('.') && !rest.is_empty() => Ok(()),
        _ => Err("uri-scheme"),
    }
}

fn check_web(scheme: &str, rest: &str) -> Result<(), &'static str> {
    let authority = web_authority(scheme, rest).ok_or("uri-host")?;
    let checks = [
        (!authority.contains('@'), "uri-userinfo"),
        (is_host_and_port(authority), "uri-host-form"),
        (scheme == "https" || LOOPBACK.contains(&host(authority)), "uri-https"),
    ];
    checks.iter().find(|(held, _)| !held).map_or(Ok(()), |(_, message)| Err(message))
}
