//! A database of a test's own: a SQLite file, or a database on the PostgreSQL server that
//! `JETON_TEST_POSTGRES` names.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};

/// Tests that use PostgreSQL stand in line, since one of them restarts it.
static ALONE: Mutex<()> = Mutex::new(());

/// A backend whose client was killed notices it sooner than this.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is still working for a server that is no more.
const OTHERS: &str = "select count(*) from pg_stat_activity where datname = current_database() \
    and pid <> pg_backend_pid() and backend_type = 'client backend'";

/// Chains with more than one refresh token that can be used.
const TWINS: &str = "select count(*) from (select family_id from refresh_tokens where spent_at is null and revoked_at is null \
    group by family_id having count(*) > 1) as twins";

pub enum Database {
    Sqlite(PathBuf),
    Postgres { server: url::Url, name: String, _alone: MutexGuard<'static, ()> },
}

impl Database {
    pub fn sqlite(folder: &Path) -> Self {
        Self::Sqlite(folder.join("data/jeton.db"))
    }

    pub fn postgres() -> Self {
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let server =
            std::env::var("JETON_TEST_POSTGRES").unwrap_or_else(|_| panic!("JETON_TEST_POSTGRES names no server"));
        let name = format!("jeton_crash_{}_{}", std::process::id(), super::fixture::unique());
        run(&server, format!("create database {name}"));
        Self::Postgres { server: server.parse().unwrap(), name, _alone: alone }
    }

    pub fn url(&self) -> String {
        match self {
            Self::Sqlite(file) => format!("sqlite:{}", file.display()),
            Self::Postgres { server, name, .. } => {
                let mut url = server.clone();
                url.set_path(name);
                url.into()
            }
        }
    }

    pub const fn name(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "SQLite",
            Self::Postgres { .. } => "PostgreSQL",
        }
    }

    /// Returns when nothing goes on any more for a server that was killed: a commit that it had
    /// sent off may still arrive.
    pub fn settle(&self) {
        let Self::Postgres { .. } = self else { return };
        let began = Instant::now();
        block_on(async {
            let mut connection = AnyConnection::connect(&self.url()).await.unwrap();
            while number(&mut connection, OTHERS).await > 0 {
                assert!(began.elapsed() < PATIENCE, "backends of a dead server are still there");
            }
            connection.close().await.unwrap();
        });
    }

    /// Makes every refresh token one that can be used, as no server would.
    pub fn revive_all(&self) {
        block_on(async {
            let mut connection = AnyConnection::connect(&self.url()).await.unwrap();
            sqlx::query("update refresh_tokens set spent_at = null, revoked_at = null")
                .execute(&mut connection)
                .await
                .unwrap();
            connection.close().await.unwrap();
        });
    }

    /// How many chains have more than one refresh token that can be used.
    pub fn twins(&self) -> i64 {
        block_on(async {
            let mut connection = AnyConnection::connect(&self.url()).await.unwrap();
            let twins = number(&mut connection, TWINS).await;
            connection.close().await.unwrap();
            twins
        })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Self::Postgres { server, name, .. } = self {
            let (server, sql) = (server.to_string(), format!("drop database {name} with (force)"));
            drop(std::thread::spawn(move || run(&server, sql)).join());
        }
    }
}

async fn number(connection: &mut AnyConnection, sql: &'static str) -> i64 {
    sqlx::query(sql).fetch_one(connection).await.unwrap().get(0)
}

fn run(url: &str, sql: String) {
    block_on(async {
        let mut connection = AnyConnection::connect(url).await.unwrap();
        sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    sqlx::any::install_default_drivers();
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}
