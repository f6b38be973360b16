//! Discovery: what works is listed and nothing else (OpenID Connect Discovery §3).

use serde_json::{Value, json};

use crate::harness::{Call, ISSUER, Test};

async fn document(test: &Test) -> Value {
    test.send(Call::get("/.well-known/openid-configuration")).await.json()
}

#[tokio::test]
async fn discovery_lists_openid_connect_as_far_as_it_works() {
    let test = Test::new().await;
    let document = document(&test).await;
    let expected = [
        ("issuer", json!(ISSUER)),
        ("userinfo_endpoint", json!(format!("{ISSUER}/oauth2/userinfo"))),
        ("jwks_uri", json!(format!("{ISSUER}/oauth2/jwks"))),
        ("subject_types_supported", json!(["public"])),
        ("id_token_signing_alg_values_supported", json!(["RS256", "ES256"])),
        ("userinfo_signing_alg_values_supported", json!(["RS256", "ES256"])),
        ("dpop_signing_alg_values_supported", json!(["PS256", "ES256", "EdDSA"])),
        ("response_types_supported", json!(["code"])),
        ("claims_parameter_supported", json!(true)),
        ("request_parameter_supported", json!(true)),
        ("request_uri_parameter_supported", json!(true)),
        ("require_request_uri_registration", json!(true)),
        ("request_object_signing_alg_values_supported", json!(["RS256", "PS256", "ES256", "EdDSA"])),
        ("token_endpoint_auth_signing_alg_values_supported", json!(["RS256", "PS256", "ES256", "EdDSA"])),
        ("pushed_authorization_request_endpoint", json!(format!("{ISSUER}/oauth2/par"))),
        ("prompt_values_supported", json!(["none", "login", "consent", "select_account"])),
        ("acr_values_supported", json!(["1"])),
        ("ui_locales_supported", json!(["en", "de"])),
    ];
    for (name, value) in expected {
        assert_eq!(document[name], value, "{name}");
    }
    let scopes = document["scopes_supported"].as_array().unwrap();
    assert!(oauth::oidc::SCOPES.iter().all(|scope| scopes.contains(&json!(scope))), "{scopes:?}");
    let absent = ["registration_endpoint", "check_session_iframe"];
    assert!(absent.iter().all(|name| document.get(name).is_none()), "{document}");
}

#[tokio::test]
async fn every_address_in_discovery_answers() {
    let test = Test::new().await;
    let document = document(&test).await;
    for (name, value) in document.as_object().unwrap() {
        let Some(path) = value.as_str().and_then(|value| value.strip_prefix(ISSUER)).filter(|path| !path.is_empty())
        else {
            continue;
        };
        let status = test.send(Call::get(path)).await.status;
        assert!(status != 404 && status < 500, "{name}: {status}");
    }
}

#[tokio::test]
async fn the_unchanged_document_is_304() {
    let test = Test::new().await;
    for path in ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server/"] {
        let first = test.send(Call::get(path)).await;
        let again = test.send(Call::get(path).header("if-none-match", first.header("etag"))).await;
        assert_eq!((first.status, again.status, again.body.len()), (200, 304, 0), "{path}");
        assert_eq!(again.header("access-control-allow-credentials"), "");
    }
}

#[tokio::test]
async fn a_new_scope_is_listed_a_second_later() {
    let test = Test::new().await;
    let before = document(&test).await;
    test.provider.add_scope("draw", "", "").await.unwrap();
    test.clock.advance(1);
    let listed = |document: &Value| document["scopes_supported"].as_array().unwrap().contains(&json!("draw"));
    assert!(!listed(&before) && listed(&document(&test).await));
}
