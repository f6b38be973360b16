//! The public URL is the issuer (RFC 8414 §2): clients compare it byte by byte, so there is one way to write it.

use std::net::SocketAddr;

use url::{Host, Url};

/// Checks a public URL: an origin, written as browsers write it.
pub fn check(text: &str) -> Result<String, String> {
    let url = Url::parse(text)
        .map_err(|error| format!("{text:?} is not a URL ({error}). Write it as https://login.example.org"))?;
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return Err(format!("{text:?} names no host. Write it as https://login.example.org")),
    };
    match url.scheme() {
        "https" => {}
        "http" if loopback => {}
        "http" => return Err(format!("{text:?} is not safe: http is for 127.0.0.1, [::1] and localhost. Use https")),
        _ => return Err(format!("{text:?} is neither https nor http. Write it as https://login.example.org")),
    }
    let origin = url.origin().ascii_serialization();
    if origin != text {
        return Err(format!("{text:?} is more than an origin, or written differently. Write it as {origin}"));
    }
    Ok(origin)
}

/// The public URL of who sets none: plain http on the first listening address, which must be a loopback one.
pub fn default(listen: &[SocketAddr]) -> Result<String, String> {
    match listen.first() {
        Some(first) if first.ip().is_loopback() && first.port() != 0 => {
            let url = Url::parse(&format!("http://{first}")).map_err(|error| error.to_string())?;
            Ok(url.origin().ascii_serialization())
        }
        Some(first) => Err(format!(
            "it is not set, and browsers cannot be sent to JETON_LISTEN={first}. Set it to the https address by which they reach Jeton"
        )),
        None => Err("it is not set. Set it to the https address by which browsers reach Jeton".to_owned()),
    }
}
