//! Rate limit for wrong client secrets, by client and address, in memory. Counters in the database
//! would let attackers cause writes, and would add a read to every right secret, of which there are
//! thousands a second.
//!
//! An address over its limit is refused for the rest of the window, but never one from which the
//! client authenticated before: attackers cannot lock a client out.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hash, RandomState};
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use oauth::Timestamp;
use quick_cache::sync::Cache;

use crate::error::Error;

/// Length of a window, in seconds.
const WINDOW: i64 = 300;
/// Wrong secrets per window, by client and address.
const MOST_FOR_PAIR: u32 = 10;
/// Wrong secrets per window and address, over all clients.
const MOST_FOR_ADDRESS: u32 = 100;
/// Wrong secrets per window and client, over all addresses.
const MOST_FOR_CLIENT: u32 = 1000;
/// Maximum number of counters in a window; beyond it, only existing counters count.
const MOST_COUNTERS: usize = 50_000;
/// Maximum number of known-good pairs of client and address; the least recently used is evicted.
const MOST_GOOD: usize = 50_000;
/// Maximum number of clients whose short secret has been logged already.
const MAX_REPORTED: usize = 1000;

/// The three counters of an attempt.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attempt {
    pair: u64,
    address: u64,
    client: u64,
}

/// The attempts of this process.
pub(crate) struct SecretAttempts {
    hasher: RandomState,
    window: Mutex<Window>,
    /// Whether anything is counted: without failures, a right secret takes no lock.
    any: AtomicBool,
    /// Pairs of client and address that authenticated successfully.
    good: Cache<u64, ()>,
    record_client: Mutex<HashSet<String>>,
}

#[derive(Default)]
struct Window {
    number: i64,
    counts: HashMap<u64, u32>,
}

impl Default for SecretAttempts {
    fn default() -> Self {
        Self {
            hasher: RandomState::new(),
            window: Mutex::default(),
            any: AtomicBool::new(false),
            good: Cache::new(MOST_GOOD),
            record_client: Mutex::default(),
        }
    }
}

impl SecretAttempts {
    /// The counters of an attempt by this client from this address.
    pub(crate) fn of(&self, client_id: &str, address: IpAddr) -> Attempt {
        let place = place(address);
        Attempt { pair: self.key(&(client_id, place)), address: self.key(&place), client: self.key(&client_id) }
    }

    /// Refuses an attempt over the limit, without checking its secret.
    pub(crate) fn admit(&self, attempt: Attempt, now: Timestamp) -> Result<(), Error> {
        let is_over = self.any.load(Ordering::Relaxed) && self.counted(now).is_over(attempt);
        if !is_over || self.good.get(&attempt.pair).is_some() {
            return Ok(());
        }
        Err(Error::Throttled { retry_after: WINDOW - now.seconds().rem_euclid(WINDOW) })
    }

    /// Records a right secret.
    pub(crate) fn succeeded(&self, attempt: Attempt) {
        if self.good.get(&attempt.pair).is_none() {
            self.good.insert(attempt.pair, ());
        }
    }

    /// Records a wrong secret; true if this failure is the one that reaches the limit.
    pub(crate) fn failed(&self, attempt: Attempt, now: Timestamp) -> bool {
        let mut window = self.counted(now);
        let was_over = window.is_over(attempt);
        for key in [attempt.pair, attempt.address, attempt.client] {
            window.count(key);
        }
        self.any.store(true, Ordering::Relaxed);
        !was_over && window.is_over(attempt)
    }

    /// Whether the short secret of this client has not been logged yet.
    pub(crate) fn is_first_report(&self, client_id: &str) -> bool {
        let mut record_client = self.record_client.lock().unwrap_or_else(PoisonError::into_inner);
        record_client.len() < MAX_REPORTED && record_client.insert(client_id.to_owned())
    }

    /// The counters of the current window.
    fn counted(&self, now: Timestamp) -> MutexGuard<'_, Window> {
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        let number = now.seconds().div_euclid(WINDOW);
        if window.number != number {
            *window = Window { number, counts: HashMap::new() };
            self.any.store(false, Ordering::Relaxed);
        }
        window
    }

    fn key(&self, of: &impl Hash) -> u64 {
        self.hasher.hash_one(of)
    }
}

impl Window {
    /// The limit per client does not apply to the first attempt from an address: failures elsewhere
    /// cannot lock out a client at a new address, and a secret of 32 characters is not guessed with
    /// one try per address.
    fn is_over(&self, attempt: Attempt) -> bool {
        let is_full = |(key, most): (u64, u32)| self.counts.get(&key).is_some_and(|count| *count >= most);
        let here = [(attempt.pair, MOST_FOR_PAIR), (attempt.address, MOST_FOR_ADDRESS)];
        let is_first = !self.counts.contains_key(&attempt.pair);
        here.into_iter().any(is_full) || (!is_first && is_full((attempt.client, MOST_FOR_CLIENT)))
    }

    fn count(&mut self, key: u64) {
        if self.counts.len() < MOST_COUNTERS || self.counts.contains_key(&key) {
            let count = self.counts.entry(key).or_default();
            *count = count.saturating_add(1);
        }
    }
}

/// The network of an address: one IPv4 address, or the /64 of an IPv6 customer.
fn place(address: IpAddr) -> u128 {
    match address.to_canonical() {
        IpAddr::V4(address) => u128::from(u32::from(address)),
        IpAddr::V6(address) => u128::from(address) >> 64 << 64 | 1 << 63,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_seconds(1_800_000_000);

    fn address(number: u32) -> IpAddr {
        IpAddr::V4(number.into())
    }

    fn fail(attempts: &SecretAttempts, client_id: &str, from: IpAddr, times: u32) -> u32 {
        let attempt = attempts.of(client_id, from);
        (0..times)
            .filter(|_| {
                let judged = attempts.admit(attempt, NOON).is_ok();
                if judged {
                    attempts.failed(attempt, NOON);
                }
                judged
            })
            .count() as u32
    }

    #[test]
    fn an_address_has_ten_tries_at_a_client_and_a_hundred_at_all() {
        let attempts = SecretAttempts::default();
        assert_eq!(fail(&attempts, "web", address(1), 30), 10);
        assert_eq!(fail(&attempts, "spa", address(1), 5), 5, "another client from there");
        assert_eq!(fail(&attempts, "web", address(2), 5), 5, "the client from elsewhere");
        let all: u32 = (0..30).map(|number| fail(&attempts, &format!("c{number}"), address(3), 10)).sum();
        assert_eq!(all, 100);
        let attempt = attempts.of("web", address(1));
        assert!(matches!(attempts.admit(attempt, NOON.plus(100)), Err(Error::Throttled { retry_after: 200 })));
        assert!(attempts.admit(attempt, NOON.plus(300)).is_ok(), "the next window begins anew");
    }

    #[test]
    fn no_number_of_strangers_locks_a_client_out() {
        let attempts = SecretAttempts::default();
        let home = attempts.of("web", address(7));
        attempts.succeeded(home);
        let judged: u32 = (100..400).map(|number| fail(&attempts, "web", address(number), 20)).sum();
        assert_eq!(judged, 1000 + 200, "from then on each address is looked at once");
        let new = attempts.of("web", address(8));
        assert!(attempts.admit(new, NOON).is_ok(), "also where it never was");
        attempts.failed(new, NOON);
        assert!(attempts.admit(new, NOON).is_err(), "but a wrong secret is not followed by another try");
        assert!(attempts.admit(home, NOON).is_ok());
        fail(&attempts, "web", address(7), 500);
        assert!(attempts.admit(home, NOON).is_ok(), "not even at its own address");
    }

    #[test]
    fn what_is_counted_is_bounded_and_a_customer_of_ipv6_is_one() {
        let attempts = SecretAttempts::default();
        for number in 0..60_000 {
            attempts.failed(attempts.of(&format!("c{number}"), address(number)), NOON);
        }
        assert!(attempts.counted(NOON).counts.len() <= MOST_COUNTERS);
        let of = |text: &str| text.parse::<IpAddr>().map(place).ok();
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:0:0:1"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }

    #[test]
    fn a_short_secret_is_told_of_once() {
        let attempts = SecretAttempts::default();
        assert!(
            attempts.is_first_report("old") && !attempts.is_first_report("old") && attempts.is_first_report("other")
        );
    }
}
