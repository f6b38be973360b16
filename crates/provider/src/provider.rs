//! The provider: the one object with store, key, clock, randomness and settings.

use crate::signed_in::SignedIn;
use crate::usage::grants::GrantUsage;
use crate::usage::tokens::TokenUsage;
use std::sync::Arc;
use std::time::Duration;

use oauth::{Prefix, Secret, SecretHash, Timestamp};
use tokio::sync::{Mutex, Notify, Semaphore};

use crate::clients::{KeyCache, SecretAttempts};
use crate::clock::Clock;
use crate::entropy::{self, Entropy};
use crate::error::Error;
use crate::fetch::Fetch;
use crate::key::SecretKey;
use crate::passwords::Hasher;
use crate::problems::rate_limit::NoteRateLimit;
use crate::rate_limit;
use crate::settings::Settings;
use crate::signing::SigningKeyCache;
use crate::store::Store;
use crate::store::gate::{Gate, LiveSession};

/// Maximum number of concurrent background writes.
const MAX_BACKGROUND_WRITES: u32 = 64;

/// When the last readiness probe ended, and its error.
pub(crate) type Probe = (Timestamp, Result<(), String>);

/// The cached discovery document, and when it was made.
pub(crate) type CachedMetadata = Option<(Timestamp, Arc<serde_json::Value>)>;

/// The injected dependencies.
#[derive(Clone)]
pub struct Dependencies {
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The source of randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Outgoing requests to clients' URLs.
    pub fetch: Arc<dyn Fetch>,
}

/// Adds the client's id to the log span of the request, which the HTTP layer opened with an empty
/// field.
pub(crate) fn record_client(client_id: &str) {
    tracing::Span::current().record("client", client_id);
}

/// The authorization server. Cheap to clone; all clones share their state. The second part is the
/// store, gated if it acts for a session.
#[derive(Clone)]
pub struct Provider(Arc<Inner>, Option<Arc<Store>>);

struct Inner {
    store: Store,
    key: SecretKey,
    settings: Settings,
    dependencies: Dependencies,
    hasher: Hasher,
    /// One permit per background write.
    background_writes: Arc<Semaphore>,
    last_probe: Mutex<Option<Probe>>,
    note_rate_limit: NoteRateLimit,
    long_request_rate_limit: NoteRateLimit,
    push_rate_limit: rate_limit::RateLimit,
    request_uri_rate_limit: rate_limit::RateLimit,
    token_usage: TokenUsage,
    grant_usage: GrantUsage,
    signing_keys: SigningKeyCache,
    client_keys: KeyCache,
    request_uris: KeyCache,
    secret_attempts: SecretAttempts,
    metadata: Mutex<CachedMetadata>,
    ended: Notify,
}

impl Provider {
    /// Builds a provider. The store's schema must be up to date.
    #[must_use]
    pub fn open(store: Store, key: SecretKey, settings: Settings, dependencies: Dependencies) -> Self {
        let hasher = Hasher::new(settings.hash_threads, Duration::from_secs(settings.hash_wait.unsigned_abs()));
        let inner = Inner {
            store,
            key,
            settings,
            dependencies,
            hasher,
            background_writes: Arc::new(Semaphore::new(MAX_BACKGROUND_WRITES as usize)),
            last_probe: Mutex::default(),
            note_rate_limit: NoteRateLimit::default(),
            long_request_rate_limit: NoteRateLimit::new(20, 300),
            push_rate_limit: rate_limit::RateLimit::default(),
            request_uri_rate_limit: rate_limit::RateLimit::default(),
            token_usage: TokenUsage::default(),
            grant_usage: GrantUsage::default(),
            signing_keys: SigningKeyCache::default(),
            client_keys: KeyCache::default(),
            request_uris: KeyCache::default(),
            secret_attempts: SecretAttempts::default(),
            metadata: Mutex::default(),
            ended: Notify::new(),
        };
        Self(Arc::new(inner), None)
    }

    /// The current second. A use case reads it once and passes it on.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.dependencies.clock.now()
    }

    /// The operator's settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The database.
    #[must_use]
    pub fn store(&self) -> &Store {
        self.1.as_deref().unwrap_or(&self.0.store)
    }

    /// A provider that acts for a signed-in user: each write requires that this session and its
    /// account are live, and fails with `SignedOut` otherwise. Earlier reads authorize nothing.
    #[must_use]
    pub fn within(&self, person: &SignedIn) -> Self {
        let now = self.now();
        let idle_since = now.plus(-self.settings().session_idle_ttl);
        let session = LiveSession { key_hash: person.session.clone(), user_id: person.user_id, now, idle_since };
        Self(self.0.clone(), Some(Arc::new(self.0.store.only_if(Gate::session(session)))))
    }

    /// A provider whose writes require this gate as well.
    pub(crate) fn only_if(&self, gate: Gate) -> Self {
        Self(self.0.clone(), Some(Arc::new(self.store().only_if(gate))))
    }

    /// A provider without a session's gate: for what needs no session, such as a password that is
    /// typed again.
    #[must_use]
    pub fn outside_sessions(&self) -> Self {
        Self(self.0.clone(), None)
    }

    /// Listens for invalidations by other processes until this one ends (PostgreSQL; on SQLite the
    /// writer polls).
    pub async fn listen_for_invalidations(&self, database_url: &str) {
        self.store().listen_for_invalidations(database_url, &self.nonce()).await;
    }

    /// Invalidates the whole cache, as after a write of another process.
    pub fn invalidate_caches(&self) {
        self.store().caches().invalidate_all();
    }

    /// The server's secret key.
    #[must_use]
    pub fn key(&self) -> &SecretKey {
        &self.0.key
    }

    pub(crate) fn entropy(&self) -> &dyn Entropy {
        &*self.0.dependencies.entropy
    }

    /// Outgoing requests to clients' URLs.
    pub(crate) fn fetch(&self) -> &dyn Fetch {
        &*self.0.dependencies.fetch
    }

    pub(crate) fn hasher(&self) -> &Hasher {
        &self.0.hasher
    }

    /// Runs a background write whose loss is harmless; drops it when too many are in progress.
    pub(crate) fn in_background(&self, write: impl Future<Output = Result<(), Error>> + Send + 'static) {
        let Ok(place) = self.0.background_writes.clone().try_acquire_owned() else { return };
        tokio::spawn(async move {
            if let Err(error) = write.await {
                tracing::debug!(%error, "a background write was lost");
            }
            drop(place);
        });
    }

    /// Waits for all background writes, running and pending.
    pub async fn flush(&self) {
        self.write_token_usage().await;
        self.write_grant_usage().await;
        drop(self.0.background_writes.acquire_many(MAX_BACKGROUND_WRITES).await);
    }

    /// Closes the database: pending writes are stored, and SQLite's WAL is checkpointed. No call
    /// may follow.
    pub async fn close(&self) {
        self.store().close().await;
    }

    /// The rate limit for recorded problems.
    pub(crate) fn note_rate_limit(&self) -> &NoteRateLimit {
        &self.0.note_rate_limit
    }

    /// The rate limit for long requests stored by reference, per network.
    pub(crate) fn long_request_rate_limit(&self) -> &NoteRateLimit {
        &self.0.long_request_rate_limit
    }

    /// The rate limit for pushed requests of public clients.
    pub(crate) fn push_rate_limit(&self) -> &rate_limit::RateLimit {
        &self.0.push_rate_limit
    }

    /// The rate limit for fetching request objects: anyone can send an authorization request of a
    /// client.
    pub(crate) fn request_uri_rate_limit(&self) -> &rate_limit::RateLimit {
        &self.0.request_uri_rate_limit
    }

    pub(crate) fn background_writes(&self) -> &Semaphore {
        &self.0.background_writes
    }

    pub(crate) fn token_usage(&self) -> &TokenUsage {
        &self.0.token_usage
    }

    pub(crate) fn grant_usage(&self) -> &GrantUsage {
        &self.0.grant_usage
    }

    /// The cache of signing keys.
    pub(crate) fn signing_keys(&self) -> &SigningKeyCache {
        &self.0.signing_keys
    }

    /// The cache of client keys.
    pub(crate) fn client_keys(&self) -> &KeyCache {
        &self.0.client_keys
    }

    /// The cache and fetch slots of request objects, apart from those of keys: attackers can cause
    /// these fetches.
    pub(crate) fn request_uris(&self) -> &KeyCache {
        &self.0.request_uris
    }

    /// The rate limit for wrong client secrets.
    pub(crate) fn secret_attempts(&self) -> &SecretAttempts {
        &self.0.secret_attempts
    }

    /// The cached discovery document.
    pub(crate) fn cached_metadata(&self) -> &Mutex<CachedMetadata> {
        &self.0.metadata
    }

    /// Notified when a session may have ended.
    pub(crate) fn ended(&self) -> &Notify {
        &self.0.ended
    }

    pub(crate) fn last_probe(&self) -> &Mutex<Option<Probe>> {
        &self.0.last_probe
    }

    /// A new secret with this prefix.
    pub(crate) fn new_secret(&self, prefix: Prefix) -> Secret {
        Secret::new(prefix, entropy::bytes(self.entropy()))
    }

    /// A new identifier of 26 characters that sorts by time: 8 of seconds, 18 of randomness (90
    /// bits).
    pub(crate) fn new_id(&self, now: Timestamp) -> String {
        const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        let seconds = u64::try_from(now.seconds()).unwrap_or(0);
        let time = (0..8).rev().map(|place| seconds >> (place * 5));
        let random = entropy::bytes::<18>(self.entropy()).map(u64::from);
        time.chain(random).map(|digit| char::from(DIGITS[(digit & 31) as usize])).collect()
    }

    /// The key that makes a form idempotent, of bounded length. A form without an id gets a unique
    /// one.
    pub(crate) fn form_key(&self, user_id: i64, form_id: &str) -> String {
        let id = if form_id.is_empty() { self.nonce() } else { form_id.to_owned() };
        format!("{user_id}:{}", SecretHash::of(&id).as_str())
    }

    /// 16 random bytes in hexadecimal.
    #[must_use]
    pub fn nonce(&self) -> String {
        oauth::hex::encode(&entropy::bytes::<16>(self.entropy()))
    }
}
