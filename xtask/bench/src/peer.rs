//! The yardstick from outside: npm's `oidc-provider` with everything in memory.

use crate::browser::{Browser, Led, address, parameter};
use crate::http;
use crate::process::{Server, free_address, pinned};
use crate::suite::Suite;
use crate::target::{CALLBACK, CHALLENGE, CLIENT, SECRET, Target, USER, VERIFIER};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

/// Where the peer keeps what it knows; both in its own memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adapter {
    /// The adapter that comes with it: a thousand things, and a look through all of a grant's tokens whenever one is added.
    Own,
    /// A plain map that forgets nothing: what a peer without that look would do.
    Map,
}

/// A running peer.
pub struct Peer {
    server: Server,
    adapter: Adapter,
    length: Duration,
}

impl Peer {
    /// Starts it.
    pub async fn start(folder: &Path, adapter: Adapter, length: Duration) -> Result<Self, String> {
        let address = free_address()?;
        let mut command = pinned("node");
        command.arg(folder.join("server.mjs")).stderr(Stdio::null()).env("NODE_ENV", "production");
        command.envs([("PEER_ADDRESS", address.as_str()), ("PEER_CLIENT", CLIENT), ("PEER_SECRET", SECRET)]);
        let word = if adapter == Adapter::Map { "map" } else { "own" };
        command.envs([("PEER_CALLBACK", CALLBACK), ("PEER_ADAPTER", word)]);
        let server = Server::start(command, &address, "/.well-known/openid-configuration").await?;
        Ok(Self { server, adapter, length })
    }

    /// The adapter.
    pub const fn adapter(&self) -> Adapter {
        self.adapter
    }

    /// The workloads for somebody who has just signed in: a peer that keeps a thousand things has soon forgotten whoever has not.
    pub async fn suite(&self) -> Result<Suite<'_>, String> {
        let name = match self.adapter {
            Adapter::Own => "oidc-provider, its in-memory adapter",
            Adapter::Map => "oidc-provider, a map",
        };
        Ok(Suite {
            name: name.to_owned(),
            server: &self.server,
            target: Target { evicts: self.adapter == Adapter::Own, ..target(&self.server).await? },
            length: self.length,
        })
    }
}

/// A person who has signed in; the peer allows by itself, which is quicker than remembering.
async fn target(server: &Server) -> Result<Target, String> {
    let authorize = authorize();
    let mut stranger = Browser::new(server.address()).await?;
    let Led::Page { path, .. } = stranger.get(&authorize).await? else {
        return Err("peer: no sign-in page".to_owned());
    };
    let sign_in = http::get(server.address(), &path, &[("Cookie", &stranger.cookie())]);
    let mut browser = Browser::new(server.address()).await?;
    let Led::Page { path, .. } = browser.get(&authorize).await? else { return Err("peer: no sign-in page".to_owned()) };
    let form = [("prompt", "login"), ("login", USER), ("password", "anything")];
    match browser.post(&path, &form).await? {
        Led::Away(url) => parameter(&url, "code").map(drop).ok_or_else(|| format!("peer: no code in {url}"))?,
        Led::Page { path, html } => return Err(format!("peer: no code, but {path}: {html}")),
    }
    Ok(Target {
        address: server.address().to_owned(),
        token: "/token",
        introspect: "/token/introspection",
        authorize,
        sign_in,
        cookie: browser.cookie(),
        verifier: Some(VERIFIER),
        evicts: false,
    })
}

fn authorize() -> String {
    let pairs = [
        ("response_type", "code"),
        ("client_id", CLIENT),
        ("redirect_uri", CALLBACK),
        ("scope", "read"),
        ("state", "bench"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    address("/auth", &pairs)
}
