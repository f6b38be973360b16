//! Starts the example and stops it on Ctrl-C or SIGTERM.

use example_api::{Settings, app};
use std::{
    error::Error,
    io::{IsTerminal, Write},
    process::ExitCode,
    time::Duration,
};
use tokio::signal::unix::{SignalKind, signal};

/// How long requests may still run after the signal to stop.
const GRACE: Duration = Duration::from_secs(3);

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal()).init();
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Standard error may be closed; there is nowhere else to say so.
            let _written = writeln!(std::io::stderr(), "example-api: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let settings = Settings::read(|name| std::env::var(name).ok())?;
    let listen = settings.listen;
    let listener = tokio::net::TcpListener::bind(listen)
        .await
        .map_err(|error| format!("EXAMPLE_LISTEN: cannot listen on {listen}: {error}"))?;
    tracing::info!("listening on http://{}", listener.local_addr()?);
    let (stopping, mut stopped) = tokio::sync::watch::channel(false);
    let serve = axum::serve(listener, app(settings)).with_graceful_shutdown(async move {
        stop_signal().await;
        stopping.send_replace(true);
    });
    tokio::select! {
        served = serve => served?,
        // A connection that says nothing must not hold the program.
        () = async { let _ = stopped.wait_for(|stop| *stop).await; tokio::time::sleep(GRACE).await } => {}
    }
    Ok(())
}

async fn stop_signal() {
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => _ = terminate.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => if interrupted.is_err() { std::future::pending::<()>().await },
        () = terminated => {}
    }
}
