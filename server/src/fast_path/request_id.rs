//! Request ids, without a system call for random bytes for each.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::HeaderValue;

/// A generator of request ids of the router's form: 32 hexadecimal digits, unique. They only find
/// lines in a log, and no decision depends on them, so they need not be hard to guess.
pub struct RequestIds {
    seeds: [u64; 2],
    count: AtomicU64,
}

impl RequestIds {
    /// Ids of this process: `random` are 32 hexadecimal digits that differ from process to process.
    pub fn new(random: &str) -> Self {
        let seed = |half: Option<&str>| half.and_then(|half| u64::from_str_radix(half, 16).ok()).unwrap_or_default();
        Self { seeds: [seed(random.get(..16)), seed(random.get(16..))], count: AtomicU64::new(0) }
    }

    /// The next id.
    pub fn next(&self) -> HeaderValue {
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        let [first, second] = self.seeds.map(|seed| mix(seed.wrapping_add(count)));
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&first.to_be_bytes());
        bytes[8..].copy_from_slice(&second.to_be_bytes());
        HeaderValue::try_from(oauth::hex::encode(&bytes)).unwrap_or(HeaderValue::from_static(""))
    }
}

/// The finalizer of SplitMix64: a bijection, so different counts give different ids, and
/// consecutive ones differ in about half their bits.
const fn mix(number: u64) -> u64 {
    let number = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::RequestIds;

    #[test]
    fn every_id_is_32_digits_and_unique() {
        let (ids, others) = (RequestIds::new(&"0f".repeat(16)), RequestIds::new(&"f0".repeat(16)));
        let all: Vec<_> = (0..1000).flat_map(|_| [ids.next(), others.next()]).collect();
        for id in &all {
            assert!(id.len() == 32 && id.as_bytes().iter().all(u8::is_ascii_hexdigit), "{id:?}");
        }
        assert_eq!(all.iter().map(|id| id.as_bytes()).collect::<BTreeSet<_>>().len(), 2000);
    }
}
