//! The client's IP address: the peer's, or the one that a trusted proxy sends in `X-Forwarded-For`
//! or `Forwarded`.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};

use crate::header::REQUEST_ID;
use crate::proxy_header::ProxyHeader;
use crate::state::{Edge, Site};

/// The client's address.
#[derive(Clone, Copy, Debug)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// The address that the request layer has found.
    pub fn of(head: &Parts) -> Self {
        head.extensions.get().copied().unwrap_or(Self(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))
    }
}

/// The sender of a request, for the log.
#[derive(Clone, Debug)]
pub struct Sender {
    /// The address.
    pub address: IpAddr,
    /// The request id of a trusted proxy (`X-Request-Id`).
    pub proxy_id: Option<String>,
}

impl Sender {
    /// From the peer's address and its headers.
    pub fn of(site: &Site, peer: IpAddr, headers: &HeaderMap) -> Self {
        let trusted = is_trusted(peer.to_canonical(), site.edge());
        let proxy_id = headers.get(REQUEST_ID).filter(|_| trusted).and_then(plain_id);
        Self { address: of(site, peer, headers), proxy_id }
    }
}

/// The longest request id of a proxy, in bytes.
const MAX_PROXY_ID: usize = 128;

/// A proxy's request id, unless it has characters that could forge fields of the log; UUIDs,
/// hexadecimal digits and base64 pass.
fn plain_id(value: &HeaderValue) -> Option<String> {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:/+=@".contains(byte);
    let bytes = value.as_bytes();
    let good = (1..=MAX_PROXY_ID).contains(&bytes.len()) && bytes.iter().all(plain);
    good.then(|| oauth::problem::redacted(&String::from_utf8_lossy(bytes)))
}

/// Puts [`ClientAddress`] into the request's extensions, and returns the sender for the log.
pub fn attach_address(site: &Site, request: &mut Request) -> Sender {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    // Only tests send requests without a connection.
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    let sender = Sender::of(site, peer, request.headers());
    request.extensions_mut().insert(ClientAddress(sender.address));
    sender
}

/// The client's address, from the peer's address and its headers.
pub fn of(site: &Site, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    let peer = peer.to_canonical();
    let edge = site.edge();
    if sends_other_header(peer, headers, edge) && site.logged_once().proxy_header.is_first() {
        let (expected, sent) = (edge.proxy_header.name(), edge.proxy_header.other().name());
        tracing::warn!(
            proxy = %peer,
            "JETON_PROXY_HEADER: the proxy sends {sent} and no {expected}, so all its requests count for its own address"
        );
    }
    behind_proxies(peer, headers, edge)
}

/// Whether a trusted proxy sends only the header that is not set in `JETON_PROXY_HEADER`.
fn sends_other_header(peer: IpAddr, headers: &HeaderMap, edge: &Edge) -> bool {
    is_trusted(peer, edge)
        && !headers.contains_key(edge.proxy_header.name())
        && headers.contains_key(edge.proxy_header.other().name())
}

fn is_trusted(address: IpAddr, edge: &Edge) -> bool {
    edge.trusted_proxies.iter().any(|(network, length)| contains(*network, *length, address))
}

/// Walks back from the peer while each hop is trusted; the first that is not is the client. What
/// stands to its left in the header is sent by the client, and so may be the other header: proxies
/// forward headers that they do not write.
fn behind_proxies(peer: IpAddr, headers: &HeaderMap, edge: &Edge) -> IpAddr {
    let mut address = peer;
    if edge.trusted_proxies.is_empty() {
        return address;
    }
    let lines: Vec<&[u8]> = headers.get_all(edge.proxy_header.name()).iter().map(HeaderValue::as_bytes).collect();
    // RFC 9110 §5.6.1: empty elements do not count.
    let hops =
        lines.iter().flat_map(|line| line.split(|byte| *byte == b',')).filter(|hop| !hop.trim_ascii().is_empty());
    let mut hops: Vec<&[u8]> = hops.collect();
    while is_trusted(address, edge) {
        match hops.pop().and_then(|hop| read(hop, edge.proxy_header)) {
            Some(hop) => address = hop,
            // A hop that is no address ends the walk.
            None => break,
        }
    }
    address
}

/// The address of a hop.
fn read(hop: &[u8], header: ProxyHeader) -> Option<IpAddr> {
    let hop = std::str::from_utf8(hop).ok()?;
    match header {
        ProxyHeader::XForwardedFor => parse(hop),
        ProxyHeader::Forwarded => {
            let mut pairs = hop.split(';').filter_map(|pair| pair.trim().split_once('='));
            pairs.find(|(name, _)| name.eq_ignore_ascii_case("for")).and_then(|(_, value)| parse(value))
        }
    }
}

/// An address, with or without a port, brackets and quotes.
fn parse(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"');
    let bare = text.strip_prefix('[').and_then(|rest| rest.split(']').next());
    let found = bare.unwrap_or(text).parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()));
    found.map(|address: IpAddr| address.to_canonical())
}

fn contains(network: IpAddr, length: u8, address: IpAddr) -> bool {
    match (network.to_canonical(), address) {
        (IpAddr::V4(network), IpAddr::V4(address)) => {
            let mask = u32::MAX.checked_shl(32_u32.saturating_sub(u32::from(length))).unwrap_or(0);
            u32::from(network) & mask == u32::from(address) & mask
        }
        (IpAddr::V6(network), IpAddr::V6(address)) => {
            let mask = u128::MAX.checked_shl(128_u32.saturating_sub(u32::from(length))).unwrap_or(0);
            u128::from(network) & mask == u128::from(address) & mask
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn behind(header: ProxyHeader) -> Edge {
        let trusted_proxies = vec![("10.0.0.0".parse().unwrap(), 8), ("2001:db8::".parse().unwrap(), 32)];
        Edge { trusted_proxies, proxy_header: header, ..Edge::default() }
    }

    fn walked(header: ProxyHeader, peer: &str, sent: &[(&'static str, &[u8])]) -> String {
        let line =
            |(name, value): &(&'static str, &[u8])| (name.parse().unwrap(), HeaderValue::from_bytes(value).unwrap());
        let headers: HeaderMap = sent.iter().map(line).collect();
        behind_proxies(peer.parse().unwrap(), &headers, &behind(header)).to_string()
    }

    fn plain(peer: &str, value: &[u8]) -> String {
        walked(ProxyHeader::XForwardedFor, peer, &[("x-forwarded-for", value)])
    }

    fn standard(value: &[u8]) -> String {
        walked(ProxyHeader::Forwarded, "10.1.2.3", &[("forwarded", value)])
    }

    #[test]
    fn only_a_trusted_peer_is_believed() {
        assert_eq!(plain("192.0.2.1", b"203.0.113.9"), "192.0.2.1");
        assert_eq!(plain("10.1.2.3", b"203.0.113.9"), "203.0.113.9");
        assert_eq!(standard(b"for=\"[2001:db9::7]:443\";proto=https"), "2001:db9::7");
    }

    #[test]
    fn what_the_client_itself_put_into_the_header_is_ignored() {
        assert_eq!(plain("10.1.2.3", b"198.51.100.1, 203.0.113.9, 10.0.0.7"), "203.0.113.9");
        assert_eq!(plain("2001:db8::1", b"nonsense"), "2001:db8::1");
    }

    #[test]
    fn bytes_that_are_no_text_hide_nothing_that_stands_to_their_right() {
        assert_eq!(plain("10.1.2.3", b"\xff, 203.0.113.9"), "203.0.113.9");
        assert_eq!(plain("10.1.2.3", b"203.0.113.9, \xff"), "10.1.2.3", "the walk ends there");
        assert_eq!(plain("10.1.2.3", b"203.0.113.9, \xff, 10.0.0.7"), "10.0.0.7");
        assert_eq!(plain("10.1.2.3", b"203.0.113.9, ,"), "203.0.113.9");
        assert_eq!(standard(b"for=\"\xff, for=203.0.113.9"), "203.0.113.9");
        let two: [(_, &[u8]); 2] = [("x-forwarded-for", b"\xff"), ("x-forwarded-for", b"203.0.113.9")];
        assert_eq!(walked(ProxyHeader::XForwardedFor, "10.1.2.3", &two), "203.0.113.9");
    }

    #[test]
    fn a_proxys_request_id_is_logged_only_as_plain_text_of_a_bounded_length() {
        let logged_once = |bytes: &[u8]| plain_id(&HeaderValue::from_bytes(bytes).unwrap());
        for good in ["4bf92f35-77b3-4da6-a3ce-929d0e0e4736", "Root=1-67891233-abcdef", "a"] {
            assert_eq!(logged_once(good.as_bytes()).as_deref(), Some(good));
        }
        for bad in [&b""[..], b"a b", b"a\"b", b"\xff", &[b'x'; 129]] {
            assert_eq!(logged_once(bad), None);
        }
        assert_eq!(logged_once(b"jtn_at_0123456789abcdef").as_deref(), Some("jtn_…"));
    }

    #[test]
    fn the_header_that_the_proxy_does_not_write_never_counts() {
        let both: [(_, &[u8]); 2] = [("x-forwarded-for", b"203.0.113.9"), ("forwarded", b"for=198.51.100.1")];
        assert_eq!(walked(ProxyHeader::XForwardedFor, "10.1.2.3", &both), "203.0.113.9");
        assert_eq!(walked(ProxyHeader::Forwarded, "10.1.2.3", &both), "198.51.100.1");
        assert_eq!(walked(ProxyHeader::XForwardedFor, "10.1.2.3", &both[1..]), "10.1.2.3");
        assert_eq!(walked(ProxyHeader::Forwarded, "10.1.2.3", &both[..1]), "10.1.2.3");
    }

    #[test]
    fn a_trusted_proxy_that_sends_only_the_other_header_is_noticed() {
        let headers =
            HeaderMap::from_iter([("forwarded".parse().unwrap(), HeaderValue::from_static("for=198.51.100.1"))]);
        let noticed = |peer: &str, header| sends_other_header(peer.parse().unwrap(), &headers, &behind(header));
        assert!(noticed("10.1.2.3", ProxyHeader::XForwardedFor));
        assert!(!noticed("192.0.2.1", ProxyHeader::XForwardedFor) && !noticed("10.1.2.3", ProxyHeader::Forwarded));
    }
}
