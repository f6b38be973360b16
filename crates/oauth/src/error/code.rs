//! Error codes: RFC 6749 §4.1.2.1 and §5.2, RFC 6750 §3.1, OpenID Connect Core §3.1.2.6.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The error codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// A parameter is missing, repeated, malformed or not allowed here.
    InvalidRequest,
    /// The client could not be authenticated.
    InvalidClient,
    /// The code or refresh token is not good, or not this client's.
    InvalidGrant,
    /// This client may not use this grant type.
    UnauthorizedClient,
    /// The server does not offer this grant type.
    UnsupportedGrantType,
    /// The server does not offer this response type.
    UnsupportedResponseType,
    /// The scope is unknown, malformed or wider than allowed.
    InvalidScope,
    /// The person, or the server on their behalf, said no.
    AccessDenied,
    /// `prompt=none` without a session.
    LoginRequired,
    /// `prompt=none`, and consent is missing.
    ConsentRequired,
    /// `prompt=none`, and the person would have to choose an account.
    AccountSelectionRequired,
    /// `prompt=none`, and some page would have to be shown.
    InteractionRequired,
    /// The `request` parameter is not supported.
    RequestNotSupported,
    /// The `request_uri` parameter is not supported.
    RequestUriNotSupported,
    /// The access token is not good (RFC 6750 §3.1).
    InvalidToken,
    /// The request object is not good, or not this client's (RFC 9101 §6.3).
    InvalidRequestObject,
    /// The `request_uri` is unknown, expired, used, or another client's (RFC 9101 §6.3,
    /// RFC 9126 §4).
    InvalidRequestUri,
    /// The resource is malformed, unknown, or not one that the grant is for (RFC 8707 §2).
    InvalidTarget,
    /// The proof of possession is not good (RFC 9449 §5).
    InvalidDpopProof,
    /// The proof of possession must hold the nonce of the answer's `DPoP-Nonce` header
    /// (RFC 9449 §8).
    UseDpopNonce,
    /// The person cannot sign in by the means that the client requires (OpenID Connect Core Error
    /// Code unmet_authentication_requirements 1.0).
    UnmetAuthenticationRequirements,
    /// The server failed.
    ServerError,
    /// The server cannot answer now.
    TemporarilyUnavailable,
}

impl ErrorCode {
    /// Every code.
    pub const ALL: [Self; 23] = [
        Self::InvalidRequest,
        Self::InvalidClient,
        Self::InvalidGrant,
        Self::UnauthorizedClient,
        Self::UnsupportedGrantType,
        Self::UnsupportedResponseType,
        Self::InvalidScope,
        Self::AccessDenied,
        Self::LoginRequired,
        Self::ConsentRequired,
        Self::AccountSelectionRequired,
        Self::InteractionRequired,
        Self::RequestNotSupported,
        Self::RequestUriNotSupported,
        Self::InvalidToken,
        Self::InvalidRequestObject,
        Self::InvalidRequestUri,
        Self::InvalidTarget,
        Self::InvalidDpopProof,
        Self::UseDpopNonce,
        Self::UnmetAuthenticationRequirements,
        Self::ServerError,
        Self::TemporarilyUnavailable,
    ];

    /// The reverse of [`ErrorCode::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == text)
    }

    /// The value of the `error` parameter.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::AccessDenied => "access_denied",
            Self::LoginRequired => "login_required",
            Self::ConsentRequired => "consent_required",
            Self::AccountSelectionRequired => "account_selection_required",
            Self::InteractionRequired => "interaction_required",
            Self::RequestNotSupported => "request_not_supported",
            Self::RequestUriNotSupported => "request_uri_not_supported",
            Self::InvalidToken => "invalid_token",
            Self::InvalidRequestObject => "invalid_request_object",
            Self::InvalidRequestUri => "invalid_request_uri",
            Self::InvalidTarget => "invalid_target",
            Self::InvalidDpopProof => "invalid_dpop_proof",
            Self::UseDpopNonce => "use_dpop_nonce",
            Self::UnmetAuthenticationRequirements => "unmet_authentication_requirements",
            Self::ServerError => "server_error",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
        }
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_back() {
        for code in ErrorCode::ALL {
            assert_eq!(ErrorCode::parse(code.as_str()), Some(code));
            assert_eq!(serde_json::to_value(code).ok(), Some(code.as_str().into()));
        }
        assert_eq!(ErrorCode::parse("nonsense"), None);
    }
}
