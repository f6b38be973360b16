//! Authorization server metadata: RFC 8414 §2. Only what is enabled is listed.

mod openid;

pub use openid::{Extensions, Features};

use crate::GrantType;
use serde::Serialize;

const TOKEN_METHODS: [&str; 3] = ["client_secret_basic", "client_secret_post", "none"];

/// The document under `/.well-known/oauth-authorization-server`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Metadata {
    /// The issuer, the same string as in `iss`.
    pub issuer: String,
    /// Where people are sent.
    pub authorization_endpoint: String,
    /// Where codes become tokens.
    pub token_endpoint: String,
    /// RFC 7009.
    pub revocation_endpoint: String,
    /// RFC 7662.
    pub introspection_endpoint: String,
    /// Every scope that exists.
    pub scopes_supported: Vec<String>,
    /// `code`.
    pub response_types_supported: Vec<&'static str>,
    /// `query`.
    pub response_modes_supported: Vec<&'static str>,
    /// The password grant only when it is on.
    pub grant_types_supported: Vec<&'static str>,
    /// How clients authenticate at the token endpoint.
    pub token_endpoint_auth_methods_supported: Vec<&'static str>,
    /// How clients authenticate at the revocation endpoint.
    pub revocation_endpoint_auth_methods_supported: Vec<&'static str>,
    /// How clients authenticate at the introspection endpoint: never without a secret.
    pub introspection_endpoint_auth_methods_supported: Vec<&'static str>,
    /// `S256`.
    pub code_challenge_methods_supported: Vec<&'static str>,
    /// RFC 9207 §3.
    pub authorization_response_iss_parameter_supported: bool,
    /// What is there only when it is on.
    #[serde(flatten)]
    pub extensions: Extensions,
}

impl Metadata {
    /// The document of this issuer.
    #[must_use]
    pub fn new(issuer: &str, scopes: &[String], password_grant: bool) -> Self {
        let endpoint = |name: &str| format!("{issuer}/oauth2/{name}");
        Self {
            issuer: issuer.to_owned(),
            authorization_endpoint: endpoint("authorize"),
            token_endpoint: endpoint("token"),
            revocation_endpoint: endpoint("revoke"),
            introspection_endpoint: endpoint("introspect"),
            scopes_supported: scopes.to_vec(),
            response_types_supported: vec!["code"],
            response_modes_supported: vec!["query"],
            grant_types_supported: grant_types(password_grant),
            token_endpoint_auth_methods_supported: TOKEN_METHODS.to_vec(),
            revocation_endpoint_auth_methods_supported: TOKEN_METHODS.to_vec(),
            introspection_endpoint_auth_methods_supported: TOKEN_METHODS[..2].to_vec(),
            code_challenge_methods_supported: vec!["S256"],
            authorization_response_iss_parameter_supported: true,
            extensions: Extensions::default(),
        }
    }

    /// The document with these features.
    #[must_use]
    pub fn with(mut self, features: &Features) -> Self {
        if features.form_post {
            self.response_modes_supported.push("form_post");
        }
        if !features.assertion_algorithms.is_empty() {
            self.token_endpoint_auth_methods_supported.push("private_key_jwt");
            self.revocation_endpoint_auth_methods_supported.push("private_key_jwt");
            self.introspection_endpoint_auth_methods_supported.push("private_key_jwt");
        }
        let mut extensions = Extensions::of_oauth(&self.issuer, features);
        if !features.id_token_algorithms.is_empty() {
            extensions.add_openid(&self.issuer, features);
        }
        self.extensions = extensions;
        self
    }
}

fn grant_types(password_grant: bool) -> Vec<&'static str> {
    let always = [GrantType::AuthorizationCode, GrantType::RefreshToken, GrantType::ClientCredentials];
    let password = password_grant.then_some(GrantType::Password);
    always.into_iter().chain(password).map(GrantType::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_lists_what_works() {
        let json = serde_json::to_value(Metadata::new("https://id.example", &["read".to_owned()], true)).ok();
        let methods = ["client_secret_basic", "client_secret_post", "none"];
        let expected = serde_json::json!({
            "issuer": "https://id.example",
            "authorization_endpoint": "https://id.example/oauth2/authorize",
            "token_endpoint": "https://id.example/oauth2/token",
            "revocation_endpoint": "https://id.example/oauth2/revoke",
            "introspection_endpoint": "https://id.example/oauth2/introspect",
            "scopes_supported": ["read"],
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials", "password"],
            "token_endpoint_auth_methods_supported": methods,
            "revocation_endpoint_auth_methods_supported": methods,
            "introspection_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": true,
        });
        assert_eq!(json, Some(expected));
    }

    #[test]
    fn the_password_grant_is_listed_only_when_it_is_on() {
        assert!(!Metadata::new("https://id.example", &[], false).grant_types_supported.contains(&"password"));
    }
}
