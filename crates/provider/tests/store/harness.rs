//! A fresh database for each test: a SQLite file in a temporary folder, and a schema of its own on the PostgreSQL server
//! that `JETON_TEST_POSTGRES` names.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use oauth::Timestamp;
use provider::clock::Manual;
use provider::entropy::Seeded;
use provider::fetch::Scripted;
use provider::{Dependencies, Provider, SecretKey, Settings, Store, User};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

/// What the clock shows when a test begins.
pub const NOON: Timestamp = Timestamp::from_seconds(1_800_000_000);

/// A password that every rule accepts.
pub const PASSWORD: &str = "correct horse battery staple";

static COUNT: AtomicU64 = AtomicU64::new(0);

/// A provider on a database of its own, and a clock that the test moves.
pub struct Test {
    pub provider: Provider,
    pub clock: Arc<Manual>,
    pub outside: Arc<Scripted>,
    url: String,
}

impl Test {
    /// A server with a key of everybody's on this database, as `serve` begins it.
    pub async fn start(url: String) -> Self {
        Store::create(&url).unwrap();
        let store = Store::open(&url).await.unwrap();
        store.migrate().await.unwrap();
        let key = SecretKey::generate(&Seeded::new(u64::MAX));
        let entropy = Seeded::new(COUNT.fetch_add(1, Ordering::SeqCst));
        let test = Self::serve(store, key, url, Arc::new(Manual::new(NOON)), entropy);
        test.provider.prepare_keys().await.unwrap();
        test
    }

    async fn open(url: String, clock: Arc<Manual>) -> Self {
        let store = Store::open(&url).await.unwrap();
        store.migrate().await.unwrap();
        let entropy = Seeded::new(COUNT.fetch_add(1, Ordering::SeqCst));
        let key = SecretKey::generate(&entropy);
        Self::serve(store, key, url, clock, entropy)
    }

    fn serve(store: Store, key: SecretKey, url: String, clock: Arc<Manual>, entropy: Seeded) -> Self {
        let settings = Settings { hash_threads: 2, hash_wait: 600, ..Settings::default() };
        let outside = Arc::new(Scripted::default());
        let world = Dependencies { clock: clock.clone(), entropy: Arc::new(entropy), fetch: outside.clone() };
        let provider = Provider::open(store, key, settings, world);
        Self { provider, clock, outside, url }
    }

    /// A second server on the same database.
    pub async fn another(&self) -> Self {
        Self::open(self.url.clone(), self.clock.clone()).await
    }

    /// The same server with another way out.
    pub async fn reaching(&self, fetch: Arc<dyn provider::Fetch>) -> Provider {
        let store = Store::open(&self.url).await.unwrap();
        let entropy = Seeded::new(COUNT.fetch_add(1, Ordering::SeqCst));
        let world = Dependencies { clock: self.clock.clone(), entropy: Arc::new(entropy), fetch };
        Provider::open(store, self.provider.key().clone(), self.provider.settings().clone(), world)
    }

    /// A second server on the same database with the same secret key, as an operator runs it.
    pub async fn twin(&self) -> Self {
        let store = Store::open(&self.url).await.unwrap();
        let entropy = Seeded::new(COUNT.fetch_add(1, Ordering::SeqCst));
        Self::serve(store, self.provider.key().clone(), self.url.clone(), self.clock.clone(), entropy)
    }

    /// The same server, moved to the copy of its database.
    pub async fn moved(&self, url: &str) -> Self {
        let store = Store::open(url).await.unwrap();
        let entropy = Seeded::new(COUNT.fetch_add(1, Ordering::SeqCst));
        Self::serve(store, self.provider.key().clone(), url.to_owned(), self.clock.clone(), entropy)
    }

    /// Where the database is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A user with full access and [`PASSWORD`].
    pub async fn user(&self, name: &str) -> User {
        self.provider.add_user(provider::users::NewUser::full(name, PASSWORD)).await.unwrap()
    }

    /// A number that stands in the database, for what no use case shows.
    pub async fn number(&self, sql: &'static str) -> i64 {
        let mut connection = AnyConnection::connect(&self.url).await.unwrap();
        let number = sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        number
    }

    /// Changes the database behind the use cases' back.
    pub async fn run(&self, sql: &'static str) {
        let mut connection = AnyConnection::connect(&self.url).await.unwrap();
        sqlx::query(sql).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }
}

/// Runs a test once on each kind of database.
pub async fn on_each_database<F, R>(test: F)
where
    F: Fn(Test) -> R,
    R: Future<Output = ()>,
{
    on_each_empty_database(async |url: String| {
        Store::create(&url).unwrap();
        test(fresh(url).await).await;
    })
    .await;
}

/// Runs a test once on each kind of database, with its address: nothing is there yet, for SQLite not even the file.
pub async fn on_each_empty_database(test: impl AsyncFn(String)) {
    let folder = Folder::new();
    test(format!("sqlite:{}", folder.0.join("jeton.db").display())).await;
    if let Ok(server) = std::env::var("JETON_TEST_POSTGRES") {
        let schema = Schema::new(server).await;
        test(schema.url()).await;
        schema.drop().await;
    }
}

/// Runs a test once for each way from a kind of database to a kind of database: on a database with its schema, and the address of
/// one without.
pub async fn on_each_pair<F, R>(test: F)
where
    F: Fn(Test, String) -> R,
    R: Future<Output = ()>,
{
    let folder = Folder::new();
    let file = |name: &str| {
        let url = format!("sqlite:{}", folder.0.join(name).display());
        Store::create(&url).unwrap();
        url
    };
    test(fresh(file("one.db")).await, file("two.db")).await;
    if let Ok(server) = std::env::var("JETON_TEST_POSTGRES") {
        let schemas = [
            Schema::new(server.clone()).await,
            Schema::new(server.clone()).await,
            Schema::new(server.clone()).await,
            Schema::new(server).await,
        ];
        test(fresh(file("three.db")).await, schemas[0].url()).await;
        test(fresh(schemas[1].url()).await, file("four.db")).await;
        test(fresh(schemas[2].url()).await, schemas[3].url()).await;
        for schema in schemas {
            schema.drop().await;
        }
    }
}

/// Runs statements on a database.
pub async fn run(url: &str, sql: &str) {
    let mut connection = AnyConnection::connect(url).await.unwrap();
    connection.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
    connection.close().await.unwrap();
}

async fn fresh(url: String) -> Test {
    Test::open(url, Arc::new(Manual::new(NOON))).await
}

/// A folder that goes with the test, also when the test fails.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let number = COUNT.fetch_add(1, Ordering::SeqCst);
        let path = std::env::temp_dir().join(format!("jeton-store-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A schema on a PostgreSQL server.
struct Schema {
    server: String,
    name: String,
}

impl Schema {
    async fn new(server: String) -> Self {
        sqlx::any::install_default_drivers();
        let name = format!("t_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst));
        let schema = Self { server, name };
        schema.run(format!("drop schema if exists {} cascade", schema.name)).await;
        schema.run(format!("create schema {}", schema.name)).await;
        schema
    }

    fn url(&self) -> String {
        let joint = if self.server.contains('?') { '&' } else { '?' };
        format!("{}{joint}options=-csearch_path%3D{}", self.server, self.name)
    }

    async fn run(&self, sql: String) {
        let mut connection = AnyConnection::connect(&self.server).await.unwrap();
        sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }

    async fn drop(self) {
        self.run(format!("drop schema {} cascade", self.name)).await;
    }
}
