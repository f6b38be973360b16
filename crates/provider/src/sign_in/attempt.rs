//! Rate limit counters and queue key of a sign-in attempt.

use std::net::IpAddr;

use oauth::SecretHash;

use crate::passwords::QueueKey;

/// Failures per window and account.
pub(crate) const MOST_FOR_ACCOUNT: i64 = 10;

/// Failures per window and address.
pub(super) const MOST_FOR_ADDRESS: i64 = 100;

/// Failures per window and authenticated client (password grant). All users of a service come
/// through it: with the limit of an address, one user could lock out the others.
pub(super) const MOST_FOR_CLIENT: i64 = 1000;

/// Failures in a row, over any number of days, after which only browsers that signed in to this
/// account before are checked (NIST SP 800-63B §3.2.2): this bounds guesses without locking the
/// owner out.
pub(super) const MOST_IN_A_ROW: i64 = 100;

/// The origin of a password.
#[derive(Clone, Copy, Debug)]
pub enum Origin<'a> {
    /// A browser, or a client without authentication.
    Address(IpAddr),
    /// A browser that signed in to this account before, by its mark. It has its own counters, so
    /// that neither failures by attackers nor other users of its address lock it out.
    Known(&'a str, IpAddr),
    /// An authenticated service (row F2). All of its users share its address, so the address is not
    /// counted.
    Client(&'a str),
    /// A browser in which the user is already signed in.
    SignedIn,
}

impl Origin<'_> {
    /// The address, for the log.
    pub(super) fn address(&self) -> Option<String> {
        match self {
            Self::Address(address) | Self::Known(_, address) => Some(address.to_string()),
            Self::Client(_) | Self::SignedIn => None,
        }
    }

    /// The client, for the log.
    pub(super) const fn client_id(&self) -> Option<&str> {
        match self {
            Self::Client(id) => Some(*id),
            Self::Address(_) | Self::Known(..) | Self::SignedIn => None,
        }
    }
}

/// The counters of an attempt.
pub(super) struct Attempt {
    /// The counter of the current window: the account's, or the known browser's.
    pub account: String,
    /// The counter of failures in a row: the account's, or the known browser's.
    pub row: String,
    /// The additional counter of address or client, with its limit.
    pub origin: Option<(String, i64)>,
    /// The key in the fair queue.
    pub who: QueueKey,
    /// The counters that a right password clears.
    pub ends: Vec<String>,
}

impl Attempt {
    pub(super) fn of(name: &str, origin: Origin<'_>) -> Self {
        // Failures by attackers lock out neither a known browser nor a signed-in user, which have
        // their own counters.
        let part = match origin {
            Origin::Address(_) | Origin::Client(_) => "",
            Origin::Known(mark, _) => mark,
            Origin::SignedIn => SIGNED_IN,
        };
        let (account, row) = (key("user", name, part), key("row", name, part));
        let address = match origin {
            Origin::Address(address) | Origin::Known(_, address) => address_key(address),
            Origin::Client(id) => format!("client:{id}"),
            Origin::SignedIn => account.clone(),
        };
        let origin = match origin {
            Origin::Address(_) => Some((address.clone(), MOST_FOR_ADDRESS)),
            Origin::Client(_) => Some((address.clone(), MOST_FOR_CLIENT)),
            Origin::Known(..) | Origin::SignedIn => None,
        };
        let mut ends = account_keys(name);
        ends.extend([account.clone(), row.clone()]);
        Self { who: QueueKey { account: account.clone(), address }, account, row, origin, ends }
    }

    /// The counter key of the address or the client.
    pub(super) fn origin_key(&self) -> Option<String> {
        self.origin.as_ref().map(|(key, _)| key.clone())
    }
}

/// The key for failures in a row of a known browser, by its mark.
pub(super) fn row_of_mark(name: &str, mark: &str) -> String {
    key("row", name, mark)
}

/// Part of the counter keys of signed-in users, counted apart: an attacker at an unlocked computer
/// has the same limit.
const SIGNED_IN: &str = "signed in";

/// All counters of an account except those of known browsers.
pub(super) fn account_keys(name: &str) -> Vec<String> {
    ["", SIGNED_IN].iter().flat_map(|part| [key("user", name, part), key("row", name, part)]).collect()
}

fn key(kind: &str, name: &str, part: &str) -> String {
    match part {
        "" => format!("{kind}:{}", SecretHash::of(name).as_str()),
        part => format!("{kind}:{}", SecretHash::of_parts(&[name, "\n", part]).as_str()),
    }
}

/// The counter key of an account. It is hashed because users type passwords into the wrong field,
/// and to bound its length.
pub(crate) fn account_key(name: &str) -> String {
    key("user", name, "")
}

/// The counter key of a network: one IPv4 address, or the /64 of an IPv6 customer.
pub(crate) fn address_key(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => format!("addr:{address}"),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("addr:{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}
