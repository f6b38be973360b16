//! The keys with which clients sign: registered by value, or under the client's `jwks_uri` and kept in memory (OpenID Connect
//! Core §10.1.1). Nothing in a signed token ever says where to fetch.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use oauth::jose::{JoseError, JwkSet, Jws, KeySource, Verified};
use oauth::{Client, Timestamp};
use tokio::sync::{Mutex as Turn, OwnedSemaphorePermit, Semaphore};

use crate::error::Error;
use crate::fetch::Word;
use crate::provider::Provider;
use crate::signing::verify;

/// An address is asked at most once in so many seconds, whatever comes of it: a key that was rotated a moment ago counts no later
/// than that.
const INTERVAL: i64 = 30;
/// Keys that were fetched so many seconds ago are fetched again before they are used.
const FRESH: i64 = 600;
/// They are used for so many seconds at most when the address does not answer any more.
const KEPT: i64 = 3600;
/// Addresses in memory, at most.
const MOST: usize = 1000;
/// Requests to addresses of clients under way at the same time, at most. 500 that never answer, each asked every 30 seconds for
/// 3 seconds, take 50.
const PLACES: usize = 128;

/// The keys that were fetched, by address.
pub(crate) struct KeyCache {
    entries: Mutex<HashMap<String, Arc<Entry>>>,
    places: Arc<Semaphore>,
}

impl Default for KeyCache {
    fn default() -> Self {
        Self { entries: Mutex::default(), places: Arc::new(Semaphore::new(PLACES)) }
    }
}

#[derive(Default)]
struct Entry {
    /// Held while the address is asked: whoever comes then waits, and takes what came.
    turn: Arc<Turn<()>>,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    keys: Arc<JwkSet>,
    fetched_at: Option<Timestamp>,
    tried_at: Option<Timestamp>,
}

impl KeyCache {
    /// What is known of an address. Where there are too many, the one goes that was asked longest ago.
    fn entry(&self, uri: &str) -> Arc<Entry> {
        let mut entries = guard(&self.entries);
        if let Some(entry) = entries.get(uri) {
            return entry.clone();
        }
        if entries.len() >= MOST {
            let oldest =
                entries.iter().min_by_key(|(_, entry)| guard(&entry.known).tried_at).map(|(uri, _)| uri.clone());
            oldest.and_then(|uri| entries.remove(&uri));
        }
        entries.entry(uri.to_owned()).or_default().clone()
    }

    /// Whether an address failed a moment ago.
    pub(crate) fn is_down(&self, uri: &str, now: Timestamp) -> bool {
        self.entry(uri).is_asked(now)
    }

    /// Notes that an address failed: it is left alone for a while.
    pub(crate) fn down(&self, uri: &str, now: Timestamp) {
        self.entry(uri).begin(now);
    }

    /// A place for a request to an address of a client.
    pub(crate) fn place(&self) -> Result<OwnedSemaphorePermit, Error> {
        self.places.clone().try_acquire_owned().map_err(|_| Error::Busy)
    }
}

impl Entry {
    /// The keys, unless they are too old to be believed.
    fn keys(&self, now: Timestamp) -> Arc<JwkSet> {
        let known = guard(&self.known);
        match known.fetched_at {
            Some(at) if now.is_within(KEPT, at) => known.keys.clone(),
            _ => Arc::default(),
        }
    }

    fn is_fresh(&self, now: Timestamp) -> bool {
        guard(&self.known).fetched_at.is_some_and(|at| now.is_within(FRESH, at))
    }

    /// Whether the address was asked a moment ago.
    fn is_asked(&self, now: Timestamp) -> bool {
        guard(&self.known).tried_at.is_some_and(|at| now.is_within(INTERVAL, at))
    }

    fn begin(&self, now: Timestamp) {
        guard(&self.known).tried_at = Some(now);
    }

    fn put(&self, keys: JwkSet, now: Timestamp) {
        let mut known = guard(&self.known);
        (known.keys, known.fetched_at) = (Arc::new(keys), Some(now));
    }
}

fn guard<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Provider {
    /// Verifies what a client signed, with its keys and no others. A signature that none of them fits may be by a newer one, so
    /// the client's address is asked again, as often as it may be.
    ///
    /// # Errors
    /// `Busy` when too many addresses are being asked. The inner error is the signature's.
    pub(crate) async fn signed_by(&self, client: &Client, token: &str) -> Result<Result<Verified, JoseError>, Error> {
        let jws = match Jws::parse(token, KeySource::Known) {
            Ok(jws) => jws,
            Err(error) => return Ok(Err(error)),
        };
        let Some(uri) = &client.registration.jwks_uri else {
            return Ok(jws.verify(&client.registration.keys().unwrap_or_default(), &verify));
        };
        let (entry, now) = (self.client_keys().entry(uri), self.now());
        let mut keys = entry.keys(now);
        if !entry.is_fresh(now) {
            match self.ask_for_keys(&entry, uri, now).await {
                Err(Error::Busy) if !keys.keys().is_empty() => {}
                asked => asked?,
            }
            keys = entry.keys(now);
        }
        let verified = jws.clone().verify(&keys, &verify);
        if !matches!(verified, Err(JoseError::UnknownKey | JoseError::BadSignature)) {
            return Ok(verified);
        }
        self.ask_for_keys(&entry, uri, now).await?;
        let newer = entry.keys(now);
        Ok(if Arc::ptr_eq(&keys, &newer) { verified } else { jws.verify(&newer, &verify) })
    }

    /// Asks an address for keys, unless it was asked a moment ago or is being asked: then that answer counts. The work ends also
    /// when whoever waits for it goes away, or a stranger could keep a client's keys from ever arriving.
    async fn ask_for_keys(&self, entry: &Arc<Entry>, uri: &str, now: Timestamp) -> Result<(), Error> {
        let turn = entry.turn.clone().lock_owned().await;
        if entry.is_asked(now) {
            return Ok(());
        }
        let place = self.client_keys().place()?;
        entry.begin(now);
        let (provider, entry, uri) = (self.clone(), entry.clone(), uri.to_owned());
        let asking = tokio::spawn(async move {
            provider.fetch_keys(&entry, &uri, now).await;
            drop((turn, place));
        });
        asking.await.map_err(|error| Error::Internal(error.to_string()))
    }

    /// Only the operator registers a `jwks_uri`, on the command line: the pages have no field for it.
    async fn fetch_keys(&self, entry: &Entry, uri: &str, now: Timestamp) {
        let parsed = match self.fetch().get(uri, Word::Operator).await {
            Ok(body) => JwkSet::parse(&body).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        match parsed {
            Ok(keys) => entry.put(keys, now),
            // The address stands in the reason, without its query.
            Err(reason) => tracing::info!(reason, "no keys at the address of a client"),
        }
    }
}
