//! The demo's arguments.

use crate::process::Outcome;
use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
};

const USAGE: &str = "usage: cargo xtask demo [--port N] [--data DIR] [--conformance URL [--suite URL]]";
/// Where the conformance suite is when it runs on this machine.
const SUITE: &str = "https://localhost.emobix.co.uk:8443";

/// Where the demo listens and where it keeps its data.
#[derive(Debug)]
pub struct Options {
    port: u16,
    /// None: a temporary folder.
    pub data: Option<PathBuf>,
    /// The https address under which the conformance suite sees Jeton; none: there is no suite.
    pub public_url: Option<String>,
    /// Where the conformance suite is.
    pub suite: String,
}

impl Options {
    pub fn parse(arguments: &[String]) -> Outcome<Self> {
        let mut options = Self { port: 8080, data: None, public_url: None, suite: SUITE.to_owned() };
        let mut rest = arguments.iter();
        while let Some(name) = rest.next() {
            let value = rest.next().ok_or(USAGE)?;
            match name.as_str() {
                "--port" => options.port = port(value)?,
                "--data" => options.data = Some(folder(value)?),
                "--conformance" => options.public_url = Some(origin(name, value)?),
                "--suite" => options.suite = origin(name, value)?,
                _ => return Err(USAGE.into()),
            }
        }
        Ok(options)
    }

    /// Where Jeton listens.
    pub fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.port).into()
    }

    /// Where the example API listens: the next port.
    pub fn example(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.port + 1).into()
    }
}

fn port(value: &str) -> Outcome<u16> {
    let port = value.parse().ok().filter(|port| (1..u16::MAX).contains(port));
    port.ok_or_else(|| format!("--port {value}: a number from 1 to 65534 is needed"))
}

/// An https address without a path.
fn origin(name: &str, value: &str) -> Outcome<String> {
    let host = value.strip_prefix("https://").map(|host| host.trim_end_matches('/'));
    let host = host.filter(|host| !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']));
    host.map(|host| format!("https://{host}"))
        .ok_or_else(|| format!("{name} {value}: an https address without a path is needed"))
}

/// The folder, made if need be, as an absolute path: the servers run in another folder than this command was typed in.
fn folder(value: &str) -> Outcome<PathBuf> {
    let made = std::fs::create_dir_all(value).and_then(|()| std::fs::canonicalize(value));
    made.map_err(|error| format!("--data {value}: {error}"))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Outcome<Options> {
        Options::parse(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn the_example_listens_on_the_port_after_jetons() {
        let options = parse(&["--port", "9000"]).unwrap();
        assert_eq!(options.address().to_string(), "127.0.0.1:9000");
        assert_eq!(options.example().to_string(), "127.0.0.1:9001");
        assert_eq!(parse(&[]).unwrap().address().port(), 8080);
    }

    #[test]
    fn the_conformance_suite_is_on_this_machine_unless_it_is_named() {
        let options = parse(&["--conformance", "https://jeton.test:9443/"]).unwrap();
        assert_eq!(options.public_url.as_deref(), Some("https://jeton.test:9443"));
        assert_eq!(options.suite, SUITE);
        let other = parse(&["--conformance", "https://jeton.test", "--suite", "https://www.certification.openid.net"]);
        assert_eq!(other.unwrap().suite, "https://www.certification.openid.net");
        assert_eq!(parse(&[]).unwrap().public_url, None);
        for bad in ["http://jeton.test", "https://", "https://jeton.test/path", "jeton.test"] {
            assert!(parse(&["--conformance", bad]).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_bad_argument_is_refused() {
        for words in [["--port", "0"], ["--port", "65535"], ["--port", "x"], ["--colour", "red"]] {
            assert!(parse(&words).is_err(), "{words:?}");
        }
        assert_eq!(parse(&["--port"]).unwrap_err(), USAGE);
    }
}
