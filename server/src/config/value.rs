//! The values of settings. Each parser answers a bad value with a sentence that says what would be right.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use oauth::PkceRule;
use provider::PasswordGrant;
use provider::passwords::MOST_THREADS;
use tracing_subscriber::EnvFilter;

use crate::proxy_header::ProxyHeader;

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// A JSON object in each line.
    Json,
}

/// The longest life that anything may have, in seconds.
const TEN_YEARS: i64 = 315_360_000;

/// The longest life of an authorization code (RFC 6749 §4.1.2), in seconds.
const TEN_MINUTES: i64 = 600;

/// More connections than one process can hold.
const MOST_CONNECTIONS: u32 = 1_000_000;

/// The longest delay of an end, in seconds; service managers lose patience before.
const MOST_DELAY: u64 = 600;

/// The longest name of an operator, in characters.
const MOST_CHARACTERS: usize = 100;

fn list<T>(text: &str, parse: impl Fn(&str) -> Result<T, String>) -> Result<Vec<T>, String> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(parse).collect()
}

/// Addresses to listen on, at least one.
pub fn listen(text: &str) -> Result<Vec<SocketAddr>, String> {
    let addresses = list(text, |item| {
        item.parse().map_err(|_| format!("{item:?} is not an IP address with a port. Write it as 127.0.0.1:8080"))
    })?;
    if addresses.is_empty() { Err("it names no address. Write it as 127.0.0.1:8080".to_owned()) } else { Ok(addresses) }
}

/// A path.
pub fn path(text: &str) -> Result<PathBuf, String> {
    if text.is_empty() {
        Err("it is empty. Name a file, or remove the setting".to_owned())
    } else {
        Ok(PathBuf::from(text))
    }
}

/// The operator's name.
pub fn name(text: &str) -> Result<String, String> {
    let good = !text.is_empty() && text.chars().count() <= MOST_CHARACTERS && oauth::form::visible(text) == text;
    if good { Ok(text.to_owned()) } else { Err("write 1 to 100 visible characters".to_owned()) }
}

/// Who may use the password grant.
pub fn password_grant(text: &str) -> Result<PasswordGrant, String> {
    match text {
        "off" => Ok(PasswordGrant::Off),
        "first-party" => Ok(PasswordGrant::FirstParty),
        "open" => Ok(PasswordGrant::Open),
        _ => Err(format!("{text:?} is not a mode. Write off, first-party or open")),
    }
}

/// When confidential clients may go without PKCE.
pub fn pkce(text: &str) -> Result<PkceRule, String> {
    match text {
        "required" => Ok(PkceRule::Required),
        "nonce-or-pkce" => Ok(PkceRule::NonceOrPkce),
        _ => Err(format!("{text:?} is not a rule. Write required or nonce-or-pkce")),
    }
}

/// How long something lives: seconds, at least one.
pub fn life(text: &str) -> Result<i64, String> {
    seconds(text, TEN_YEARS)
}

/// How long an authorization code lives: seconds, at least one.
pub fn code_life(text: &str) -> Result<i64, String> {
    seconds(text, TEN_MINUTES)
}

fn seconds(text: &str, most: i64) -> Result<i64, String> {
    let good = text.parse().ok().filter(|seconds| (1..=most).contains(seconds));
    good.ok_or_else(|| format!("{text:?} is not a life in seconds. Write a whole number from 1 to {most}"))
}

/// How many threads.
pub fn threads(text: &str) -> Result<usize, String> {
    let good = text.parse().ok().filter(|count| (1..=MOST_THREADS).contains(count));
    good.ok_or_else(|| format!("{text:?} is not a number of threads. Write a whole number from 1 to {MOST_THREADS}"))
}

/// How many connections.
pub fn connections(text: &str) -> Result<u32, String> {
    let good = text.parse().ok().filter(|count| (1..=MOST_CONNECTIONS).contains(count));
    good.ok_or_else(|| {
        format!("{text:?} is not a number of connections. Write a whole number from 1 to {MOST_CONNECTIONS}")
    })
}

/// Seconds that may be none.
pub fn delay(text: &str) -> Result<u64, String> {
    let good = text.parse().ok().filter(|seconds| *seconds <= MOST_DELAY);
    good.ok_or_else(|| format!("{text:?} is not a delay in seconds. Write a whole number from 0 to {MOST_DELAY}"))
}

/// Addresses and networks.
pub fn networks(text: &str) -> Result<Vec<(IpAddr, u8)>, String> {
    list(text, |item| {
        network(item)
            .ok_or_else(|| format!("{item:?} is not an address or a network. Write it as 10.0.0.7 or 10.0.0.0/8"))
    })
}

fn network(text: &str) -> Option<(IpAddr, u8)> {
    let (address, length) = text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
    let address: IpAddr = address.parse().ok()?;
    // An IPv4 address in IPv6 clothes would need another length; there is a plain way to write it.
    if address.to_canonical() != address {
        return None;
    }
    let most = if address.is_ipv4() { 32 } else { 128 };
    let length = length.map_or(Some(most), |length| length.parse().ok())?;
    (length <= most).then_some((address, length))
}

/// The header that the proxy writes.
pub fn proxy_header(text: &str) -> Result<ProxyHeader, String> {
    let known = [ProxyHeader::XForwardedFor, ProxyHeader::Forwarded];
    let found = known.into_iter().find(|header| text.eq_ignore_ascii_case(header.name()));
    found.ok_or_else(|| format!("{text:?} is no header that is read. Write x-forwarded-for or forwarded"))
}

/// A filter for log lines.
pub fn log(text: &str) -> Result<String, String> {
    let good = !text.is_empty() && EnvFilter::try_new(text).is_ok();
    if good {
        Ok(text.to_owned())
    } else {
        Err(format!("{text:?} is not a filter. Write error, warn, info, debug, trace or info,server=debug"))
    }
}

/// How log lines look.
pub fn log_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err(format!("{text:?} is not a format. Write text or json")),
    }
}

/// Pairs of host and port.
pub fn hosts(text: &str) -> Result<Vec<(String, u16)>, String> {
    list(text, |item| {
        host(item).ok_or_else(|| format!("{item:?} is not a host with a port. Write it as keys.example.org:8443"))
    })
}

fn host(text: &str) -> Option<(String, u16)> {
    let (host, port) = text.rsplit_once(':')?;
    let port = port.parse().ok().filter(|port| *port != 0)?;
    let host = url::Host::parse(host).ok()?;
    Some((host.to_string(), port))
}
