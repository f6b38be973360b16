//! Hearing of the writes of others on PostgreSQL: each tells of itself when it commits (`pg_notify`), and this process sends a
//! word to itself by the same way, so that silence is never taken for peace.

use std::time::{Duration, Instant};

use sqlx::AnyPool;
use sqlx::postgres::PgListener;

use super::Store;
use super::changes::{Changes, Touch, instant};
use super::open::postgres_pool;
use super::writer::{CHANNEL, Writer};

/// So long a write that nobody told of goes unheard.
const FORGET: Duration = Duration::from_secs(60);

/// Between two words to oneself.
const BEAT: Duration = Duration::from_millis(250);

/// The answer is of no type that the driver knows, so it is made a text.
pub const SAY: &str = "select pg_notify($1, $2)::text";

impl Store {
    /// Listens until the process ends; does nothing on SQLite, where the writer itself looks for writes of others. `name` is
    /// this process's own, of letters and digits.
    pub async fn watch(&self, url: &str, name: &str) {
        if !matches!(self.writer, Writer::Pool(..)) {
            return;
        }
        // A connection of its own: behind others in a queue it would stop just when everybody needs the memory.
        let Ok(pool) = postgres_pool(1).connect_lazy(url) else { return };
        let own = format!("jeton_{name}");
        let (changes, begin) = (&self.memory.changes, instant());
        tokio::join!(beat(&pool, (&own, begin)), listen(changes, url, (&own, begin)), forget(changes));
    }
}

/// Some writers say nothing: an older version of this server, an operator's own SQL. What they change counts after this time.
async fn forget(changes: &Changes) {
    let mut ticks = tokio::time::interval(FORGET);
    loop {
        ticks.tick().await;
        changes.touch(&Touch::Everything);
    }
}

async fn beat(pool: &AnyPool, (own, begin): (&str, Instant)) {
    let mut ticks = tokio::time::interval(BEAT);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut reported = false;
    loop {
        ticks.tick().await;
        let now = begin.elapsed().as_millis().to_string();
        let said = sqlx::query(SAY).bind(own).bind(now).execute(pool).await;
        if let (Err(error), false) = (&said, reported) {
            tracing::warn!(%error, "cannot tell whether other servers are heard of: the database is asked for everything");
        }
        reported = said.is_err();
    }
}

/// Listens, and connects again when that ends.
async fn listen(changes: &Changes, url: &str, (own, begin): (&str, Instant)) {
    loop {
        if let Ok(mut listener) = PgListener::connect(url).await
            && listener.listen_all([CHANNEL, own]).await.is_ok()
        {
            // What was said before is lost.
            changes.touch(&Touch::Everything);
            hear(changes, &mut listener, (own, begin)).await;
        }
        changes.touch(&Touch::Everything);
        tokio::time::sleep(BEAT).await;
    }
}

async fn hear(changes: &Changes, listener: &mut PgListener, (own, begin): (&str, Instant)) {
    while let Ok(Some(heard)) = listener.try_recv().await {
        match (heard.channel() == own, heard.payload().parse::<u64>()) {
            (true, Ok(sent)) => changes.heard(begin + Duration::from_millis(sent)),
            (true, Err(_)) => {}
            (false, _) => changes.touch(&Touch::from_payload(heard.payload())),
        }
    }
}
