//! Pushed authorization requests: RFC 9126.

use crate::authorization::KNOWN;
use crate::problem::{Fault, Finding};
use crate::{Error, ErrorCode, Params, Timestamp};
use serde::Serialize;

/// The prefix of `request_uri`: RFC 9126 §2.2.
pub const PREFIX: &str = "urn:ietf:params:oauth:request_uri:";
/// The lifetime in seconds, long enough to sign in; FAPI 2.0 requires less than 600 (FAPI 2.0
/// Security Profile §5.3.2.2).
pub const LIFETIME: i64 = 300;
/// Client credentials: not part of the request, never stored.
const CREDENTIALS: [&str; 3] = ["client_secret", "client_assertion", "client_assertion_type"];
const MAX_KEY: usize = 128;
/// The longest stored request, in bytes: as long as a URL may be.
const MAX_BYTES: usize = 16 * 1024;
/// The most parameters; `resource` repeats.
const MAX_PAIRS: usize = 64;

/// The answer to a pushed request, status 201: RFC 9126 §2.2.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PushedResponse {
    /// The `request_uri`.
    pub request_uri: String,
    /// The lifetime in seconds.
    pub expires_in: i64,
}

impl PushedResponse {
    /// The answer for this key, which must be random.
    #[must_use]
    pub fn new(key: &str) -> Self {
        Self { request_uri: format!("{PREFIX}{key}"), expires_in: LIFETIME }
    }
}

/// A stored pushed request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pushed {
    /// Who pushed it.
    pub client_id: String,
    /// The request.
    pub params: Params,
    /// The end of its life.
    pub expires_at: Timestamp,
    /// Whether a code was issued for it.
    pub completed: bool,
}

/// The known parameters of a request. Bounded, since public clients push without authentication.
///
/// # Errors
/// `invalid_request` for more than 16 KiB and for more than 64 of them.
pub fn bounded(params: &Params) -> Result<Params, Error> {
    let means = |name: &str| name == "resource" || KNOWN.split_ascii_whitespace().any(|known| known == name);
    let kept: Vec<_> = params.pairs().iter().filter(|(name, _)| means(name)).cloned().collect();
    let params = Params::from_pairs(kept);
    match params.pairs().len() <= MAX_PAIRS && params.encode().len() <= MAX_BYTES {
        true => Ok(params),
        false => Err(Error::invalid_request("The request is larger than 16 KiB")),
    }
}

/// The request without client credentials, with the authenticated `client_id`.
///
/// # Errors
/// `invalid_request` for a `request_uri` inside (RFC 9126 §2.1) and for a repeated one.
pub fn accept(params: Params, client_id: &str) -> Result<Params, Error> {
    if params.all("request_uri").next().is_some() {
        return Err(Error::invalid_request("A pushed request cannot hold a request_uri")
            .found(Finding::new(Fault::Unsupported, "request_uri")));
    }
    params.get("client_id")?;
    let params = CREDENTIALS.into_iter().fold(params, Params::without);
    Ok(params.with("client_id", client_id))
}

/// The key in a `request_uri` of this server; `None`: another URI.
#[must_use]
pub fn key(request_uri: &str) -> Option<&str> {
    request_uri.strip_prefix(PREFIX).filter(|key| (1..=MAX_KEY).contains(&key.len()))
}

impl Pushed {
    /// The pushed request, which replaces the query entirely (RFC 9126 §4). It can be used again
    /// until a code is issued, since a person may reload the page.
    ///
    /// # Errors
    /// `invalid_request_uri` for another client's, an expired and a completed one; the caller
    /// returns the same for an unknown one.
    pub fn resume(self, client_id: &str, now: Timestamp) -> Result<Params, Error> {
        let checks = [
            (self.client_id == client_id, Fault::OtherClient),
            (now < self.expires_at, Fault::Expired),
            (!self.completed, Fault::Spent),
        ];
        match checks.iter().find(|(held, _)| !held) {
            Some((_, fault)) => {
                Err(invalid_request_uri().because(fault.as_str()).found(Finding::new(*fault, "request_uri")))
            }
            None => Ok(self.params),
        }
    }
}

/// One error for every fault of a `request_uri`.
#[must_use]
pub const fn invalid_request_uri() -> Error {
    let description = "The request_uri is unknown, expired, used, or was issued to another client";
    Error::new(ErrorCode::InvalidRequestUri, description)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::fixture::query;

    fn pushed() -> Pushed {
        let params = accept(query("response_type=code&scope=openid"), "printer").unwrap();
        Pushed { client_id: "printer".into(), params, expires_at: Timestamp::from_seconds(1300), completed: false }
    }

    #[test]
    fn a_pushed_request_is_resumed_by_its_own_client_until_it_is_done() {
        let now = Timestamp::from_seconds(1000);
        let whole = query("response_type=code&scope=openid&client_id=printer");
        assert_eq!(pushed().resume("printer", now), Ok(whole.clone()));
        assert_eq!(pushed().resume("printer", now.plus(299)), Ok(whole));
        let refused = [
            pushed().resume("other", now),
            pushed().resume("printer", now.plus(300)),
            Pushed { completed: true, ..pushed() }.resume("printer", now),
        ];
        for outcome in refused {
            let error = outcome.unwrap_err();
            assert_eq!(
                (error.code.as_str(), error.description),
                ("invalid_request_uri", invalid_request_uri().description)
            );
        }
    }

    #[test]
    fn only_what_means_something_is_kept_and_not_without_bounds() {
        let kept = bounded(&query("client_id=printer&junk=x&resource=urn:a:1&resource=urn:a:2&state=s")).unwrap();
        assert_eq!(kept, query("client_id=printer&resource=urn:a:1&resource=urn:a:2&state=s"));
        let long = |bytes: usize| bounded(&query(&format!("state={}", "x".repeat(bytes))));
        assert!(long(MAX_BYTES - 6).is_ok());
        assert_eq!(long(MAX_BYTES).unwrap_err().code, ErrorCode::InvalidRequest);
        let many = |count: usize| bounded(&query(&"resource=urn:a&".repeat(count)));
        assert!(many(MAX_PAIRS).is_ok() && many(MAX_PAIRS + 1).is_err());
    }

    #[test]
    fn credentials_are_not_kept() {
        let params = query("client_secret=s&client_assertion=a&client_assertion_type=t&client_id=printer&scope=openid");
        assert_eq!(accept(params, "printer"), Ok(query("scope=openid&client_id=printer")));
    }

    #[test]
    fn a_request_uri_inside_is_refused() {
        for inside in ["request_uri=urn:x", "request_uri=", "request_uri=a&request_uri=b", "client_id=a&client_id=b"] {
            assert_eq!(accept(query(inside), "printer").unwrap_err().code, ErrorCode::InvalidRequest, "{inside}");
        }
        assert!(accept(query("request=object"), "printer").is_ok());
    }

    #[test]
    fn the_answer_names_a_key_of_ours() {
        let answer = PushedResponse::new("k");
        assert_eq!(key(&answer.request_uri), Some("k"));
        let json = r#"{"request_uri":"urn:ietf:params:oauth:request_uri:k","expires_in":300}"#;
        assert_eq!(serde_json::to_string(&answer).unwrap(), json);
        let long = format!("{PREFIX}{}", "x".repeat(129));
        for other in ["", PREFIX, "https://printer.example/request", "URN:ietf:params:oauth:request_uri:k", &long] {
            assert_eq!(key(other), None, "{other}");
        }
    }
}
