//! Runs the server: listening sockets, background jobs, and the graceful shutdown that drops no
//! request.

pub mod back_channel_logout;
mod connection_timeouts;
mod connections;
mod jobs;
pub mod listener;
mod open_files;
mod signals;
mod totals;
mod tracked_stream;

use std::net::SocketAddr;
use std::time::Duration;

use provider::Provider;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use self::listener::ConnectionListener;
use self::signals::{Signal, Signals};
use crate::brand::Brand;
use crate::config::Config;
use crate::startup::{self, Mode, files as key_file, remedy};
use crate::state::{Edge, Site};

/// Grace period: in-flight requests may go on for so long after the listeners closed.
const GRACE_PERIOD: Duration = Duration::from_secs(30);

/// Opens the database and serves until a signal stops the process.
///
/// # Errors
/// One line that names what is wrong and how to fix it.
pub async fn serve(config: Config) -> Result<(), String> {
    let brand = Brand::load(&config.brand).map_err(|error| error.to_string())?;
    let provider = startup::open(&config, Mode::Serve).await.map_err(|error| error.to_string())?;
    let mut tasks = JoinSet::new();
    let served = serve_on(&config, brand, &provider, &mut tasks).await;
    // A background job that still runs would keep the database open.
    tasks.shutdown().await;
    startup::close(&provider).await;
    served
}

async fn serve_on(config: &Config, brand: Brand, provider: &Provider, tasks: &mut JoinSet<()>) -> Result<(), String> {
    let sockets = listen(&config.listen).await?;
    if let Some(note) = key_file::mounted_open(&config.secret_key_file) {
        tracing::warn!("{note}");
    }
    log_setup_link(provider).await;
    let language = config.brand.default_locale;
    let site = Site::new(
        provider.clone(),
        Edge { trusted_proxies: config.trusted_proxies.clone(), proxy_header: config.proxy_header, language, brand },
    );
    tasks.spawn(jobs::sweep(provider.clone()));
    tasks.spawn(jobs::write_token_usage(provider.clone()));
    tasks.spawn(jobs::listen_for_invalidations(provider.clone(), config.database_url.as_str().to_owned()));
    tasks.spawn(back_channel_logout::deliver(provider.clone()));
    let mut signals = Signals::new();
    let (shutdown, shutdown_begun) = watch::channel(false);
    let listener =
        ConnectionListener::new(open_files::connection_limit(config.max_connections), site.shutting_down().clone());
    let service = crate::service(site.clone());
    tokio::spawn(listener.clone().enforce_timeouts(shutdown_begun.clone()));
    let mut accept_loops = JoinSet::new();
    for socket in sockets {
        accept_loops.spawn(listener.clone().accept_until_shutdown(socket, service.clone(), shutdown_begun.clone()));
    }
    tracing::info!(issuer = provider.settings().issuer, "ready");
    wait_for_shutdown(&mut signals, &site, Duration::from_secs(config.shutdown_delay)).await;
    let _ = shutdown.send(true);
    let idle = async {
        while accept_loops.join_next().await.is_some() {}
        listener.wait_until_idle().await;
    };
    let drained = tokio::select! {
        drained = tokio::time::timeout(GRACE_PERIOD, idle) => drained.is_ok(),
        _ = signals.next() => false,
    };
    if !drained {
        tracing::warn!("some requests were still under way");
    }
    tokio::select! {
        _ = tokio::time::timeout(GRACE_PERIOD, provider.flush()) => {}
        _ = signals.next() => {}
    }
    Ok(())
}

/// Returns when the listeners are to close. From the signal on `/health/ready` fails, and requests
/// are served for `delay` more, so that a load balancer takes this server out first.
async fn wait_for_shutdown(signals: &mut Signals, site: &Site, delay: Duration) {
    let signal = signals.next().await;
    site.shutting_down().begin();
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

/// On a database without users the log shows the link that makes the first.
async fn log_setup_link(provider: &Provider) {
    match provider.needs_setup().await {
        Ok(true) => match provider.setup_link().await {
            Ok(link) => tracing::warn!(link, "no users yet: open this link to make the first administrator"),
            Err(error) => tracing::error!(%error, "no setup link"),
        },
        Ok(false) => {}
        Err(error) => tracing::error!(%error, "could not look for users"),
    }
}
