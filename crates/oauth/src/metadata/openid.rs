//! Metadata of OpenID Connect and of OAuth 2 extensions: OpenID Connect Discovery §3, RFC 9126 §5,
//! RFC 9449 §5.1, OpenID Connect RP-Initiated Logout §2.1, OpenID Connect Back-Channel Logout §2.1.

use crate::Prompt;
use crate::jose::Algorithm;
use crate::oidc::authentication::Display;
use crate::oidc::claims;
use serde::Serialize;

/// The enabled features; what is off or empty is not listed.
#[derive(Clone, Debug, Default)]
pub struct Features {
    /// Algorithms of ID tokens; the first is that of a client that chose none. Empty: no OpenID
    /// Connect.
    pub id_token_algorithms: Vec<Algorithm>,
    /// Algorithms of signed userinfo.
    pub userinfo_algorithms: Vec<Algorithm>,
    /// Algorithms of client assertions.
    pub assertion_algorithms: Vec<Algorithm>,
    /// Algorithms of request objects.
    pub request_object_algorithms: Vec<Algorithm>,
    /// Whether registered `request_uri`s are fetched.
    pub request_uris: bool,
    /// Algorithms of proofs of possession.
    pub dpop_algorithms: Vec<Algorithm>,
    /// Whether requests can be pushed.
    pub pushed_requests: bool,
    /// Whether the answer can come as a form.
    pub form_post: bool,
    /// Whether RP-initiated logout is on.
    pub end_session: bool,
    /// Whether back-channel logout is on.
    pub back_channel_logout: bool,
    /// The supported `acr` values.
    pub acr_values: Vec<String>,
    /// The languages of the pages.
    pub ui_locales: Vec<String>,
}

/// Optional members of `Metadata`; `None` and empty ones are omitted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "each is the member of the same name in the specifications above")]
pub struct Extensions {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub userinfo_endpoint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jwks_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_session_endpoint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pushed_authorization_request_endpoint: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subject_types_supported: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub id_token_signing_alg_values_supported: Vec<Algorithm>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub userinfo_signing_alg_values_supported: Vec<Algorithm>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub request_object_signing_alg_values_supported: Vec<Algorithm>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub token_endpoint_auth_signing_alg_values_supported: Vec<Algorithm>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub revocation_endpoint_auth_signing_alg_values_supported: Vec<Algorithm>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub introspection_endpoint_auth_signing_alg_values_supported: Vec<Algorithm>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dpop_signing_alg_values_supported: Vec<Algorithm>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims_supported: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claim_types_supported: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub acr_values_supported: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub display_values_supported: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prompt_values_supported: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ui_locales_supported: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claims_parameter_supported: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_parameter_supported: Option<bool>,
    /// Listed even when off, because the default is true (OpenID Connect Discovery §3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_uri_parameter_supported: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub require_request_uri_registration: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backchannel_logout_supported: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backchannel_logout_session_supported: Option<bool>,
}

impl Extensions {
    pub(super) fn of_oauth(issuer: &str, on: &Features) -> Self {
        let objects = !on.request_object_algorithms.is_empty();
        Self {
            pushed_authorization_request_endpoint: on.pushed_requests.then(|| format!("{issuer}/oauth2/par")),
            request_object_signing_alg_values_supported: on.request_object_algorithms.clone(),
            token_endpoint_auth_signing_alg_values_supported: on.assertion_algorithms.clone(),
            revocation_endpoint_auth_signing_alg_values_supported: on.assertion_algorithms.clone(),
            introspection_endpoint_auth_signing_alg_values_supported: on.assertion_algorithms.clone(),
            dpop_signing_alg_values_supported: on.dpop_algorithms.clone(),
            request_parameter_supported: objects.then_some(true),
            require_request_uri_registration: on.request_uris.then_some(true),
            ui_locales_supported: on.ui_locales.clone(),
            ..Self::default()
        }
    }

    pub(super) fn add_openid(&mut self, issuer: &str, on: &Features) {
        self.userinfo_endpoint = Some(format!("{issuer}/oauth2/userinfo"));
        self.jwks_uri = Some(format!("{issuer}/oauth2/jwks"));
        self.end_session_endpoint = on.end_session.then(|| format!("{issuer}/oauth2/end-session"));
        self.subject_types_supported = vec!["public"];
        self.id_token_signing_alg_values_supported.clone_from(&on.id_token_algorithms);
        self.userinfo_signing_alg_values_supported.clone_from(&on.userinfo_algorithms);
        self.claims_supported = claims::supported();
        self.claim_types_supported = vec!["normal"];
        self.acr_values_supported.clone_from(&on.acr_values);
        self.display_values_supported = Display::ALL.into_iter().map(Display::as_str).collect();
        self.prompt_values_supported = Prompt::ALL.into_iter().map(Prompt::as_str).collect();
        self.claims_parameter_supported = Some(true);
        self.request_parameter_supported = Some(!on.request_object_algorithms.is_empty());
        self.request_uri_parameter_supported = Some(on.request_uris);
        self.backchannel_logout_supported = on.back_channel_logout.then_some(true);
        self.backchannel_logout_session_supported = on.back_channel_logout.then_some(true);
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::Metadata;
    use serde_json::{Value, json};

    fn document(features: &Features) -> Value {
        serde_json::to_value(Metadata::new("https://id.example", &["openid".to_owned()], false).with(features)).unwrap()
    }

    #[test]
    fn what_is_off_is_not_listed() {
        let plain = serde_json::to_value(Metadata::new("https://id.example", &["openid".to_owned()], false)).unwrap();
        assert_eq!(document(&Features::default()), plain);
    }

    #[test]
    fn openid_connect_is_listed_when_id_tokens_are_signed() {
        let on = Features { id_token_algorithms: vec![Algorithm::Rs256, Algorithm::Es256], ..Features::default() };
        let document = document(&on);
        let expected = [
            ("userinfo_endpoint", json!("https://id.example/oauth2/userinfo")),
            ("jwks_uri", json!("https://id.example/oauth2/jwks")),
            ("subject_types_supported", json!(["public"])),
            ("id_token_signing_alg_values_supported", json!(["RS256", "ES256"])),
            ("claims_parameter_supported", json!(true)),
            ("request_parameter_supported", json!(false)),
            ("request_uri_parameter_supported", json!(false)),
            ("prompt_values_supported", json!(["none", "login", "consent", "select_account"])),
        ];
        for (name, value) in expected {
            assert_eq!(document[name], value, "{name}");
        }
        let absent = ["end_session_endpoint", "backchannel_logout_supported", "pushed_authorization_request_endpoint"];
        assert!(absent.iter().all(|name| document.get(name).is_none()));
        assert_eq!(document["response_modes_supported"], json!(["query"]));
    }

    #[test]
    fn everything_that_is_on_is_listed() {
        let all = Algorithm::ALL.to_vec();
        let on = Features {
            id_token_algorithms: vec![Algorithm::Rs256],
            userinfo_algorithms: vec![Algorithm::Rs256],
            assertion_algorithms: all.clone(),
            request_object_algorithms: all.clone(),
            request_uris: true,
            dpop_algorithms: crate::dpop::ALGORITHMS.to_vec(),
            pushed_requests: true,
            form_post: true,
            end_session: true,
            back_channel_logout: true,
            acr_values: vec!["1".into()],
            ui_locales: vec!["en".into(), "de".into()],
        };
        let document = document(&on);
        let expected = [
            ("response_modes_supported", json!(["query", "form_post"])),
            (
                "token_endpoint_auth_methods_supported",
                json!(["client_secret_basic", "client_secret_post", "none", "private_key_jwt"]),
            ),
            (
                "introspection_endpoint_auth_methods_supported",
                json!(["client_secret_basic", "client_secret_post", "private_key_jwt"]),
            ),
            ("token_endpoint_auth_signing_alg_values_supported", json!(["RS256", "PS256", "ES256", "EdDSA"])),
            ("dpop_signing_alg_values_supported", json!(["PS256", "ES256", "EdDSA"])),
            ("pushed_authorization_request_endpoint", json!("https://id.example/oauth2/par")),
            ("end_session_endpoint", json!("https://id.example/oauth2/end-session")),
            ("backchannel_logout_session_supported", json!(true)),
            ("request_parameter_supported", json!(true)),
            ("request_uri_parameter_supported", json!(true)),
            ("require_request_uri_registration", json!(true)),
            ("acr_values_supported", json!(["1"])),
            ("ui_locales_supported", json!(["en", "de"])),
        ];
        for (name, value) in expected {
            assert_eq!(document[name], value, "{name}");
        }
    }
}
