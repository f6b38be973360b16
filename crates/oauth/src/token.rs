//! Token requests and their answer: RFC 6749 §4.1.3, §4.3.2, §4.4.2, §5.1 and §6.

use crate::problem::{Fault, Finding};
use crate::{Error, GrantType, Params, Scope};
use serde::Serialize;
use std::fmt;

/// The known parameters: each may occur once (RFC 6749 §3.2).
pub(crate) const KNOWN: &str = "grant_type code redirect_uri code_verifier refresh_token username password \
    scope client_id client_secret";

/// A token request. `Debug` shows no secret.
#[derive(Clone, PartialEq, Eq)]
pub enum TokenRequest {
    /// Authorization code grant.
    Code(CodeExchange),
    /// Refresh token grant.
    Refresh {
        /// The refresh token.
        token: String,
        /// A narrower scope, if named.
        scope: Option<Scope>,
    },
    /// Resource owner password credentials grant.
    Password {
        /// As typed.
        username: String,
        /// As typed.
        password: String,
        /// The scope that is asked for.
        scope: Option<Scope>,
    },
    /// Client credentials grant.
    ClientCredentials {
        /// The scope that is asked for.
        scope: Option<Scope>,
    },
}

/// The parameters that redeem a code. Debug shows no secret.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeExchange {
    /// The code.
    pub code: String,
    /// `redirect_uri` again, as in the authorization request.
    pub redirect_uri: Option<String>,
    /// The PKCE verifier.
    pub verifier: Option<String>,
}

impl TokenRequest {
    /// Parses a token request; client authentication is in [`crate::Credentials`].
    ///
    /// # Errors
    /// `invalid_request` for what is missing or repeated, `unsupported_grant_type`,
    /// `invalid_scope`.
    pub fn parse(params: &Params) -> Result<Self, Error> {
        KNOWN.split(' ').try_for_each(|name| params.get(name).map(|_| ()))?;
        let asked = params.required("grant_type")?;
        let unknown = || Finding::new(Fault::UnknownValue, "grant_type").sent(asked);
        let grant = GrantType::parse(asked).ok_or_else(|| Error::unsupported_grant_type().found(unknown()))?;
        let text = |name: &'static str| params.required(name).map(str::to_owned);
        Ok(match grant {
            GrantType::AuthorizationCode => Self::Code(CodeExchange::parse(params)?),
            GrantType::RefreshToken => Self::Refresh { token: text("refresh_token")?, scope: scope(params)? },
            GrantType::Password => {
                Self::Password { username: text("username")?, password: text("password")?, scope: scope(params)? }
            }
            GrantType::ClientCredentials => Self::ClientCredentials { scope: scope(params)? },
        })
    }

    /// The grant type of the request.
    #[must_use]
    pub const fn grant_type(&self) -> GrantType {
        match self {
            Self::Code(_) => GrantType::AuthorizationCode,
            Self::Refresh { .. } => GrantType::RefreshToken,
            Self::Password { .. } => GrantType::Password,
            Self::ClientCredentials { .. } => GrantType::ClientCredentials,
        }
    }
}

impl CodeExchange {
    fn parse(params: &Params) -> Result<Self, Error> {
        let text = |name: &str| params.get(name).map(|value| value.map(str::to_owned));
        Ok(Self {
            code: params.required("code")?.to_owned(),
            redirect_uri: text("redirect_uri")?,
            verifier: text("code_verifier")?,
        })
    }
}

/// The scope that is asked for; one without tokens counts as none.
fn scope(params: &Params) -> Result<Option<Scope>, Error> {
    let scope = params.get("scope")?.map(Scope::parse).transpose()?;
    Ok(scope.filter(|scope| !scope.is_empty()))
}

impl fmt::Debug for TokenRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenRequest({})", self.grant_type().as_str())
    }
}

impl fmt::Debug for CodeExchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CodeExchange").field("redirect_uri", &self.redirect_uri).finish_non_exhaustive()
    }
}

/// The token response: RFC 6749 §5.1. `Debug` shows no token.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenResponse {
    /// The access token in clear.
    pub access_token: String,
    /// `Bearer` or, where it is bound to a key, `DPoP`.
    pub token_type: &'static str,
    /// Seconds until the access token ends.
    pub expires_in: i64,
    /// The granted scope; always included, since it may be less than requested.
    pub scope: String,
    /// The refresh token in clear, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    /// The ID token, if the scope has `openid` (OpenID Connect Core §3.1.3.3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_token: Option<String>,
}

impl fmt::Debug for TokenResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenResponse")
            .field("expires_in", &self.expires_in)
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::fixture::query;

    fn refusal(body: &str) -> &'static str {
        TokenRequest::parse(&query(body)).map_or_else(|error| error.code.as_str(), |_| "accepted")
    }

    #[test]
    fn every_grant_is_read() {
        let read = Some(Scope::of(["read"]));
        let exchange =
            CodeExchange { code: "c".into(), redirect_uri: Some("https://a".into()), verifier: Some("v".into()) };
        let cases = [
            (
                "grant_type=authorization_code&code=c&redirect_uri=https://a&code_verifier=v&scope=read",
                TokenRequest::Code(exchange),
            ),
            (
                "grant_type=refresh_token&refresh_token=t&scope=read",
                TokenRequest::Refresh { token: "t".into(), scope: read.clone() },
            ),
            (
                "grant_type=password&username=ada&password=p+q&scope=read",
                TokenRequest::Password { username: "ada".into(), password: "p q".into(), scope: read },
            ),
            ("grant_type=client_credentials&scope=+&extra=1", TokenRequest::ClientCredentials { scope: None }),
        ];
        for (body, request) in cases {
            let parsed = TokenRequest::parse(&query(body)).unwrap();
            assert_eq!(body.split(['=', '&']).nth(1), Some(parsed.grant_type().as_str()));
            assert_eq!(parsed, request);
        }
    }

    #[test]
    fn what_is_missing_unknown_or_repeated_is_refused() {
        let cases = [
            ("", "invalid_request"),
            ("grant_type=", "invalid_request"),
            ("grant_type=implicit", "unsupported_grant_type"),
            ("grant_type=authorization_code", "invalid_request"),
            ("grant_type=authorization_code&code=", "invalid_request"),
            ("grant_type=refresh_token", "invalid_request"),
            ("grant_type=password&username=ada", "invalid_request"),
            ("grant_type=password&username=ada&password=", "invalid_request"),
            ("grant_type=client_credentials&scope=a%22", "invalid_scope"),
            ("grant_type=client_credentials", "accepted"),
        ];
        for (body, code) in cases {
            assert_eq!(refusal(body), code, "{body}");
        }
        for name in KNOWN.split(' ') {
            assert_eq!(refusal(&format!("grant_type=implicit&{name}=a&{name}=a")), "invalid_request", "{name}");
        }
    }

    #[test]
    fn debug_shows_no_secret() {
        let bodies = [
            "grant_type=authorization_code&code=hunter2&code_verifier=hunter2",
            "grant_type=refresh_token&refresh_token=hunter2",
            "grant_type=password&username=ada&password=hunter2",
        ];
        for body in bodies {
            let parsed = TokenRequest::parse(&query(body)).unwrap();
            assert!(!format!("{parsed:?}").contains("hunter2"), "{body}");
            if let TokenRequest::Code(exchange) = parsed {
                assert!(!format!("{exchange:?}").contains("hunter2"));
            }
        }
        let response = answer(Some("hunter2"));
        assert!(!format!("{response:?}").contains("hunter2"));
    }

    fn answer(refresh_token: Option<&str>) -> TokenResponse {
        TokenResponse {
            access_token: "hunter2".into(),
            token_type: "Bearer",
            expires_in: 3600,
            scope: "read".into(),
            refresh_token: refresh_token.map(str::to_owned),
            id_token: None,
        }
    }

    #[test]
    fn the_answer_leaves_out_a_missing_refresh_token() {
        let json = r#"{"access_token":"hunter2","token_type":"Bearer","expires_in":3600,"scope":"read"}"#;
        assert_eq!(serde_json::to_string(&answer(None)).unwrap(), json);
        assert!(serde_json::to_string(&answer(Some("r"))).unwrap().ends_with(r#""refresh_token":"r"}"#));
    }
}
