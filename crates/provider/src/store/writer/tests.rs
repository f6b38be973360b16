//! Writes that conflict with each other.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::sync::Barrier;

use super::statements::Statement;
use crate::error::Error;
use crate::store::Store;
use crate::store::invalidation::Invalidation;

const MAKE: &str = "create table notes (id bigint primary key, text text not null)";
const ADD: &str = "insert into notes (id, text) values ($1, $2)";
const COUNT: &str = "select count(*) from notes";

/// A database with a table for the test.
struct Database {
    store: Store,
    folder: std::path::PathBuf,
}

impl Database {
    async fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("jeton-writer-{name}-{}", std::process::id()));
        let url = format!("sqlite:{}", folder.join("jeton.db").display());
        Store::create(&url).unwrap();
        let store = Store::open(&url).await.unwrap();
        sqlx::query(MAKE).execute(store.readers()).await.unwrap();
        Self { store, folder }
    }

    async fn count(&self) -> i64 {
        sqlx::query_scalar(COUNT).fetch_one(self.store.readers()).await.unwrap()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Adds a note, and another one under `then`.
async fn add(store: &Store, id: i64, then: i64) -> Result<(), Error> {
    let add = store.write_new(move |c| {
        Box::pin(async move {
            sqlx::query(ADD).bind(id).bind("first").execute(&mut *c).await?;
            sqlx::query(ADD).bind(then).bind("second").execute(c).await?;
            Ok(())
        })
    });
    add.await
}

#[tokio::test]
async fn a_write_that_fails_takes_nothing_else_of_its_batch_with_it() {
    let database = Database::new("batch").await;
    let store = &database.store;
    // All three are queued before the writer task runs.
    let (one, wrong, two) = tokio::join!(add(store, 1, 2), add(store, 3, 3), add(store, 4, 5));
    assert!(one.is_ok() && two.is_ok());
    assert!(matches!(wrong, Err(Error::Conflict(_))));
    assert_eq!(database.count().await, 4, "nothing of the one that failed");
}

#[tokio::test]
async fn a_write_that_fails_alone_leaves_nothing_and_the_next_one_is_taken() {
    let database = Database::new("alone").await;
    assert!(add(&database.store, 3, 3).await.is_err());
    assert_eq!(database.count().await, 0);
    add(&database.store, 3, 4).await.unwrap();
    assert_eq!(database.count().await, 2);
}

#[tokio::test]
async fn a_write_that_panics_fails_alone() {
    let database = Database::new("panic").await;
    let store = &database.store;
    let panics = store.write_new::<(), _>(|_| Box::pin(async { panic!("on purpose") }));
    let (one, wrong) = tokio::join!(add(store, 1, 2), panics);
    assert!(one.is_ok() && matches!(wrong, Err(Error::Internal(_))));
    assert_eq!(database.count().await, 2);
}

/// Changes a note's text; as a batched statement it must change one row, run alone it may change
/// none.
async fn change(store: &Store, id: i64, text: &'static str) -> Result<&'static str, Error> {
    let statement = move || Statement::new("update notes set text = $2 where id = $1", [id.into(), text.into()]);
    let change = store.write_batched(
        Some((vec![statement(), statement()], "as said")),
        |_| Invalidation::Nothing,
        move |c| {
            Box::pin(async move { Ok(if statement().execute(c).await? == 1 { "by itself" } else { "not there" }) })
        },
    );
    change.await
}

#[tokio::test]
async fn what_is_said_beforehand_is_done_together_and_a_write_without_its_row_changes_nothing_for_the_others() {
    let database = Database::new("said").await;
    let store = &database.store;
    add(store, 1, 2).await.unwrap();
    let both = tokio::join!(change(store, 1, "one"), change(store, 2, "two"));
    assert_eq!((both.0.unwrap(), both.1.unwrap()), ("as said", "as said"));
    let three = tokio::join!(change(store, 1, "three"), change(store, 9, "nobody's"), add(store, 3, 4));
    assert_eq!((three.0.unwrap(), three.1.unwrap()), ("by itself", "not there"));
    three.2.unwrap();
    assert_eq!(change(store, 9, "alone").await.unwrap(), "not there");
    let texts = "select text from notes order by id";
    let texts: Vec<String> = sqlx::query_scalar(texts).fetch_all(store.readers()).await.unwrap();
    assert_eq!(texts, ["three", "two", "first", "second"]);
}

#[tokio::test]
async fn a_statement_that_fails_among_those_that_were_said_fails_alone() {
    let database = Database::new("wrong").await;
    let store = &database.store;
    let batched = |id: i64| {
        let statement = move || Statement::new(ADD, [id.into(), "said".into()]);
        store.write_batched(
            Some((vec![statement()], ())),
            |()| Invalidation::Nothing,
            move |c| Box::pin(async move { statement().execute(c).await.map(drop) }),
        )
    };
    let (one, again, two) = tokio::join!(batched(1), batched(1), batched(2));
    assert!(one.is_ok() && two.is_ok());
    assert!(matches!(again, Err(Error::Conflict(_))));
    assert_eq!(database.count().await, 2);
}

/// Only on PostgreSQL can writes deadlock; on SQLite they run one after the other.
#[tokio::test]
async fn two_writes_that_wait_for_each_other_both_go_through() {
    let Ok(url) = std::env::var("JETON_TEST_POSTGRES") else { return };
    let store = Store::open(&url).await.unwrap();
    let (one, two) = (i64::from(std::process::id()) * 2, i64::from(std::process::id()) * 2 + 1);
    sqlx::query("create table if not exists writer_notes (id bigint primary key, text text not null)")
        .execute(store.readers())
        .await
        .unwrap();
    for id in [one, two] {
        let add = "insert into writer_notes (id, text) values ($1, '') on conflict (id) do update set text = ''";
        sqlx::query(add).bind(id).execute(store.readers()).await.unwrap();
    }
    let (barrier, runs) = (Arc::new(Barrier::new(2)), Arc::new(AtomicU32::new(0)));
    let (first, second) = tokio::join!(
        cross(&store, [one, two], barrier.clone(), runs.clone()),
        cross(&store, [two, one], barrier, runs.clone())
    );
    assert!(first.is_ok() && second.is_ok(), "{first:?} {second:?}");
    assert!(runs.load(Ordering::SeqCst) >= 3, "one of them was run again");
    let read = "select text from writer_notes where id in ($1, $2)";
    let texts: Vec<String> = sqlx::query_scalar(read).bind(one).bind(two).fetch_all(store.readers()).await.unwrap();
    assert_eq!(texts, ["xx", "xx"], "each was written twice, and nothing more");
    sqlx::query("drop table writer_notes").execute(store.readers()).await.unwrap();
}

/// Changes two rows; the first run waits until the other write has changed its first row.
async fn cross(store: &Store, ids: [i64; 2], barrier: Arc<Barrier>, runs: Arc<AtomicU32>) -> Result<(), Error> {
    let cross = store.write_new(move |c| {
        Box::pin(async move {
            const CROSS: &str = "update writer_notes set text = text || 'x' where id = $1";
            let run = runs.fetch_add(1, Ordering::SeqCst);
            sqlx::query(CROSS).bind(ids[0]).execute(&mut *c).await?;
            if run < 2 {
                barrier.wait().await;
            }
            sqlx::query(CROSS).bind(ids[1]).execute(c).await?;
            Ok(())
        })
    });
    cross.await
}
