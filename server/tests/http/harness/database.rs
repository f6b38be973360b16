//! A fresh database: a SQLite file in a temporary folder, or a schema of its own on the PostgreSQL
//! server that `JETON_TEST_POSTGRES` names. It goes with the test, also when the test fails.

use std::path::PathBuf;

use provider::Store;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};

use super::unique;

pub enum Database {
    Sqlite(PathBuf),
    Postgres { server: String, schema: String },
}

impl Database {
    pub async fn fresh() -> Self {
        sqlx::any::install_default_drivers();
        match std::env::var("JETON_TEST_POSTGRES") {
            Ok(server) => {
                let schema = name();
                run(&server, format!("create schema {schema}")).await;
                Self::Postgres { server, schema }
            }
            Err(_) => Self::file(),
        }
    }

    /// A SQLite file, whatever the tests are run on.
    pub fn file() -> Self {
        sqlx::any::install_default_drivers();
        let folder = std::env::temp_dir().join(name());
        std::fs::create_dir_all(&folder).unwrap();
        let database = Self::Sqlite(folder);
        Store::create(&database.url()).unwrap();
        database
    }

    pub fn url(&self) -> String {
        match self {
            Self::Sqlite(folder) => format!("sqlite:{}", folder.join("jeton.db").display()),
            Self::Postgres { server, schema } => {
                let joint = if server.contains('?') { '&' } else { '?' };
                format!("{server}{joint}options=-csearch_path%3D{schema}")
            }
        }
    }

    /// Every text of every table, one after the other.
    pub async fn dump(&self) -> String {
        let columns = match self {
            Self::Sqlite(_) => {
                "select m.name as t, c.name as c from sqlite_master m, pragma_table_info(m.name) c \
                 where m.type = 'table' and lower(c.type) = 'text'"
            }
            Self::Postgres { .. } => {
                "select table_name::text as t, column_name::text as c from information_schema.columns \
                 where table_schema = current_schema() and data_type = 'text'"
            }
        };
        let mut connection = AnyConnection::connect(&self.url()).await.unwrap();
        let mut dump = String::new();
        for column in sqlx::query(columns).fetch_all(&mut connection).await.unwrap() {
            let (table, column): (String, String) = (column.get("t"), column.get("c"));
            let sql = format!("select {column} as text from {table} where {column} is not null");
            for row in sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut connection).await.unwrap() {
                dump.push_str(&format!("{table}.{column}: {}\n", row.get::<String, _>("text")));
            }
        }
        connection.close().await.unwrap();
        dump
    }

    /// How many rows a table has.
    pub async fn count(&self, table: &str) -> i64 {
        let mut connection = AnyConnection::connect(&self.url()).await.unwrap();
        let sql = AssertSqlSafe(format!("select count(*) from {table}"));
        let count = sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        count
    }

    /// Changes the database behind the server's back.
    pub async fn run(&self, sql: &str) {
        run(&self.url(), sql.to_owned()).await;
    }
}

fn name() -> String {
    format!("jeton_http_{}_{}", std::process::id(), unique())
}

async fn run(url: &str, sql: String) {
    let mut connection = AnyConnection::connect(url).await.unwrap();
    sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

impl Drop for Database {
    fn drop(&mut self) {
        match self {
            Self::Sqlite(folder) => drop(std::fs::remove_dir_all(folder)),
            Self::Postgres { server, schema } => {
                let sql = format!("drop schema {schema} cascade");
                // A note that was still being written holds its lock for ever, since the runtime
                // that would end it waits here.
                let joint = if server.contains('?') { '&' } else { '?' };
                let server = format!("{server}{joint}options=-clock_timeout%3D2000");
                // The test's own runtime is ending; a thread brings another.
                let gone = std::thread::spawn(move || {
                    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                    runtime.unwrap().block_on(run(&server, sql));
                });
                drop(gone.join());
            }
        }
    }
}
