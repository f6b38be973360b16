//! A log that cannot be written loses lines, and never blocks the server.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, PipeReader, PipeWriter, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::harness::Folder;
use crate::server::{Outputs, Server, get, post};

const TALKATIVE: [(&str, &str); 2] = [("JETON_LOG", "debug"), ("JETON_SHUTDOWN_DELAY", "0")];
const ASK: &str = "grant_type=client_credentials&client_id=worker&client_secret=not-a-secret-in-this-test-0123456789";

/// Requests under way may go on for 30 seconds after the signal; here there are none.
const GRACE: Duration = Duration::from_secs(25);

fn folder() -> Folder {
    let folder = Folder::ready();
    let client = "client add --name Worker --grant client_credentials --client-id worker --client-secret-stdin";
    folder.good_with(&client.split(' ').collect::<Vec<_>>(), "not-a-secret-in-this-test-0123456789\n");
    folder
}

fn both(writer: &PipeWriter) -> Outputs {
    Outputs { out: writer.try_clone().unwrap().into(), err: writer.try_clone().unwrap().into() }
}

fn full() -> Outputs {
    let open = || OpenOptions::new().write(true).open("/dev/full").unwrap();
    Outputs { out: open().into(), err: open().into() }
}

/// Fills a pipe: what does not fit waits on a thread of its own, for as long as nobody reads.
fn fill(mut writer: PipeWriter) {
    std::thread::spawn(move || {
        let _ = writer.write_all(&[b'\n'; 256 * 1024]);
    });
}

/// What the service is for goes on, and it ends in time and well.
fn serves_and_ends_well(server: Server) {
    let address = server.address;
    for _ in 0..20 {
        assert_eq!(post(address, "/oauth2/token", ASK).unwrap().status, 200);
        assert!((400..500).contains(&post(address, "/oauth2/token", "grant_type=nonsense").unwrap().status));
        assert_eq!(get(address, "/login").unwrap().status, 200);
        assert_eq!(get(address, "/oauth2/jwks").unwrap().status, 200);
        assert_eq!(get(address, "/health/ready").unwrap().status, 200);
    }
    server.terminate();
    let (done, ended) = mpsc::channel();
    std::thread::spawn(move || done.send(server.ended()));
    let status = ended.recv_timeout(GRACE).unwrap();
    assert_eq!(status.code(), Some(0), "{status}");
}

#[test]
fn a_reader_that_is_gone_stops_nothing() {
    let folder = folder();
    let (reader, writer) = std::io::pipe().unwrap();
    let server = Server::start_without_reader(&folder, &TALKATIVE, both(&writer));
    drop(reader);
    serves_and_ends_well(server);
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full_stops_nothing() {
    let folder = folder();
    let server = Server::start_without_reader(&folder, &TALKATIVE, full());
    serves_and_ends_well(server);
}

#[test]
fn a_reader_that_stands_still_stops_nothing() {
    let folder = folder();
    let (reader, writer) = std::io::pipe().unwrap();
    fill(writer.try_clone().unwrap());
    let server = Server::start_without_reader(&folder, &TALKATIVE, both(&writer));
    serves_and_ends_well(server);
    drop::<PipeReader>(reader);
}

#[test]
fn lost_lines_are_counted_and_logged_when_the_output_is_read_again() {
    let folder = folder();
    let path = folder.0.join("log");
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    // Opened for both, so that nobody waits for the other end.
    let both_ends = || OpenOptions::new().read(true).write(true).open(&path).unwrap();
    let first = both_ends();
    let writer = OpenOptions::new().write(true).open(&path).unwrap();
    let server = Server::start_without_reader(&folder, &TALKATIVE, Outputs { out: writer.into(), err: Stdio::null() });
    drop(first);
    let ask = || assert_eq!(get(server.address, "/login").unwrap().status, 200);
    (0..5).for_each(|_| ask());
    let (done, found) = mpsc::channel();
    std::thread::spawn(move || {
        let lines = BufReader::new(File::open(path).unwrap()).lines().map_while(Result::ok);
        let _ = done.send(lines.take(200).find(|line| line.contains("lines of the log were lost")));
    });
    let told = loop {
        ask();
        match found.try_recv() {
            Err(mpsc::TryRecvError::Empty) => std::thread::yield_now(),
            told => break told.unwrap().unwrap(),
        }
    };
    let (_, count) = told.split_once("lines=").unwrap();
    assert!(count.trim().parse::<u32>().unwrap() >= 1, "{told}");
}

#[test]
fn a_line_on_standard_error_that_cannot_be_written_is_no_panic() {
    let folder = folder();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut outputs = vec![both(&writer)];
    if cfg!(target_os = "linux") {
        outputs.push(full());
    }
    for Outputs { out, err } in outputs {
        let mut command = folder.command(&["serve"], &[("JETON_LISTEN", "nonsense")]);
        assert_eq!(command.stdout(out).stderr(err).status().unwrap().code(), Some(1));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_a_full_disk_swallows_is_told_of_and_a_reader_that_has_enough_is_not() {
    let folder = folder();
    let mut list = folder.command(&["client", "list"], &[]);
    let done = list.stdout(full().out).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
    let line = String::from_utf8(done.stderr).unwrap();
    assert!(!done.status.success() && line.contains("standard output could not be written"), "{line}");
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    assert!(folder.command(&["client", "list"], &[]).stdout(writer).status().unwrap().success());
}

#[test]
fn a_line_in_json_says_once_which_request_it_is_about() {
    let folder = folder();
    let (reader, writer) = std::io::pipe().unwrap();
    let settings = [("JETON_LOG_FORMAT", "json")];
    let server = Server::start_without_reader(&folder, &settings, Outputs { out: writer.into(), err: Stdio::null() });
    assert_eq!(get(server.address, "/login").unwrap().status, 200);
    let lines = BufReader::new(reader).lines().map_while(Result::ok).take(200);
    let line = lines.into_iter().find(|line| line.contains("answered") && line.contains("/login")).unwrap();
    let told: serde_json::Value = serde_json::from_str(&line).unwrap();
    let request = &told["spans"][0];
    assert_eq!((&request["path"], &request["address"]), (&"/login".into(), &"127.0.0.1".into()), "{line}");
    assert!(request["id"].is_string() && told["fields"]["ms"].is_u64() && told["fields"]["status"] == 200, "{line}");
    assert!(told["span"].is_null() && told["spans"].as_array().unwrap().len() == 1, "{line}");
    assert_eq!(line.matches("127.0.0.1").count(), 1, "{line}");
}
