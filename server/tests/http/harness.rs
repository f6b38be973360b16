//! A server of each test's own: a fresh database, a clock that the test moves, randomness that
//! repeats.

mod browser;
mod call;
mod database;
mod dpop;
mod flow;
mod form;
mod log;
mod logout;
mod openid;
mod people;
mod signer;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Body;
use http_body_util::BodyExt;
use oauth::Timestamp;
use provider::clock::Manual;
use provider::entropy::Seeded;
use provider::fetch::Scripted;
use provider::{CopySource, Dependencies, PasswordGrant, Provider, SecretKey, Settings, Store};
use server::FastPath;
use server::state::{Edge, Site};

pub use self::browser::Browser;
pub use self::call::{Call, Reply};
pub use self::database::Database;
pub use self::dpop::Key;
pub use self::flow::{AuthRequest, CHALLENGE, Tokens, VERIFIER};
pub use self::form::{Form, attribute, secret_in, unescape};
pub use self::log::Log;
pub use self::logout::{BACK_CHANNEL_URI, LOGOUT_CLIENT, POST_LOGOUT_URI, end_session};
pub use self::openid::left_half;
pub use self::people::{FIRST_PARTY, MACHINE, NATIVE, NO_PKCE, PASSWORD, SPA, TestClient, WEB};
pub use self::signer::{SIGNER, Signer, assertion, claims_of, object, signer};

/// What the clock shows when a test begins.
pub const NOON: Timestamp = Timestamp::from_seconds(1_800_000_000);

/// The issuer of every test that does not say otherwise.
pub const ISSUER: &str = "http://127.0.0.1:8080";

static COUNT: AtomicU64 = AtomicU64::new(0);

/// A number that no other test of this run has.
pub fn unique() -> u64 {
    COUNT.fetch_add(1, Ordering::SeqCst)
}

/// What a server is opened with.
struct Served {
    database: Arc<Database>,
    store: Store,
    key: SecretKey,
    settings: Settings,
}

/// A server. Every clone is the same server.
#[derive(Clone)]
pub struct Test {
    pub provider: Provider,
    pub clock: Arc<Manual>,
    /// What stands at addresses of clients.
    pub outside: Arc<Scripted>,
    pub database: Arc<Database>,
    fast_path: FastPath,
}

impl Test {
    /// With the settings that the contract has as defaults, and `ada`, who has full access.
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// With other settings.
    pub async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        Self::on_edge(change, Edge::default()).await
    }

    /// With this setting of the password grant.
    pub async fn with_password_grant(setting: PasswordGrant) -> Self {
        Self::with(|settings| settings.password_grant = setting).await
    }

    /// With other settings, behind proxies.
    pub async fn on_edge(change: impl FnOnce(&mut Settings), edge: Edge) -> Self {
        let test = Self::empty(change, edge).await;
        people::populate(&test.provider).await;
        test
    }

    /// Without any user or client.
    pub async fn empty(change: impl FnOnce(&mut Settings), edge: Edge) -> Self {
        let database = Database::fresh().await;
        let store = Store::open(&database.url()).await.unwrap();
        store.migrate().await.unwrap();
        let entropy = Seeded::new(unique());
        let ui_locales = server::config::ui_locales();
        let mut settings = Settings {
            issuer: ISSUER.to_owned(),
            ui_locales,
            hash_threads: 2,
            // Longer than any test takes, however busy the machine is.
            hash_wait: 600,
            ..Settings::default()
        };
        change(&mut settings);
        let key = SecretKey::generate(&entropy);
        let served = Served { database: Arc::new(database), store, key, settings };
        Self::serve(served, Arc::new(Manual::new(NOON)), edge)
    }

    /// The same server, with the same key and settings, on a copy of its database that is made
    /// here.
    pub async fn copied_to(&self, database: Database) -> Self {
        let source = CopySource::open(&self.database.url()).await.unwrap();
        let copied = source.copy_to(&database.url(), true).await.unwrap();
        assert!(copied.iter().all(|table| table.found.is_some() && !table.differs()), "{copied:?}");
        let store = Store::open(&database.url()).await.unwrap();
        Self::serve(self.served_on(Arc::new(database), store), self.clock.clone(), Edge::default())
    }

    /// Another node on the same database with the same key, whose clock is so many seconds ahead.
    pub async fn node(&self, ahead: i64) -> Self {
        let store = Store::open(&self.database.url()).await.unwrap();
        let clock = Arc::new(Manual::new(self.provider.now().plus(ahead)));
        Self::serve(self.served_on(self.database.clone(), store), clock, Edge::default())
    }

    /// The same key and settings on this database.
    fn served_on(&self, database: Arc<Database>, store: Store) -> Served {
        let provider = &self.provider;
        Served { database, store, key: provider.key().clone(), settings: provider.settings().clone() }
    }

    fn serve(served: Served, clock: Arc<Manual>, edge: Edge) -> Self {
        let Served { database, store, key, settings } = served;
        let outside = Arc::new(Scripted::default());
        let entropy = Arc::new(Seeded::new(unique()));
        let dependencies = Dependencies { clock: clock.clone(), entropy, fetch: outside.clone() };
        let provider = Provider::open(store, key, settings, dependencies);
        let fast_path = server::service(Site::new(provider.clone(), edge));
        Self { provider, clock, outside, database, fast_path }
    }

    /// What answers, for who calls it over a connection.
    pub fn fast_path(&self) -> FastPath {
        self.fast_path.clone()
    }

    /// Sends a request and reads the whole answer.
    pub async fn send(&self, call: Call) -> Reply {
        let (request, peer) = call.request();
        let answer = self.fast_path.answer(request, peer).await;
        let (head, body): (_, Body) = answer.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Reply { status: head.status.as_u16(), headers: head.headers, body }
    }

    /// Runs the same thing in so many tasks at once.
    pub async fn at_once<F, R>(&self, tasks: usize, work: F) -> Vec<Reply>
    where
        F: Fn(Self) -> R,
        R: Future<Output = Reply> + Send + 'static,
    {
        let running: Vec<_> = (0..tasks).map(|_| tokio::spawn(work(self.clone()))).collect();
        let mut replies = Vec::with_capacity(tasks);
        for task in running {
            replies.push(task.await.unwrap());
        }
        replies
    }
}
