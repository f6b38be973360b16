//! Hearing of the writes of others on PostgreSQL: each tells of itself when it commits (`pg_notify`), and this process sends a
//! word to itself by the same way, so that silence is never taken for peace.

use std::time::{Duration, Instant};

use sqlx::postgres::PgListener;

use super::Store;
use super::changes::{Changes, Touch, instant};
use super::writer::{CHANNEL, Writer};

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
        let own = format!("jeton_{name}");
        let begin = instant();
        tokio::join!(self.beat(&own, begin), listen(&self.memory.changes, url, (&own, begin)));
    }

    async fn beat(&self, own: &str, begin: Instant) {
        let mut ticks = tokio::time::interval(BEAT);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut reported = false;
        loop {
            ticks.tick().await;
            let now = begin.elapsed().as_millis().to_string();
            let said = sqlx::query(SAY).bind(own).bind(now).execute(self.readers()).await;
            if let (Err(error), false) = (&said, reported) {
                tracing::warn!(%error, "cannot tell whether other servers are heard of: the database is asked for everything");
            }
            reported = said.is_err();
        }
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
