//! Signing keys: made at the first start, published before they sign and afterwards, rotated by age
//! and by the operator (OpenID Connect Core §10.1.1).
//!
//! A rotation makes the next generation for each algorithm. A key signs from its `active_at` until
//! that of the next generation, and stays published for the maximum lifetime of a token after that.
//! A withdrawn key neither signs nor is published.

mod encryption;
mod key_pair;
mod key_set;
mod verify;
mod withdrawal;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod wycheproof;

use std::sync::Arc;

use oauth::Timestamp;
use oauth::jose::{Algorithm, JwkSet, Typ, Unsigned};
use serde_json::Value;

use self::key_pair::KeyPair;
pub(crate) use self::key_set::SigningKeyCache;
use self::key_set::{KeySet, SigningKey};
pub use self::verify::verify;
pub use self::withdrawal::Withdrawal;
use crate::error::Error;
use crate::key::SecretKey;
use crate::provider::Provider;
use crate::store::signing_keys::SigningKeyRow;

/// The supported signature algorithms; the first is the default for clients.
pub const ALGORITHMS: [Algorithm; 2] = [Algorithm::Rs256, Algorithm::Es256];

/// Seconds for which a new key is published before it signs: clients and proxies may cache the key
/// set that long.
pub const PUBLISH_AHEAD: i64 = 600;

/// Maximum seconds for which a key signs; then it is rotated.
const MAX_SIGNING_AGE: i64 = 90 * 86_400;

/// A signing key in the operator's list, without secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyListing {
    /// `kid`.
    pub id: String,
    /// `alg`.
    pub algorithm: Algorithm,
    /// Its current state.
    pub state: KeyState,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it starts to sign.
    pub active_at: Timestamp,
    /// When the next key replaces it, if known.
    pub retired_at: Option<Timestamp>,
}

/// The state of a signing key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// Published, not signing yet.
    Next,
    /// Signing.
    Active,
    /// No longer signing; its signatures are still verified.
    Retired,
    /// Withdrawn: its signatures are rejected.
    Withdrawn,
}

impl KeyState {
    /// `next`, `active`, `retired` or `withdrawn`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Next => "next",
            Self::Active => "active",
            Self::Retired => "retired",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// The outcome of a rotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// New keys are published; they sign from this time on.
    Made(Timestamp),
    /// The keys of an earlier rotation start to sign at this time; no keys were made.
    Waiting(Timestamp),
}

/// Whether this secret key decrypts a stored signing key.
pub(crate) fn can_decrypt(key: &SecretKey, id: &str, sealed: &str) -> bool {
    encryption::decrypt(key, id, sealed).is_some()
}

impl Provider {
    /// Makes signing keys if there are none. Two servers that start concurrently make one set.
    ///
    /// # Errors
    /// `Unavailable` when the write failed.
    pub async fn prepare_keys(&self) -> Result<(), Error> {
        self.keys(self.now()).await.map(drop)
    }

    /// The stored keys, by algorithm, newest last.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn list_keys(&self) -> Result<Vec<KeyListing>, Error> {
        let now = self.now();
        let keys = self.keys(now).await?;
        Ok(keys.keys.iter().map(|key| listing(&keys, key, now)).collect())
    }

    /// Publishes new keys for every algorithm, which sign after [`PUBLISH_AHEAD`] seconds.
    ///
    /// # Errors
    /// `Unavailable` when the write failed.
    pub async fn rotate_keys(&self) -> Result<Rotation, Error> {
        let now = self.now();
        let keys = self.load_keys(now).await?;
        let upcoming = ALGORITHMS.into_iter().filter_map(|algorithm| keys.upcoming(algorithm, now));
        if let Some(at) = upcoming.map(|key| key.active_at).max() {
            return Ok(Rotation::Waiting(at));
        }
        self.make_keys(&keys, ALGORITHMS.to_vec(), now).await?;
        let keys = self.load_keys(now).await?;
        let made = ALGORITHMS.into_iter().filter_map(|algorithm| keys.newest(algorithm)).map(|key| key.active_at);
        Ok(Rotation::Made(made.max().unwrap_or(now)))
    }

    /// Rotates old keys, and deletes those that no valid token or hint can need.
    pub(crate) async fn sweep_keys(&self, now: Timestamp) -> Result<u64, Error> {
        let keys = self.load_keys(now).await?;
        let old = |algorithm: &Algorithm| {
            keys.newest(*algorithm).is_some_and(|key| now.since(key.active_at) >= MAX_SIGNING_AGE)
        };
        let old: Vec<Algorithm> = ALGORITHMS.into_iter().filter(old).collect();
        if !old.is_empty() && self.make_keys(&keys, old, now).await? > 0 {
            tracing::info!("the signing keys were old: new ones are published and will be used");
        }
        // An ID token can return as `id_token_hint` for as long as its session can last.
        let before = now.plus(-self.settings().session_ttl - self.published_for());
        self.store().delete_signing_keys(keys.replaced_before(before)).await
    }

    /// The public key set (RFC 7517 §5).
    ///
    /// # Errors
    /// `Unavailable` when the keys were never read and the database does not answer.
    pub async fn public_keys(&self) -> Result<JwkSet, Error> {
        let now = self.now();
        Ok(self.keys(now).await?.published(now, self.published_for()))
    }

    /// All public keys that a returning token may be signed with.
    pub(crate) async fn known_keys(&self, now: Timestamp) -> Result<JwkSet, Error> {
        Ok(self.keys(now).await?.known())
    }

    /// How long a key stays published after its last signature: the maximum lifetime of a token,
    /// plus clock skew.
    fn published_for(&self) -> i64 {
        self.settings().access_token_ttl + PUBLISH_AHEAD
    }

    /// Signs a token on the blocking threads, so that requests are not delayed.
    pub(crate) async fn sign(&self, algorithm: Algorithm, typ: Typ, claims: &Value) -> Result<String, Error> {
        let now = self.now();
        let key = self.keys(now).await?.signer(algorithm, now).cloned();
        let key = key.ok_or_else(|| Error::Internal(format!("no key signs with {}", algorithm.as_str())))?;
        let unsigned = Unsigned::new(algorithm, key.id(), typ, claims);
        let signed = tokio::task::spawn_blocking(move || {
            let signature = key.pair.sign(unsigned.as_bytes())?;
            Ok(unsigned.with_signature(&signature))
        });
        signed.await.map_err(|_| Error::Internal("signing panicked".to_owned()))?
    }

    /// The cached keys, at most one second old. If the database does not answer, the cached ones
    /// stay in use.
    async fn keys(&self, now: Timestamp) -> Result<Arc<KeySet>, Error> {
        let held = self.signing_keys().keys();
        if held.is_fresh(now) {
            return Ok(held);
        }
        let _turn = self.signing_keys().turn.lock().await;
        let held = self.signing_keys().keys();
        if held.is_fresh(now) {
            return Ok(held);
        }
        match self.load_or_make(now).await {
            Err(error) if !held.keys.is_empty() => {
                tracing::debug!(%error, "the signing keys could not be read again");
                Ok(self.signing_keys().store(KeySet { read_at: Some(now), ..KeySet::clone(&held) }))
            }
            other => other,
        }
    }

    async fn load_or_make(&self, now: Timestamp) -> Result<Arc<KeySet>, Error> {
        let keys = self.load_keys(now).await?;
        let missing: Vec<Algorithm> =
            ALGORITHMS.into_iter().filter(|algorithm| keys.signer(*algorithm, now).is_none()).collect();
        if missing.is_empty() {
            return Ok(keys);
        }
        self.make_keys(&keys, missing, now).await?;
        self.load_keys(now).await
    }

    /// Reads the list, and decrypts keys that are not cached yet.
    async fn load_keys(&self, now: Timestamp) -> Result<Arc<KeySet>, Error> {
        let held = self.signing_keys().keys();
        let rows = self.store().list_signing_keys().await?;
        let is_same = |key: &SigningKey, row: &SigningKeyRow| {
            (key.id(), key.active_at, key.withdrawn_at) == (row.id.as_str(), row.active_at, row.withdrawn_at)
        };
        let known = |row: &SigningKeyRow| held.keys.iter().find(|key| is_same(key, row)).cloned();
        let mut keys = KeySet { read_at: Some(now), ..KeySet::default() };
        for row in rows.iter().filter(|row| !held.foreign.contains(&row.id)) {
            match known(row).or_else(|| self.open_key(row)) {
                Some(key) => keys.keys.push(key),
                None => {
                    tracing::error!(key = row.id, "a signing key was sealed under another secret key, and is not used");
                    keys.foreign.push(row.id.clone());
                }
            }
        }
        let still = |id: &&String| rows.iter().any(|row| row.id == **id);
        keys.foreign.extend(held.foreign.iter().filter(still).cloned());
        keys.generations = rows.iter().map(|row| (row.algorithm, row.generation)).collect();
        Ok(self.signing_keys().store(keys))
    }

    /// Decrypts a stored key. One that fails, or does not match its id, is not published: otherwise
    /// write access to the database would be enough to make clients trust a foreign key.
    fn open_key(&self, row: &SigningKeyRow) -> Option<Arc<SigningKey>> {
        let opened = encryption::decrypt(self.key(), &row.id, &row.private_key)
            .and_then(|private| KeyPair::from_pkcs8(row.algorithm, &private))
            .and_then(|pair| Some((pair.public(row.algorithm).ok()?, pair)))
            .filter(|(public, _)| public.kid.as_deref() == Some(row.id.as_str()));
        let (public, pair) = opened?;
        Some(Arc::new(SigningKey {
            algorithm: row.algorithm,
            generation: row.generation,
            created_at: row.created_at,
            active_at: row.active_at,
            withdrawn_at: row.withdrawn_at,
            public,
            pair,
        }))
    }

    /// Makes the generation that follows `keys`, the set on which the decision is based; returns
    /// how many keys were stored. Of two concurrent calls, one finds its generation taken. If no
    /// key is active, the new one signs at once.
    async fn make_keys(&self, keys: &KeySet, algorithms: Vec<Algorithm>, now: Timestamp) -> Result<usize, Error> {
        let mut rows = Vec::with_capacity(algorithms.len());
        for algorithm in algorithms {
            let active_at = if keys.signer(algorithm, now).is_some() { now.plus(PUBLISH_AHEAD) } else { now };
            rows.push(self.new_key(algorithm, keys.next_generation(algorithm), now, active_at).await?);
        }
        self.store().insert_signing_keys(rows).await
    }

    async fn new_key(
        &self,
        algorithm: Algorithm,
        generation: i64,
        created_at: Timestamp,
        active_at: Timestamp,
    ) -> Result<SigningKeyRow, Error> {
        let pair = tokio::task::spawn_blocking(move || KeyPair::generate(algorithm));
        let pair = pair.await.map_err(|_| Error::Internal("making a key panicked".to_owned()))??;
        let id = pair.public(algorithm)?.kid.unwrap_or_default();
        let sealed = encryption::encrypt(self.key(), &id, pair.to_pkcs8()?, self.entropy());
        let private_key = sealed.ok_or_else(|| Error::Internal("a signing key could not be sealed".to_owned()))?;
        Ok(SigningKeyRow { id, algorithm, generation, private_key, created_at, active_at, withdrawn_at: None })
    }
}

fn listing(keys: &KeySet, key: &SigningKey, now: Timestamp) -> KeyListing {
    let retired_at = keys.retired_at(key);
    let signs = keys.signer(key.algorithm, now).is_some_and(|signer| signer.id() == key.id());
    let state = match (key.withdrawn_at, signs) {
        (Some(_), _) => KeyState::Withdrawn,
        (None, true) => KeyState::Active,
        (None, false) if retired_at.is_some_and(|end| end <= now) => KeyState::Retired,
        (None, false) => KeyState::Next,
    };
    let retired_at = key.withdrawn_at.or(retired_at);
    let (created_at, active_at) = (key.created_at, key.active_at);
    KeyListing { id: key.id().to_owned(), algorithm: key.algorithm, state, created_at, active_at, retired_at }
}
