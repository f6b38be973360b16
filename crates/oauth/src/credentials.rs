//! Client authentication: the credentials in a request. RFC 6749 §2.3.1, RFC 7521 §4.2.

use crate::bearer::split_scheme;
use crate::client_assertion::ClientAssertion;
use crate::problem::{Fault, Finding};
use crate::{Error, Params, percent};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt;

/// The longest accepted header, in bytes.
const MAX_HEADER: usize = 8192;

/// The credentials of a request, not verified yet. `Debug` shows no secret.
#[derive(Clone, PartialEq, Eq)]
pub enum Credentials {
    /// No client is named.
    None,
    /// A client is named without a secret: good enough for a public client only.
    Public {
        /// The `client_id`.
        client_id: String,
    },
    /// `Authorization: Basic`.
    Basic {
        /// The `client_id`.
        client_id: String,
        /// As presented, never empty.
        secret: String,
    },
    /// `client_id` and `client_secret` in the body.
    Post {
        /// The `client_id`.
        client_id: String,
        /// As presented, never empty.
        secret: String,
    },
    /// `client_assertion` in the body.
    Assertion {
        /// The client that it claims to be by.
        client_id: String,
        /// As presented, and well formed; its signature and claims are not looked at yet.
        token: String,
    },
}

impl Credentials {
    /// Parses the `Authorization` header and the body. Schemes other than Basic are ignored, and an
    /// empty secret counts as absent.
    ///
    /// # Errors
    /// `invalid_request` for a repeated parameter, two methods at once (RFC 6749 §2.3) or two
    /// different client ids; `invalid_client` for a Basic header or an assertion that cannot be
    /// read and for a secret without a client.
    pub fn parse(authorization: Option<&str>, params: &Params) -> Result<Self, Error> {
        let header = basic(authorization)?;
        match ClientAssertion::parse(params, header.is_some())? {
            Some(assertion) => Ok(Self::of(assertion)),
            None => Self::by_secret(header, params),
        }
    }

    fn of(assertion: ClientAssertion<'_>) -> Self {
        Self::Assertion { client_id: assertion.client_id, token: assertion.token.to_owned() }
    }

    fn by_secret(header: Option<(String, String)>, params: &Params) -> Result<Self, Error> {
        let client_id = params.get("client_id")?.map(str::to_owned);
        let secret = params.get("client_secret")?.map(str::to_owned);
        match (header, client_id, secret) {
            (Some(_), _, Some(_)) => Err(Error::invalid_request("Use one method of client authentication, not two")
                .found(Finding::new(Fault::TwoMethods, "client_secret"))),
            (Some((header, _)), Some(body), None) if header != body => {
                let finding = Finding::new(Fault::TwoClients, "client_id");
                Err(Error::invalid_request("The request names two different clients").found(finding))
            }
            (Some((client_id, secret)), _, None) if secret.is_empty() => Ok(Self::Public { client_id }),
            (Some((client_id, secret)), _, None) => Ok(Self::Basic { client_id, secret }),
            (None, Some(client_id), Some(secret)) => Ok(Self::Post { client_id, secret }),
            (None, Some(client_id), None) => Ok(Self::Public { client_id }),
            (None, None, Some(_)) => Err(Error::invalid_client().because("client_secret without client_id")),
            (None, None, None) => Ok(Self::None),
        }
    }

    /// The authentication method (RFC 7591 §2).
    #[must_use]
    pub const fn method(&self) -> &'static str {
        match self {
            Self::None | Self::Public { .. } => "none",
            Self::Basic { .. } => "client_secret_basic",
            Self::Post { .. } => "client_secret_post",
            Self::Assertion { .. } => "private_key_jwt",
        }
    }

    /// The client that is named.
    #[must_use]
    pub fn client_id(&self) -> Option<&str> {
        match self {
            Self::None => None,
            Self::Public { client_id }
            | Self::Basic { client_id, .. }
            | Self::Post { client_id, .. }
            | Self::Assertion { client_id, .. } => Some(client_id),
        }
    }

    /// The secret that is presented.
    #[must_use]
    pub fn secret(&self) -> Option<&str> {
        match self {
            Self::None | Self::Public { .. } | Self::Assertion { .. } => None,
            Self::Basic { secret, .. } | Self::Post { secret, .. } => Some(secret),
        }
    }
}

/// Client id and secret of a Basic header, form-decoded: RFC 6749 §2.3.1.
fn basic(authorization: Option<&str>) -> Result<Option<(String, String)>, Error> {
    let Some((scheme, credentials)) = authorization.map(split_scheme) else {
        return Ok(None);
    };
    if !scheme.eq_ignore_ascii_case("basic") {
        return Ok(None);
    }
    let malformed = || Error::invalid_client().because("malformed Basic credentials");
    decode(credentials).map(Some).ok_or_else(malformed)
}

fn decode(credentials: &str) -> Option<(String, String)> {
    if credentials.len() > MAX_HEADER {
        return None;
    }
    let bytes = STANDARD.decode(credentials).ok()?;
    let colon = bytes.iter().position(|byte| *byte == b':')?;
    let (id, secret) = (percent::form_decode(&bytes[..colon])?, percent::form_decode(&bytes[colon + 1..])?);
    (!id.is_empty()).then_some((id, secret))
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let method = match self {
            Self::None => "None",
            Self::Public { .. } => "Public",
            Self::Basic { .. } => "Basic",
            Self::Post { .. } => "Post",
            Self::Assertion { .. } => "Assertion",
        };
        f.debug_tuple(method).field(&self.client_id()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::query;
    use proptest::prelude::*;

    fn header(plain: &[u8]) -> String {
        format!("Basic {}", STANDARD.encode(plain))
    }

    fn basic(client_id: &str, secret: &str) -> Credentials {
        Credentials::Basic { client_id: client_id.into(), secret: secret.into() }
    }

    fn refusal(authorization: Option<&str>, body: &str) -> &'static str {
        Credentials::parse(authorization, &query(body)).map_or_else(|error| error.code.as_str(), |_| "accepted")
    }

    #[test]
    fn a_basic_header_is_form_decoded() {
        let cases = [
            ("printer:s3cret", basic("printer", "s3cret")),
            ("a%3Ab:c%3Ad%25%2B+e%20", basic("a:b", "c:d%+ e ")),
            ("printer:a:b", basic("printer", "a:b")),
            ("printer:", Credentials::Public { client_id: "printer".into() }),
        ];
        for (plain, expected) in cases {
            assert_eq!(
                Credentials::parse(Some(&header(plain.as_bytes())), &Params::default()),
                Ok(expected),
                "{plain}"
            );
        }
        let lower = header(b"a:b").replace("Basic", "basic ");
        assert_eq!(Credentials::parse(Some(&lower), &query("client_id=a")), Ok(basic("a", "b")));
    }

    #[test]
    fn the_body_can_name_the_client() {
        let client_id = String::from("printer");
        let post = Credentials::Post { client_id: client_id.clone(), secret: "s".into() };
        assert_eq!((post.client_id(), post.secret()), (Some("printer"), Some("s")));
        let public = Credentials::Public { client_id };
        assert_eq!((public.client_id(), public.secret()), (Some("printer"), None));
        let cases = [
            (None, "client_id=printer&client_secret=s", post),
            (None, "client_id=printer", public.clone()),
            (Some("Bearer jtn_at_x"), "client_id=printer&client_secret=", public),
            (Some("Bearer jtn_at_x"), "", Credentials::None),
            (None, "client_id=", Credentials::None),
        ];
        for (authorization, body, expected) in cases {
            assert_eq!(Credentials::parse(authorization, &query(body)), Ok(expected), "{body}");
        }
    }

    #[test]
    fn one_method_one_client() {
        let header = header(b"a:b");
        assert_eq!(refusal(Some(&header), "client_id=a"), "accepted");
        let bodies = ["client_id=a&client_secret=b", "client_secret=b", "client_id=c", "client_id=a&client_id=a"];
        for body in bodies {
            assert_eq!(refusal(Some(&header), body), "invalid_request", "{body}");
        }
        assert_eq!(refusal(None, "client_secret=b"), "invalid_client");
        assert_eq!(refusal(None, "client_id=a&client_secret=b&client_secret=b"), "invalid_request");
    }

    #[test]
    fn malformed_headers_are_refused() {
        let headers = ["Basic", "Basic ", "Basic !!!!", "Basic YTpi=", "Basic YTpi YTpi"].map(str::to_owned);
        let plain = [&b"nocolon"[..], b"", b":secret", b"a:b\0", b"a:%00", b"a:\xff", b"\xff:b", b"a:%ff"].map(header);
        let long = header(&b"a:b".repeat(5000));
        for header in headers.iter().chain(&plain).chain([&long]) {
            assert_eq!(refusal(Some(header), ""), "invalid_client", "{header:.60}");
        }
    }

    #[test]
    fn debug_shows_no_secret() {
        let shown = format!("{:?}", basic("printer", "hunter2"));
        assert!(shown.contains("printer") && !shown.contains("hunter2"));
    }

    proptest! {
        #[test]
        fn any_id_and_secret_come_back(id in "[^\0]{1,40}", secret in "[^\0]{1,40}") {
            let plain = format!("{}:{}", percent::encode(&id), percent::encode(&secret));
            let parsed = Credentials::parse(Some(&header(plain.as_bytes())), &Params::default());
            prop_assert_eq!(parsed, Ok(basic(&id, &secret)));
        }

        #[test]
        fn any_header_is_read_or_refused(authorization in "(Basic )?.*", plain: Vec<u8>) {
            let _ = Credentials::parse(Some(&authorization), &Params::default());
            if let Ok(parsed) = Credentials::parse(Some(&header(&plain)), &Params::default()) {
                prop_assert!(parsed.client_id().is_some_and(|id| !id.is_empty()));
            }
        }
    }
}
