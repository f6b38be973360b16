//! Connection timeouts over real sockets: peers that let the server wait. The test decides when the
//! timeouts are checked.

use std::net::SocketAddr;

use server::serve::listener::ConnectionListener;
use server::state::ShuttingDown;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;

use crate::harness::Test;

const READY: &str = "GET /health/ready HTTP/1.1\r\nhost: jeton\r\nconnection: close\r\n\r\n";
const KEEP_ALIVE: &str = "GET /health/ready HTTP/1.1\r\nhost: jeton\r\n\r\n";

/// A head with `Expect: 100-continue`: the 100 shows when the server waits for the body.
const INCOMPLETE: &str = "POST /oauth2/token HTTP/1.1\r\nhost: jeton\r\nexpect: 100-continue\r\n\
    content-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\n";

/// A listener with so many slots; it accepts until the sender is dropped.
async fn listen(test: &Test, slots: u32) -> (ConnectionListener, SocketAddr, watch::Sender<bool>) {
    let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (shutdown, shutdown_begun) = watch::channel(false);
    let (listener, address) = (ConnectionListener::new(slots, ShuttingDown::default()), socket.local_addr().unwrap());
    tokio::spawn(listener.clone().accept_until_shutdown(socket, test.fast_path(), shutdown_begun));
    (listener, address, shutdown)
}

async fn send(address: SocketAddr, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

/// The first line of the response.
async fn first_line(stream: &mut TcpStream) -> String {
    let mut line = Vec::new();
    while !line.ends_with(b"\r\n") {
        line.push(stream.read_u8().await.unwrap());
    }
    String::from_utf8(line).unwrap().trim_end().to_owned()
}

async fn served(address: SocketAddr) -> bool {
    first_line(&mut send(address, READY).await).await == "HTTP/1.1 200 OK"
}

/// Whether the server has closed the connection; what it had sent before is skipped.
async fn is_closed(stream: &mut TcpStream) -> bool {
    let mut rest = Vec::new();
    tokio::select! {
        biased;
        _ = stream.read_to_end(&mut rest) => true,
        () = async { for _ in 0..1000 { tokio::task::yield_now().await } } => false,
    }
}

async fn closed(streams: &mut [TcpStream]) -> Vec<usize> {
    let mut found = Vec::new();
    for (number, stream) in streams.iter_mut().enumerate() {
        if is_closed(stream).await {
            found.push(number);
        }
    }
    found
}

/// So many connections with a body of which only a part is sent.
async fn incomplete(address: SocketAddr, count: usize) -> Vec<TcpStream> {
    let mut streams = Vec::new();
    for _ in 0..count {
        let mut stream = send(address, INCOMPLETE).await;
        assert_eq!(first_line(&mut stream).await, "HTTP/1.1 100 Continue");
        stream.write_all(b"grant_type=").await.unwrap();
        streams.push(stream);
    }
    streams
}

#[tokio::test]
async fn incomplete_bodies_in_every_slot_make_way_for_an_honest_request_the_oldest_first() {
    let test = Test::new().await;
    let (listener, address, _shutdown) = listen(&test, 8).await;
    let mut bodies = incomplete(address, 8).await;
    (0..2).for_each(|_| listener.check_timeouts(false));
    assert!(served(address).await);
    assert_eq!(closed(&mut bodies).await, [0]);
    assert!(served(address).await, "a slot is free now");
    assert_eq!(closed(&mut bodies[1..]).await, [0; 0]);
}

#[tokio::test]
async fn an_incomplete_body_gets_as_long_as_a_head_however_many_slots_there_are() {
    let test = Test::new().await;
    let (listener, address, _shutdown) = listen(&test, 100).await;
    let mut streams = incomplete(address, 1).await;
    let mut idle = send(address, KEEP_ALIVE).await;
    assert_eq!(first_line(&mut idle).await, "HTTP/1.1 200 OK");
    (0..4).for_each(|_| listener.check_timeouts(false));
    streams[0].write_all(b"drip").await.unwrap();
    assert!(closed(&mut streams).await.is_empty());
    listener.check_timeouts(false);
    assert_eq!(closed(&mut streams).await, [0]);
    assert!(!is_closed(&mut idle).await, "an idle connection may last longer");
}

#[tokio::test]
async fn a_reader_that_takes_nothing_is_closed_for_another() {
    let test = Test::new().await;
    let (listener, address, _shutdown) = listen(&test, 1).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut reader = socket.connect(address).await.unwrap();
    tokio::spawn(async move { while reader.write_all(KEEP_ALIVE.repeat(100).as_bytes()).await.is_ok() {} });
    let checks = async {
        // An idle connection would be closed after more checks than these.
        for _ in 0..30 {
            for _ in 0..20_000 {
                tokio::task::yield_now().await;
            }
            listener.check_timeouts(false);
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        served = served(address) => assert!(served),
        () = checks => {}
    }
}
