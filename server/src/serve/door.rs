//! The door: who is let in, how many at once, and how long somebody may stand in it without saying anything.

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

use super::pulse::{LOOK_EVERY, Pulse, Watched};
use crate::front::Front;
use crate::state::Leaving;

/// Larger heads are refused with 431.
const MOST_HEAD: usize = 64 * 1024;

/// After the system had no resources for a connection.
const BREATHER: Duration = Duration::from_secs(1);

/// When nobody has come for so long after the end, those who had knocked before it are all in.
const LAST_CALL: Duration = Duration::from_millis(20);

/// The door closes then, however many still come.
const CLOSING: Duration = Duration::from_millis(250);

/// A place for each connection, shared by all listeners. Every clone is the same door.
#[derive(Clone)]
pub struct Door {
    places: Arc<Semaphore>,
    most: u32,
    leaving: Leaving,
}

impl Door {
    /// A door for so many connections at the same time.
    #[must_use]
    pub fn new(most: u32, leaving: Leaving) -> Self {
        Self { places: Arc::new(Semaphore::new(most as usize)), most, leaving }
    }

    /// Serves who comes until `end` turns true, and then those who had come before it.
    pub async fn keep(self, listener: TcpListener, front: Front, mut end: watch::Receiver<bool>) {
        let over = end.clone();
        let came = async {
            loop {
                let Some((place, stream, peer)) = self.next(&listener).await else { continue };
                tokio::spawn(self.clone().serve((place, stream, peer), front.clone(), over.clone()));
            }
        };
        tokio::select! {
            () = came => {}
            () = ended(&mut end) => {}
        }
        let last_call = async {
            while let Ok(next) = tokio::time::timeout(LAST_CALL, self.next(&listener)).await {
                let Some((place, stream, peer)) = next else { continue };
                tokio::spawn(self.clone().serve((place, stream, peer), front.clone(), over.clone()));
            }
        };
        let _ = tokio::time::timeout(CLOSING, last_call).await;
    }

    /// Returns when nobody is inside any more.
    pub async fn empty(&self) {
        drop(self.places.acquire_many(self.most).await);
    }

    async fn next(&self, listener: &TcpListener) -> Option<(OwnedSemaphorePermit, TcpStream, SocketAddr)> {
        let place = Arc::clone(&self.places).acquire_owned().await.ok()?;
        match listener.accept().await {
            Ok((stream, peer)) => Some((place, stream, peer)),
            Err(error) => {
                use std::io::ErrorKind as Kind;
                // These are about that one connection; anything else is about this machine, and lasts for a while.
                if !matches!(error.kind(), Kind::ConnectionRefused | Kind::ConnectionAborted | Kind::ConnectionReset) {
                    tracing::error!(%error, "cannot take a connection");
                    tokio::time::sleep(BREATHER).await;
                }
                None
            }
        }
    }

    /// One connection from its first request to its last.
    async fn serve(
        self,
        (_place, stream, peer): (OwnedSemaphorePermit, TcpStream, SocketAddr),
        front: Front,
        mut end: watch::Receiver<bool>,
    ) {
        // An answer is written at once; nothing is gained by waiting for more of it.
        let _ = stream.set_nodelay(true);
        let places = self.places;
        let pulse = Arc::new(Pulse::default());
        let io = TokioIo::new(Watched::new(stream, pulse.clone()));
        let last = Last { leaving: self.leaving, places: places.clone() };
        let inside = Arc::new(Inside { front, peer, pulse: pulse.clone(), last });
        let answer = service_fn(move |request| answer(inside.clone(), request));
        let mut protocol = http1::Builder::new();
        let connection = protocol.max_header_size(MOST_HEAD).serve_connection(io, answer);
        let mut connection = std::pin::pin!(connection);
        let mut looks = tokio::time::interval(LOOK_EVERY);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut told = false;
        loop {
            tokio::select! {
                biased;
                // Errors are the peer's, and it is gone.
                _ = connection.as_mut() => return,
                () = ended(&mut end), if !told => {
                    told = true;
                    // Whoever has begun to ask is answered, with the word that it is the last time.
                    if !pulse.is_asked() {
                        connection.as_mut().graceful_shutdown();
                    }
                }
                _ = looks.tick() => {
                    let hurry = told || places.available_permits() == 0;
                    if pulse.is_lost(hurry) {
                        return;
                    }
                }
            }
        }
    }
}

/// Whether a connection has had its last request: when the server is about to end, and when others wait for the place.
struct Last {
    leaving: Leaving,
    places: Arc<Semaphore>,
}

impl Last {
    fn is_now(&self) -> bool {
        self.leaving.has_begun() || self.places.available_permits() == 0
    }
}

/// What every request on a connection has to do with; one place for all of it, since each is a clone.
struct Inside {
    front: Front,
    peer: SocketAddr,
    pulse: Arc<Pulse>,
    last: Last,
}

async fn answer(inside: Arc<Inside>, request: hyper::Request<Incoming>) -> Result<Response, Infallible> {
    inside.pulse.works();
    let mut response = inside.front.answer(request, inside.peer).await;
    if inside.last.is_now() {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    inside.pulse.waits();
    Ok(response)
}

/// Returns when the end has come.
async fn ended(end: &mut watch::Receiver<bool>) {
    // Without a sender nobody is left to say it: that is the end as well.
    let _ = end.wait_for(|end| *end).await;
}
