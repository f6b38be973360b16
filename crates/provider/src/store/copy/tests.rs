//! Tests of what needs internals: a schema that differs from this version's, and the time of the
//! copy.

use std::path::PathBuf;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{Executor, SqlSafeStr};

use super::*;

/// An empty database of each kind.
struct Databases {
    folder: PathBuf,
    schema: Option<(String, String)>,
}

impl Databases {
    async fn new(name: &str) -> Self {
        sqlx::any::install_default_drivers();
        let folder = std::env::temp_dir().join(format!("jeton-copy-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let mut schema = None;
        if let Ok(server) = std::env::var("JETON_TEST_POSTGRES") {
            let name = format!("copy_{}_{name}", std::process::id());
            run(&server, &format!("create schema {name}")).await;
            schema = Some((server, name));
        }
        Self { folder, schema }
    }

    fn urls(&self) -> Vec<String> {
        let path = self.folder.join("jeton.db");
        let sqlite = format!("sqlite:{}", path.display());
        crate::Store::create(&sqlite).unwrap();
        let postgres = self.schema.as_ref().map(|(server, name)| {
            let joint = if server.contains('?') { '&' } else { '?' };
            format!("{server}{joint}options=-csearch_path%3D{name}")
        });
        std::iter::once(sqlite).chain(postgres).collect()
    }

    async fn drop(self) {
        std::fs::remove_dir_all(&self.folder).unwrap();
        if let Some((server, name)) = self.schema {
            run(&server, &format!("drop schema {name} cascade")).await;
        }
    }
}

async fn run(url: &str, sql: &str) {
    let mut connection = AnyConnection::connect(url).await.unwrap();
    connection.execute(sqlx::AssertSqlSafe(sql.to_owned())).await.unwrap();
    connection.close().await.unwrap();
}

/// The migrations of a later version.
fn later(sql: &'static str) -> Migrator {
    let description = "later".into();
    let more = Migration::new(9999, description, MigrationType::Simple, sql.into_sql_str(), false);
    Migrator::with_migrations(MIGRATIONS.iter().cloned().chain([more]).collect())
}

#[tokio::test]
async fn a_table_and_a_column_that_a_migration_adds_are_copied() {
    let migrations = later(
        "create table \"order\" (\"user\" bigint not null references users (id), \"position\" text not null, \"limit\" bigint, \
         primary key (\"position\", \"user\")); alter table users add column \"primary\" text;",
    );
    let databases = Databases::new("added").await;
    let path = format!("sqlite:{}", databases.folder.join("source.db").display());
    crate::Store::create(&path).unwrap();
    let mut source = side::open(Side::Source, &path).await.unwrap();
    side::make_tables(&mut source, &migrations).await.unwrap();
    let sql = "insert into users (id, username, password_hash, access, allowed_scope, administrator, claims, created_at, \
               password_changed_at, \"primary\") values (1, 'ada', '', 'full', '', 0, '{}', 0, 0, 'kept'); \
               insert into \"order\" values (1, 'b', null), (1, 'B', 7), (1, 'ä', 8)";
    source.execute(sql).await.unwrap();
    let known = Known::read(&migrations).await.unwrap();
    for url in databases.urls() {
        let mut target = side::open(Side::Target, &url).await.unwrap();
        side::make_tables(&mut target, &migrations).await.unwrap();
        let copied = transfer(&mut source, &mut target, &known, true).await.unwrap();
        let order = copied.iter().find(|table| table.name == "order").unwrap();
        assert_eq!((order.rows, copied.iter().any(CopiedTable::differs)), (3, false));
        let kept: String = sqlx::query_scalar("select \"primary\" from users").fetch_one(&mut target).await.unwrap();
        assert_eq!(kept, "kept");
        target.close().await.unwrap();
    }
    databases.drop().await;
}

#[tokio::test]
async fn a_column_of_another_kind_is_refused_until_somebody_thinks_of_it() {
    assert!(Known::read(&later("create table more (id bigint primary key, at bigint)")).await.is_ok());
    for sql in ["create table more (id integer primary key autoincrement)", "create table more (id text)"] {
        assert!(matches!(Known::read(&later(sql)).await, Err(CopyError::Failed { .. })), "{sql}");
    }
}

#[tokio::test]
async fn nobody_writes_to_the_source_while_it_is_copied_and_everybody_afterwards() {
    let databases = Databases::new("held").await;
    let known = Known::read(&MIGRATIONS).await.unwrap();
    for url in databases.urls() {
        let mut source = side::open(Side::Source, &url).await.unwrap();
        side::make_tables(&mut source, &MIGRATIONS).await.unwrap();
        let mut other = side::open(Side::Source, &url).await.unwrap();
        let impatient = if is_sqlite(&url) { "pragma busy_timeout = 0" } else { "set lock_timeout = '50ms'" };
        other.execute(impatient).await.unwrap();
        let write = "insert into sign_in_failures (key, failures, ends_at) values ('a', 1, 0)";
        let held = side::snapshot(&mut source, &known).await.unwrap();
        let refused = other.execute(write).await.map_err(Side::Source.failed(None));
        assert!(matches!(refused, Err(CopyError::Busy(Side::Source))), "{refused:?}");
        // Readers are not blocked.
        other.execute("select count(*) from sign_in_failures").await.unwrap();
        held.rollback().await.unwrap();
        other.execute(write).await.unwrap();
        source.close().await.unwrap();
        other.close().await.unwrap();
    }
    databases.drop().await;
}

fn is_sqlite(url: &str) -> bool {
    url.starts_with("sqlite:")
}
