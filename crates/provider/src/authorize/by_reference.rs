//! Long authorization requests by reference: a request that does not fit into the URLs of sign-in
//! and consent is stored like a pushed request (RFC 9126), and its `request_uri` replaces it.

use std::net::IpAddr;

use oauth::{Client, Error as OAuth, ErrorCode, Params, SecretHash, par};

use super::reauthentication::restart_path;
use super::resolve_request::ResolvedRequest;
use crate::error::Error;
use crate::provider::Provider;

/// Maximum URL length in bytes: many proxies reject a longer request line (nginx: 8 KiB).
const MAX_URL: usize = 8000;

/// Bytes added to a request: the path of the sign-in page and the reauthentication marker.
const ADDED: usize = 300;

impl Provider {
    /// The request by reference; `None` if it is short enough. Anyone can send long requests, so
    /// storing them has a rate limit per network.
    ///
    /// # Errors
    /// `OAuth` when the request is too long to store, or the rate limit is exceeded; `Unavailable`
    /// when the database does not answer.
    pub(super) async fn by_reference(
        &self,
        client: &Client,
        resolved: &ResolvedRequest,
        from: Option<IpAddr>,
    ) -> Result<Option<ResolvedRequest>, Error> {
        let Some(from) = from.filter(|_| !fits(&resolved.sent)) else { return Ok(None) };
        let shorter = |sent, pushed| ResolvedRequest { sent, pushed, ..ResolvedRequest::plain(&resolved.params) };
        if let Some(key) = &resolved.pushed {
            return Ok(Some(shorter(without_rest(&resolved.sent), Some(key.clone()))));
        }
        let now = self.now();
        if !self.long_request_rate_limit().allows(&network(from), None, now) {
            return Err(too_many().into());
        }
        let kept = self.store_request(client, resolved.params.clone(), None, now).await?;
        let sent = Params::from_pairs([("client_id", client.id.as_str()), ("request_uri", &kept.request_uri)]);
        Ok(Some(shorter(sent, par::key(&kept.request_uri).map(SecretHash::of))))
    }
}

/// Drops other parameters next to `request_uri`: they are ignored (RFC 9126 §4).
fn without_rest(sent: &Params) -> Params {
    let kept = sent.pairs().iter().filter(|(name, _)| matches!(name.as_str(), "client_id" | "request_uri"));
    Params::from_pairs(kept.cloned())
}

/// Whether the request fits: the sign-in URL contains its URL, encoded, and the link that switches
/// the language contains the sign-in URL, encoded again.
fn fits(sent: &Params) -> bool {
    let path = restart_path(sent);
    // Fast path: short enough even if every byte is encoded twice.
    path.len() * 5 + ADDED <= MAX_URL || path.bytes().map(encoded_twice).sum::<usize>() + ADDED <= MAX_URL
}

/// Bytes that one byte takes after two rounds of percent-encoding (`%` becomes `%25`).
const fn encoded_twice(byte: u8) -> usize {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'*' => 1,
        _ => 5,
    }
}

fn too_many() -> OAuth {
    OAuth::new(
        ErrorCode::TemporarilyUnavailable,
        "The request is too long for an address, and too many of these came lately. Send a shorter one, or push it",
    )
}

/// The network of an address: one IPv4 address, or the /64 of an IPv6 customer.
fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("{:x}", u128::from(address) >> 64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_fits_when_every_address_on_the_way_does() {
        let request = |state: String| Params::from_pairs([("client_id", "web"), ("state", state.as_str())]);
        let length = |params: &Params| {
            let encode = |text: &str| url_encoded(text);
            let sign_in = format!("/login?return_to={}", encode(&restart_path(params)));
            format!("/language?language=de&return_to={}", encode(&sign_in)).len()
        };
        for (state, short) in [("x".repeat(7000), true), ("x".repeat(7800), false), ("&".repeat(2000), false)] {
            let params = request(state);
            assert_eq!(fits(&params), short, "{}", length(&params));
            assert_eq!(length(&params) + 200 <= MAX_URL, short, "{}", length(&params));
        }
    }

    fn url_encoded(text: &str) -> String {
        let plain = |byte: u8| encoded_twice(byte) == 1;
        text.bytes()
            .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
            .collect()
    }

    #[test]
    fn an_ipv6_customer_is_one() {
        let of = |text: &str| text.parse().map(network).unwrap_or_default();
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:1"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }
}
