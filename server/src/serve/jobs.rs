//! Background jobs: periodic tasks that run as long as the server.

use std::time::Duration;

use provider::Provider;

/// Between two runs of the job that deletes expired rows.
const SWEEP_INTERVAL: Duration = Duration::from_secs(300);

/// Between two writes of the tokens' last use.
const TOKEN_USAGE_INTERVAL: Duration = Duration::from_secs(2);

/// Background job: deletes expired rows.
pub async fn sweep(provider: Provider) {
    let mut ticks = tokio::time::interval(SWEEP_INTERVAL);
    loop {
        ticks.tick().await;
        match provider.sweep().await {
            Ok(0) => {}
            Ok(rows) => tracing::debug!(rows, "expired rows removed"),
            Err(error) => tracing::warn!(%error, "the sweep stopped early"),
        }
    }
}

/// Background job: cache invalidations by other nodes and the command line.
pub async fn listen_for_invalidations(provider: Provider, database_url: String) {
    provider.listen_for_invalidations(&database_url).await;
}

/// Background job: writes the last use of permanent tokens, all tokens in one write (write-behind).
pub async fn write_token_usage(provider: Provider) {
    let mut ticks = tokio::time::interval(TOKEN_USAGE_INTERVAL);
    loop {
        ticks.tick().await;
        provider.write_token_usage().await;
    }
}
