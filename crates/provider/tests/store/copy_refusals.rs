//! What is not copied, and that nothing is left of it then.
#![expect(clippy::unwrap_used, reason = "tests")]

use provider::{CopyError, Side, Store};

use crate::copies::{copy, count};
use crate::harness::{on_each_pair, run};

/// Makes the tables of a target, as `jeton migrate` does.
async fn migrate(url: &str) {
    Store::open(url).await.unwrap().migrate().await.unwrap();
}

/// Lets a table of the target do this to each row that comes, until it is taken away again.
async fn meddle(url: &str, table: &str, sqlite: &str, postgres: &str) {
    let sql = if url.starts_with("sqlite:") {
        format!("create trigger meddle after insert on {table} begin {sqlite}; end")
    } else {
        format!(
            "create function meddle() returns trigger language plpgsql as $$ begin {postgres}; return new; end $$; \
             create trigger meddle before insert on {table} for each row execute function meddle()"
        )
    };
    run(url, &sql).await;
}

async fn leave_alone(url: &str, table: &str) {
    let of = if url.starts_with("sqlite:") { String::new() } else { format!(" on {table}") };
    run(url, &format!("drop trigger meddle{of}")).await;
}

#[tokio::test]
async fn only_an_empty_target_is_filled_and_it_may_have_its_tables() {
    on_each_pair(async |t, to| {
        t.user("ada").await;
        migrate(&to).await;
        run(&to, "update scopes set title = 'Another' where name = 'email'").await;
        assert!(matches!(copy(t.url(), &to).await, Err(CopyError::Occupied(table)) if table == "scopes"));
        assert_eq!((count(&to, "scopes where title = 'Another'").await, count(&to, "users").await), (1, 0));
        run(&to, "delete from scopes").await;
        copy(t.url(), &to).await.unwrap();
        t.user("grace").await;
        assert!(matches!(copy(t.url(), &to).await, Err(CopyError::Occupied(_))));
        assert_eq!(count(&to, "users").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_database_is_not_copied_to_itself_and_the_same_goes_to_another() {
    on_each_pair(async |t, to| {
        let copied = copy(t.url(), t.url()).await;
        assert!(matches!(copied, Err(CopyError::Same)), "{copied:?}");
        copy(t.url(), &to).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_schema_that_is_not_of_this_version_is_refused_on_either_side() {
    on_each_pair(async |t, to| {
        assert!(matches!(copy(&to, t.url()).await, Err(CopyError::NoTables)));
        migrate(&to).await;
        // Not their number: a version that is being made may have left some out.
        let newest = format!("version = {}", t.number("select max(version) from _sqlx_migrations").await);
        let (older, newer) = (format!("delete from _sqlx_migrations where {newest}"), "version = 9999");
        for (url, side) in [(t.url(), Side::Source), (&to, Side::Target)] {
            let sql = format!("update _sqlx_migrations set {newer} where {newest}");
            run(url, &sql).await;
            let copied = copy(t.url(), &to).await;
            assert!(matches!(copied, Err(CopyError::Newer(found)) if found == side), "{copied:?}");
            run(url, &format!("update _sqlx_migrations set {newest} where {newer}")).await;
        }
        copy(t.url(), &to).await.unwrap();
        for (url, side) in [(&to[..], Side::Target), (t.url(), Side::Source)] {
            run(url, &older).await;
            let copied = copy(t.url(), &to).await;
            assert!(matches!(copied, Err(CopyError::Older(found)) if found == side), "{copied:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_target_that_keeps_something_else_is_seen_and_left_empty() {
    on_each_pair(async |t, to| {
        t.user("ada").await;
        migrate(&to).await;
        let sqlite = "update users set access = 'partial' where id = new.id";
        meddle(&to, "users", sqlite, "new.access = 'partial'").await;
        let copied = copy(t.url(), &to).await.unwrap();
        let differing: Vec<&str> =
            copied.iter().filter(|table| table.differs()).map(|table| table.name.as_str()).collect();
        assert_eq!((differing, count(&to, "users").await), (vec!["users"], 0));
        leave_alone(&to, "users").await;
        assert!(copy(t.url(), &to).await.unwrap().iter().all(|table| !table.differs()));
        assert_eq!(count(&to, "users where access = 'full'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_copy_that_fails_on_the_way_leaves_nothing_and_succeeds_the_next_time() {
    on_each_pair(async |t, to| {
        t.user("ada").await;
        t.run("delete from scopes where name = 'phone'").await;
        migrate(&to).await;
        meddle(&to, "users", "select raise(abort, 'not here')", "raise exception 'not here'").await;
        let copied = copy(t.url(), &to).await;
        assert!(
            matches!(&copied, Err(CopyError::Failed { side: Side::Target, table: Some(table), why })
                if table == "users" && why.contains("not here")),
            "{copied:?}"
        );
        assert_eq!((count(&to, "users").await, count(&to, "scopes where name = 'phone'").await), (0, 1));
        leave_alone(&to, "users").await;
        copy(t.url(), &to).await.unwrap();
        assert_eq!((count(&to, "users").await, count(&to, "scopes where name = 'phone'").await), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn a_nul_that_postgresql_cannot_hold_is_named_before_it_is_tried() {
    on_each_pair(async |t, to| {
        if t.url().starts_with("sqlite:") {
            t.run("insert into sign_in_failures (key, failures, ends_at) values (char(97, 0, 98), 1, 0)").await;
            let copied = copy(t.url(), &to).await;
            match to.starts_with("sqlite:") {
                true => assert!(copied.is_ok_and(|tables| tables.iter().all(|table| !table.differs()))),
                false => assert!(
                    matches!(&copied, Err(CopyError::Failed { side: Side::Source, table: Some(table), why })
                        if table == "sign_in_failures" && why.contains("NUL")),
                    "{copied:?}"
                ),
            }
        }
    })
    .await;
}
