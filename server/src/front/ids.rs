//! Names of requests, without a question to the operating system for each.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::HeaderValue;

/// Names as the router gives them: 32 hexadecimal digits, which nobody else has. They are for finding lines in a log, and nothing is
/// ever decided by them, so they need not be hard to guess.
pub struct Ids {
    seeds: [u64; 2],
    count: AtomicU64,
}

impl Ids {
    /// Names that begin somewhere else in every process: `random` are 32 hexadecimal digits.
    pub fn new(random: &str) -> Self {
        let seed = |half: Option<&str>| half.and_then(|half| u64::from_str_radix(half, 16).ok()).unwrap_or_default();
        Self { seeds: [seed(random.get(..16)), seed(random.get(16..))], count: AtomicU64::new(0) }
    }

    /// The next name.
    pub fn next(&self) -> HeaderValue {
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        let [first, second] = self.seeds.map(|seed| mix(seed.wrapping_add(count)));
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&first.to_be_bytes());
        bytes[8..].copy_from_slice(&second.to_be_bytes());
        HeaderValue::try_from(oauth::hex::encode(&bytes)).unwrap_or(HeaderValue::from_static(""))
    }
}

/// SplitMix64: different numbers stay different, and neighbours look nothing like each other.
const fn mix(number: u64) -> u64 {
    let number = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Ids;

    #[test]
    fn every_name_is_32_digits_and_no_other() {
        let (ids, others) = (Ids::new(&"0f".repeat(16)), Ids::new(&"f0".repeat(16)));
        let names: Vec<_> = (0..1000).flat_map(|_| [ids.next(), others.next()]).collect();
        for name in &names {
            assert!(name.len() == 32 && name.as_bytes().iter().all(u8::is_ascii_hexdigit), "{name:?}");
        }
        assert_eq!(names.iter().map(|name| name.as_bytes()).collect::<BTreeSet<_>>().len(), 2000);
    }
}
