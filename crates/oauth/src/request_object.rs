//! Request objects: signed authorization requests, by value or by `request_uri`. RFC 9101,
//! RFC 9126 §4.

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use crate::jose::{JoseError, Verified};
use crate::problem::{Fault, Finding};
use crate::profile::Profile;
use crate::{Error, ErrorCode, Params, Timestamp, par};
use serde_json::Value;

/// Claims of the JWT that are not request parameters.
const OWN: [&str; 6] = ["iss", "aud", "exp", "nbf", "iat", "jti"];
/// The accepted `typ`: absent, JWT, or the specific one (RFC 9101 §10.8, RFC 8725 §3.11).
const TYPES: [Option<&str>; 3] = [None, Some("jwt"), Some("oauth-authz-req+jwt")];
/// The longest lifetime in seconds (FAPI 2.0 Message Signing §5.3.2).
const MAX_LIFETIME: i64 = 3600;

/// Where the parameters of an authorization request are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// In the request itself.
    Plain,
    /// In this object, to be verified with the client's keys.
    Object(String),
    /// At this address, which the client has registered, to be fetched and verified.
    Registered(String),
    /// In the pushed request with this key.
    Pushed(String),
}

/// The policy of this client.
#[derive(Clone, Copy, Debug, Default)]
pub struct Allowed<'a> {
    /// It has registered keys, so that it can sign.
    pub objects: bool,
    /// Pushed requests are on.
    pub pushed: bool,
    /// It must push (RFC 9126 §6).
    pub pushed_only: bool,
    /// It must sign (RFC 9101 §10.5).
    pub signed_only: bool,
    /// The addresses that it has registered (OpenID Connect Registration §2, `request_uris`).
    pub request_uris: &'a [String],
}

impl Source {
    /// Finds the source of the parameters. An unregistered URI is never fetched (SSRF).
    ///
    /// # Errors
    /// `request_not_supported`, `request_uri_not_supported` and `invalid_request_uri` for what this
    /// client may not use; `invalid_request` for both at once, for a repeated one, and for a plain
    /// request of a client that must push or sign.
    pub fn of(params: &Params, allowed: &Allowed<'_>) -> Result<Self, Error> {
        match (params.get("request")?, params.get("request_uri")?) {
            (Some(_), Some(_)) => Err(Error::invalid_request("Send request or request_uri, not both")),
            (None, Some(uri)) => Self::by_address(uri, allowed),
            _ if allowed.pushed_only => Err(must_push()),
            (Some(object), None) if allowed.objects => Ok(Self::Object(object.to_owned())),
            (Some(_), None) => {
                Err(Error::new(ErrorCode::RequestNotSupported, "This client has registered no key for request objects")
                    .found(Finding::new(Fault::Unsupported, "request")))
            }
            (None, None) if allowed.signed_only => Err(Error::invalid_request("This client must sign its requests")
                .found(Finding::new(Fault::Missing, "request"))),
            (None, None) => Ok(Self::Plain),
        }
    }

    fn by_address(uri: &str, allowed: &Allowed<'_>) -> Result<Self, Error> {
        if let Some(key) = par::key(uri).filter(|_| allowed.pushed) {
            return Ok(Self::Pushed(key.to_owned()));
        }
        if allowed.pushed_only {
            return Err(must_push());
        }
        match allowed.objects && !allowed.request_uris.is_empty() {
            true if allowed.request_uris.iter().any(|registered| registered == uri) => {
                Ok(Self::Registered(uri.to_owned()))
            }
            true => Err(par::invalid_request_uri()
                .because("not registered")
                .found(Finding::new(Fault::Unknown, "request_uri"))),
            false => Err(Error::new(ErrorCode::RequestUriNotSupported, "This client has registered no request_uri")
                .found(Finding::new(Fault::Unsupported, "request_uri"))),
        }
    }
}

fn must_push() -> Error {
    Error::invalid_request("This client must push its requests").found(Finding::new(Fault::Missing, "request_uri"))
}

/// What a request object is validated against.
#[derive(Clone, Copy, Debug)]
pub struct Validation<'a> {
    /// The client, as `client_id` beside the object names it.
    pub client_id: &'a str,
    /// The profile of the client.
    pub profile: Profile,
    /// The issuer.
    pub issuer: &'a str,
    /// The time.
    pub now: Timestamp,
}

/// The parameters of a verified object. They are the whole request: parameters beside it are
/// ignored, `redirect_uri` and `state` too (RFC 9101 §6.3, §10.7).
///
/// # Errors
/// `invalid_request_object`; the reason names the claim.
pub fn parameters(object: &Verified, expected: &Validation<'_>) -> Result<Params, Error> {
    check(object, expected).and_then(|()| read(object, expected)).map_err(refused)
}

fn check(object: &Verified, expected: &Validation<'_>) -> Result<(), JoseError> {
    let (header, claims) = (&object.header, &object.claims);
    claims.check_times(expected.now)?;
    let named = |name| Ok::<_, JoseError>(claims.text(name)?.is_none_or(|id| id == expected.client_id));
    let checks = [
        (expected.profile.algorithms().contains(&header.algorithm), "alg"),
        (header.is_typed(&TYPES), "typ"),
        (claims.required_text("iss")? == expected.client_id, "iss"),
        (named("client_id")?, "client_id"),
        // A replayed client assertion (RFC 9101 §10.8).
        (claims.text("sub")? != Some(expected.client_id), "sub"),
        (claims.audience()?.contains(expected.issuer), "aud"),
        (["request", "request_uri"].iter().all(|name| !claims.members().contains_key(*name)), "a request inside"),
        (is_short_lived(object, expected)?, "exp or nbf"),
    ];
    checks.iter().find(|(held, _)| !held).map_or(Ok(()), |(_, reason)| Err(JoseError::BadClaim(reason)))
}

/// FAPI 2.0 Message Signing §5.3.2: both are there, `nbf` is no longer ago and `exp` no longer
/// after it than an hour.
fn is_short_lived(object: &Verified, expected: &Validation<'_>) -> Result<bool, JoseError> {
    let (begin, end) = (object.claims.time("nbf")?, object.claims.time("exp")?);
    let short = |begin: Timestamp, end: Timestamp| {
        end.since(begin) <= MAX_LIFETIME && expected.now.since(begin) <= MAX_LIFETIME
    };
    let both = begin.zip(end).is_some_and(|(begin, end)| short(begin, end));
    Ok(both || expected.profile == Profile::Standard)
}

fn read(object: &Verified, expected: &Validation<'_>) -> Result<Params, JoseError> {
    let members = object.claims.members().iter().filter(|(name, _)| !OWN.contains(&name.as_str()));
    let pairs: Vec<(String, String)> = members.flat_map(|(name, value)| values(name, value)).collect();
    // No PostgreSQL text can hold a NUL, and no parameter of a query can either.
    match pairs.iter().any(|(name, value)| name.contains('\0') || value.contains('\0')) {
        true => Err(JoseError::BadClaim("a parameter holds a NUL")),
        false => Ok(Params::from_pairs(pairs).with("client_id", expected.client_id)),
    }
}

/// Text as it is, an array of `resource` as repeated parameters (RFC 8707 §2.1), everything else as
/// JSON, such as `max_age` and `claims` (OpenID Connect Core §6.1).
fn values(name: &str, value: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let pair = |value: &Value| (name.to_owned(), text(value));
    match value {
        Value::Null => Vec::new(),
        Value::Array(many) if name == "resource" => many.iter().map(pair).collect(),
        one => vec![pair(one)],
    }
}

/// `invalid_request_object` for every failure.
#[must_use]
pub fn refused(error: JoseError) -> Error {
    let description = "The request object is not valid, or not signed by a key of this client";
    Error::new(ErrorCode::InvalidRequestObject, description).because(error.to_string())
}
