//! Servers under test: started on a core of their own, asked until they are ready, and looked at
//! from outside.

use crate::clock::Stopwatch;
use crate::http::{self, Connection};
use std::ffi::OsStr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::{Child, Command};

/// The core of the servers; the load comes from another one.
const SERVER_CORE: &str = "0";
const PATIENCE: Duration = Duration::from_secs(60);
/// The kernel counts processor time in hundredths of a second.
const TICKS: f64 = 100.0;

/// A running server. Dropped: it is killed.
pub struct Server {
    child: Child,
    address: String,
    /// From the start of the process to the first answer that says ready.
    pub start: Duration,
}

/// A command on the servers' core, where there is another one for the load, and `taskset` to
/// choose. The machine is asked, not this process, which has one core by then.
pub fn pinned(program: impl AsRef<OsStr>) -> Command {
    let tool = Path::new("/usr/bin/taskset");
    if !Path::new("/sys/devices/system/cpu/cpu1").exists() || !tool.exists() {
        return Command::new(program);
    }
    let mut command = Command::new(tool);
    command.args(["-c", SERVER_CORE]).arg(program);
    command
}

impl Server {
    /// Starts it and asks `path` until the answer is 200.
    pub async fn start(mut command: Command, address: &str, path: &str) -> Result<Self, String> {
        command.stdin(Stdio::null()).stdout(Stdio::null()).kill_on_drop(true);
        let begin = Stopwatch::start();
        let child = command.spawn().map_err(|error| format!("{:?}: {error}", command.as_std().get_program()))?;
        let ask = http::get(address, path, &[("Connection", "close")]);
        while !is_ready(address, &ask).await {
            if begin.elapsed() > PATIENCE {
                return Err(format!("{address} is not ready after {} s", PATIENCE.as_secs()));
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Ok(Self { child, address: address.to_owned(), start: begin.elapsed() })
    }

    /// Where it listens, as `host:port`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Processor seconds so far, and resident memory in MiB.
    pub fn usage(&self) -> (f64, f64) {
        let Some(id) = self.child.id() else { return (0.0, 0.0) };
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |field: usize| fields.get(field).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
        ((ticks(11) + ticks(12)) / TICKS, resident_memory(id))
    }

    /// Ends it as a service manager would, and waits.
    pub async fn stop(mut self) -> Result<(), String> {
        let id = self.child.id().map(|id| id.to_string()).unwrap_or_default();
        let told = Command::new("kill").arg(id).status().await.map_err(|error| format!("kill: {error}"))?;
        if !told.success() {
            return Err(format!("{} could not be stopped", self.address));
        }
        self.child.wait().await.map(drop).map_err(|error| error.to_string())
    }
}

fn resident_memory(id: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

async fn is_ready(address: &str, ask: &[u8]) -> bool {
    let Ok(mut connection) = Connection::open(address).await else { return false };
    connection.exchange(ask).await.is_ok_and(|answer| answer.status == 200)
}

/// A port that is free now.
pub fn free_address() -> Result<String, String> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).map_err(|error| format!("no free port: {error}"))?;
    listener.local_addr().map(|address| address.to_string()).map_err(|error| error.to_string())
}
