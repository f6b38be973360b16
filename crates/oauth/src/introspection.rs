//! Token introspection, RFC 7662 §2.2, and the older `tokeninfo`.

use crate::Access;
use serde::Serialize;
use serde_json::Value;

/// Confirmation `cnf`: RFC 7800 §3, RFC 9449 §6.2.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Confirmation {
    /// The thumbprint of the key.
    pub jkt: String,
}

/// The answer of the introspection endpoint. Members without a value are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Introspection {
    /// Whether the token works now.
    pub active: bool,
    /// What it may do now, space-separated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The client that it was issued to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// The user name of whom it acts for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// `Bearer` or, where it is bound to a key, `DPoP`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_type: Option<&'static str>,
    /// When it ends, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exp: Option<i64>,
    /// When it was issued, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iat: Option<i64>,
    /// The user's id, or the client's when it acts for itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub: Option<String>,
    /// The resources that it is for: a text, or a list of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::openapi::OneOrMany>))]
    pub aud: Option<Value>,
    /// The issuer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iss: Option<String>,
    /// The key that it is bound to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cnf: Option<Confirmation>,
    /// Whether the account is full or partial.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
}

impl Introspection {
    /// Exactly `{"active":false}`: one answer for unknown, expired, revoked and foreign
    /// (RFC 7662 §2.2).
    #[must_use]
    pub fn inactive() -> Self {
        Self::default()
    }
}

/// The answer of `tokeninfo` about a token that works. Members without a value are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenInfo {
    /// The user's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// What the token may do now.
    pub scope: Vec<String>,
    /// The user name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// The client that it was issued to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Whether the account is full or partial.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
    /// The resources that it is for: a text, or a list of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::openapi::OneOrMany>))]
    pub aud: Option<Value>,
    /// Seconds until it ends; left out for a permanent token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_in: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_that_does_not_work_says_nothing_else() {
        let json = serde_json::to_string(&Introspection::inactive()).ok();
        assert_eq!(json.as_deref(), Some(r#"{"active":false}"#));
    }

    #[test]
    fn a_token_that_works_is_described() {
        let answer = Introspection {
            active: true,
            scope: Some("read".into()),
            exp: Some(2),
            access: Some(Access::Partial),
            ..Introspection::default()
        };
        let json = serde_json::to_string(&answer).ok();
        assert_eq!(json.as_deref(), Some(r#"{"active":true,"scope":"read","exp":2,"access":"partial"}"#));
    }

    #[test]
    fn token_info_has_the_number_of_the_user_and_a_list_of_scopes() {
        let info = TokenInfo { id: Some(42), scope: vec!["read".into()], ..TokenInfo::default() };
        assert_eq!(serde_json::to_string(&info).ok().as_deref(), Some(r#"{"id":42,"scope":["read"]}"#));
    }
}
