//! Under what an attempt to sign in is counted, and whose turn it takes in the line.

use std::net::IpAddr;

use oauth::SecretHash;

use crate::passwords::QueueKey;

/// Failures after which an account is not looked at until its window ends.
pub(crate) const MOST_FOR_ACCOUNT: i64 = 10;

/// Failures after which an address is not listened to until its window ends.
pub(super) const MOST_FOR_ADDRESS: i64 = 100;

/// The same for a client that has proved who it is: all people of a service come through it, so that as few as an address has
/// would let one of them keep out the others.
pub(super) const MOST_FOR_CLIENT: i64 = 1000;

/// Failures in a row, however many days they take, after which only browsers that signed in to this account before are judged (NIST
/// SP 800-63B §3.2.2): a stranger gets so many guesses at a password and not one more, and does not keep its owner out.
pub(super) const MOST_IN_A_ROW: i64 = 100;

/// Where a password comes from.
#[derive(Clone, Copy, Debug)]
pub enum Origin<'a> {
    /// A browser, or a program that nobody vouches for.
    Address(IpAddr),
    /// A browser that signed in to this account before, by its mark. It is counted for itself, so that neither what strangers do to the
    /// account nor who shares its address keeps it out.
    Known(&'a str, IpAddr),
    /// A service that has proved which client it is (row F2). Its address is the same for all of its people and says nothing.
    Client(&'a str),
    /// A browser in which the person is signed in already.
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
    /// The account's in the present window, or the known browser's.
    pub account: String,
    /// The same for failures in a row.
    pub row: String,
    /// Beside these: the address or the client, and how many failures it may have.
    pub origin: Option<(String, i64)>,
    /// Whose turn it takes.
    pub who: QueueKey,
    /// What a right password ends.
    pub ends: Vec<String>,
}

impl Attempt {
    pub(super) fn of(name: &str, origin: Origin<'_>) -> Self {
        // What strangers do to the account keeps out neither a browser that it knows nor a person who is signed in.
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

    /// The key of the address or the client.
    pub(super) fn origin_key(&self) -> Option<String> {
        self.origin.as_ref().map(|(key, _)| key.clone())
    }
}

/// The row of a browser that the account knows, by its mark.
pub(super) fn row_of_mark(name: &str, mark: &str) -> String {
    key("row", name, mark)
}

/// What counts the failures of people who are signed in, in a row of their own: whoever found an open browser has so many guesses too.
const SIGNED_IN: &str = "signed in";

/// Every counter of an account but those of the browsers that it knows.
pub(super) fn account_keys(name: &str) -> Vec<String> {
    ["", SIGNED_IN].iter().flat_map(|part| [key("user", name, part), key("row", name, part)]).collect()
}

fn key(kind: &str, name: &str, part: &str) -> String {
    match part {
        "" => format!("{kind}:{}", SecretHash::of(name).as_str()),
        part => format!("{kind}:{}", SecretHash::of_parts(&[name, "\n", part]).as_str()),
    }
}

/// Hashed, because people type their password into the wrong field, and so that any input makes a short key.
pub(crate) fn account_key(name: &str) -> String {
    key("user", name, "")
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
