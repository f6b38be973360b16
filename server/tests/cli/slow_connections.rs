//! Slow connections (DS-01, DS-03 and related): connection timeouts, and too many connections.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::harness::Folder;
use crate::server::{Server, connect, get, next_reply};

const DISCOVERY: &str = "GET /.well-known/openid-configuration HTTP/1.1\r\nhost: jeton\r\n\r\n";

/// Half-open connections are closed within ten seconds; the rest is for a busy machine.
const CLOSED_WITHIN: Duration = Duration::from_secs(20);

/// Whether the server closed the connection in time and without a response.
fn is_closed(mut stream: TcpStream) -> bool {
    stream.set_read_timeout(Some(CLOSED_WITHIN)).unwrap();
    match stream.read(&mut [0; 1]) {
        Ok(count) => count == 0,
        Err(error) => error.kind() == std::io::ErrorKind::ConnectionReset,
    }
}

#[test]
fn heads_that_never_end_are_closed_and_hinder_nobody_and_a_silent_connection_stays_open() {
    let folder = Folder::ready();
    let server = Server::start(&folder, &[]);
    let mut kept = connect(server.address).unwrap();
    kept.write_all(DISCOVERY.as_bytes()).unwrap();
    assert_eq!(next_reply(&mut kept).status, 200);
    let half_open: Vec<TcpStream> = (0..200)
        .map(|number| {
            let mut stream = connect(server.address).unwrap();
            // Some have sent nothing at all.
            let part = if number % 4 == 0 { "" } else { &DISCOVERY[..DISCOVERY.len() - 2 - number % 30] };
            stream.write_all(part.as_bytes()).unwrap();
            stream
        })
        .collect();
    assert_eq!(get(server.address, "/.well-known/openid-configuration").unwrap().status, 200);
    assert!(half_open.into_iter().all(is_closed));
    kept.write_all(DISCOVERY.as_bytes()).unwrap();
    assert_eq!(next_reply(&mut kept).status, 200);
}

#[test]
fn a_head_over_64_kib_is_refused_and_one_below_is_read() {
    let folder = Folder::ready();
    let server = Server::start(&folder, &[]);
    for (size, status) in [(100 * 1024, 431), (32 * 1024, 200)] {
        let mut stream = connect(server.address).unwrap();
        let head = DISCOVERY.replace("\r\n\r\n", &format!("\r\nx-much: {}\r\n\r\n", "a".repeat(size)));
        // A server that refuses need not read to the end.
        let _ = stream.write_all(head.as_bytes());
        assert_eq!(next_reply(&mut stream).status, status, "{size}");
    }
}

#[test]
fn when_no_slot_is_free_idle_connections_are_closed_for_new_ones() {
    let folder = Folder::ready();
    let server = Server::start(&folder, &[("JETON_MAX_CONNECTIONS", "4")]);
    let mut silent: Vec<TcpStream> = (0..3)
        .map(|_| {
            let mut stream = connect(server.address).unwrap();
            stream.write_all(DISCOVERY.as_bytes()).unwrap();
            assert_eq!(next_reply(&mut stream).status, 200);
            stream
        })
        .collect();
    let _fourth = connect(server.address).unwrap();
    assert_eq!(get(server.address, "/.well-known/openid-configuration").unwrap().status, 200);
    assert!(is_closed(silent.remove(0)), "who has been silent for longest");
}
