//! Access tokens in HTTP requests, and their errors: RFC 6750, RFC 9449 §7.1.

use crate::Scope;
use std::fmt::{self, Write};

/// Why a resource request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BearerError {
    /// No token at all: the answer names no error (RFC 6750 §3.1).
    Missing,
    /// The request is malformed; the text is the `error_description`.
    InvalidRequest(&'static str),
    /// The token is unknown, expired or revoked.
    InvalidToken,
    /// The token is valid but lacks this scope.
    InsufficientScope(Scope),
}

impl BearerError {
    /// The HTTP status: RFC 6750 §3.1.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Missing | Self::InvalidToken => 401,
            Self::InvalidRequest(_) => 400,
            Self::InsufficientScope(_) => 403,
        }
    }

    /// The value of the `WWW-Authenticate` header: RFC 6750 §3. The realm is cut to what a header
    /// can hold.
    #[must_use]
    pub fn www_authenticate(&self, realm: &str) -> String {
        let realm: String = realm.chars().filter(|c| matches!(c, ' '..='~') && !matches!(c, '"' | '\\')).collect();
        let mut header = format!("Bearer realm=\"{realm}\"");
        if let Some((code, description)) = self.code_and_description() {
            let _ = write!(header, ", error=\"{code}\", error_description=\"{description}\""); // cannot fail on a String
        }
        if let Self::InsufficientScope(scope) = self {
            let _ = write!(header, ", scope=\"{scope}\"");
        }
        header
    }

    /// `error` and `error_description`; none where no token came.
    #[must_use]
    pub const fn code_and_description(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Missing => None,
            Self::InvalidRequest(description) => Some(("invalid_request", description)),
            Self::InvalidToken => Some(("invalid_token", "The access token is unknown, expired or revoked")),
            Self::InsufficientScope(_) => {
                Some(("insufficient_scope", "The access token does not have the scope for this"))
            }
        }
    }
}

impl fmt::Display for BearerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code_and_description() {
            Some((code, description)) => write!(f, "{code}: {description}"),
            None => f.write_str("no access token"),
        }
    }
}

impl std::error::Error for BearerError {}

/// The token of an `Authorization: Bearer` header (RFC 6750 §2.1); `None` without the header or
/// with another scheme.
///
/// # Errors
/// [`BearerError::InvalidRequest`] when the scheme is Bearer and what follows is not a token.
pub fn bearer_token(authorization: Option<&str>) -> Result<Option<&str>, BearerError> {
    token_after("bearer", authorization)
}

/// The token of an `Authorization: DPoP` header (RFC 9449 §7.1); `None` without the header or with
/// another scheme.
///
/// # Errors
/// [`BearerError::InvalidRequest`] when the scheme is DPoP and what follows is not a token.
pub fn dpop_token(authorization: Option<&str>) -> Result<Option<&str>, BearerError> {
    token_after("dpop", authorization)
}

/// Whether the scheme of an `Authorization` header is DPoP.
#[must_use]
pub fn is_dpop(authorization: &str) -> bool {
    split_scheme(authorization).0.eq_ignore_ascii_case("dpop")
}

/// Schemes are compared without regard to case: RFC 9110 §11.1.
fn token_after<'a>(wanted: &str, authorization: Option<&'a str>) -> Result<Option<&'a str>, BearerError> {
    let Some((scheme, token)) = authorization.map(split_scheme) else {
        return Ok(None);
    };
    match scheme.eq_ignore_ascii_case(wanted) {
        false => Ok(None),
        true if is_b64token(token) => Ok(Some(token)),
        true => Err(BearerError::InvalidRequest("The Authorization header holds no token")),
    }
}

/// The scheme of an `Authorization` header and its credentials, which may be empty.
pub(crate) fn split_scheme(authorization: &str) -> (&str, &str) {
    let (scheme, rest) = authorization.trim().split_once(' ').unwrap_or((authorization.trim(), ""));
    (scheme, rest.trim_start())
}

/// `1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="`
fn is_b64token(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    !body.is_empty() && body.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~+/".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_bearer_token_is_found() {
        for header in ["Bearer jtn_at_x.y-z~+/==", "bearer  jtn_at_x.y-z~+/==", " BEARER jtn_at_x.y-z~+/== "] {
            assert_eq!(bearer_token(Some(header)), Ok(Some("jtn_at_x.y-z~+/==")), "{header:?}");
        }
        for header in [None, Some(""), Some("Basic YTpi"), Some("Bearerx y"), Some("DPoP x")] {
            assert_eq!(bearer_token(header), Ok(None), "{header:?}");
        }
        for header in ["DPoP x.y", "dpop x.y", "DPOP  x.y"] {
            assert_eq!(dpop_token(Some(header)), Ok(Some("x.y")), "{header:?}");
        }
        assert!(dpop_token(Some("Bearer x")) == Ok(None) && dpop_token(Some("DPoP")).is_err());
    }

    #[test]
    fn a_malformed_bearer_header_is_refused() {
        for header in ["Bearer", "Bearer ", "Bearer a b", "Bearer a,b", "Bearer =", "Bearer \u{e9}", "Bearer \"x\""] {
            assert!(matches!(bearer_token(Some(header)), Err(BearerError::InvalidRequest(_))), "{header:?}");
        }
    }

    #[test]
    fn the_challenge_says_what_is_wrong_and_nothing_when_no_token_came() {
        let scope = Scope::of(["read", "write"]);
        let cases = [
            (BearerError::Missing, 401, r#"Bearer realm="Jeton""#),
            (
                BearerError::InvalidRequest("Two tokens"),
                400,
                r#"Bearer realm="Jeton", error="invalid_request", error_description="Two tokens""#,
            ),
            (
                BearerError::InvalidToken,
                401,
                r#"Bearer realm="Jeton", error="invalid_token", error_description="The access token is unknown, expired or revoked""#,
            ),
            (
                BearerError::InsufficientScope(scope),
                403,
                r#"Bearer realm="Jeton", error="insufficient_scope", error_description="The access token does not have the scope for this", scope="read write""#,
            ),
        ];
        for (error, status, header) in cases {
            assert_eq!((error.status(), error.www_authenticate("Jeton").as_str()), (status, header));
        }
    }

    #[test]
    fn a_realm_cannot_break_out_of_the_header() {
        let header = BearerError::Missing.www_authenticate("A\"\\\r\nSet-Cookie: x\u{e9}");
        assert_eq!(header, "Bearer realm=\"ASet-Cookie: x\"");
    }

    proptest! {
        #[test]
        fn any_header_is_read_or_refused(header in "(Bearer )?.*") {
            if let Ok(Some(token)) = bearer_token(Some(&header)) {
                prop_assert!(is_b64token(token) && header.contains(token));
            }
        }
    }
}
