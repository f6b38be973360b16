//! The keys that sign ID tokens: made at the first start, published before they are used and after, rotated by age and by the
//! operator (OpenID Connect Core §10.1.1).
//!
//! A rotation makes the next generation of each algorithm. Everything else follows from the generations: a key signs from its
//! `active_at` until the next one's, and is published for the longest life of a token beyond that. A key that was withdrawn does neither.

mod pair;
mod ring;
mod seal;
mod verify;
mod withdraw;

use std::sync::Arc;

use oauth::Timestamp;
use oauth::jose::{Algorithm, JwkSet, Typ, Unsigned};
use serde_json::Value;

use self::pair::Pair;
pub(crate) use self::ring::Keeper;
use self::ring::{Ring, SigningKey};
pub use self::verify::verify;
pub use self::withdraw::Withdrawal;
use crate::error::Error;
use crate::key::SecretKey;
use crate::provider::Provider;
use crate::store::signing_keys::SigningKeyRow;

/// What this server signs with; the first is that of clients that chose none.
pub const ALGORITHMS: [Algorithm; 2] = [Algorithm::Rs256, Algorithm::Es256];

/// A new key is published for so many seconds before it signs: clients and proxies may keep a key set that long.
pub const AHEAD: i64 = 600;

/// A key that signed for so many seconds is replaced.
const LONGEST_USE: i64 = 90 * 86_400;

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
pub(crate) fn opens(key: &SecretKey, id: &str, sealed: &str) -> bool {
    seal::open(key, id, sealed).is_some()
}

impl Provider {
    /// Makes keys where there are none. Two servers that start at once make one set.
    ///
    /// # Errors
    /// `Unavailable` when the database did not take them.
    pub async fn prepare_keys(&self) -> Result<(), Error> {
        self.ring(self.now()).await.map(drop)
    }

    /// The keys that are there, by algorithm, the newest last.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn list_keys(&self) -> Result<Vec<KeyListing>, Error> {
        let now = self.now();
        let ring = self.ring(now).await?;
        Ok(ring.keys.iter().map(|key| listing(&ring, key, now)).collect())
    }

    /// Publishes new keys of every algorithm, to be used after [`AHEAD`] seconds.
    ///
    /// # Errors
    /// `Unavailable` when the database did not take them.
    pub async fn rotate_keys(&self) -> Result<Rotation, Error> {
        let now = self.now();
        let ring = self.load_ring(now).await?;
        let waiting = ALGORITHMS.into_iter().filter_map(|algorithm| ring.waiting(algorithm, now));
        if let Some(at) = waiting.map(|key| key.active_at).max() {
            return Ok(Rotation::Waiting(at));
        }
        self.make_keys(&ring, ALGORITHMS.to_vec(), now).await?;
        let ring = self.load_ring(now).await?;
        let made = ALGORITHMS.into_iter().filter_map(|algorithm| ring.newest(algorithm)).map(|key| key.active_at);
        Ok(Rotation::Made(made.max().unwrap_or(now)))
    }

    /// Replaces keys that are old, and removes those of which nothing can be left.
    pub(crate) async fn sweep_keys(&self, now: Timestamp) -> Result<u64, Error> {
        let ring = self.load_ring(now).await?;
        let old =
            |algorithm: &Algorithm| ring.newest(*algorithm).is_some_and(|key| now.since(key.active_at) >= LONGEST_USE);
        let old: Vec<Algorithm> = ALGORITHMS.into_iter().filter(old).collect();
        if !old.is_empty() && self.make_keys(&ring, old, now).await? > 0 {
            tracing::info!("the signing keys were old: new ones are published and will be used");
        }
        // An ID token comes back as a hint for as long as the session that it names can last.
        let before = now.plus(-self.settings().session_ttl - self.keep_published());
        self.store().delete_signing_keys(ring.replaced_before(before)).await
    }

    /// The public keys (RFC 7517 §5).
    ///
    /// # Errors
    /// `Unavailable` when they were never read and the database does not answer.
    pub async fn public_keys(&self) -> Result<JwkSet, Error> {
        let now = self.now();
        Ok(self.ring(now).await?.published(now, self.keep_published()))
    }

    /// Every public key under which a token of ours can come back.
    pub(crate) async fn known_keys(&self, now: Timestamp) -> Result<JwkSet, Error> {
        Ok(self.ring(now).await?.known())
    }

    /// How long a key is published after its last signature: the longest life of a token, and some for clocks.
    fn keep_published(&self) -> i64 {
        self.settings().access_token_ttl + AHEAD
    }

    /// Signs a token, away from the threads that answer requests.
    pub(crate) async fn sign(&self, algorithm: Algorithm, typ: Typ, claims: &Value) -> Result<String, Error> {
        let now = self.now();
        let key = self.ring(now).await?.signer(algorithm, now).cloned();
        let key = key.ok_or_else(|| Error::Internal(format!("no key signs with {}", algorithm.as_str())))?;
        let unsigned = Unsigned::new(algorithm, key.id(), typ, claims);
        let signed = tokio::task::spawn_blocking(move || {
            let signature = key.pair.sign(unsigned.as_bytes())?;
            Ok(unsigned.with_signature(&signature))
        });
        signed.await.map_err(|_| Error::Internal("signing panicked".to_owned()))?
    }

    /// The keys, not older than a second. A database that does not answer is no reason to forget those that are known.
    async fn ring(&self, now: Timestamp) -> Result<Arc<Ring>, Error> {
        let held = self.keeper().ring();
        if held.is_fresh(now) {
            return Ok(held);
        }
        let _turn = self.keeper().turn.lock().await;
        let held = self.keeper().ring();
        if held.is_fresh(now) {
            return Ok(held);
        }
        match self.load_or_make(now).await {
            Err(error) if !held.keys.is_empty() => {
                tracing::debug!(%error, "the signing keys could not be read again");
                Ok(self.keeper().keep(Ring { read_at: Some(now), ..Ring::clone(&held) }))
            }
            other => other,
        }
    }

    async fn load_or_make(&self, now: Timestamp) -> Result<Arc<Ring>, Error> {
        let ring = self.load_ring(now).await?;
        let missing: Vec<Algorithm> =
            ALGORITHMS.into_iter().filter(|algorithm| ring.signer(*algorithm, now).is_none()).collect();
        if missing.is_empty() {
            return Ok(ring);
        }
        self.make_keys(&ring, missing, now).await?;
        self.load_ring(now).await
    }

    /// Reads the list, and opens the keys that were not known yet.
    async fn load_ring(&self, now: Timestamp) -> Result<Arc<Ring>, Error> {
        let held = self.keeper().ring();
        let rows = self.store().list_signing_keys().await?;
        let is_same = |key: &SigningKey, row: &SigningKeyRow| {
            (key.id(), key.active_at, key.withdrawn_at) == (row.id.as_str(), row.active_at, row.withdrawn_at)
        };
        let known = |row: &SigningKeyRow| held.keys.iter().find(|key| is_same(key, row)).cloned();
        let mut ring = Ring { read_at: Some(now), ..Ring::default() };
        for row in rows.iter().filter(|row| !held.foreign.contains(&row.id)) {
            match known(row).or_else(|| self.open_key(row)) {
                Some(key) => ring.keys.push(key),
                None => {
                    tracing::error!(key = row.id, "a signing key was sealed under another secret key, and is not used");
                    ring.foreign.push(row.id.clone());
                }
            }
        }
        let still = |id: &&String| rows.iter().any(|row| row.id == **id);
        ring.foreign.extend(held.foreign.iter().filter(still).cloned());
        ring.generations = rows.iter().map(|row| (row.algorithm, row.generation)).collect();
        Ok(self.keeper().keep(ring))
    }

    /// Opens a stored key. One that does not open, or is not the key of its id, is not published either: whoever can write to the
    /// database could else have clients trust a key of theirs.
    fn open_key(&self, row: &SigningKeyRow) -> Option<Arc<SigningKey>> {
        let opened = seal::open(self.key(), &row.id, &row.private_key)
            .and_then(|private| Pair::from_pkcs8(row.algorithm, &private))
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
    async fn make_keys(&self, ring: &Ring, algorithms: Vec<Algorithm>, now: Timestamp) -> Result<usize, Error> {
        let mut rows = Vec::with_capacity(algorithms.len());
        for algorithm in algorithms {
            let active_at = if ring.signer(algorithm, now).is_some() { now.plus(AHEAD) } else { now };
            rows.push(self.new_key(algorithm, ring.next_generation(algorithm), (now, active_at)).await?);
        }
        self.store().insert_signing_keys(rows).await
    }

    async fn new_key(
        &self,
        algorithm: Algorithm,
        generation: i64,
        (created_at, active_at): (Timestamp, Timestamp),
    ) -> Result<SigningKeyRow, Error> {
        let pair = tokio::task::spawn_blocking(move || Pair::generate(algorithm));
        let pair = pair.await.map_err(|_| Error::Internal("making a key panicked".to_owned()))??;
        let id = pair.public(algorithm)?.kid.unwrap_or_default();
        let sealed = seal::seal(self.key(), &id, pair.to_pkcs8()?, self.entropy());
        let private_key = sealed.ok_or_else(|| Error::Internal("a signing key could not be sealed".to_owned()))?;
        Ok(SigningKeyRow { id, algorithm, generation, private_key, created_at, active_at, withdrawn_at: None })
    }
}

fn listing(ring: &Ring, key: &SigningKey, now: Timestamp) -> KeyListing {
    let retired_at = ring.retired_at(key);
    let signs = ring.signer(key.algorithm, now).is_some_and(|signer| signer.id() == key.id());
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
