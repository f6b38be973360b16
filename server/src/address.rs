//! Who is calling: the peer's address, or what a trusted proxy says of it.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::state::Site;

/// The caller's address.
#[derive(Clone, Copy, Debug)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// Where the request came from.
    pub fn of(head: &Parts) -> Self {
        head.extensions.get().copied().unwrap_or(Self(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))
    }
}

/// Puts [`ClientAddress`] into the request.
pub fn find(site: &Site, request: &mut Request) {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    // Without a connection there is a test on the other side.
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    let address = of(site, peer, request.headers());
    request.extensions_mut().insert(ClientAddress(address));
}

/// The caller's address, by the peer's and what it says.
pub fn of(site: &Site, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    behind_proxies(peer.to_canonical(), headers, site.trusted_proxies())
}

/// Walks back from the peer while each hop is trusted; the first that is not is the client. What stands to its left in the
/// header is only the client's own word.
fn behind_proxies(peer: IpAddr, headers: &HeaderMap, trusted: &[(IpAddr, u8)]) -> IpAddr {
    let mut address = peer;
    if trusted.is_empty() {
        return address;
    }
    let mut hops = forwarded(headers);
    while trusted.iter().any(|network| contains(*network, address)) {
        match hops.pop() {
            Some(Some(hop)) => address = hop,
            _ => break,
        }
    }
    address
}

/// The hops that `X-Forwarded-For`, or else `Forwarded` (RFC 7239), lists; `None` for one that is no address.
fn forwarded(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let list =
        |name: &str| headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(",");
    let (plain, standard) = (list("x-forwarded-for"), list("forwarded"));
    if !plain.is_empty() {
        return plain.split(',').map(parse).collect();
    }
    let hops = standard.split(',').filter(|hop| !hop.trim().is_empty());
    hops.map(|hop| {
        let mut pairs = hop.split(';').filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(name, _)| name.eq_ignore_ascii_case("for")).and_then(|(_, value)| parse(value))
    })
    .collect()
}

/// An address, with or without a port, brackets and quotes.
fn parse(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"');
    let bare = text.strip_prefix('[').and_then(|rest| rest.split(']').next());
    let found = bare.unwrap_or(text).parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()));
    found.map(|address: IpAddr| address.to_canonical())
}

fn contains((network, length): (IpAddr, u8), address: IpAddr) -> bool {
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

    fn found(peer: &str, header: (&'static str, &str)) -> String {
        let headers = HeaderMap::from_iter([(header.0.parse().unwrap(), header.1.parse().unwrap())]);
        let trusted = [("10.0.0.0".parse().unwrap(), 8), ("2001:db8::".parse().unwrap(), 32)];
        behind_proxies(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn only_a_trusted_peer_is_believed() {
        assert_eq!(found("192.0.2.1", ("x-forwarded-for", "203.0.113.9")), "192.0.2.1");
        assert_eq!(found("10.1.2.3", ("x-forwarded-for", "203.0.113.9")), "203.0.113.9");
        assert_eq!(found("10.1.2.3", ("forwarded", "for=\"[2001:db9::7]:443\";proto=https")), "2001:db9::7");
    }

    #[test]
    fn what_the_client_itself_put_into_the_header_is_ignored() {
        assert_eq!(found("10.1.2.3", ("x-forwarded-for", "198.51.100.1, 203.0.113.9, 10.0.0.7")), "203.0.113.9");
        assert_eq!(found("2001:db8::1", ("x-forwarded-for", "nonsense")), "2001:db8::1");
    }
}
