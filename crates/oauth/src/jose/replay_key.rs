//! Replay protection: the key under which a JWT is spent once, by its `jti`.

use crate::{SecretHash, Timestamp};

/// The longest `jti`; random ones have some 40 characters.
const MAX_JTI: usize = 256;

/// A JWT may be used if the store has not seen this key. The store may drop it after `until`, when
/// the JWT itself has expired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplayKey {
    /// The hash of kind, sender and `jti`: of fixed length.
    pub key: SecretHash,
    /// Until when the key must be kept.
    pub until: Timestamp,
}

impl ReplayKey {
    /// The key of this `jti`. Lengths are part of the input, so that no two triples collide.
    pub(crate) fn new(kind: &str, sender: &str, jti: &str, until: Timestamp) -> Option<Self> {
        let text = format!("{kind} {} {sender} {jti}", sender.len());
        (1..=MAX_JTI).contains(&jti.len()).then(|| Self { key: SecretHash::of(&text), until })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_triples_have_one_key() {
        let end = Timestamp::from_seconds(0);
        let once = |kind: &str, sender: &str, jti: &str| ReplayKey::new(kind, sender, jti, end).map(|once| once.key);
        assert_eq!(once("a", "b", "c"), once("a", "b", "c"));
        for other in [once("a", "b c", "d"), once("x", "b", "c d"), once("a", "x", "c d"), once("a", "b", "c x")] {
            assert!(other.is_some() && other != once("a", "b", "c d"));
        }
        assert!(once("a", "b", &"x".repeat(256)).is_some() && once("a", "b", &"x".repeat(257)).is_none());
        assert!(once("a", "b", "").is_none());
    }
}
