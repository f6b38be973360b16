//! The connection listener: the accept loop, the limit of connections (a semaphore of slots), and
//! the graceful drain at shutdown.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderValue, header};
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::MissedTickBehavior;

use super::connection_timeouts::ConnectionState;
use super::connections::{Connections, Registration};
use super::tracked_stream::{TrackedBody, TrackedStream};
use crate::fast_path::FastPath;
use crate::state::ShuttingDown;

/// Larger heads are refused with 431.
const MAX_HEAD: usize = 64 * 1024;

/// Read buffer of a connection: a head, and some of what follows.
const READ_BUFFER: usize = MAX_HEAD + 16 * 1024;

/// Between two checks of the connection timeouts.
const CHECK_INTERVAL: Duration = Duration::from_secs(2);

/// Before the next accept after the system had no resources for one (EMFILE, ENOBUFS).
const ACCEPT_BACKOFF: Duration = Duration::from_secs(1);

/// When draining: no connection for so long means that the backlog of the socket is empty.
const DRAIN_QUIET_PERIOD: Duration = Duration::from_millis(20);

/// When draining: the listener closes after this, even while new connections come.
const DRAIN_DEADLINE: Duration = Duration::from_millis(250);

/// Slots and registry of the connections of all listening sockets. Clones share them.
#[derive(Clone)]
pub struct ConnectionListener {
    slots: Arc<Semaphore>,
    max_connections: u32,
    connections: Connections,
    shutting_down: ShuttingDown,
}

/// An accepted connection.
struct Accepted {
    stream: TcpStream,
    peer: SocketAddr,
}

impl ConnectionListener {
    /// At most `max_connections` at the same time.
    #[must_use]
    pub fn new(max_connections: u32, shutting_down: ShuttingDown) -> Self {
        Self {
            slots: Arc::new(Semaphore::new(max_connections as usize)),
            max_connections,
            connections: Connections::default(),
            shutting_down,
        }
    }

    /// Checks the connection timeouts every two seconds; never returns.
    pub async fn enforce_timeouts(self, shutdown: watch::Receiver<bool>) {
        let mut ticks = tokio::time::interval(CHECK_INTERVAL);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            self.check_timeouts(*shutdown.borrow());
        }
    }

    /// Closes the connections that have timed out. `draining`: by the short timeout of a server
    /// that shuts down.
    pub fn check_timeouts(&self, draining: bool) {
        self.connections.check_timeouts(draining);
    }

    /// Accepts and serves connections until `shutdown` turns true, and then those in the socket's
    /// backlog.
    pub async fn accept_until_shutdown(
        self,
        listener: TcpListener,
        service: FastPath,
        mut shutdown: watch::Receiver<bool>,
    ) {
        let connection_shutdown = shutdown.clone();
        let mut pending = None;
        let accepting = async {
            loop {
                let Some((slot, accepted)) = self.next_connection(&listener, &mut pending).await else { continue };
                tokio::spawn(self.clone().serve_connection(
                    slot,
                    accepted,
                    service.clone(),
                    connection_shutdown.clone(),
                ));
            }
        };
        tokio::select! {
            () = accepting => {}
            () = shutdown_begun(&mut shutdown) => {}
        }
        let draining = async {
            while let Ok(next) =
                tokio::time::timeout(DRAIN_QUIET_PERIOD, self.next_connection(&listener, &mut pending)).await
            {
                let Some((slot, accepted)) = next else { continue };
                tokio::spawn(self.clone().serve_connection(
                    slot,
                    accepted,
                    service.clone(),
                    connection_shutdown.clone(),
                ));
            }
        };
        let _ = tokio::time::timeout(DRAIN_DEADLINE, draining).await;
    }

    /// Returns when no connection is open.
    pub async fn wait_until_idle(&self) {
        drop(self.slots.acquire_many(self.max_connections).await);
    }

    /// The next connection, with its slot. Cancel-safe: one that waits for a slot stays in
    /// `pending`.
    async fn next_connection(
        &self,
        listener: &TcpListener,
        pending: &mut Option<Accepted>,
    ) -> Option<(OwnedSemaphorePermit, Accepted)> {
        if pending.is_none() {
            *pending = accept(listener).await;
        }
        pending.as_ref()?;
        let slot = self.slot().await?;
        pending.take().map(|accepted| (slot, accepted))
    }

    /// A slot; where none is free, the connection that has waited longest for its peer is closed.
    async fn slot(&self) -> Option<OwnedSemaphorePermit> {
        loop {
            if let Ok(slot) = Arc::clone(&self.slots).try_acquire_owned() {
                return Some(slot);
            }
            let checked = self.connections.checked();
            self.connections.close_longest_waiting();
            tokio::select! {
                slot = Arc::clone(&self.slots).acquire_owned() => return slot.ok(),
                () = checked => {}
            }
        }
    }

    /// Serves one connection, from its first request to its last. In-flight requests finish with
    /// `Connection: close`.
    async fn serve_connection(
        self,
        _slot: OwnedSemaphorePermit,
        accepted: Accepted,
        service: FastPath,
        mut shutdown: watch::Receiver<bool>,
    ) {
        let Accepted { stream, peer } = accepted;
        // TCP_NODELAY: a response is written in one piece, so there is nothing to coalesce.
        let _ = stream.set_nodelay(true);
        let registration: Registration = self.connections.register();
        let state = registration.state.clone();
        let io = TokioIo::new(TrackedStream::new(stream, state.clone(), self.connections));
        let last_response = LastResponse { shutting_down: self.shutting_down, slots: self.slots };
        let context = Arc::new(ConnectionContext { service, peer, state: state.clone(), last_response });
        let answer = service_fn(move |request| answer(context.clone(), request));
        let mut http = http1::Builder::new();
        let connection = http.max_header_size(MAX_HEAD).max_buf_size(READ_BUFFER).serve_connection(io, answer);
        let mut connection = std::pin::pin!(connection);
        let mut is_draining = false;
        loop {
            tokio::select! {
                biased;
                // Errors are the peer's, which is gone.
                _ = connection.as_mut() => return,
                () = shutdown_begun(&mut shutdown), if !is_draining => {
                    is_draining = true;
                    // A request whose head is on its way is answered, with `Connection: close`.
                    if !state.is_reading_head() {
                        connection.as_mut().graceful_shutdown();
                    }
                }
                () = state.closed() => {
                    if state.is_closing() {
                        return;
                    }
                }
            }
        }
    }
}

/// Accepts a connection; `None` on an error.
async fn accept(listener: &TcpListener) -> Option<Accepted> {
    match listener.accept().await {
        Ok((stream, peer)) => Some(Accepted { stream, peer }),
        Err(error) => {
            use std::io::ErrorKind as Kind;
            // These concern one connection; any other error concerns the machine, and lasts for a
            // while.
            if !matches!(error.kind(), Kind::ConnectionRefused | Kind::ConnectionAborted | Kind::ConnectionReset) {
                tracing::error!(%error, "cannot accept a connection");
                tokio::time::sleep(ACCEPT_BACKOFF).await;
            }
            None
        }
    }
}

/// When a response carries `Connection: close`: while the server shuts down, and while other
/// connections wait for a slot.
struct LastResponse {
    shutting_down: ShuttingDown,
    slots: Arc<Semaphore>,
}

impl LastResponse {
    fn is_due(&self) -> bool {
        self.shutting_down.has_begun() || self.slots.available_permits() == 0
    }
}

/// What the requests of a connection share; behind one `Arc`, since each request clones it.
struct ConnectionContext {
    service: FastPath,
    peer: SocketAddr,
    state: Arc<ConnectionState>,
    last_response: LastResponse,
}

async fn answer(context: Arc<ConnectionContext>, request: hyper::Request<Incoming>) -> Result<Response, Infallible> {
    let request = request.map(|body| TrackedBody::new(body, context.state.clone()));
    let mut response = context.service.answer(request, context.peer).await;
    if context.last_response.is_due() {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    context.state.responded();
    Ok(response)
}

/// Returns when the shutdown has begun.
async fn shutdown_begun(shutdown: &mut watch::Receiver<bool>) {
    // A sender that was dropped counts as a shutdown.
    let _ = shutdown.wait_for(|shutdown| *shutdown).await;
}
