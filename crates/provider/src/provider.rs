//! The one object behind every door: store, key, clock, randomness and settings together.

use std::sync::Arc;
use std::time::Duration;

use oauth::{Prefix, Secret, SecretHash, Timestamp};
use tokio::sync::{Mutex, Notify, Semaphore};

use crate::authorize::SignedIn;
use crate::budget;
use crate::clients::{KeyCache, SecretAttempts};
use crate::clock::Clock;
use crate::entropy::{self, Entropy};
use crate::error::Error;
use crate::fetch::Fetch;
use crate::grant_uses::GrantUses;
use crate::key::SecretKey;
use crate::metadata;
use crate::passwords::Hasher;
use crate::problems::budget::Budget;
use crate::settings::Settings;
use crate::signing::Keeper;
use crate::store::Store;
use crate::store::gate::{Gate, LiveSession};
use crate::token_uses::Uses;

/// Background writes at the same time, at most.
const BACKGROUND: u32 = 64;

/// When the last probe of readiness ended, and what was wrong.
pub(crate) type Probe = (Timestamp, Result<(), String>);

/// What a provider does not make for itself.
#[derive(Clone)]
pub struct World {
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// The way to addresses of clients.
    pub fetch: Arc<dyn Fetch>,
}

/// The log learns which client a request is of: whoever answers it has made a place for that in its span.
pub(crate) fn told(client_id: &str) {
    tracing::Span::current().record("client", client_id);
}

/// The authorization server. Cheap to clone; every clone is the same server. The second part is the store of whoever acts in a session.
#[derive(Clone)]
pub struct Provider(Arc<Inner>, Option<Arc<Store>>);

struct Inner {
    store: Store,
    key: SecretKey,
    settings: Settings,
    world: World,
    hasher: Hasher,
    /// A place for each write that no answer waits for.
    background: Arc<Semaphore>,
    last_probe: Mutex<Option<Probe>>,
    budget: Budget,
    long_requests: Budget,
    pushes: budget::Budget,
    request_uri_visits: budget::Budget,
    uses: Uses,
    grant_uses: GrantUses,
    keeper: Keeper,
    client_keys: KeyCache,
    request_uris: KeyCache,
    secret_attempts: SecretAttempts,
    metadata: Mutex<metadata::Kept>,
    ended: Notify,
}

impl Provider {
    /// Puts the parts together. The store's schema must be up to date.
    #[must_use]
    pub fn open(store: Store, key: SecretKey, settings: Settings, world: World) -> Self {
        let hasher = Hasher::new(settings.hash_threads, Duration::from_secs(settings.hash_wait.unsigned_abs()));
        let inner = Inner {
            store,
            key,
            settings,
            world,
            hasher,
            background: Arc::new(Semaphore::new(BACKGROUND as usize)),
            last_probe: Mutex::default(),
            budget: Budget::default(),
            long_requests: Budget::new(20, 300),
            pushes: budget::Budget::default(),
            request_uri_visits: budget::Budget::default(),
            uses: Uses::default(),
            grant_uses: GrantUses::default(),
            keeper: Keeper::default(),
            client_keys: KeyCache::default(),
            request_uris: KeyCache::default(),
            secret_attempts: SecretAttempts::default(),
            metadata: Mutex::default(),
            ended: Notify::new(),
        };
        Self(Arc::new(inner), None)
    }

    /// The present second. A use case asks once and passes the value on.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.world.clock.now()
    }

    /// The operator's choices.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The database.
    #[must_use]
    pub fn store(&self) -> &Store {
        self.1.as_deref().unwrap_or(&self.0.store)
    }

    /// The same server in the hands of somebody who is signed in: whatever it writes, it writes only while this very session and its
    /// account are live, and answers `SignedOut` otherwise. What was looked up before is no authority.
    #[must_use]
    pub fn within(&self, person: &SignedIn) -> Self {
        let now = self.now();
        let idle_since = now.plus(-self.settings().session_idle_ttl);
        let session = LiveSession { key_hash: person.session.clone(), user_id: person.user_id, now, idle_since };
        Self(self.0.clone(), Some(Arc::new(self.0.store.only_if(Gate::session(session)))))
    }

    /// The same server, which writes only while this holds as well.
    pub(crate) fn only_if(&self, gate: Gate) -> Self {
        Self(self.0.clone(), Some(Arc::new(self.store().only_if(gate))))
    }

    /// The same server in nobody's hands: for what needs no session, such as a password that is shown anew.
    #[must_use]
    pub fn outside_sessions(&self) -> Self {
        Self(self.0.clone(), None)
    }

    /// Hears of what others write to the database, until the process ends (on SQLite that needs nobody).
    pub async fn watch(&self, database_url: &str) {
        self.store().watch(database_url, &self.nonce()).await;
    }

    /// Forgets what is remembered of the database, as after a change by somebody else.
    pub fn forget(&self) {
        self.store().memory().forget();
    }

    /// The server's secret key.
    #[must_use]
    pub fn key(&self) -> &SecretKey {
        &self.0.key
    }

    pub(crate) fn entropy(&self) -> &dyn Entropy {
        &*self.0.world.entropy
    }

    /// The way to addresses of clients.
    pub(crate) fn fetch(&self) -> &dyn Fetch {
        &*self.0.world.fetch
    }

    pub(crate) fn hasher(&self) -> &Hasher {
        &self.0.hasher
    }

    /// Runs a write that no answer waits for and whose loss harms nobody; drops it when too many are under way.
    pub(crate) fn in_background(&self, write: impl Future<Output = Result<(), Error>> + Send + 'static) {
        let Ok(place) = self.0.background.clone().try_acquire_owned() else { return };
        tokio::spawn(async move {
            if let Err(error) = write.await {
                tracing::debug!(%error, "a background write was lost");
            }
            drop(place);
        });
    }

    /// Returns when the background writes that are under way or wait have ended.
    pub async fn settled(&self) {
        self.write_uses().await;
        self.write_grant_uses().await;
        drop(self.0.background.acquire_many(BACKGROUND).await);
    }

    /// Closes the database: what waits is written, and SQLite's log goes into its file. Nothing can be asked afterwards.
    pub async fn close(&self) {
        self.store().close().await;
    }

    /// What may be noted about failed requests.
    pub(crate) fn budget(&self) -> &Budget {
        &self.0.budget
    }

    /// How many requests that are too long for an address may be kept, by the network that sends them.
    pub(crate) fn long_requests(&self) -> &Budget {
        &self.0.long_requests
    }

    /// Requests that clients push who do not prove who they are.
    pub(crate) fn pushes(&self) -> &budget::Budget {
        &self.0.pushes
    }

    /// Visits to addresses of request objects: anybody can send one of a client's links.
    pub(crate) fn request_uri_visits(&self) -> &budget::Budget {
        &self.0.request_uri_visits
    }

    pub(crate) fn background(&self) -> &Semaphore {
        &self.0.background
    }

    pub(crate) fn uses(&self) -> &Uses {
        &self.0.uses
    }

    pub(crate) fn grant_uses(&self) -> &GrantUses {
        &self.0.grant_uses
    }

    /// The keys that sign, in memory.
    pub(crate) fn keeper(&self) -> &Keeper {
        &self.0.keeper
    }

    /// The keys of clients, in memory.
    pub(crate) fn client_keys(&self) -> &KeyCache {
        &self.0.client_keys
    }

    /// The addresses of request objects, with places of their own: strangers can make this server go there.
    pub(crate) fn request_uris(&self) -> &KeyCache {
        &self.0.request_uris
    }

    /// Who showed wrong client secrets lately.
    pub(crate) fn secret_attempts(&self) -> &SecretAttempts {
        &self.0.secret_attempts
    }

    /// The discovery document as it was last made.
    pub(crate) fn kept_metadata(&self) -> &Mutex<metadata::Kept> {
        &self.0.metadata
    }

    /// Rung when a session may have ended.
    pub(crate) fn ended(&self) -> &Notify {
        &self.0.ended
    }

    pub(crate) fn last_probe(&self) -> &Mutex<Option<Probe>> {
        &self.0.last_probe
    }

    /// A new secret of this kind.
    pub(crate) fn new_secret(&self, prefix: Prefix) -> Secret {
        Secret::new(prefix, entropy::bytes(self.entropy()))
    }

    /// A new identifier of 26 characters that sorts by time: 8 of seconds, 18 of randomness (90 bits).
    pub(crate) fn new_id(&self, now: Timestamp) -> String {
        const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        let seconds = u64::try_from(now.seconds()).unwrap_or(0);
        let time = (0..8).rev().map(|place| seconds >> (place * 5));
        let random = entropy::bytes::<18>(self.entropy()).map(u64::from);
        time.chain(random).map(|digit| char::from(DIGITS[(digit & 31) as usize])).collect()
    }

    /// What makes a form that is sent twice harmless, in a bounded length. A form without an id is never the same twice.
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
