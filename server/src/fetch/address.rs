//! Which addresses are on the public internet (the registries of RFC 6890).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A network.
struct Network<A> {
    /// Its first address.
    start: A,
    /// The length of its prefix, in bits.
    length: u8,
}

impl<A> Network<A> {
    const fn new(start: A, length: u8) -> Self {
        Self { start, length }
    }
}

impl Network<Ipv4Addr> {
    fn contains(&self, address: Ipv4Addr) -> bool {
        (address.to_bits() ^ self.start.to_bits()).leading_zeros() >= u32::from(self.length)
    }
}

impl Network<Ipv6Addr> {
    fn contains(&self, address: Ipv6Addr) -> bool {
        (address.to_bits() ^ self.start.to_bits()).leading_zeros() >= u32::from(self.length)
    }
}

/// Networks of IPv4 that are somebody's own, or nobody's.
const NOT_PUBLIC_V4: [Network<Ipv4Addr>; 16] = [
    Network::new(Ipv4Addr::new(0, 0, 0, 0), 8),
    Network::new(Ipv4Addr::new(10, 0, 0, 0), 8),
    Network::new(Ipv4Addr::new(100, 64, 0, 0), 10),
    Network::new(Ipv4Addr::new(127, 0, 0, 0), 8),
    Network::new(Ipv4Addr::new(169, 254, 0, 0), 16),
    Network::new(Ipv4Addr::new(172, 16, 0, 0), 12),
    Network::new(Ipv4Addr::new(192, 0, 0, 0), 24),
    Network::new(Ipv4Addr::new(192, 0, 2, 0), 24),
    Network::new(Ipv4Addr::new(192, 88, 99, 0), 24),
    Network::new(Ipv4Addr::new(192, 168, 0, 0), 16),
    Network::new(Ipv4Addr::new(198, 18, 0, 0), 15),
    Network::new(Ipv4Addr::new(198, 51, 100, 0), 24),
    Network::new(Ipv4Addr::new(203, 0, 113, 0), 24),
    // Multicast, then what is reserved, and broadcast.
    Network::new(Ipv4Addr::new(224, 0, 0, 0), 4),
    Network::new(Ipv4Addr::new(240, 0, 0, 0), 4),
    Network::new(Ipv4Addr::BROADCAST, 32),
];

/// Where IPv6 is public at all: what is outside is loopback, link-local, unique local, multicast, or an IPv4 address in
/// other clothes.
const GLOBAL_V6: Network<Ipv6Addr> = Network::new(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// Parts of that which are not. Teredo (in 2001::/23) and 6to4 (2002::/16) hide IPv4 addresses, and nobody serves there.
const NOT_PUBLIC_V6: [Network<Ipv6Addr>; 4] = [
    Network::new(Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    Network::new(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    Network::new(Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    Network::new(Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// The IPv4 internet as a network without IPv4 sees it (RFC 6052 §2.1).
const NAT64: Network<Ipv6Addr> = Network::new(Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96);

/// Whether anybody may be reached there.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) if NAT64.contains(address) => {
            let [.., a, b, c, d] = address.octets();
            is_public_v4(Ipv4Addr::new(a, b, c, d))
        }
        IpAddr::V6(address) => {
            GLOBAL_V6.contains(address) && !NOT_PUBLIC_V6.iter().any(|network| network.contains(address))
        }
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    !NOT_PUBLIC_V4.iter().any(|network| network.contains(address))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn what_only_this_machine_or_its_network_reaches_is_not_public() {
        let private = "0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 \
            169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.255 192.0.2.1 192.88.99.1 192.168.0.1 \
            192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 \
            255.255.255.255 :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 fe80::1 febf::1 fec0::1 \
            fc00::1 fdff::1 ff02::1 64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b::169.254.169.254 64:ff9b:1::1 100::1 \
            2001::1 2001:0:a00:1::1 2001:2::1 2001:db8::1 2002:7f00:1:: 2002:a00:1:: 2002:808:808:: 3fff::1 5f00::1";
        for address in private.split_ascii_whitespace() {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn what_everybody_reaches_is_public_up_to_the_edges() {
        let public = "1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 \
            169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.167.255.255 192.169.0.0 198.17.255.255 \
            198.20.0.0 223.255.255.255 2606:4700::1111 2a00:1450:4001::1 2001:4860:4860::8888 2001:200::1 \
            64:ff9b::8.8.8.8";
        for address in public.split_ascii_whitespace() {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }
}
