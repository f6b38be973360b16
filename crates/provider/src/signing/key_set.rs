//! The keys in memory: each is opened once, and the list is read again when a second has passed, so that a rotation or a withdrawal by
//! another server or by the command line is seen within one second.
//!
//! Clocks are set back, and those of two servers differ: a key of which `active_at` is in the future is no error. Where none of an
//! algorithm has begun, the first that can sign does.

use std::sync::{Arc, RwLock};

use oauth::Timestamp;
use oauth::jose::{Algorithm, Jwk, JwkSet};

use super::key_pair::KeyPair;

/// A key that was opened.
pub struct SigningKey {
    /// What it signs with.
    pub algorithm: Algorithm,
    /// Its place in the line of its algorithm.
    pub generation: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it signs.
    pub active_at: Timestamp,
    /// From when on it counts for nothing.
    pub withdrawn_at: Option<Timestamp>,
    /// The public key, with its `kid`.
    pub public: Jwk,
    /// The private key.
    pub pair: KeyPair,
}

impl SigningKey {
    /// `kid`.
    #[must_use]
    pub fn id(&self) -> &str {
        self.public.kid.as_deref().unwrap_or_default()
    }

    fn is_live(&self) -> bool {
        self.withdrawn_at.is_none()
    }

    /// Whether it takes the place of the one before it: one that was withdrawn before it signed never does.
    fn can_sign(&self) -> bool {
        self.withdrawn_at.is_none_or(|end| self.active_at < end)
    }
}

/// The keys as of a moment, by algorithm, the first made first.
#[derive(Clone, Default)]
pub struct KeySet {
    /// When the list was read.
    pub read_at: Option<Timestamp>,
    /// The keys.
    pub keys: Vec<Arc<SigningKey>>,
    /// Every generation that is stored, whether its key opens or not.
    pub generations: Vec<(Algorithm, i64)>,
    /// The ids of stored keys that do not open: said once, and left alone, since a lost secret key may come back.
    pub foreign: Vec<String>,
}

impl KeySet {
    /// Whether the list need not be read again: it is of this second. One of a later second was read before the clock was set back, which
    /// says nothing about how long ago that was.
    #[must_use]
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        !self.keys.is_empty() && self.read_at == Some(now)
    }

    /// The key that signs now: the last that has begun or, where that was withdrawn or none has, the next that can.
    #[must_use]
    pub fn signer(&self, algorithm: Algorithm, now: Timestamp) -> Option<&Arc<SigningKey>> {
        let generations: Vec<_> = self.generations(algorithm).filter(|key| key.can_sign()).collect();
        let begun = generations.iter().rposition(|key| key.active_at <= now).unwrap_or(0);
        generations.into_iter().skip(begun).find(|key| key.is_live())
    }

    /// The key that was made last and was not withdrawn, whether it signs already or not.
    #[must_use]
    pub fn newest(&self, algorithm: Algorithm) -> Option<&Arc<SigningKey>> {
        self.generations(algorithm).rfind(|key| key.is_live())
    }

    /// The newest key of an algorithm, if it waits to sign while another does.
    #[must_use]
    pub fn upcoming(&self, algorithm: Algorithm, now: Timestamp) -> Option<&Arc<SigningKey>> {
        let signer = self.signer(algorithm, now)?.generation;
        self.newest(algorithm).filter(|newest| newest.generation > signer && newest.active_at > now)
    }

    /// The generation that a new key would be of.
    #[must_use]
    pub fn next_generation(&self, algorithm: Algorithm) -> i64 {
        let generations = self.generations.iter().filter(|(of, _)| *of == algorithm);
        generations.map(|(_, generation)| *generation).max().unwrap_or(0) + 1
    }

    /// When another took the key's place, or will.
    #[must_use]
    pub fn retired_at(&self, key: &SigningKey) -> Option<Timestamp> {
        let mut later = self.generations(key.algorithm).filter(|next| next.generation > key.generation);
        later.find(|next| next.can_sign()).map(|next| next.active_at)
    }

    /// The ids of the keys whose place another that opens took before this moment. A key that does not open signs nothing, and takes
    /// nobody's place: else a server that once ran with a wrong secret key would have had the keys of the right one removed.
    #[must_use]
    pub fn replaced_before(&self, moment: Timestamp) -> Vec<String> {
        let gone = |key: &&Arc<SigningKey>| self.retired_at(key).is_some_and(|end| end < moment);
        self.keys.iter().filter(gone).map(|key| key.id().to_owned()).collect()
    }

    /// The keys that are published: those that sign or will, and for so many seconds those that did.
    #[must_use]
    pub fn published(&self, now: Timestamp, store: i64) -> JwkSet {
        let live =
            |key: &&Arc<SigningKey>| key.is_live() && self.retired_at(key).is_none_or(|end| now < end.plus(store));
        JwkSet::new(self.keys.iter().filter(live).map(|key| key.public.clone()).collect())
    }

    /// All keys that are still known and were not withdrawn, for tokens that come back.
    #[must_use]
    pub fn known(&self) -> JwkSet {
        JwkSet::new(self.keys.iter().filter(|key| key.is_live()).map(|key| key.public.clone()).collect())
    }

    fn generations(&self, algorithm: Algorithm) -> impl DoubleEndedIterator<Item = &Arc<SigningKey>> {
        self.keys.iter().filter(move |key| key.algorithm == algorithm)
    }
}

/// Where the ring is kept.
#[derive(Default)]
pub struct SigningKeyCache {
    keys: RwLock<Arc<KeySet>>,
    /// Whoever reads the list holds it; the others wait for what is read.
    pub turn: tokio::sync::Mutex<()>,
}

impl SigningKeyCache {
    /// The ring as it was last read.
    pub fn keys(&self) -> Arc<KeySet> {
        self.keys.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Replaces the ring.
    pub fn store(&self, keys: KeySet) -> Arc<KeySet> {
        let keys = Arc::new(keys);
        *self.keys.write().unwrap_or_else(std::sync::PoisonError::into_inner) = keys.clone();
        keys
    }
}
