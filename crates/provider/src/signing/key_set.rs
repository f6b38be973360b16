//! The cache of signing keys: each key is decrypted once, and the list is read again after one
//! second, so that a rotation or withdrawal by another server or the command line takes effect
//! within one second.
//!
//! Clock skew: an `active_at` in the future is not an error. If no key of an algorithm is active
//! yet, the first that can sign does.

use std::sync::{Arc, RwLock};

use oauth::Timestamp;
use oauth::jose::{Algorithm, Jwk, JwkSet};

use super::key_pair::KeyPair;

/// A decrypted signing key.
pub struct SigningKey {
    /// The signature algorithm.
    pub algorithm: Algorithm,
    /// Its generation within the algorithm.
    pub generation: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it starts to sign.
    pub active_at: Timestamp,
    /// When it was withdrawn.
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

    /// Whether it replaces its predecessor: a key withdrawn before it signed never does.
    fn can_sign(&self) -> bool {
        self.withdrawn_at.is_none_or(|end| self.active_at < end)
    }
}

/// The keys at one time, by algorithm, oldest first.
#[derive(Clone, Default)]
pub struct KeySet {
    /// When the list was read.
    pub read_at: Option<Timestamp>,
    /// The decrypted keys.
    pub keys: Vec<Arc<SigningKey>>,
    /// All stored generations, also of keys that cannot be decrypted.
    pub generations: Vec<(Algorithm, i64)>,
    /// The ids of keys that cannot be decrypted: logged once, and kept, since a lost secret key may
    /// come back.
    pub foreign: Vec<String>,
}

impl KeySet {
    /// Whether the list is current: read in this second. A later `read_at` is from before the clock
    /// was set back, so its age is unknown.
    #[must_use]
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        !self.keys.is_empty() && self.read_at == Some(now)
    }

    /// The active key: the last whose `active_at` has passed or, if that is withdrawn or missing,
    /// the next that can sign.
    #[must_use]
    pub fn signer(&self, algorithm: Algorithm, now: Timestamp) -> Option<&Arc<SigningKey>> {
        let generations: Vec<_> = self.generations(algorithm).filter(|key| key.can_sign()).collect();
        let begun = generations.iter().rposition(|key| key.active_at <= now).unwrap_or(0);
        generations.into_iter().skip(begun).find(|key| key.is_live())
    }

    /// The newest key that is not withdrawn, active or not.
    #[must_use]
    pub fn newest(&self, algorithm: Algorithm) -> Option<&Arc<SigningKey>> {
        self.generations(algorithm).rfind(|key| key.is_live())
    }

    /// The newest key of an algorithm, if it does not sign yet while another does.
    #[must_use]
    pub fn upcoming(&self, algorithm: Algorithm, now: Timestamp) -> Option<&Arc<SigningKey>> {
        let signer = self.signer(algorithm, now)?.generation;
        self.newest(algorithm).filter(|newest| newest.generation > signer && newest.active_at > now)
    }

    /// The generation of the next new key.
    #[must_use]
    pub fn next_generation(&self, algorithm: Algorithm) -> i64 {
        let generations = self.generations.iter().filter(|(of, _)| *of == algorithm);
        generations.map(|(_, generation)| *generation).max().unwrap_or(0) + 1
    }

    /// When the next key replaced this one, or will.
    #[must_use]
    pub fn retired_at(&self, key: &SigningKey) -> Option<Timestamp> {
        let mut later = self.generations(key.algorithm).filter(|next| next.generation > key.generation);
        later.find(|next| next.can_sign()).map(|next| next.active_at)
    }

    /// The ids of keys that another decryptable key replaced before this time. A key that cannot be
    /// decrypted replaces none: otherwise a server that once ran with a wrong secret key would
    /// cause the right keys to be deleted.
    #[must_use]
    pub fn replaced_before(&self, moment: Timestamp) -> Vec<String> {
        let gone = |key: &&Arc<SigningKey>| self.retired_at(key).is_some_and(|end| end < moment);
        self.keys.iter().filter(gone).map(|key| key.id().to_owned()).collect()
    }

    /// The published keys: active and future ones, and those that stopped signing less than this
    /// many seconds ago.
    #[must_use]
    pub fn published(&self, now: Timestamp, store: i64) -> JwkSet {
        let live =
            |key: &&Arc<SigningKey>| key.is_live() && self.retired_at(key).is_none_or(|end| now < end.plus(store));
        JwkSet::new(self.keys.iter().filter(live).map(|key| key.public.clone()).collect())
    }

    /// All stored keys that are not withdrawn, to verify returning tokens.
    #[must_use]
    pub fn known(&self) -> JwkSet {
        JwkSet::new(self.keys.iter().filter(|key| key.is_live()).map(|key| key.public.clone()).collect())
    }

    fn generations(&self, algorithm: Algorithm) -> impl DoubleEndedIterator<Item = &Arc<SigningKey>> {
        self.keys.iter().filter(move |key| key.algorithm == algorithm)
    }
}

/// The cache of the key set.
#[derive(Default)]
pub struct SigningKeyCache {
    keys: RwLock<Arc<KeySet>>,
    /// Held while the list is read; concurrent requests wait and share the result.
    pub turn: tokio::sync::Mutex<()>,
}

impl SigningKeyCache {
    /// The key set as last read.
    pub fn keys(&self) -> Arc<KeySet> {
        self.keys.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Replaces the key set.
    pub fn store(&self, keys: KeySet) -> Arc<KeySet> {
        let keys = Arc::new(keys);
        *self.keys.write().unwrap_or_else(std::sync::PoisonError::into_inner) = keys.clone();
        keys
    }
}
