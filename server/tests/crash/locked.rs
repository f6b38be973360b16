//! Another process holds SQLite's one lock for writing.

use std::time::{Duration, Instant};

use sqlx::{AnyConnection, Connection, Executor};
use tokio::runtime::{Builder, Runtime};

use super::fixture::Home;
use super::rig::Rig;

/// Readiness fails within so long, however many ask.
const SOON: Duration = Duration::from_secs(10);
const ASKERS: usize = 4;

#[test]
fn a_lock_that_another_process_holds_fails_readiness_and_writes_and_nothing_else_until_it_is_let_go() {
    let mut rig = Rig::new(Home::sqlite());
    let server = rig.start();
    rig.furnish(&server);
    rig.under_load(&server, |load| load.answers(60));
    let lock = Lock::take(&rig.home.database.url());
    std::thread::scope(|threads| {
        let askers = [(); ASKERS].map(|()| threads.spawn(|| (Instant::now(), server.is_ready(), Instant::now())));
        rig.assert_only_reads(&server);
        for (asked, ready, answered) in askers.map(|consent_client_name| consent_client_name.join().unwrap()) {
            assert!(!ready && answered - asked < SOON, "ready: {ready}, after {:?}", answered - asked);
        }
    });
    lock.release();
    server.await_ready();
    rig.under_load(&server, |load| load.answers(60));
    rig.close(&server, "a lock held by another process");
}

struct Lock(Runtime, AnyConnection);

impl Lock {
    fn take(url: &str) -> Self {
        sqlx::any::install_default_drivers();
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let connection = runtime.block_on(async {
            let mut connection = AnyConnection::connect(url).await.unwrap();
            connection.execute("pragma busy_timeout = 5000").await.unwrap();
            connection.execute("begin immediate").await.unwrap();
            connection
        });
        Self(runtime, connection)
    }

    fn release(self) {
        let Self(runtime, mut connection) = self;
        runtime.block_on(async {
            connection.execute("rollback").await.unwrap();
            connection.close().await.unwrap();
        });
    }
}
