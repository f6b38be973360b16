//! What a connection is about, looked at every now and then: a clock for each request would cost more than most requests.

use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// Between two looks at a connection.
pub const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Looks that find the same head unfinished: 8 seconds, 10 at most (DS-01).
const HEAD: u32 = 4;

/// Looks that find nothing asked and nothing written: 75 seconds, longer than what proxies and clients wait before they give up
/// a connection themselves, so that they are the ones who do.
const IDLE: u32 = 37;

/// Looks that either may last when there is no place left, or when the server is about to end.
const HURRIED: u32 = 1;

const ASKED: u8 = 0;
const WORKING: u8 = 1;
const WAITING: u8 = 2;

/// A connection's phase, and how many looks it has lasted. It begins as one that is asked: who connects has something to say.
#[derive(Debug, Default)]
pub struct Pulse {
    phase: AtomicU8,
    looks: AtomicU32,
}

impl Pulse {
    /// A request is being answered. How long that takes is not the peer's doing.
    pub fn works(&self) {
        self.enter(WORKING);
    }

    /// The answer is made; what follows is its way out, and then silence.
    pub fn waits(&self) {
        self.enter(WAITING);
    }

    /// Whether a head has begun to arrive and is not complete.
    pub fn is_asked(&self) -> bool {
        self.phase.load(Ordering::Relaxed) == ASKED
    }

    /// Looks at it: whether it has lasted too long.
    pub fn is_lost(&self, hurry: bool) -> bool {
        let looks = self.looks.fetch_add(1, Ordering::Relaxed);
        let most = match self.phase.load(Ordering::Relaxed) {
            WORKING => return false,
            _ if hurry => HURRIED,
            ASKED => HEAD,
            _ => IDLE,
        };
        looks >= most
    }

    fn read(&self) {
        if self.phase.load(Ordering::Relaxed) == WAITING {
            self.enter(ASKED);
        }
    }

    /// Bytes on their way out show that the peer is there, however slow it takes them.
    fn wrote(&self) {
        self.looks.store(0, Ordering::Relaxed);
    }

    fn enter(&self, phase: u8) {
        self.phase.store(phase, Ordering::Relaxed);
        self.looks.store(0, Ordering::Relaxed);
    }
}

/// A stream that tells its pulse.
pub struct Watched {
    stream: TcpStream,
    pulse: Arc<Pulse>,
}

impl Watched {
    /// Watches this stream.
    pub fn new(stream: TcpStream, pulse: Arc<Pulse>) -> Self {
        Self { stream, pulse }
    }

    fn written(&self, done: Poll<Result<usize>>) -> Poll<Result<usize>> {
        if matches!(done, Poll::Ready(Ok(1..))) {
            self.pulse.wrote();
        }
        done
    }
}

impl AsyncRead for Watched {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        let before = buffer.filled().len();
        let done = Pin::new(&mut self.stream).poll_read(context, buffer);
        if buffer.filled().len() > before {
            self.pulse.read();
        }
        done
    }
}

impl AsyncWrite for Watched {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(done)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.written(done)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(pulse: &Pulse, hurry: bool) -> u32 {
        (1..1000).find(|_| pulse.is_lost(hurry)).unwrap_or(1000)
    }

    #[test]
    fn a_head_may_take_four_looks_a_silence_more_and_an_answer_for_ever() {
        let pulse = Pulse::default();
        assert!(pulse.is_asked());
        assert_eq!(looks(&pulse, false), HEAD + 1);
        pulse.works();
        assert_eq!((pulse.is_asked(), looks(&pulse, false)), (false, 1000));
        pulse.waits();
        assert_eq!((pulse.is_asked(), looks(&pulse, false)), (false, IDLE + 1));
    }

    #[test]
    fn when_there_is_no_place_left_neither_may_last() {
        let pulse = Pulse::default();
        assert_eq!(looks(&pulse, true), HURRIED + 1);
        pulse.waits();
        assert_eq!(looks(&pulse, true), HURRIED + 1);
        pulse.works();
        assert_eq!(looks(&pulse, true), 1000);
    }

    #[test]
    fn a_head_that_drips_gains_no_time_and_an_answer_that_does_gains_it() {
        let pulse = Pulse::default();
        pulse.waits();
        pulse.read();
        assert!(pulse.is_asked());
        for _ in 0..HEAD {
            pulse.read();
            assert!(!pulse.is_lost(false));
        }
        assert!(pulse.is_lost(false));
        pulse.waits();
        for _ in 0..IDLE * 3 {
            assert!(!pulse.is_lost(false));
            pulse.wrote();
        }
    }
}
