//! Connections whose peers let the server wait, over real sockets; the test says when the door looks at them.

use std::net::SocketAddr;

use server::serve::door::Door;
use server::state::Leaving;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;

use crate::harness::Test;

const READY: &str = "GET /health/ready HTTP/1.1\r\nhost: jeton\r\nconnection: close\r\n\r\n";
const KEPT: &str = "GET /health/ready HTTP/1.1\r\nhost: jeton\r\n\r\n";

/// A head whose body is asked for, so that the other side knows when somebody waits for it.
const UNFINISHED: &str = "POST /oauth2/token HTTP/1.1\r\nhost: jeton\r\nexpect: 100-continue\r\n\
    content-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\n";

/// A door for so many; it is open as long as the sender is there.
async fn open(test: &Test, places: u32) -> (Door, SocketAddr, watch::Sender<bool>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (end, ended) = watch::channel(false);
    let (door, address) = (Door::new(places, Leaving::default()), listener.local_addr().unwrap());
    tokio::spawn(door.clone().keep(listener, test.front(), ended));
    (door, address, end)
}

async fn say(address: SocketAddr, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

/// The first line of what comes.
async fn first_line(stream: &mut TcpStream) -> String {
    let mut line = Vec::new();
    while !line.ends_with(b"\r\n") {
        line.push(stream.read_u8().await.unwrap());
    }
    String::from_utf8(line).unwrap().trim_end().to_owned()
}

async fn served(address: SocketAddr) -> bool {
    first_line(&mut say(address, READY).await).await == "HTTP/1.1 200 OK"
}

/// Whether the other side has closed; what it had said before does not count.
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

/// So many connections with a body of which only a part comes.
async fn unfinished(address: SocketAddr, count: usize) -> Vec<TcpStream> {
    let mut streams = Vec::new();
    for _ in 0..count {
        let mut stream = say(address, UNFINISHED).await;
        assert_eq!(first_line(&mut stream).await, "HTTP/1.1 100 Continue");
        stream.write_all(b"grant_type=").await.unwrap();
        streams.push(stream);
    }
    streams
}

#[tokio::test]
async fn unfinished_bodies_on_every_place_make_room_for_an_honest_request_the_oldest_first() {
    let test = Test::new().await;
    let (door, address, _end) = open(&test, 8).await;
    let mut bodies = unfinished(address, 8).await;
    (0..2).for_each(|_| door.look(false));
    assert!(served(address).await);
    assert_eq!(closed(&mut bodies).await, [0]);
    assert!(served(address).await, "there is a place now");
    assert_eq!(closed(&mut bodies[1..]).await, [0; 0]);
}

#[tokio::test]
async fn an_unfinished_body_gets_as_long_as_a_head_however_many_places_there_are() {
    let test = Test::new().await;
    let (door, address, _end) = open(&test, 100).await;
    let mut streams = unfinished(address, 1).await;
    let mut kept = say(address, KEPT).await;
    assert_eq!(first_line(&mut kept).await, "HTTP/1.1 200 OK");
    (0..4).for_each(|_| door.look(false));
    streams[0].write_all(b"drip").await.unwrap();
    assert!(closed(&mut streams).await.is_empty());
    door.look(false);
    assert_eq!(closed(&mut streams).await, [0]);
    assert!(!is_closed(&mut kept).await, "a silence may last longer");
}

#[tokio::test]
async fn a_reader_that_takes_nothing_makes_room() {
    let test = Test::new().await;
    let (door, address, _end) = open(&test, 1).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut reader = socket.connect(address).await.unwrap();
    tokio::spawn(async move { while reader.write_all(KEPT.repeat(100).as_bytes()).await.is_ok() {} });
    let looks = async {
        // A silence alone would be cut after more of them.
        for _ in 0..30 {
            for _ in 0..20_000 {
                tokio::task::yield_now().await;
            }
            door.look(false);
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        served = served(address) => assert!(served),
        () = looks => {}
    }
}
