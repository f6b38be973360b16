//! A server of the built program, and a client with one request a connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use crate::harness::Folder;

/// No answer takes so long, however busy the machine is.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running server; it ends with the test.
pub struct Server {
    process: Child,
    pub address: SocketAddr,
}

/// Where a server writes.
#[cfg(unix)]
pub struct Outputs {
    pub out: Stdio,
    pub err: Stdio,
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Server {
    /// Starts the server on a free port, and waits until it is ready.
    pub fn start(folder: &Folder, settings: &[(&str, &str)]) -> Self {
        loop {
            let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
            if let Some(server) = Self::start_at(address, folder, settings) {
                return server;
            }
        }
    }

    /// Starts it there; `None` when it stopped before it was ready, because somebody else has the
    /// port.
    pub fn start_at(address: SocketAddr, folder: &Folder, settings: &[(&str, &str)]) -> Option<Self> {
        let mut command = folder.command(&["serve"], settings);
        command.env("JETON_LISTEN", address.to_string()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut server = Self { process: command.spawn().unwrap(), address };
        let mut log = BufReader::new(server.process.stdout.take().unwrap());
        let ready = log.by_ref().lines().map_while(Result::ok).any(|line| line.contains("ready"));
        // Somebody reads on, or the server would stop at a full pipe.
        std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        ready.then_some(server)
    }

    /// Starts it with other outputs, and returns when it answers that it is ready.
    #[cfg(unix)]
    pub fn start_without_reader(folder: &Folder, settings: &[(&str, &str)], outputs: Outputs) -> Self {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut command = folder.command(&["serve"], settings);
        command.env("JETON_LISTEN", address.to_string()).stdout(outputs.out).stderr(outputs.err);
        let mut server = Self { process: command.spawn().unwrap(), address };
        while get(address, "/health/ready").ok().is_none_or(|reply| reply.status != 200) {
            assert!(server.process.try_wait().unwrap().is_none(), "it ended before it was ready");
            std::thread::yield_now();
        }
        server
    }

    /// Its resident memory in KiB.
    #[cfg(target_os = "linux")]
    pub fn resident_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    /// Asks it to stop, as a service manager does.
    pub fn terminate(&self) {
        assert!(Command::new("kill").arg(self.process.id().to_string()).status().unwrap().success());
    }

    /// Waits until it has ended.
    pub fn ended(mut self) -> ExitStatus {
        self.process.wait().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Reply {
    /// The first header of this name, in lower case.
    pub fn header(&self, name: &str) -> &str {
        let mut headers = self.head.lines().filter_map(|line| line.split_once(": "));
        headers.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value).unwrap_or_default()
    }

    /// A text member of the JSON body.
    pub fn member(&self, name: &str) -> String {
        let value: serde_json::Value = serde_json::from_str(&self.body).unwrap();
        value[name].as_str().unwrap_or_default().to_owned()
    }
}

/// A connection that gives up rather than wait for ever.
pub fn connect(address: SocketAddr) -> std::io::Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    Ok(stream)
}

/// Sends a form on a connection of its own.
pub fn post(address: SocketAddr, path: &str, form: &str) -> std::io::Result<Reply> {
    let kind = "application/x-www-form-urlencoded";
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: jeton\r\nconnection: close\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n",
        form.len()
    );
    exchange(address, &format!("{head}{form}"))
}

/// Asks for a path on a connection of its own.
pub fn get(address: SocketAddr, path: &str) -> std::io::Result<Reply> {
    exchange(address, &format!("GET {path} HTTP/1.1\r\nhost: jeton\r\nconnection: close\r\n\r\n"))
}

/// The next answer on a connection that stays open; every answer of ours has a length.
pub fn next_reply(stream: &mut TcpStream) -> Reply {
    let (mut bytes, mut one) = (Vec::new(), [0]);
    while !bytes.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut one).unwrap();
        bytes.push(one[0]);
    }
    let head = String::from_utf8(bytes).unwrap().trim_end().to_owned();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let mut reply = Reply { status, head, body: String::new() };
    let length = reply.header("content-length").parse().unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    reply.body = String::from_utf8(body).unwrap();
    reply
}

fn exchange(address: SocketAddr, request: &str) -> std::io::Result<Reply> {
    let mut stream = connect(address)?;
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let cut = || std::io::Error::other(format!("no whole answer: {answer:?}"));
    let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(cut)?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(cut)?;
    Ok(Reply { status, head: head.to_owned(), body: body.to_owned() })
}
