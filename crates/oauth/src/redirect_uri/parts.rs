//! Parsing the parts of a URI, without normalization.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Loopback hosts.
pub(super) const LOOPBACK: [&str; 3] = ["127.0.0.1", "[::1]", "localhost"];

/// The scheme and what follows its colon: RFC 3986 §3.1.
pub(super) fn split_scheme(uri: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = uri.split_once(':')?;
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    let good = scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.bytes().all(allowed);
    good.then_some((scheme, rest))
}

/// `host[:port]` of an http or https address.
pub(super) fn web_authority<'a>(scheme: &str, rest: &'a str) -> Option<&'a str> {
    let web = ["https", "http"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let authority = rest.strip_prefix("//")?.split(['/', '?']).next()?;
    (web && !authority.is_empty()).then_some(authority)
}

/// The host without its port.
pub(super) fn host(authority: &str) -> &str {
    split_port(authority).0
}

/// A name, an IPv4 or a bracketed IPv6 address, with a port of 1 to 65535 or none. Nothing else,
/// because the text goes into a Content-Security-Policy.
pub(super) fn is_host_and_port(authority: &str) -> bool {
    let (host, port) = split_port(authority);
    let inside = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let good = inside.map_or_else(|| is_name(host), |address| address.parse::<Ipv6Addr>().is_ok());
    good && port.is_none_or(is_port)
}

/// A host name, or an IPv4 address in its one usual form: browsers read `127.1` and `0x7f000001` as
/// addresses too.
fn is_name(host: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let numeric = last.starts_with("0x") || last.bytes().all(|byte| byte.is_ascii_digit());
    let named = host.starts_with(|first: char| first.is_ascii_alphanumeric()) && host.bytes().all(allowed);
    named && (!numeric || host.parse::<Ipv4Addr>().is_ok())
}

/// Splits host and port; the colons of an IPv6 address are inside brackets.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

fn is_port(port: &str) -> bool {
    port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|number| number > 0)
}

/// An http address on a loopback IP, taken apart: the host, and everything after the port.
/// `localhost` is not one: its name can be made to point elsewhere (RFC 8252 §8.3).
pub(super) fn loopback(uri: &str) -> Option<(&str, &str)> {
    let rest = uri.strip_prefix("http://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let (host, port) = split_port(authority);
    (LOOPBACK[..2].contains(&host) && port.is_none_or(is_port)).then_some((host, path))
}
