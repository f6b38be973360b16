//! Protocol errors: RFC 6749 §4.1.2.1 and §5.2, OpenID Connect Core §3.1.2.6.

mod code;

pub use code::ErrorCode;

use crate::problem::{Finding, redacted};
use crate::scope::is_scope_token;
use crate::secret::prefix_of;
use std::borrow::Cow;
use std::fmt;

/// A protocol error. `Display` shows code and description, never the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The `error` parameter.
    pub code: ErrorCode,
    /// The `error_description`: a constant without input, printable ASCII without `"` and `\`.
    pub description: &'static str,
    /// What `error_description` names after the sentence; see [`Error::naming`].
    pub named: Option<Box<str>>,
    /// The reason, for the log only: it may reveal what the client must not learn.
    pub reason: Option<String>,
    /// The finding, for the owner of the client only.
    pub finding: Option<Box<Finding>>,
    /// The `client_id` of the request, authenticated or not, for the log.
    pub client: Option<Box<str>>,
    /// The `error_uri`; set last, by the code that knows the issuer.
    pub uri: Option<String>,
}

impl Error {
    /// An error without a reason.
    #[must_use]
    pub const fn new(code: ErrorCode, description: &'static str) -> Self {
        Self { code, description, named: None, reason: None, finding: None, client: None, uri: None }
    }

    /// With a reason for the log, redacted.
    #[must_use]
    pub fn because(mut self, reason: impl AsRef<str>) -> Self {
        self.reason = Some(redacted(reason.as_ref()));
        self
    }

    /// With scope tokens in the description, which contain no character that it may not contain
    /// (RFC 6749 §3.3, §5.2). Other text and secrets are dropped; at most five.
    #[must_use]
    pub fn naming<'a>(mut self, tokens: impl Iterator<Item = &'a str>) -> Self {
        let good = |token: &&str| token.len() <= 100 && is_scope_token(token) && prefix_of(token).is_none();
        let named: Vec<&str> = tokens.filter(good).take(5).collect();
        self.named = (!named.is_empty()).then(|| named.join(" ").into());
        self
    }

    /// The `error_description`.
    #[must_use]
    pub fn error_description(&self) -> Cow<'static, str> {
        match &self.named {
            None => Cow::Borrowed(self.description),
            Some(named) => Cow::Owned(format!("{}: {named}", self.description.trim_end_matches('.'))),
        }
    }

    /// With a finding.
    #[must_use]
    pub fn found(mut self, finding: Finding) -> Self {
        self.finding = Some(Box::new(finding));
        self
    }

    /// `invalid_request`: the description says how to fix it.
    #[must_use]
    pub const fn invalid_request(description: &'static str) -> Self {
        Self::new(ErrorCode::InvalidRequest, description)
    }

    /// `invalid_client`: one answer whether the client is unknown, disabled or the secret wrong.
    #[must_use]
    pub const fn invalid_client() -> Self {
        Self::new(ErrorCode::InvalidClient, "Client authentication failed")
    }

    /// `invalid_grant`: one answer for every fault of a code or refresh token.
    #[must_use]
    pub const fn invalid_grant() -> Self {
        Self::new(ErrorCode::InvalidGrant, "The grant is invalid, expired, revoked or was issued to another client")
    }

    /// `invalid_scope`.
    #[must_use]
    pub const fn invalid_scope(description: &'static str) -> Self {
        Self::new(ErrorCode::InvalidScope, description)
    }

    /// `unauthorized_client`.
    #[must_use]
    pub const fn unauthorized_client(description: &'static str) -> Self {
        Self::new(ErrorCode::UnauthorizedClient, description)
    }

    /// `unsupported_grant_type`.
    #[must_use]
    pub const fn unsupported_grant_type() -> Self {
        Self::new(ErrorCode::UnsupportedGrantType, "This grant type is not supported")
    }

    /// `access_denied`: the person pressed Deny, or may not grant what is asked.
    #[must_use]
    pub const fn access_denied() -> Self {
        Self::new(ErrorCode::AccessDenied, "The request was denied")
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.description)
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_for_the_log_alone() {
        let error = Error::invalid_grant().because("expired an hour ago");
        assert_eq!(error.reason.as_deref(), Some("expired an hour ago"));
        assert!(!error.to_string().contains("hour"));
        assert!(error.to_string().starts_with("invalid_grant: "));
        assert_ne!(error, Error::invalid_grant());
    }

    #[test]
    fn a_description_may_name_what_it_is_about() {
        let about = |tokens: &[&str]| Error::invalid_scope("No such scope.").naming(tokens.iter().copied());
        assert_eq!(about(&["read:all", "x"]).error_description(), "No such scope: read:all x");
        let secret = format!("jtn_at_{}", "x".repeat(49));
        assert_eq!(about(&["a\"b", "a\\b", "é", &"x".repeat(101), &secret]).error_description(), "No such scope.");
        assert_eq!(about(&["1", "2", "3", "4", "5", "6"]).error_description(), "No such scope: 1 2 3 4 5");
        assert_eq!(about(&["x"]).to_string(), "invalid_scope: No such scope.", "the log says it in its own way");
    }

    #[test]
    fn fixed_descriptions_can_stand_in_an_answer() {
        let errors =
            [Error::invalid_client(), Error::invalid_grant(), Error::unsupported_grant_type(), Error::access_denied()];
        let allowed = |byte: u8| matches!(byte, 0x20..=0x7E) && !b"\"\\".contains(&byte);
        assert!(errors.iter().all(|error| error.description.bytes().all(allowed)));
    }
}
