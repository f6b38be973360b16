//! Under what an attempt to sign in is counted, and whose turn it takes in the line.

use std::net::IpAddr;

use oauth::SecretHash;

use crate::passwords::Who;

/// Failures after which an account is not looked at until its window ends.
pub(crate) const MOST_FOR_ACCOUNT: i64 = 10;

/// Failures after which an address is not listened to until its window ends.
pub(super) const MOST_FOR_ADDRESS: i64 = 100;

/// The same for a client that has proved who it is: all people of a service come through it, so that as few as an address has
/// would let one of them keep out the others.
pub(super) const MOST_FOR_CLIENT: i64 = 1000;

/// Where a password comes from.
#[derive(Clone, Copy, Debug)]
pub enum Origin<'a> {
    /// A browser, or a program that nobody vouches for.
    Address(IpAddr),
    /// A service that has proved which client it is (row F2). Its address is the same for all of its people and says nothing.
    Client(&'a str),
    /// A browser in which the person is signed in already.
    SignedIn,
}

impl Origin<'_> {
    /// The address, for the log.
    pub(super) fn address(&self) -> Option<String> {
        match self {
            Self::Address(address) => Some(address.to_string()),
            Self::Client(_) | Self::SignedIn => None,
        }
    }

    /// The client, for the log.
    pub(super) const fn client_id(&self) -> Option<&str> {
        match self {
            Self::Client(id) => Some(*id),
            Self::Address(_) | Self::SignedIn => None,
        }
    }
}

/// The counters of an attempt.
pub(super) struct Attempt {
    pub account: String,
    /// Beside the account: the address or the client, and how many failures it may have.
    pub origin: Option<(String, i64)>,
}

impl Attempt {
    pub(super) fn of(name: &str, origin: Origin<'_>) -> Self {
        let origin = match origin {
            Origin::Address(address) => Some((address_key(address), MOST_FOR_ADDRESS)),
            Origin::Client(id) => Some((format!("client:{id}"), MOST_FOR_CLIENT)),
            Origin::SignedIn => None,
        };
        Self { account: account_key(name), origin }
    }

    /// Whose turn it takes.
    pub(super) fn who(&self) -> Who {
        match &self.origin {
            Some((origin, _)) => Who { account: self.account.clone(), address: origin.clone() },
            None => Who::alone(self.account.clone()),
        }
    }

    /// The key of the address or the client.
    pub(super) fn origin_key(&self) -> Option<String> {
        self.origin.as_ref().map(|(key, _)| key.clone())
    }
}

/// Hashed, because people type their password into the wrong field, and so that any input makes a short key.
pub(crate) fn account_key(name: &str) -> String {
    format!("user:{}", SecretHash::of(name).as_str())
}

/// One IPv4 address, or the /64 that one IPv6 customer has to himself.
pub(crate) fn address_key(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => format!("addr:{address}"),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("addr:{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}
