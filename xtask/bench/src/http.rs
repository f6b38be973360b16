//! As much of HTTP/1.1 as a load generator needs, because a whole client would itself be what is measured: one connection that
//! stays open, bytes that were made beforehand, and an answer that is looked at where it lies.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An answer. It lies in the connection's buffer until the next request.
pub struct Answer<'a> {
    pub status: u16,
    pub head: &'a str,
    pub body: &'a [u8],
}

impl Answer<'_> {
    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(self.body).unwrap_or_default()
    }

    /// The first header of this name, in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        headers(self.head).find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Name and value of each cookie that is set.
    pub fn cookies(&self) -> Vec<(String, String)> {
        let set = headers(self.head).filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
        let pair = |value: &str| {
            let (name, value) = value.split(';').next()?.split_once('=')?;
            Some((name.to_owned(), value.to_owned()))
        };
        set.filter_map(|(_, value)| pair(value)).collect()
    }
}

fn headers(head: &str) -> impl Iterator<Item = (&str, &str)> {
    head.lines().skip(1).filter_map(|line| line.split_once(':')).map(|(name, value)| (name, value.trim()))
}

/// How the body ends.
enum Length {
    Known(usize),
    Chunked,
}

/// A connection that stays open.
pub struct Connection {
    address: String,
    stream: TcpStream,
    buffer: Vec<u8>,
    chunks: Vec<u8>,
}

impl Connection {
    /// Connects to `host:port`.
    pub async fn open(address: &str) -> Result<Self, String> {
        let stream = connect(address).await?;
        Ok(Self { address: address.to_owned(), stream, buffer: Vec::with_capacity(64 * 1024), chunks: Vec::new() })
    }

    /// Where it leads, as `host:port`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Sends a request and reads the whole answer; connects again after an answer that ends the connection.
    pub async fn exchange(&mut self, request: &[u8]) -> Result<Answer<'_>, String> {
        self.buffer.clear();
        self.stream.write_all(request).await.map_err(|error| format!("cannot send: {error}"))?;
        let (status, start, length) = self.read_head().await?;
        let end = match length {
            Length::Known(length) => {
                self.fill(start + length).await?;
                Some(start + length)
            }
            Length::Chunked => {
                self.read_chunks(start).await?;
                None
            }
        };
        let closes = text(&self.buffer[..start]).to_ascii_lowercase().contains("connection: close");
        if closes {
            self.stream = connect(&self.address).await?;
        }
        let body = end.map_or(self.chunks.as_slice(), |end| &self.buffer[start..end]);
        Ok(Answer { status, head: text(&self.buffer[..start]), body })
    }

    async fn read_head(&mut self) -> Result<(u16, usize, Length), String> {
        loop {
            self.more().await?;
            let mut headers = [httparse::EMPTY_HEADER; 64];
            let mut answer = httparse::Response::new(&mut headers);
            let parsed = answer.parse(&self.buffer).map_err(|error| format!("no HTTP: {error}"))?;
            if let httparse::Status::Complete(start) = parsed {
                return Ok((answer.code.unwrap_or_default(), start, length(answer.headers)));
            }
        }
    }

    async fn read_chunks(&mut self, mut at: usize) -> Result<(), String> {
        self.chunks.clear();
        loop {
            let parsed = httparse::parse_chunk_size(&self.buffer[at..]).map_err(|_| "no chunk size".to_owned())?;
            let httparse::Status::Complete((skip, size)) = parsed else {
                self.more().await?;
                continue;
            };
            let size = usize::try_from(size).map_err(|_| "a chunk is too large".to_owned())?;
            let start = at + skip;
            self.fill(start + size + 2).await?;
            self.chunks.extend_from_slice(&self.buffer[start..start + size]);
            at = start + size + 2;
            if size == 0 {
                return Ok(());
            }
        }
    }

    async fn fill(&mut self, length: usize) -> Result<(), String> {
        while self.buffer.len() < length {
            self.more().await?;
        }
        Ok(())
    }

    async fn more(&mut self) -> Result<(), String> {
        let read = self.stream.read_buf(&mut self.buffer).await.map_err(|error| format!("cannot read: {error}"))?;
        if read == 0 { Err("the connection ended early".to_owned()) } else { Ok(()) }
    }
}

async fn connect(address: &str) -> Result<TcpStream, String> {
    let stream = TcpStream::connect(address).await.map_err(|error| format!("{address}: {error}"))?;
    stream.set_nodelay(true).map_err(|error| error.to_string())?;
    Ok(stream)
}

fn length(headers: &[httparse::Header<'_>]) -> Length {
    let find = |name: &str| headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
    match find("transfer-encoding") {
        Some(_) => Length::Chunked,
        None => Length::Known(find("content-length").and_then(|found| text(found.value).parse().ok()).unwrap_or(0)),
    }
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// The bytes of a GET.
pub fn get(host: &str, path: &str, headers: &[(&str, &str)]) -> Vec<u8> {
    request("GET", host, path, headers, None)
}

/// The bytes of a POST with a form.
pub fn post(host: &str, path: &str, headers: &[(&str, &str)], form: &[(&str, &str)]) -> Vec<u8> {
    let pairs: Vec<String> = form.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    request("POST", host, path, headers, Some(&pairs.join("&")))
}

fn request(method: &str, host: &str, path: &str, headers: &[(&str, &str)], form: Option<&str>) -> Vec<u8> {
    let mut text = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if let Some(form) = form {
        let length = form.len();
        text.push_str(&format!("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n"));
    }
    text.push_str("\r\n");
    text.push_str(form.unwrap_or_default());
    text.into_bytes()
}

/// Percent-encodes a value.
pub fn encode(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let encoded = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    value.bytes().map(encoded).collect()
}
