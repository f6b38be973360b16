//! Running the server: listening, sweeping, and stopping without dropping anybody.

mod crowd;
pub mod door;
mod files;
pub mod logouts;
mod pulse;
mod signals;
mod watched;

use std::net::SocketAddr;
use std::time::Duration;

use provider::Provider;
use tokio::net::TcpListener;
use tokio::sync::watch;

use self::door::Door;
use self::signals::{Signal, Signals};
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
    tokio::spawn(sweep(provider.clone()));
    tokio::spawn(write_uses(provider.clone()));
    tokio::spawn(watch(provider.clone(), config.database_url.as_str().to_owned()));
    tokio::spawn(logouts::deliver(provider.clone()));
    let mut signals = Signals::new();
    let (end, ended) = watch::channel(false);
    let door = Door::new(files::room_for(config.max_connections), site.leaving().clone());
    let front = crate::service(site.clone());
    tokio::spawn(door.clone().watch(ended.clone()));
    let mut open = tokio::task::JoinSet::new();
    for listener in listeners {
        open.spawn(door.clone().keep(listener, front.clone(), ended.clone()));
    }
    tracing::info!(issuer = provider.settings().issuer, "ready");
    take_leave(&mut signals, &site, Duration::from_secs(config.shutdown_delay)).await;
    let _ = end.send(true);
    let empty = async {
        while open.join_next().await.is_some() {}
        door.empty().await;
    };
    let drained = tokio::select! {
        drained = tokio::time::timeout(GRACE, empty) => drained.is_ok(),
        _ = signals.next() => false,
    };
    if !drained {
        tracing::warn!("some requests were still under way");
    }
    tokio::select! {
        _ = tokio::time::timeout(GRACE, provider.settled()) => {}
        _ = signals.next() => {}
    }
    Ok(())
}

/// Returns when the doors are to be closed. Those who ask whether we are ready have been told before that we are not, and who came
/// meanwhile was served.
async fn take_leave(signals: &mut Signals, site: &Site, delay: Duration) {
    let signal = signals.next().await;
    site.leaving().begin();
    if signal == Signal::Terminate && !delay.is_zero() {
        tracing::info!(seconds = delay.as_secs(), "not ready any more; serving on for a while");
        tokio::select! {
            () = tokio::time::sleep(delay) => {}
            _ = signals.next() => {}
        }
    }
    tracing::info!("stopping");
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
