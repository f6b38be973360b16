//! Background job that delivers logout tokens (OpenID Connect Back-Channel Logout 1.0): one task
//! for each client, so that a slow client delays no other.

use std::collections::HashMap;
use std::time::Duration;

use provider::Provider;
use tokio::task::{Id, JoinSet};

/// Between two polls for notices that other nodes left over and for those due for a retry.
const POLL_INTERVAL: Duration = Duration::from_secs(5);

/// Back-off after an error of the database.
const BACKOFF: Duration = Duration::from_secs(2);

/// Clients that are notified at the same time, at most.
const MAX_CLIENTS: usize = 16;

/// Delivers notices as they come; never returns.
pub async fn deliver(provider: Provider) {
    let mut tasks = JoinSet::new();
    let mut busy: HashMap<Id, String> = HashMap::new();
    loop {
        let waiting = provider.clients_with_due_notices().await.unwrap_or_else(|error| {
            tracing::warn!(%error, "could not read the pending logout notices");
            Vec::new()
        });
        for client in waiting {
            if busy.len() < MAX_CLIENTS && !busy.values().any(|other| *other == client) {
                let task = tasks.spawn(notify(provider.clone(), client.clone()));
                busy.insert(task.id(), client);
            }
        }
        tokio::select! {
            () = provider.session_ended() => {}
            () = tokio::time::sleep(POLL_INTERVAL) => {}
            Some(done) = tasks.join_next_with_id() => {
                let id = done.map_or_else(|error| error.id(), |(id, ())| id);
                busy.remove(&id);
            }
        }
    }
}

async fn notify(provider: Provider, client: String) {
    if let Err(error) = provider.deliver_notices(&client).await {
        tracing::warn!(%error, client, "could not deliver a logout token");
        tokio::time::sleep(BACKOFF).await;
    }
}
