//! The invalidation listener on PostgreSQL: every write that invalidates cached rows sends a
//! `NOTIFY` in its own transaction, and every process listens. A heartbeat `NOTIFY` to itself
//! detects a dead `LISTEN` connection.

use std::time::{Duration, Instant};

use sqlx::AnyPool;
use sqlx::postgres::PgListener;

use super::{CHANNEL, CacheEpochs, Invalidation, NOTIFY, instant};
use crate::store::Store;
use crate::store::open::postgres_pool;
use crate::store::writer::Writer;

/// How long a write without a `NOTIFY` may stay unnoticed.
const INVALIDATE_ALL_EVERY: Duration = Duration::from_secs(60);

/// Interval between two heartbeats.
const HEARTBEAT: Duration = Duration::from_millis(250);

/// This process among those that share the database.
struct Identity {
    /// The channel of its heartbeats, whose payload is milliseconds since `started_at`.
    channel: String,
    started_at: Instant,
}

impl Store {
    /// Listens until the process ends; does nothing on SQLite, where the writer itself polls for
    /// writes of other processes. `name` identifies this process, in letters and digits.
    pub async fn listen_for_invalidations(&self, url: &str, name: &str) {
        if !matches!(self.writer, Writer::Pool(..)) {
            return;
        }
        // A connection of its own: in the pool's queue the heartbeat would stop just under load,
        // when the cache is needed most.
        let Ok(pool) = postgres_pool(1).connect_lazy(url) else { return };
        let (epochs, identity) =
            (&self.caches.epochs, Identity { channel: format!("jeton_{name}"), started_at: instant() });
        tokio::join!(
            send_heartbeats(&pool, &identity),
            listen(epochs, url, &identity),
            invalidate_periodically(epochs)
        );
    }
}

/// Some writers send no `NOTIFY`: an older version of this server, an operator's own SQL. Their
/// changes count after this time.
async fn invalidate_periodically(epochs: &CacheEpochs) {
    let mut ticks = tokio::time::interval(INVALIDATE_ALL_EVERY);
    loop {
        ticks.tick().await;
        epochs.invalidate(&Invalidation::Everything);
    }
}

async fn send_heartbeats(pool: &AnyPool, identity: &Identity) {
    let mut ticks = tokio::time::interval(HEARTBEAT);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut reported = false;
    loop {
        ticks.tick().await;
        let now = identity.started_at.elapsed().as_millis().to_string();
        let sent = sqlx::query(NOTIFY).bind(identity.channel.clone()).bind(now).execute(pool).await;
        if let (Err(error), false) = (&sent, reported) {
            tracing::warn!(%error, "the cache is not used: no heartbeat reached the database, so writes of other servers may go unnoticed");
        }
        reported = sent.is_err();
    }
}

/// Listens, and connects again when that ends.
async fn listen(epochs: &CacheEpochs, url: &str, identity: &Identity) {
    loop {
        if let Ok(mut listener) = PgListener::connect(url).await
            && listener.listen_all([CHANNEL, &identity.channel]).await.is_ok()
        {
            // Notifications from before the reconnection are lost.
            epochs.invalidate(&Invalidation::Everything);
            receive(epochs, &mut listener, identity).await;
        }
        epochs.invalidate(&Invalidation::Everything);
        tokio::time::sleep(HEARTBEAT).await;
    }
}

async fn receive(epochs: &CacheEpochs, listener: &mut PgListener, identity: &Identity) {
    while let Ok(Some(notification)) = listener.try_recv().await {
        match (notification.channel() == identity.channel, notification.payload().parse::<u64>()) {
            (true, Ok(sent)) => epochs.confirm(identity.started_at + Duration::from_millis(sent)),
            (true, Err(_)) => {}
            (false, _) => epochs.invalidate(&Invalidation::from_payload(notification.payload())),
        }
    }
}
