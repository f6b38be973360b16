//! Signals that stop the process: SIGINT and SIGTERM.

use std::pin::Pin;

/// The signal that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// SIGINT (Ctrl-C): a person waits for the end.
    Interrupt,
    /// SIGTERM, from a service manager: a load balancer must see the failing readiness check before
    /// the listener closes.
    Terminate,
}

/// The signals of this process.
pub struct Signals {
    #[cfg(unix)]
    terminate: Option<tokio::signal::unix::Signal>,
}

impl Signals {
    /// Registers the signal handlers.
    pub fn new() -> Self {
        #[cfg(unix)]
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).ok();
        Self {
            #[cfg(unix)]
            terminate,
        }
    }

    /// Waits for the next signal.
    pub async fn next(&mut self) -> Signal {
        let interrupt = async {
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            () = interrupt => Signal::Interrupt,
            () = self.terminated() => Signal::Terminate,
        }
    }

    fn terminated(&mut self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        #[cfg(unix)]
        if let Some(signal) = &mut self.terminate {
            return Box::pin(async {
                signal.recv().await;
            });
        }
        Box::pin(std::future::pending())
    }
}
