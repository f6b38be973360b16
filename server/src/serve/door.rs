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

use super::crowd::{Crowd, Member};
use super::pulse::Pulse;
use super::watched::{Watched, WatchedBody};
use crate::front::Front;
use crate::state::Leaving;

/// Larger heads are refused with 431.
const MOST_HEAD: usize = 64 * 1024;

/// What is read ahead of a connection: a head, and some of what follows.
const MOST_READ: usize = MOST_HEAD + 16 * 1024;

/// Between two looks at everybody inside.
const LOOK_EVERY: Duration = Duration::from_secs(2);

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
    crowd: Crowd,
    leaving: Leaving,
}

/// Somebody who has come in, or waits for a place.
type Peer = (TcpStream, SocketAddr);

impl Door {
    /// A door for so many connections at the same time.
    #[must_use]
    pub fn new(most: u32, leaving: Leaving) -> Self {
        Self { places: Arc::new(Semaphore::new(most as usize)), most, crowd: Crowd::default(), leaving }
    }

    /// Looks at everybody inside every now and then, for ever.
    pub async fn watch(self, end: watch::Receiver<bool>) {
        let mut looks = tokio::time::interval(LOOK_EVERY);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            looks.tick().await;
            self.look(*end.borrow());
        }
    }

    /// Looks at everybody inside, and ends what has lasted too long. `hurry`: when nobody is waited for any more.
    pub fn look(&self, hurry: bool) {
        self.crowd.look(hurry);
    }

    /// Serves who comes until `end` turns true, and then those who had come before it.
    pub async fn keep(self, listener: TcpListener, front: Front, mut end: watch::Receiver<bool>) {
        let over = end.clone();
        let mut knocking = None;
        let came = async {
            loop {
                let Some((place, peer)) = self.next(&listener, &mut knocking).await else { continue };
                tokio::spawn(self.clone().serve((place, peer), front.clone(), over.clone()));
            }
        };
        tokio::select! {
            () = came => {}
            () = ended(&mut end) => {}
        }
        let last_call = async {
            while let Ok(next) = tokio::time::timeout(LAST_CALL, self.next(&listener, &mut knocking)).await {
                let Some((place, peer)) = next else { continue };
                tokio::spawn(self.clone().serve((place, peer), front.clone(), over.clone()));
            }
        };
        let _ = tokio::time::timeout(CLOSING, last_call).await;
    }

    /// Returns when nobody is inside any more.
    pub async fn empty(&self) {
        drop(self.places.acquire_many(self.most).await);
    }

    /// The next one, with a place. Whoever waits for one stays `knocking`, also when nobody waits for this to return any more.
    async fn next(&self, listener: &TcpListener, knocking: &mut Option<Peer>) -> Option<(OwnedSemaphorePermit, Peer)> {
        if knocking.is_none() {
            *knocking = accept(listener).await;
        }
        knocking.as_ref()?;
        let place = self.place().await?;
        knocking.take().map(|peer| (place, peer))
    }

    /// A place; where there is none, whoever has waited longest for their peer makes room.
    async fn place(&self) -> Option<OwnedSemaphorePermit> {
        loop {
            if let Ok(place) = Arc::clone(&self.places).try_acquire_owned() {
                return Some(place);
            }
            let looked = self.crowd.looked();
            self.crowd.make_room();
            tokio::select! {
                place = Arc::clone(&self.places).acquire_owned() => return place.ok(),
                () = looked => {}
            }
        }
    }

    /// One connection from its first request to its last.
    async fn serve(
        self,
        (_place, (stream, peer)): (OwnedSemaphorePermit, Peer),
        front: Front,
        mut end: watch::Receiver<bool>,
    ) {
        // An answer is written at once; nothing is gained by waiting for more of it.
        let _ = stream.set_nodelay(true);
        let member: Member = self.crowd.enter();
        let pulse = member.pulse.clone();
        let io = TokioIo::new(Watched::new(stream, pulse.clone(), self.crowd));
        let last = Last { leaving: self.leaving, places: self.places };
        let inside = Arc::new(Inside { front, peer, pulse: pulse.clone(), last });
        let answer = service_fn(move |request| answer(inside.clone(), request));
        let mut protocol = http1::Builder::new();
        let connection = protocol.max_header_size(MOST_HEAD).max_buf_size(MOST_READ).serve_connection(io, answer);
        let mut connection = std::pin::pin!(connection);
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
                () = pulse.ended() => {
                    if pulse.is_cut() {
                        return;
                    }
                }
            }
        }
    }
}

/// Who comes next.
async fn accept(listener: &TcpListener) -> Option<Peer> {
    match listener.accept().await {
        Ok(peer) => Some(peer),
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
    let request = request.map(|body| WatchedBody::new(body, inside.pulse.clone()));
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
