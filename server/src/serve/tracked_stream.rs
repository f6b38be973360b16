//! The stream of a connection and the bodies of its requests, wrapped so that bytes read and
//! written reach the connection's timeouts.

use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::connection_timeouts::ConnectionState;
use super::connections::Connections;

/// A TCP stream that reports its reads and writes to [`ConnectionState`].
pub struct TrackedStream {
    stream: TcpStream,
    state: Arc<ConnectionState>,
    connections: Connections,
}

impl TrackedStream {
    /// Wraps this stream.
    pub fn new(stream: TcpStream, state: Arc<ConnectionState>, connections: Connections) -> Self {
        Self { stream, state, connections }
    }

    fn count_written(&self, done: Poll<Result<usize>>) -> Poll<Result<usize>> {
        if matches!(done, Poll::Ready(Ok(1..))) {
            self.state.bytes_written();
        }
        done
    }
}

impl AsyncRead for TrackedStream {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        let before = buffer.filled().len();
        let done = Pin::new(&mut self.stream).poll_read(context, buffer);
        let count = buffer.filled().len() - before;
        if count > 0 {
            self.state.bytes_read(count);
            self.connections.limit_incomplete();
        }
        done
    }
}

impl AsyncWrite for TrackedStream {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.count_written(done)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.count_written(done)
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

/// A request's body that reports when its reader waits for the peer: the body timeout runs only
/// then.
pub struct TrackedBody {
    body: Incoming,
    state: Arc<ConnectionState>,
}

impl TrackedBody {
    /// Wraps the body of a request whose head is complete.
    pub fn new(body: Incoming, state: Arc<ConnectionState>) -> Self {
        state.handling(!body.is_end_stream());
        Self { body, state }
    }
}

impl Body for TrackedBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<std::result::Result<Frame<Bytes>, hyper::Error>>> {
        let done = Pin::new(&mut self.body).poll_frame(context);
        match &done {
            Poll::Pending => self.state.waits_for_body(),
            Poll::Ready(Some(Ok(_))) if !self.body.is_end_stream() => {}
            Poll::Ready(_) => self.state.body_done(),
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

impl Drop for TrackedBody {
    /// A handler that needs no more of the body goes on without a timeout.
    fn drop(&mut self) {
        self.state.body_done();
    }
}
