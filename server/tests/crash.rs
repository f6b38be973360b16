//! The process is killed while it issues and revokes: what it had acknowledged is still so after the next start.
//!
//! `JETON_CRASH_KILLS` sets how often (3 unless told). Every moment of death is chosen by a count of answers, so nothing waits
//! for a clock.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

const WRITERS: usize = 8;

/// What the server has said yes to: a token's value, and whether it was revoked again.
type Journal = Mutex<Vec<(String, bool)>>;

#[test]
fn nothing_that_was_acknowledged_is_lost_or_revived_when_the_process_is_killed() {
    let kills = std::env::var("JETON_CRASH_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(3);
    let home = Home::new();
    let journal = Journal::default();
    for round in 0..kills {
        let server = home.start();
        check(&server, &journal);
        work_until_killed(server, &journal, 20 + (round * 37) % 90);
    }
    let server = home.start();
    check(&server, &journal);
    let journal = journal.into_inner().unwrap();
    assert!(journal.len() >= 20 * kills, "only {} answers", journal.len());
    assert!(journal.iter().any(|(_, revoked)| *revoked) && journal.iter().any(|(_, revoked)| !revoked));
}

/// Writers go on until the server is dead; it is killed right after that many answers.
fn work_until_killed(mut server: Server, journal: &Journal, answers: usize) {
    let (count, address) = (AtomicUsize::new(0), server.address);
    let (died, death) = std::sync::mpsc::channel();
    std::thread::scope(|threads| {
        for _ in 0..WRITERS {
            let died = died.clone();
            let count = &count;
            threads.spawn(move || {
                while let Some(number) = write_one(address, journal, count) {
                    if number >= answers {
                        // The first word counts; by the later ones the server may be dead already.
                        let _ = died.send(());
                    }
                }
            });
        }
        death.recv().unwrap();
        server.process.kill().unwrap();
    });
    server.process.wait().unwrap();
}

/// Issues a token, and revokes every other one; the number of the last answer. `None` when there was no answer any more: then
/// nothing was acknowledged, and either outcome is right.
fn write_one(address: SocketAddr, journal: &Journal, count: &AtomicUsize) -> Option<usize> {
    let body = "grant_type=client_credentials&client_id=worker&client_secret=not-a-secret-in-this-test";
    let answer = post(address, "/oauth2/token", body)?;
    let token = member(&answer, "access_token");
    let number = count.fetch_add(1, Ordering::SeqCst) + 1;
    if number.is_multiple_of(2) {
        journal.lock().unwrap().push((token, false));
        return Some(number);
    }
    // Not journalled when the answer is missing: it may or may not be revoked.
    let answer = post(address, "/oauth2/revoke", &format!("access_token={token}"))?;
    assert!(answer.contains("\"success\":true"), "{answer}");
    journal.lock().unwrap().push((token, true));
    Some(count.fetch_add(1, Ordering::SeqCst) + 1)
}

fn check(server: &Server, journal: &Journal) {
    for (token, revoked) in journal.lock().unwrap().iter() {
        let answer = post(server.address, "/oauth2/tokeninfo", &format!("access_token={token}")).unwrap();
        assert_eq!(answer.contains("invalid_token"), *revoked, "{answer}");
    }
}

/// The body of an answer; `None` when there was none, or not all of it.
fn post(address: SocketAddr, path: &str, body: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    let kind = "application/x-www-form-urlencoded";
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: jeton\r\nconnection: close\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let length = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    (length == Some(body.len())).then(|| body.to_owned())
}

fn member(json: &str, name: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"));
    value[name].as_str().unwrap_or_else(|| panic!("no {name}: {json}")).to_owned()
}

/// A server of the built program.
struct Server {
    process: Child,
    address: SocketAddr,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A folder with a database and a client; it goes with the test.
struct Home(PathBuf);

impl Home {
    fn new() -> Self {
        let home = Self(std::env::temp_dir().join(format!("jeton-crash-{}", std::process::id())));
        std::fs::create_dir_all(&home.0).unwrap();
        home.tool(&["init"], "");
        let client = "client add --name Worker --grant client_credentials --client-id worker --client-secret-stdin";
        home.tool(&client.split(' ').collect::<Vec<_>>(), "not-a-secret-in-this-test\n");
        home
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jeton"));
        command.current_dir(&self.0).env_clear().env("JETON_LOG", "info");
        command
    }

    fn tool(&self, arguments: &[&str], input: &str) {
        let mut tool = self.command().args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        tool.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        assert!(tool.wait().unwrap().success(), "{arguments:?}");
    }

    /// Starts the server on a free port and returns when it says that it is ready.
    fn start(&self) -> Server {
        loop {
            let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
            let mut command = self.command();
            command.arg("serve").env("JETON_LISTEN", address.to_string()).stdout(Stdio::piped()).stderr(Stdio::null());
            let mut server = Server { process: command.spawn().unwrap(), address };
            let mut log = BufReader::new(server.process.stdout.take().unwrap());
            let ready = log.by_ref().lines().map_while(Result::ok).any(|line| line.contains("ready"));
            // Somebody reads on, or the server would stop at a full pipe.
            std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
            // Not ready: somebody else took the port in the meantime.
            if ready {
                return server;
            }
        }
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
