//! A browser without scripts, for what has to happen before the load: signing in and allowing.

use crate::http::{self, Connection, encode};
use std::collections::BTreeMap;

/// Redirects in a row, at most.
const MOST_HOPS: usize = 10;

/// A browser at one server.
pub struct Browser {
    connection: Connection,
    cookies: BTreeMap<String, String>,
}

/// Where a request led: a page, or an address of another server.
pub enum Led {
    Page { path: String, html: String },
    Away(String),
}

impl Browser {
    /// A browser without cookies.
    pub async fn new(address: &str) -> Result<Self, String> {
        Ok(Self { connection: Connection::open(address).await?, cookies: BTreeMap::new() })
    }

    /// The cookies, as a header.
    pub fn cookie(&self) -> String {
        let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Result<Led, String> {
        self.follow(path.to_owned(), None).await
    }

    /// Sends a form.
    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Result<Led, String> {
        self.follow(path.to_owned(), Some(form)).await
    }

    async fn follow(&mut self, mut path: String, mut form: Option<&[(&str, &str)]>) -> Result<Led, String> {
        for _ in 0..MOST_HOPS {
            let cookie = self.cookie();
            let own = format!("http://{}", self.connection.address());
            let headers = [("Cookie", cookie.as_str()), ("Origin", own.as_str())];
            let request = match form.take() {
                Some(form) => http::post(self.connection.address(), &path, &headers, form),
                None => http::get(self.connection.address(), &path, &headers[..1]),
            };
            let answer = self.connection.exchange(&request).await?;
            self.cookies.extend(answer.cookies());
            self.cookies.retain(|_, value| !value.is_empty());
            match answer.header("location") {
                Some(away) if away.starts_with("http") && !away.starts_with(&own) => {
                    return Ok(Led::Away(away.to_owned()));
                }
                Some(location) => path = location.strip_prefix(&own).unwrap_or(location).to_owned(),
                None if answer.status < 400 => return Ok(Led::Page { path, html: answer.text().to_owned() }),
                None => return Err(format!("{path} answered with {}: {}", answer.status, answer.text())),
            }
        }
        Err(format!("{path}: too many redirects"))
    }
}

/// The hidden fields of the form that posts to this path.
pub fn hidden<'a>(html: &'a str, action: &str) -> Vec<(&'a str, &'a str)> {
    let form = html.split("<form ").find(|form| form.contains(&format!("action=\"{action}\""))).unwrap_or_default();
    let inputs = form.split("</form>").next().unwrap_or_default().split("<input ").skip(1);
    let hidden = inputs.filter(|input| input.contains("type=\"hidden\""));
    hidden
        .filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value").unwrap_or_default())))
        .collect()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let tag = tag.split('>').next()?;
    tag.split_once(&format!("{name}=\""))?.1.split('"').next()
}

/// A parameter of an address, as it stands there.
pub fn parameter<'a>(url: &'a str, name: &str) -> Option<&'a str> {
    let query = url.split_once('?')?.1;
    query.split('&').find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value))
}

/// An address with these parameters.
pub fn address(path: &str, pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    format!("{path}?{}", pairs.join("&"))
}
