//! Servers that run while this process runs, and end with it.

use crate::{
    clock::Stopwatch,
    guard::Guard,
    process::{Outcome, not_started, shown},
};
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command},
    thread,
    time::Duration,
};

const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(50);

/// Running servers. Dropped: they are ended, and the folder is removed.
pub struct Children {
    guard: Guard,
    running: Vec<(String, Child)>,
}

impl Children {
    /// No servers yet, and a folder to remove at the end, if any.
    pub fn new(folder: Option<&Path>) -> Outcome<Self> {
        Ok(Self { guard: Guard::new(folder, &[])?, running: Vec::new() })
    }

    /// Starts a server and waits until `GET /health/ready` at this address answers 200.
    pub fn start(&mut self, command: &mut Command, address: SocketAddr) -> Outcome {
        let child = command.spawn().map_err(|error| not_started(command, &error))?;
        self.guard.adopt(&child)?;
        self.running.push((shown(command), child));
        let watch = Stopwatch::start();
        while !is_ready(address) {
            if let Some(ended) = self.ended() {
                return Err(ended);
            }
            if watch.elapsed() > PATIENCE {
                return Err(format!("`{}` is not ready after {} s", shown(command), PATIENCE.as_secs()));
            }
            thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// Waits until one of them ends, and says which.
    pub fn wait(mut self) -> String {
        loop {
            if let Some(ended) = self.ended() {
                return ended;
            }
            thread::sleep(PAUSE);
        }
    }

    fn ended(&mut self) -> Option<String> {
        self.running.iter_mut().find_map(|(name, child)| {
            let status = child.try_wait().ok().flatten()?;
            Some(format!("`{name}` ended: {status}"))
        })
    }
}

impl Drop for Children {
    fn drop(&mut self) {
        self.guard.begin();
        for (_, child) in &mut self.running {
            let _status = child.wait();
        }
    }
}

fn is_ready(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(stream, "GET /health/ready HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200 "))
}

/// Refuses an address that another program already uses.
pub fn check_free(address: SocketAddr) -> Outcome {
    let free = TcpListener::bind(address).map(drop);
    free.map_err(|error| format!("cannot listen on {address}: {error}\nChoose another port: cargo xtask demo --port N"))
}

/// A port that is free now.
pub fn free_port() -> Outcome<u16> {
    let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    port.map(|address| address.port()).map_err(|error| format!("no free port: {error}"))
}
