//! What tells the process to stop.

use std::pin::Pin;

/// How somebody asked for the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Ctrl-C: a person who waits for it.
    Interrupt,
    /// What service managers send; a balancer in front wants to hear of it before it happens.
    Terminate,
}

/// The signals of this process, one after the other.
pub struct Signals {
    #[cfg(unix)]
    terminate: Option<tokio::signal::unix::Signal>,
}

impl Signals {
    /// Listens from now on.
    pub fn new() -> Self {
        #[cfg(unix)]
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).ok();
        Self {
            #[cfg(unix)]
            terminate,
        }
    }

    /// The next one.
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
