//! Verifies signatures of clients: request objects and client assertions (RFC 9101, RFC 7523).

use std::sync::Arc;

use oauth::jose::{JoseError, JwkSet, Jws, KeySource, Verified};
use oauth::{Client, Timestamp};

use super::key_cache::CachedKeys;
use crate::error::Error;
use crate::fetch::Word;
use crate::provider::Provider;
use crate::signing::verify;

impl Provider {
    /// Verifies a client's signature with that client's keys only. If no key matches, the signature
    /// may be by a newer one, so the `jwks_uri` is fetched again, within its rate limit.
    ///
    /// # Errors
    /// `Busy` when too many fetches are in progress. The inner error is that of the signature.
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
            match self.refresh_keys(&entry, uri, now).await {
                Err(Error::Busy) if !keys.keys().is_empty() => {}
                asked => asked?,
            }
            keys = entry.keys(now);
        }
        let verified = jws.clone().verify(&keys, &verify);
        if !matches!(verified, Err(JoseError::UnknownKey | JoseError::BadSignature)) {
            return Ok(verified);
        }
        self.refresh_keys(&entry, uri, now).await?;
        let newer = entry.keys(now);
        Ok(if Arc::ptr_eq(&keys, &newer) { verified } else { jws.verify(&newer, &verify) })
    }

    /// Fetches a `jwks_uri`, unless it was fetched recently or a fetch is in progress, whose result
    /// is then shared. The fetch continues if the request is cancelled: otherwise cancelled
    /// requests could keep a client's keys from ever arriving.
    async fn refresh_keys(&self, entry: &Arc<CachedKeys>, uri: &str, now: Timestamp) -> Result<(), Error> {
        let lock = entry.lock.clone().lock_owned().await;
        if entry.was_tried(now) {
            return Ok(());
        }
        let slot = self.client_keys().slot()?;
        entry.mark_tried(now);
        let (provider, entry, uri) = (self.clone(), entry.clone(), uri.to_owned());
        let asking = tokio::spawn(async move {
            provider.fetch_keys(&entry, &uri, now).await;
            drop((lock, slot));
        });
        asking.await.map_err(|error| Error::Internal(error.to_string()))
    }

    /// Only the operator registers a `jwks_uri`, on the command line: the pages have no field for
    /// it.
    async fn fetch_keys(&self, entry: &CachedKeys, uri: &str, now: Timestamp) {
        let parsed = match self.fetch().get(uri, Word::Operator).await {
            Ok(body) => JwkSet::parse(&body).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        match parsed {
            Ok(keys) => entry.store(keys, now),
            // The reason contains the URL without its query.
            Err(reason) => tracing::info!(reason, "no keys at the address of a client"),
        }
    }
}
