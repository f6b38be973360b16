//! The keys that sign ID tokens: made at the first start, published before they are used and after, rotated by age and by the
//! operator (OpenID Connect Core §10.1.1).
//!
//! A rotation makes the next generation of each algorithm. Everything else follows from the generations: a key signs from its
//! `active_at` until the next one's, and is published for the longest life of a token beyond that. A key that was withdrawn does neither.

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

/// What this server signs with; the first is that of clients that chose none.
pub const ALGORITHMS: [Algorithm; 2] = [Algorithm::Rs256, Algorithm::Es256];

/// A new key is published for so many seconds before it signs: clients and proxies may keep a key set that long.
pub const PUBLISH_AHEAD: i64 = 600;

/// A key that signed for so many seconds is replaced.
const MAX_SIGNING_AGE: i64 = 90 * 86_400;

/// A key as the operator sees it: nothing of it is secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyListing {
    /// `kid`.
    pub id: String,
    /// `alg`.
    pub algorithm: Algorithm,
    /// What it does now.
    pub state: KeyState,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it signs.
    pub active_at: Timestamp,
    /// When another takes its place, as far as that is known.
    pub retired_at: Option<Timestamp>,
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// It is published and does not sign yet.
    Next,
    /// It signs.
    Active,
    /// It signed; what it signed is still verified.
    Retired,
    /// It was withdrawn: what it signed is not believed.
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

/// What became of a rotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// New keys are published; they sign from this moment on.
    Made(Timestamp),
    /// The keys of an earlier rotation wait for this moment; nothing was made.
    Waiting(Timestamp),
}

/// Whether a stored key was sealed under this secret key.
pub(crate) fn can_decrypt(key: &SecretKey, id: &str, sealed: &str) -> bool {
    encryption::decrypt(key, id, sealed).is_some()
}

impl Provider {
    /// Makes keys where there are none. Two servers that start at once make one set.
    ///
    /// # Errors
    /// `Unavailable` when the database did not take them.
    pub async fn prepare_keys(&self) -> Result<(), Error> {
        self.keys(self.now()).await.map(drop)
    }

    /// The keys that are there, by algorithm, the newest last.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn list_keys(&self) -> Result<Vec<KeyListing>, Error> {
        let now = self.now();
        let keys = self.keys(now).await?;
        Ok(keys.keys.iter().map(|key| listing(&keys, key, now)).collect())
    }

    /// Publishes new keys of every algorithm, to be used after [`PUBLISH_AHEAD`] seconds.
    ///
    /// # Errors
    /// `Unavailable` when the database did not take them.
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

    /// Replaces keys that are old, and removes those of which nothing can be left.
    pub(crate) async fn sweep_keys(&self, now: Timestamp) -> Result<u64, Error> {
        let keys = self.load_keys(now).await?;
        let old = |algorithm: &Algorithm| {
            keys.newest(*algorithm).is_some_and(|key| now.since(key.active_at) >= MAX_SIGNING_AGE)
        };
        let old: Vec<Algorithm> = ALGORITHMS.into_iter().filter(old).collect();
        if !old.is_empty() && self.make_keys(&keys, old, now).await? > 0 {
            tracing::info!("the signing keys were old: new ones are published and will be used");
        }
        // An ID token comes back as a hint for as long as the session that it names can last.
        let before = now.plus(-self.settings().session_ttl - self.published_for());
        self.store().delete_signing_keys(keys.replaced_before(before)).await
    }

    /// The public keys (RFC 7517 §5).
    ///
    /// # Errors
    /// `Unavailable` when they were never read and the database does not answer.
    pub async fn public_keys(&self) -> Result<JwkSet, Error> {
        let now = self.now();
        Ok(self.keys(now).await?.published(now, self.published_for()))
    }

    /// Every public key under which a token of ours can come back.
    pub(crate) async fn known_keys(&self, now: Timestamp) -> Result<JwkSet, Error> {
        Ok(self.keys(now).await?.known())
    }

    /// How long a key is published after its last signature: the longest life of a token, and some for clocks.
    fn published_for(&self) -> i64 {
        self.settings().access_token_ttl + PUBLISH_AHEAD
    }

    /// Signs a token, away from the threads that answer requests.
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

    /// The keys, not older than a second. A database that does not answer is no reason to forget those that are known.
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

    /// Reads the list, and opens the keys that were not known yet.
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

    /// Opens a stored key. One that does not open, or is not the key of its id, is not published either: whoever can write to the
    /// database could else have clients trust a key of theirs.
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

    /// Makes the generation that follows those of the ring; how many keys were stored. It must be the ring that was decided on: of two
    /// that decide the same at once, one finds its generation taken. Where no key signs, the new one does at once.
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
