//! Running the server: listening, sweeping, and stopping without dropping anybody.

pub mod logouts;

use std::net::SocketAddr;
use std::time::Duration;

use axum::ServiceExt;
use axum::extract::Request;
use provider::Provider;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::brand::Brand;
use crate::config::Config;
use crate::startup::{self, Mode};
use crate::state::{Edge, Site};

/// Between two sweeps of expired rows.
const SWEEP_EVERY: Duration = Duration::from_secs(300);

/// Between two writes of the last use of tokens.
const USES_EVERY: Duration = Duration::from_secs(2);

/// Requests under way may go on for so long after the signal to stop.
const GRACE: Duration = Duration::from_secs(30);

/// Opens the database and serves until the process is told to stop.
///
/// # Errors
/// One line that names what is wrong and how to mend it.
pub async fn serve(config: Config) -> Result<(), String> {
    let brand = Brand::load(&config.brand).map_err(|error| error.to_string())?;
    let provider = startup::open(&config, Mode::Serve).await.map_err(|error| error.to_string())?;
    let listeners = listen(&config.listen).await?;
    offer_setup(&provider).await;
    let language = config.brand.default_locale;
    let site = Site::new(provider.clone(), Edge { trusted_proxies: config.trusted_proxies.clone(), language, brand });
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(sweep(provider.clone()));
    tokio::spawn(write_uses(provider.clone()));
    tokio::spawn(watch(provider.clone(), config.database_url.as_str().to_owned()));
    tokio::spawn(logouts::deliver(provider.clone()));
    let mut servers = tokio::task::JoinSet::new();
    for listener in listeners {
        servers.spawn(run(listener, site.clone(), stopped.clone()));
    }
    tracing::info!(issuer = provider.settings().issuer, "ready");
    signal().await;
    tracing::info!("stopping");
    let _ = stop.send(true);
    let drained = tokio::time::timeout(GRACE, async { while servers.join_next().await.is_some() {} });
    if drained.await.is_err() {
        tracing::warn!("some requests were still under way");
    }
    let _ = tokio::time::timeout(GRACE, provider.settled()).await;
    Ok(())
}

async fn listen(addresses: &[SocketAddr]) -> Result<Vec<TcpListener>, String> {
    let mut listeners = Vec::with_capacity(addresses.len());
    for address in addresses {
        let listener = TcpListener::bind(address).await;
        listeners
            .push(listener.map_err(|error| {
                format!("JETON_LISTEN: cannot listen on {address}: {error}; choose a free address")
            })?);
    }
    Ok(listeners)
}

async fn run(listener: TcpListener, site: Site, mut stopped: watch::Receiver<bool>) {
    let service = ServiceExt::<Request>::into_make_service_with_connect_info::<SocketAddr>(crate::service(site));
    let shutdown = async move {
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(shutdown).await {
        tracing::error!(%error, "the listener failed");
    }
}

/// On a database without users, the log shows how to make the first.
async fn offer_setup(provider: &Provider) {
    match provider.needs_setup().await {
        Ok(true) => match provider.setup_link().await {
            Ok(link) => tracing::warn!(link, "no users yet: open this link to make the first administrator"),
            Err(error) => tracing::error!(%error, "no setup link"),
        },
        Ok(false) => {}
        Err(error) => tracing::error!(%error, "could not look for users"),
    }
}

async fn sweep(provider: Provider) {
    let mut ticks = tokio::time::interval(SWEEP_EVERY);
    loop {
        ticks.tick().await;
        match provider.sweep().await {
            Ok(0) => {}
            Ok(rows) => tracing::debug!(rows, "expired rows removed"),
            Err(error) => tracing::warn!(%error, "the sweep stopped early"),
        }
    }
}

/// What other servers and the command line write is heard of as long as this runs.
async fn watch(provider: Provider, database_url: String) {
    provider.watch(&database_url).await;
}

/// The last use of permanent tokens is written behind, in one go.
async fn write_uses(provider: Provider) {
    let mut ticks = tokio::time::interval(USES_EVERY);
    loop {
        ticks.tick().await;
        provider.write_uses().await;
    }
}

/// Ctrl-C, or the signal that service managers send.
async fn signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
