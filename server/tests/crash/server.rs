//! A running server of the built program.

use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::http_client::Call;

/// A server that is not ready again after so long does not recover alone.
const PATIENCE: Duration = Duration::from_secs(15);

/// A file that may not grow is to be an error of the write, as a full disk is, and not the end of
/// the process.
const START: &str = "trap '' XFSZ; exec \"$0\" serve";

pub struct Server {
    process: Mutex<Child>,
    pub address: SocketAddr,
}

impl Server {
    /// Starts the server on a free port, and waits until it is ready.
    pub fn start(environment: &Command) -> Self {
        loop {
            let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
            let mut command = Command::new("sh");
            command
                .args(["-c", START, env!("CARGO_BIN_EXE_jeton")])
                .current_dir(environment.get_current_dir().unwrap());
            command.env_clear().envs(environment.get_envs().filter_map(|(name, value)| Some((name, value?))));
            command.env("JETON_LISTEN", address.to_string()).stdout(Stdio::piped()).stderr(Stdio::piped());
            let mut process = command.spawn().unwrap();
            if listens(&mut process) {
                return Self { process: Mutex::new(process), address };
            }
            let mut why = String::new();
            process.stderr.take().unwrap().read_to_string(&mut why).unwrap();
            process.wait().unwrap();
            // Somebody else may have taken the port in the meantime.
            assert!(why.contains("JETON_LISTEN"), "no start: {why}");
        }
    }

    pub fn id(&self) -> u32 {
        self.process.lock().unwrap().id()
    }

    /// The response of `/health/ready`.
    pub fn is_ready(&self) -> bool {
        Call::get("/health/ready").send(self.address).is_some_and(|answer| answer.status == 200)
    }

    /// Returns as soon as it is ready again.
    pub fn await_ready(&self) {
        let began = Instant::now();
        while !self.is_ready() {
            assert!(began.elapsed() < PATIENCE, "not ready after {} s", PATIENCE.as_secs());
        }
    }

    /// SIGKILL.
    pub fn kill(&self) {
        let mut process = self.process.lock().unwrap();
        process.kill().unwrap();
        process.wait().unwrap();
    }
}

/// Waits for the log line `ready`. Later lines are shown when the test fails.
fn listens(process: &mut Child) -> bool {
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
    let ready = lines.any(|line| line.contains(" ready"));
    // Somebody reads on, or the server would stop at a full pipe.
    std::thread::spawn(move || lines.for_each(|line| println!("{line}")));
    ready
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Ok(process) = self.process.get_mut() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}
