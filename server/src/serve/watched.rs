//! A connection's bytes, in both directions, and the bodies of its requests, each of which tells the pulse.

use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::crowd::Crowd;
use super::pulse::Pulse;

/// A stream that tells its pulse.
pub struct Watched {
    stream: TcpStream,
    pulse: Arc<Pulse>,
    crowd: Crowd,
}

impl Watched {
    /// Watches this stream.
    pub fn new(stream: TcpStream, pulse: Arc<Pulse>, crowd: Crowd) -> Self {
        Self { stream, pulse, crowd }
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
        let count = buffer.filled().len() - before;
        if count > 0 {
            self.pulse.read(count);
            self.crowd.make_less();
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

/// A request's body. Whoever reads it waits for the peer, and for nothing else.
pub struct WatchedBody {
    body: Incoming,
    pulse: Arc<Pulse>,
}

impl WatchedBody {
    /// Watches this body.
    pub fn new(body: Incoming, pulse: Arc<Pulse>) -> Self {
        pulse.works(!body.is_end_stream());
        Self { body, pulse }
    }
}

impl Body for WatchedBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<std::result::Result<Frame<Bytes>, hyper::Error>>> {
        let done = Pin::new(&mut self.body).poll_frame(context);
        match &done {
            Poll::Pending => self.pulse.wants_body(),
            Poll::Ready(Some(Ok(_))) if !self.body.is_end_stream() => {}
            Poll::Ready(_) => self.pulse.has_body(),
        }
        done
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for WatchedBody {
    /// Whoever has read enough goes on working.
    fn drop(&mut self) {
        self.pulse.has_body();
    }
}
