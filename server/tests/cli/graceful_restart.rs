//! Graceful shutdown (DU-22): SIGTERM fails no request, and nodes of one database are restarted in
//! turn.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::harness::Folder;
use crate::server::{Server, connect, get, next_reply, post};

const READY: &str = "/health/ready";
const ASK: &str = "grant_type=client_credentials&client_id=worker&client_secret=not-a-secret-in-this-test-0123456789";

/// Long enough for a client that has just seen a server as ready.
const DELAY: [(&str, &str); 1] = [("JETON_SHUTDOWN_DELAY", "5")];
const SHORT: [(&str, &str); 1] = [("JETON_SHUTDOWN_DELAY", "2")];
const AT_ONCE: [(&str, &str); 1] = [("JETON_SHUTDOWN_DELAY", "0")];

fn folder() -> Folder {
    let folder = Folder::ready();
    let client = "client add --name Worker --grant client_credentials --client-id worker --client-secret-stdin";
    folder.good_with(&client.split(' ').collect::<Vec<_>>(), "not-a-secret-in-this-test-0123456789\n");
    folder
}

/// Returns when it answers that with this status. `None`: when it answers no more.
fn until(address: SocketAddr, status: Option<u16>) {
    while get(address, READY).ok().map(|reply| reply.status) != status {
        std::thread::yield_now();
    }
}

#[test]
fn a_server_that_is_told_to_stop_says_so_first_serves_on_and_ends_well() {
    let folder = folder();
    let server = Server::start(&folder, &DELAY);
    let address = server.address;
    assert_eq!(get(address, READY).unwrap().status, 200);
    let mut kept = connect(address).unwrap();
    let ready = format!("GET {READY} HTTP/1.1\r\nhost: jeton\r\n\r\n");
    kept.write_all(ready.as_bytes()).unwrap();
    assert_eq!(next_reply(&mut kept).header("connection"), "");
    server.terminate();
    until(address, Some(503));
    assert_eq!(post(address, "/oauth2/token", ASK).unwrap().status, 200);
    kept.write_all(ready.as_bytes()).unwrap();
    let last = next_reply(&mut kept);
    assert_eq!((last.status, last.header("connection")), (503, "close"));
    // Asked again, it does not wait any longer.
    server.terminate();
    assert!(server.ended().success());
}

#[test]
fn a_request_that_had_begun_is_answered_after_the_door_is_closed() {
    let folder = folder();
    let server = Server::start(&folder, &AT_ONCE);
    let address = server.address;
    let (head, body) = ASK.split_at(10);
    let kind = "content-type: application/x-www-form-urlencoded";
    let mut slow = connect(address).unwrap();
    let length = ASK.len();
    let begin =
        format!("POST /oauth2/token HTTP/1.1\r\nhost: jeton\r\n{kind}\r\ncontent-length: {length}\r\n\r\n{head}");
    slow.write_all(begin.as_bytes()).unwrap();
    // Served on another connection afterwards, so the first has been taken as well.
    assert_eq!(get(address, READY).unwrap().status, 200);
    server.terminate();
    until(address, None);
    slow.write_all(body.as_bytes()).unwrap();
    let reply = next_reply(&mut slow);
    assert_eq!((reply.status, reply.header("connection")), (200, "close"), "{reply:?}");
    assert!(server.ended().success());
}

/// A client that asks the first server that is ready, and another only when nobody listens there
/// any more.
fn ask(nodes: &[SocketAddr]) {
    loop {
        let ready = nodes.iter().find(|node| get(**node, READY).is_ok_and(|reply| reply.status == 200));
        let Some(node) = ready else { continue };
        match post(*node, "/oauth2/token", ASK) {
            Ok(reply) => {
                assert_eq!(reply.status, 200, "{reply:?}");
                return;
            }
            Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::ConnectionRefused, "{error}"),
        }
    }
}

#[test]
fn two_servers_on_one_database_are_restarted_in_turn_without_a_failed_request() {
    let folder = folder();
    let mut servers: Vec<Option<Server>> = (0..2).map(|_| Some(Server::start(&folder, &SHORT))).collect();
    let nodes: Vec<SocketAddr> = servers.iter().flatten().map(|server| server.address).collect();
    let (over, answered) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|threads| {
        for worker in 0..4 {
            let (over, answered) = (&over, &answered);
            let mut nodes = nodes.clone();
            nodes.rotate_left(worker % 2);
            threads.spawn(move || {
                let _end = End(over);
                while !over.load(Ordering::SeqCst) {
                    ask(&nodes);
                    answered.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        let _end = End(&over);
        let more = || {
            let wanted = answered.load(Ordering::SeqCst) + 20;
            while answered.load(Ordering::SeqCst) < wanted && !over.load(Ordering::SeqCst) {
                std::thread::yield_now();
            }
        };
        for (server, address) in servers.iter_mut().zip(&nodes) {
            more();
            let old = server.take().unwrap();
            old.terminate();
            assert!(old.ended().success());
            more();
            *server = Server::start_at(*address, &folder, &SHORT);
            assert!(server.is_some(), "{address} was taken by somebody else");
        }
        more();
    });
}

/// A thread that ends, for whatever reason, ends the others.
struct End<'a>(&'a AtomicBool);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}
