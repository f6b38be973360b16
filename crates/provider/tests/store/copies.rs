//! What arrives in the copy of a database.
#![expect(clippy::unwrap_used, reason = "tests")]

use provider::{CopiedTable, CopyError, CopySource};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};

use crate::flow::Flow;
use crate::harness::{PASSWORD, on_each_pair, run};

const SQLITE: &str = "select name from sqlite_master \
                      where type = 'table' and name not like 'sqlite%' and name <> '_sqlx_migrations' order by name";
const POSTGRES: &str = "select table_name::text as name from information_schema.tables \
                        where table_schema = current_schema() and table_name <> '_sqlx_migrations' order by 1";

/// Texts that something on the way could take for its own, or for nothing.
const ODD: [&str; 10] = [
    "",
    " ",
    "it's \"quoted\" `so`",
    "back\\slash \\N \\x00 \\u0041",
    "lines\nand\ttabs\r\n",
    "größer, 日本語, العربية",
    "😀 👩‍👩‍👧 🇩🇪",
    "\u{202e}right to left\u{2066}, \u{feff}mark, \u{1}control, e\u{301}",
    "%s $1 ?1 :name @p1 {}",
    "NULL",
];

/// Copies and verifies.
pub async fn copy(from: &str, to: &str) -> Result<Vec<CopiedTable>, CopyError> {
    CopySource::open(from).await?.copy_to(to, true).await
}

/// The texts in the first column of an answer.
async fn texts(url: &str, sql: &str) -> Vec<Option<String>> {
    let mut connection = AnyConnection::connect(url).await.unwrap();
    let rows = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_all(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

/// How many rows a table has.
pub async fn count(url: &str, table: &str) -> u64 {
    let mut connection = AnyConnection::connect(url).await.unwrap();
    let sql = format!("select count(*) from {table}");
    let count: i64 = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    count.try_into().unwrap()
}

#[tokio::test]
async fn every_table_of_the_database_is_copied_and_verified() {
    on_each_pair(async |t, to| {
        let flow = Flow::new(&t).await;
        assert!(flow.is_active(&flow.bought().await).await);
        t.provider.flush().await;
        let copied = copy(t.url(), &to).await.unwrap();
        let mut names: Vec<Option<String>> = copied.iter().map(|table| Some(table.name.clone())).collect();
        names.sort();
        let tables = if t.url().starts_with("sqlite:") { SQLITE } else { POSTGRES };
        assert_eq!(names, texts(t.url(), tables).await);
        for table in &copied {
            assert!(table.found.is_some() && !table.differs(), "{table:?}");
            assert_eq!((count(t.url(), &table.name).await, count(&to, &table.name).await), (table.rows, table.rows));
        }
        for filled in
            ["scopes", "users", "clients", "client_secrets", "grants", "grant_uses", "access_tokens", "refresh_tokens"]
        {
            assert!(copied.iter().any(|table| table.name == filled && table.rows > 0), "{filled}");
        }
    })
    .await;
}

#[tokio::test]
async fn every_text_arrives_as_it_was_and_so_does_none() {
    on_each_pair(async |t, to| {
        let mut connection = AnyConnection::connect(t.url()).await.unwrap();
        for (number, text) in (1_i64..).zip(ODD) {
            let sql = "insert into users (id, username, password_hash, access, allowed_scope, administrator, email, claims, \
                       created_at, password_changed_at) values ($1, $2, $3, 'full', '', 0, $4, '{}', $5, 0)";
            let insert = sqlx::query(sql).bind(number).bind(format!("{text}{number}")).bind(text);
            // Every other one has no address at all, which is not the same as an empty one.
            let insert = insert.bind((number % 2 == 1).then_some(text)).bind(i64::MIN + number);
            insert.execute(&mut connection).await.unwrap();
        }
        connection.close().await.unwrap();
        copy(t.url(), &to).await.unwrap();
        let read = "select password_hash from users order by id";
        assert_eq!(texts(&to, read).await, ODD.map(|text| Some(text.to_owned())));
        let expected: Vec<Option<String>> =
            (1..).zip(ODD).map(|(number, text)| (number % 2 == 1).then(|| text.to_owned())).collect();
        assert_eq!(texts(&to, "select email from users order by id").await, expected);
        let numbers = "select id from users where created_at = -9223372036854775808 + id";
        assert_eq!(count(&to, &format!("({numbers}) as n")).await, ODD.len() as u64);
    })
    .await;
}

#[tokio::test]
async fn more_rows_than_one_statement_carries_arrive_and_so_do_large_ones() {
    on_each_pair(async |t, to| {
        let many: Vec<String> = (0..3000).map(|row| format!("('key {row}', {row}, 0)")).collect();
        let sql = format!("insert into sign_in_failures (key, failures, ends_at) values {}", many.join(","));
        run(t.url(), &sql).await;
        let large = "long ".repeat(50_000);
        let large: Vec<String> = (0..12).map(|row| format!("('{row}', '{large}', 'opaque', 0)")).collect();
        let sql = format!("insert into services (resource, name, format, created_at) values {}", large.join(","));
        run(t.url(), &sql).await;
        copy(t.url(), &to).await.unwrap();
        assert_eq!((count(&to, "sign_in_failures").await, count(&to, "services").await), (3000, 12));
        assert_eq!(count(&to, "sign_in_failures where key = 'key 2999' and failures = 2999").await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_numbers_of_people_go_on_in_the_copy_and_none_comes_back() {
    on_each_pair(async |t, to| {
        let (ada, grace) = (t.user("ada").await, t.user("grace").await);
        t.provider.delete_account(grace.id, PASSWORD).await.unwrap();
        copy(t.url(), &to).await.unwrap();
        let moved = t.moved(&to).await;
        assert_eq!(moved.provider.show_user("ada").await.unwrap().id, ada.id);
        assert!(moved.user("linus").await.id > grace.id);
    })
    .await;
}

#[tokio::test]
async fn a_scope_that_the_operator_removed_stays_away() {
    on_each_pair(async |t, to| {
        t.run("delete from scopes where name = 'phone'").await;
        t.run("update scopes set title = 'Your letters' where name = 'email'").await;
        copy(t.url(), &to).await.unwrap();
        assert_eq!(count(&to, "scopes where name = 'phone'").await, 0);
        assert_eq!(count(&to, "scopes where name = 'email' and title = 'Your letters'").await, 1);
    })
    .await;
}
