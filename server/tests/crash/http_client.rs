//! A minimal HTTP client: one connection for each request, and a response that is complete or an
//! error.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use oauth::Params;
use serde_json::Value;

/// Timeout of a response: a server that hangs is as bad as one that refuses.
const PATIENCE: Duration = Duration::from_secs(60);

/// A request.
pub struct Call<'a> {
    pub method: &'a str,
    pub target: &'a str,
    pub cookies: &'a str,
    pub body: String,
}

impl<'a> Call<'a> {
    /// A page or a document.
    pub fn get(target: &'a str) -> Self {
        Self { method: "GET", target, cookies: "", body: String::new() }
    }

    /// A posted form.
    pub fn post(target: &'a str, pairs: &[(&str, &str)]) -> Self {
        Self { method: "POST", target, cookies: "", body: Params::from_pairs(pairs.iter().copied()).encode() }
    }

    /// The request from a browser with these cookies.
    pub fn with(self, cookies: &'a str) -> Self {
        Self { cookies, ..self }
    }

    /// Sends it. `None` when there was no answer, or not all of it.
    pub fn send(&self, address: SocketAddr) -> Option<Answer> {
        let mut stream = TcpStream::connect(address).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        stream.write_all(self.text().as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        Answer::read(&answer)
    }

    fn text(&self) -> String {
        let kind = "application/x-www-form-urlencoded";
        let mut head = format!("{} {} HTTP/1.1\r\nhost: jeton\r\nconnection: close\r\n", self.method, self.target);
        if !self.cookies.is_empty() {
            head.push_str(&format!("accept: text/html\r\ncookie: {}\r\n", self.cookies));
        }
        if self.method == "POST" {
            head.push_str(&format!("content-type: {kind}\r\ncontent-length: {}\r\n", self.body.len()));
        }
        format!("{head}\r\n{}", self.body)
    }
}

/// A whole answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: String,
}

impl Answer {
    fn read(text: &str) -> Option<Self> {
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let answer = Self { status, head: head.to_owned(), body: body.to_owned() };
        let length = answer.headers("content-length").next().unwrap_or("0").parse();
        (length == Ok(body.len())).then_some(answer)
    }

    /// Every value of a header.
    pub fn headers(&self, name: &str) -> impl Iterator<Item = &str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// A member of the JSON answer as text.
    pub fn member(&self, name: &str) -> Option<String> {
        let value: Value = serde_json::from_str(&self.body).ok()?;
        value[name].as_str().map(str::to_owned)
    }

    /// Whether a member of the JSON answer is `true`.
    pub fn is_true(&self, name: &str) -> bool {
        serde_json::from_str(&self.body).is_ok_and(|value: Value| value[name] == true)
    }

    /// A parameter of the address that the answer redirects to.
    pub fn param(&self, name: &str) -> Option<String> {
        let (_, query) = self.headers("location").next()?.split_once('?')?;
        Params::parse(query.as_bytes()).ok()?.get(name).ok()?.map(str::to_owned)
    }

    /// The response on one line, for the message of a fault.
    pub fn shown(&self) -> String {
        let body: String = self.body.chars().take(300).collect();
        format!("{} {}", self.status, body.replace('\n', " "))
    }
}
