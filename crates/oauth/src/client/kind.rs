//! Client types and grant types: RFC 6749 §2.1, §1.3 and §1.5.

use serde::{Deserialize, Serialize};

/// Whether a client can keep a secret: RFC 6749 §2.1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClientKind {
    /// A web server: it authenticates with its secret.
    #[default]
    Confidential,
    /// A single-page or native application: it has no secret and always uses PKCE.
    Public,
}

impl ClientKind {
    /// `confidential` or `public`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confidential => "confidential",
            Self::Public => "public",
        }
    }

    /// The reverse of [`ClientKind::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Confidential, Self::Public].into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Grant types: RFC 6749 §1.3 and §1.5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GrantType {
    /// A person consents in the browser: RFC 6749 §4.1.
    AuthorizationCode,
    /// An earlier grant goes on: RFC 6749 §6.
    RefreshToken,
    /// User name and password in exchange for a token: RFC 6749 §4.3.
    Password,
    /// The client acts for itself: RFC 6749 §4.4.
    ClientCredentials,
}

impl GrantType {
    const ALL: [Self; 4] = [Self::AuthorizationCode, Self::RefreshToken, Self::Password, Self::ClientCredentials];

    /// The value of the `grant_type` parameter.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AuthorizationCode => "authorization_code",
            Self::RefreshToken => "refresh_token",
            Self::Password => "password",
            Self::ClientCredentials => "client_credentials",
        }
    }

    /// The reverse of [`GrantType::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grant| grant.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back() {
        for grant in GrantType::ALL {
            assert_eq!(GrantType::parse(grant.as_str()), Some(grant));
            assert_eq!(serde_json::to_value(grant).ok(), Some(grant.as_str().into()));
        }
        for kind in [ClientKind::Confidential, ClientKind::Public] {
            assert_eq!(ClientKind::parse(kind.as_str()), Some(kind));
            assert_eq!(serde_json::to_value(kind).ok(), Some(kind.as_str().into()));
        }
        assert_eq!((GrantType::parse("implicit"), ClientKind::parse("")), (None, None));
    }
}
