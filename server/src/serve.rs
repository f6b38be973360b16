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
use tokio::task::JoinSet;

use self::door::Door;
use self::signals::{Signal, Signals};
use crate::brand::Brand;
use crate::config::Config;
use crate::startup::{self, Mode, files as key_file, remedy};
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
    let mut work = JoinSet::new();
    let served = serve_on(&config, brand, &provider, &mut work).await;
    // Whoever still works on the database would keep it open.
    work.shutdown().await;
    startup::close(&provider).await;
    served
}

async fn serve_on(config: &Config, brand: Brand, provider: &Provider, work: &mut JoinSet<()>) -> Result<(), String> {
    let listeners = listen(&config.listen).await?;
    if let Some(note) = key_file::mounted_open(&config.secret_key_file) {
        tracing::warn!("{note}");
    }
    offer_setup(provider).await;
    let language = config.brand.default_locale;
    let site = Site::new(
        provider.clone(),
        Edge { trusted_proxies: config.trusted_proxies.clone(), proxy_header: config.proxy_header, language, brand },
    );
    work.spawn(sweep(provider.clone()));
    work.spawn(write_token_usage(provider.clone()));
    work.spawn(watch(provider.clone(), config.database_url.as_str().to_owned()));
    work.spawn(logouts::deliver(provider.clone()));
    let mut signals = Signals::new();
    let (end, ended) = watch::channel(false);
    let door = Door::new(files::room_for(config.max_connections), site.leaving().clone());
    let front = crate::service(site.clone());
    tokio::spawn(door.clone().watch(ended.clone()));
    let mut open = JoinSet::new();
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
        _ = tokio::time::timeout(GRACE, provider.flush()) => {}
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
        listeners.push(listener.map_err(|error| remedy::listen(*address, &error))?);
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
    provider.listen_for_invalidations(&database_url).await;
}

/// The last use of permanent tokens is written behind, in one go.
async fn write_token_usage(provider: Provider) {
    let mut ticks = tokio::time::interval(USES_EVERY);
    loop {
        ticks.tick().await;
        provider.write_token_usage().await;
    }
}
