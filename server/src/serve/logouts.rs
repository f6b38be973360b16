//! Tells clients of sessions that ended. Whoever is slow or does not answer holds up nobody else: each client has a task of its own.

use std::collections::HashMap;
use std::time::Duration;

use provider::Provider;
use tokio::task::{Id, JoinSet};

/// Between two looks for what other servers left over and for what is to be tried again.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// A database that does not answer is left in peace for so long.
const PAUSE: Duration = Duration::from_secs(2);

/// Clients that are told at the same time, at most.
const AT_ONCE: usize = 16;

/// Never returns.
pub async fn deliver(provider: Provider) {
    let mut tasks = JoinSet::new();
    let mut busy: HashMap<Id, String> = HashMap::new();
    loop {
        let waiting = provider.clients_with_due_notices().await.unwrap_or_else(|error| {
            tracing::warn!(%error, "could not look for clients that are to hear of a sign-out");
            Vec::new()
        });
        for client in waiting {
            if busy.len() < AT_ONCE && !busy.values().any(|other| *other == client) {
                let task = tasks.spawn(tell(provider.clone(), client.clone()));
                busy.insert(task.id(), client);
            }
        }
        tokio::select! {
            () = provider.session_ended() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
            Some(done) = tasks.join_next_with_id() => {
                let id = done.map_or_else(|error| error.id(), |(id, ())| id);
                busy.remove(&id);
            }
        }
    }
}

async fn tell(provider: Provider, client: String) {
    if let Err(error) = provider.deliver_notices(&client).await {
        tracing::warn!(%error, client, "could not tell a client of a sign-out");
        tokio::time::sleep(PAUSE).await;
    }
}
