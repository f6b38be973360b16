//! The workloads: what one connection does, again and again.

use crate::browser::parameter;
use crate::http::{self, Connection};
use crate::load::{CONNECTIONS, Worker};
use crate::target::{CALLBACK, Target, basic};
use std::rc::Rc;

/// Requests that were made beforehand, one after the other, from the beginning again when they are over.
pub struct Repeat {
    requests: Rc<Vec<Vec<u8>>>,
    next: usize,
    status: u16,
    /// What every answer holds.
    holds: &'static str,
}

impl Repeat {
    /// Workers that begin at different places.
    pub fn workers(requests: Vec<Vec<u8>>, holds: &'static str) -> Vec<Self> {
        let (requests, count) = (Rc::new(requests), CONNECTIONS);
        let start = |worker: usize| worker * requests.len() / count;
        (0..count).map(|worker| Self { requests: requests.clone(), next: start(worker), status: 200, holds }).collect()
    }
}

impl Worker for Repeat {
    async fn step(&mut self, connection: &mut Connection) -> Result<(), String> {
        let request = &self.requests[self.next % self.requests.len()];
        self.next += 1;
        let answer = connection.exchange(request).await?;
        let right = answer.status == self.status && contains(answer.body, self.holds.as_bytes());
        if right { Ok(()) } else { Err(format!("{}: {}", answer.status, answer.text())) }
    }
}

fn contains(body: &[u8], part: &[u8]) -> bool {
    part.is_empty() || body.windows(part.len()).any(|window| window == part)
}

/// A token, and its successor, and that one's.
pub struct Refresh {
    target: Rc<Target>,
    authorization: String,
    token: String,
}

impl Refresh {
    /// One for each connection, each with a chain of its own.
    pub async fn workers(target: &Target) -> Result<Vec<Self>, String> {
        let mut connection = Connection::open(&target.address).await?;
        let mut workers = Vec::with_capacity(CONNECTIONS);
        for _ in 0..CONNECTIONS {
            let token = begin_chain(target, &mut connection).await?;
            workers.push(Self { target: Rc::new(target.clone()), authorization: basic(), token });
        }
        Ok(workers)
    }
}

async fn begin_chain(target: &Target, connection: &mut Connection) -> Result<String, String> {
    let answer = round_trip(target, &basic(), connection).await?;
    member(&answer, "refresh_token").ok_or_else(|| format!("no refresh token: {answer}"))
}

impl Worker for Refresh {
    async fn step(&mut self, connection: &mut Connection) -> Result<(), String> {
        let form = [("grant_type", "refresh_token"), ("refresh_token", self.token.as_str())];
        let request =
            http::post(&self.target.address, self.target.token, &[("Authorization", &self.authorization)], &form);
        let answer = connection.exchange(&request).await?;
        let next = member(answer.text(), "refresh_token").filter(|_| answer.status == 200);
        self.token = match next {
            Some(next) => next,
            None if !self.target.evicts => return Err(format!("{}: {}", answer.status, answer.text())),
            None => begin_chain(&self.target, connection).await?,
        };
        Ok(())
    }
}

/// An authorization request with a session and what was allowed before, and the code's exchange: two requests.
pub struct Code {
    target: Rc<Target>,
    authorization: String,
}

impl Code {
    /// One for each connection.
    pub fn workers(target: &Target) -> Vec<Self> {
        let target = Rc::new(target.clone());
        (0..CONNECTIONS).map(|_| Self { target: target.clone(), authorization: basic() }).collect()
    }
}

impl Worker for Code {
    async fn step(&mut self, connection: &mut Connection) -> Result<(), String> {
        round_trip(&self.target, &self.authorization, connection).await.map(drop)
    }
}

async fn round_trip(target: &Target, authorization: &str, connection: &mut Connection) -> Result<String, String> {
    let ask = http::get(&target.address, &target.authorize, &[("Cookie", &target.cookie)]);
    let answer = connection.exchange(&ask).await?;
    let code = answer.header("location").and_then(|location| parameter(location, "code"));
    let code = code.ok_or_else(|| format!("no code: {} {}", answer.status, answer.head))?.to_owned();
    let mut form = vec![("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", CALLBACK)];
    form.extend(target.verifier.map(|verifier| ("code_verifier", verifier)));
    let redeem = http::post(&target.address, target.token, &[("Authorization", authorization)], &form);
    let answer = connection.exchange(&redeem).await?;
    match answer.status {
        200 => Ok(answer.text().to_owned()),
        status => Err(format!("{status}: {}", answer.text())),
    }
}

/// So many tokens of the client's own.
pub async fn tokens(target: &Target, count: usize) -> Result<Vec<String>, String> {
    let each = count.div_ceil(CONNECTIONS);
    let mut running = Vec::with_capacity(CONNECTIONS);
    for _ in 0..CONNECTIONS {
        let (address, request) = (target.address.clone(), client_credentials(target));
        running.push(tokio::task::spawn_local(async move {
            let mut connection = Connection::open(&address).await?;
            let mut tokens = Vec::with_capacity(each);
            for _ in 0..each {
                let answer = connection.exchange(&request).await?;
                tokens.push(member(answer.text(), "access_token").ok_or_else(|| answer.text().to_owned())?);
            }
            Ok::<_, String>(tokens)
        }));
    }
    let mut tokens = Vec::with_capacity(each * CONNECTIONS);
    for worker in running {
        tokens.extend(worker.await.map_err(|error| error.to_string())??);
    }
    tokens.truncate(count);
    Ok(tokens)
}

/// The request of the client credentials grant.
pub fn client_credentials(target: &Target) -> Vec<u8> {
    let form = [("grant_type", "client_credentials"), ("scope", "read")];
    http::post(&target.address, target.token, &[("Authorization", &basic())], &form)
}

/// A request about each of these tokens.
pub fn introspections(target: &Target, tokens: &[String]) -> Vec<Vec<u8>> {
    let ask = |token: &String| {
        http::post(&target.address, target.introspect, &[("Authorization", &basic())], &[("token", token)])
    };
    tokens.iter().map(ask).collect()
}

/// A text member of a flat JSON object.
fn member(json: &str, name: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(json).ok()?;
    value.get(name)?.as_str().map(str::to_owned)
}
