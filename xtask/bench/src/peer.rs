//! The yardstick from outside: npm's `oidc-provider` with everything in memory.

use crate::browser::{Browser, Led, address, parameter};
use crate::http;
use crate::process::{Server, free_address, pinned};
use crate::target::{CALLBACK, CHALLENGE, CLIENT, SECRET, Target, USER, VERIFIER};
use std::path::Path;
use std::process::Stdio;

/// Starts it.
pub async fn start(folder: &Path) -> Result<Server, String> {
    let address = free_address()?;
    let mut command = pinned("node");
    command.arg(folder.join("server.mjs")).stderr(Stdio::null()).env("NODE_ENV", "production");
    command.envs([("PEER_ADDRESS", address.as_str()), ("PEER_CLIENT", CLIENT), ("PEER_SECRET", SECRET)]);
    command.env("PEER_CALLBACK", CALLBACK);
    Server::start(command, &address, "/.well-known/openid-configuration").await
}

/// A person who has signed in; the peer allows by itself, which is quicker than remembering.
pub async fn target(server: &Server) -> Result<Target, String> {
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
