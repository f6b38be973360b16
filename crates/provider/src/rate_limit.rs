//! Rate limit per minute for requests without authentication that store a row or fetch a URL: by
//! address, by client and in total. The `client_id` of a public client and the links of a
//! confidential one are no secrets, so only such a limit keeps attackers from filling the database.
//! In memory: each server counts for itself.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use oauth::Timestamp;

use crate::error::Error;
use crate::sign_in::address_key;

/// Per address: enough for a large office whose users come in the same minute.
const PER_ADDRESS: u32 = 60;

/// Per client.
const PER_CLIENT: u32 = 300;

/// In total.
const PER_SERVER: u32 = 600;

/// Length of a window, in seconds.
const WINDOW: i64 = 60;

/// Counts of the current window.
#[derive(Debug, Default)]
pub(crate) struct RateLimit(Mutex<Window>);

#[derive(Debug, Default)]
struct Window {
    minute: i64,
    all: u32,
    /// At most [`PER_SERVER`] entries each, since only allowed requests are counted.
    addresses: HashMap<String, u32>,
    clients: HashMap<String, u32>,
}

impl RateLimit {
    /// Counts a request for this client from this address (`None`: unknown).
    ///
    /// # Errors
    /// `Throttled` when the limit of the address, of the client or in total is reached.
    pub(crate) fn acquire(&self, client_id: &str, address: Option<IpAddr>, now: Timestamp) -> Result<(), Error> {
        let address = address.map(address_key);
        let mut window = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = now.seconds().div_euclid(WINDOW);
        if window.minute != minute {
            *window = Window { minute, ..Window::default() };
        }
        if window.is_exhausted(client_id, address.as_deref()) {
            tracing::warn!(client_id, address, "a budget for strangers is spent");
            let retry_after = WINDOW - now.seconds().rem_euclid(WINDOW);
            return Err(Error::Throttled { retry_after });
        }
        window.all += 1;
        *window.clients.entry(client_id.to_owned()).or_default() += 1;
        if let Some(address) = address {
            *window.addresses.entry(address).or_default() += 1;
        }
        Ok(())
    }
}

impl Window {
    fn is_exhausted(&self, client_id: &str, address: Option<&str>) -> bool {
        let used = |counts: &HashMap<String, u32>, key: &str| counts.get(key).copied().unwrap_or_default();
        self.all >= PER_SERVER
            || used(&self.clients, client_id) >= PER_CLIENT
            || address.is_some_and(|address| used(&self.addresses, address) >= PER_ADDRESS)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    const NOON: Timestamp = Timestamp::from_seconds(1_800_000_000);

    /// How many of `tries` are allowed.
    fn allowed(limit: &RateLimit, client: &str, address: &str, tries: u32) -> usize {
        let address = Some(address.parse().unwrap());
        (0..tries).filter(|_| limit.acquire(client, address, NOON).is_ok()).count()
    }

    #[test]
    fn an_address_that_has_spent_its_minute_leaves_the_others_theirs() {
        let limit = RateLimit::default();
        assert_eq!(allowed(&limit, "spa", "192.0.2.1", 1000), 60);
        assert_eq!(allowed(&limit, "web", "192.0.2.1", 1), 0, "in whoever's name");
        assert_eq!(allowed(&limit, "spa", "192.0.2.2", 3), 3);
        assert_eq!(allowed(&limit, "spa", "2001:db8::1", 100), 60);
        assert_eq!(allowed(&limit, "spa", "2001:db8::ffff", 1), 0, "a /64 is one address");
        let spent = limit.acquire("spa", Some("192.0.2.1".parse().unwrap()), NOON.plus(59));
        assert!(matches!(spent, Err(Error::Throttled { retry_after: 1 })));
        assert!(limit.acquire("spa", Some("192.0.2.1".parse().unwrap()), NOON.plus(60)).is_ok(), "it begins anew");
    }

    #[test]
    fn a_client_in_whose_name_many_addresses_come_leaves_the_others_theirs() {
        let limit = RateLimit::default();
        let sum = |client: &str, network: &str| {
            (0..20).map(|host| allowed(&limit, client, &format!("{network}.{host}"), 60)).sum::<usize>()
        };
        assert_eq!(sum("spa", "192.0.2"), 300);
        assert_eq!(allowed(&limit, "web", "198.51.100.1", 3), 3);
        assert_eq!(sum("native", "203.0.113"), 297, "all together have a bound as well");
    }
}
