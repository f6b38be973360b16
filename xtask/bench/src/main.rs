//! The benchmark behind `cargo xtask bench`: starts Jeton's release binary and the yardsticks, one after the other on a core of their
//! own, drives them from another core, and prints one table.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool talks to its terminal")]

mod bare;
mod browser;
mod clock;
mod flood;
mod http;
mod jeton;
mod load;
mod nodes;
mod pairs;
mod peer;
mod process;
mod suite;
mod table;
mod target;
mod work;

use clap::{Parser, Subcommand};
use jeton::Jeton;
use pairs::Ratio;
use peer::{Adapter, Peer};
use process::{Server, free_address, pinned};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use suite::Suite;
use table::{Fact, Row};
use target::Target;

/// The benchmark.
#[derive(Parser)]
struct Options {
    #[command(subcommand)]
    yardstick: Option<Yardstick>,
    /// Jeton's release binary
    #[arg(long, default_value = "target/release/jeton")]
    jeton: PathBuf,
    /// The folder with the peer, npm's oidc-provider; without it the peer is left out
    #[arg(long)]
    peer: Option<PathBuf>,
    /// A PostgreSQL server with an empty database
    #[arg(long)]
    postgres: Option<String>,
    /// How long each workload is measured
    #[arg(long, default_value_t = 4)]
    seconds: u64,
    /// Rows in the database, once around for each number
    #[arg(long, value_delimiter = ',', default_values_t = [10_000, 1_000_000])]
    rows: Vec<i64>,
}

impl Options {
    const fn length(&self) -> Duration {
        Duration::from_secs(self.seconds)
    }
}

/// What this program starts of itself, on the servers' core.
#[derive(Subcommand)]
enum Yardstick {
    /// Serve the bare handler
    Bare { address: String },
    /// Hash passwords, and print how many a second
    Argon2 { seconds: u64 },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::process::ExitCode {
    let options = Options::parse();
    let outcome = match &options.yardstick {
        Some(Yardstick::Bare { address }) => bare::serve(address).await,
        Some(Yardstick::Argon2 { seconds }) => {
            bare::argon2(Duration::from_secs(*seconds)).map(|rate| println!("{rate}"))
        }
        None => tokio::task::LocalSet::new().run_until(bench(&options)).await,
    };
    outcome.map_or_else(
        |message| {
            eprintln!("{message}");
            std::process::ExitCode::FAILURE
        },
        |()| std::process::ExitCode::SUCCESS,
    )
}

async fn bench(options: &Options) -> Result<(), String> {
    let argon2 = bare_argon2(options).await?;
    let mut found = Found::default();
    found.fact("bare Argon2, hashes a second", format!("{argon2:.1}"));
    let bare = bare_axum().await?;
    found.rows.push(suite::bare(&bare, options.length()).await?);
    let mut peers = Vec::new();
    for adapter in options.peer.iter().flat_map(|_| [Adapter::Own, Adapter::Map]) {
        let folder = options.peer.as_deref().unwrap_or(Path::new("."));
        let peer = Peer::start(folder, adapter, options.length()).await?;
        found.rows.extend(peer_rows(&peer).await?);
        peers.push(peer);
    }
    let folder = Folder::new()?;
    let sqlite = format!("sqlite:{}", folder.0.join("jeton.db").display());
    databases(
        options,
        &DatabaseSetup { kind: "SQLite", url: &sqlite, folder: &folder.0 },
        Some((&bare, &peers)),
        &mut found,
    )
    .await?;
    if let Some(postgres) = &options.postgres {
        databases(options, &DatabaseSetup { kind: "PostgreSQL", url: postgres, folder: &folder.0 }, None, &mut found)
            .await?;
    }
    let size = std::fs::metadata(&options.jeton).map_or(0, |data| data.len()) / 1_000_000;
    found.fact("binary, MB", size.to_string());
    table::print(&found.rows, &found.facts);
    table::print_bars(&found.ratios, &found.rows, argon2);
    Ok(())
}

/// What was measured so far.
#[derive(Default)]
struct Found {
    rows: Vec<Row>,
    facts: Vec<Fact>,
    ratios: Vec<Ratio>,
}

impl Found {
    fn fact(&mut self, name: &str, value: String) {
        self.facts.push(Fact { name: name.to_owned(), value });
    }
}

/// Every workload that the peer can do with what it remembers.
async fn peer_rows(peer: &Peer) -> Result<Vec<Row>, String> {
    if peer.adapter() == Adapter::Map {
        return peer.suite().await?.common().await;
    }
    Ok(vec![
        peer.suite().await?.introspection(1, "introspection, 1 token").await?,
        peer.suite().await?.client_credentials().await?,
        peer.suite().await?.refresh().await?,
        peer.suite().await?.code().await?,
        peer.suite().await?.sign_in().await?,
    ])
}

/// A database for Jeton.
struct DatabaseSetup<'a> {
    kind: &'a str,
    url: &'a str,
    /// Where its other files are made.
    folder: &'a Path,
}

/// Jeton on one database, once around for each number of rows; with the first number also beside the yardsticks.
async fn databases(
    options: &Options,
    database: &DatabaseSetup<'_>,
    mut yardsticks: Option<(&Server, &[Peer])>,
    found: &mut Found,
) -> Result<(), String> {
    let DatabaseSetup { kind, url, folder } = *database;
    let jeton = Jeton::new(&options.jeton, url, folder)?;
    jeton.prepare()?;
    for count in &options.rows {
        let name = format!("Jeton, {kind}, {} rows", grouped(*count));
        eprintln!("{name}: filling");
        jeton.fill(*count).await?;
        let server = jeton.start().await?;
        found.fact(&format!("{name}: start to ready, ms (bar: 100)"), server.start.as_millis().to_string());
        found.fact(&format!("{name}: memory when idle, MiB (bar: 40)"), format!("{:.1}", server.usage().1));
        let target = jeton.target().await?;
        let suite = Suite { name: name.clone(), server: &server, target, length: options.length() };
        found.rows.extend(suite.common().await?);
        found.rows.extend(suite.own().await?);
        if let Some((bare, peers)) = yardsticks.take() {
            found.ratios.extend(pairs::with_bare(&suite, bare).await?);
            for peer in peers {
                found.ratios.extend(pairs::with_peer(&suite, peer).await?);
            }
        }
        found.fact(&format!("{name}: memory afterwards, MiB (bar: 150)"), format!("{:.1}", server.usage().1));
        if kind == "PostgreSQL" {
            found.facts.push(revocations(&name, &suite.target, &jeton.another()?).await?);
        }
        server.stop().await?;
    }
    Ok(())
}

/// How soon a second server on the same database obeys.
async fn revocations(name: &str, target: &Target, another: &Jeton) -> Result<Fact, String> {
    eprintln!("{name}: revocations seen by a second server");
    let server = another.start().await?;
    let times = nodes::revocations(target, server.address()).await?;
    server.stop().await?;
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or(f64::NAN);
    let most = times.last().copied().unwrap_or(f64::NAN);
    let value = format!("{:.1} / {:.1} / {most:.1} (bar for p99: 100)", at(50), at(99));
    Ok(fact(&format!("{name}: a revocation is obeyed by another node after, ms (p50 / p99 / most)"), value))
}

async fn bare_axum() -> Result<Server, String> {
    let address = free_address()?;
    let mut command = pinned(std::env::current_exe().map_err(|error| error.to_string())?);
    command.args(["bare", &address]);
    Server::start(command, &address, "/ready").await
}

async fn bare_argon2(options: &Options) -> Result<f64, String> {
    let mut command = pinned(std::env::current_exe().map_err(|error| error.to_string())?);
    command.args(["argon2", &options.seconds.to_string()]).stderr(Stdio::inherit());
    let output = command.output().await.map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim().parse().map_err(|_| format!("bare Argon2 answered {text}"))
}

fn fact(name: &str, value: String) -> Fact {
    Fact { name: name.to_owned(), value }
}

/// A number with a space before each three digits.
fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|part| std::str::from_utf8(part).ok()).collect();
    groups.join(" ")
}

/// A temporary folder. Dropped: it is removed.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self, String> {
        let folder = std::env::temp_dir().join(format!("jeton-bench-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(Self(folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}
