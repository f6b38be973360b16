//! Load: so many connections, each doing one thing after the other, and how long each took.

use crate::clock::Stopwatch;
use crate::http::Connection;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

/// Connections at the same time.
pub const CONNECTIONS: usize = 32;
/// Before anything counts.
const WARM: Duration = Duration::from_secs(1);

/// One connection's work.
pub trait Worker: 'static {
    /// Does it once; what came back must be what was expected, or the benchmark ends.
    fn step(&mut self, connection: &mut Connection) -> impl Future<Output = Result<(), String>>;
}

/// What was measured of a workload.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    /// Completed a second.
    pub rate: f64,
    /// Half were faster, in milliseconds.
    pub p50: f64,
    /// All but one in a hundred were faster, in milliseconds.
    pub p99: f64,
    /// Processor seconds of the server for a thousand.
    pub cpu: f64,
    /// Resident memory of the server afterwards, in MiB.
    pub memory: f64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Warm,
    Measured,
    Over,
}

/// What the server has used, in processor seconds, and its resident memory in MiB.
pub type Usage<'a> = &'a dyn Fn() -> (f64, f64);

/// Runs the workers against `host:port` for so long after the warm-up.
pub async fn run<W: Worker>(
    address: &str,
    workers: Vec<W>,
    length: Duration,
    usage: Usage<'_>,
) -> Result<Figures, String> {
    let phase = Rc::new(Cell::new(Phase::Warm));
    let times = Rc::new(RefCell::new(Vec::with_capacity(1 << 20)));
    let mut running = Vec::with_capacity(workers.len());
    for worker in workers {
        let connection = Connection::open(address).await?;
        running.push(tokio::task::spawn_local(drive(worker, connection, phase.clone(), times.clone())));
    }
    tokio::time::sleep(WARM).await;
    let before = usage().0;
    let begin = Stopwatch::start();
    phase.set(Phase::Measured);
    tokio::time::sleep(length).await;
    phase.set(Phase::Over);
    let (took, (after, memory)) = (begin.elapsed(), usage());
    for worker in running {
        worker.await.map_err(|error| error.to_string())??;
    }
    Ok(figures(&mut times.borrow_mut(), took, after - before, memory))
}

async fn drive<W: Worker>(
    mut worker: W,
    mut connection: Connection,
    phase: Rc<Cell<Phase>>,
    times: Rc<RefCell<Vec<u32>>>,
) -> Result<(), String> {
    while phase.get() != Phase::Over {
        let begin = Stopwatch::start();
        worker.step(&mut connection).await?;
        if phase.get() == Phase::Measured {
            times.borrow_mut().push(u32::try_from(begin.elapsed().as_micros()).unwrap_or(u32::MAX));
        }
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "figures for people")]
fn figures(times: &mut [u32], took: Duration, cpu: f64, memory: f64) -> Figures {
    times.sort_unstable();
    let count = times.len();
    let at = |percent: usize| f64::from(times.get(count * percent / 100).copied().unwrap_or(0)) / 1000.0;
    let thousands = count as f64 / 1000.0;
    Figures {
        rate: count as f64 / took.as_secs_f64(),
        p50: at(50),
        p99: at(99),
        cpu: if count == 0 { 0.0 } else { cpu / thousands },
        memory,
    }
}
