//! `oidcc-config-certification-test-plan`: one module, `oidcc-discovery-endpoint-verification`.

use oauth::jose::JwkSet;
use serde_json::{Value, json};
use server::state::Edge;

use super::plan::assert_listed;
use crate::harness::{Call, Test};

const ISSUER: &str = "https://op.example";

async fn test() -> Test {
    Test::empty(|settings| ISSUER.clone_into(&mut settings.issuer), Edge::default()).await
}

async fn document(test: &Test) -> Value {
    let reply = test.send(Call::get("/.well-known/openid-configuration")).await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "application/json"));
    reply.json()
}

fn words(document: &Value, name: &str) -> Vec<String> {
    let words = document[name].as_array().unwrap_or_else(|| unreachable!("{name} is a list: {document}"));
    assert!(!words.is_empty(), "{name}");
    words.iter().map(|word| word.as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn discovery_says_what_the_standard_wants_said() {
    let document = document(&test().await).await;
    assert_eq!(document["issuer"], ISSUER);
    let wanted = [
        ("response_types_supported", "code"),
        ("response_modes_supported", "query"),
        ("response_modes_supported", "form_post"),
        ("subject_types_supported", "public"),
        ("id_token_signing_alg_values_supported", "RS256"),
        ("grant_types_supported", "authorization_code"),
        ("grant_types_supported", "refresh_token"),
        ("token_endpoint_auth_methods_supported", "client_secret_basic"),
        ("token_endpoint_auth_methods_supported", "client_secret_post"),
        ("scopes_supported", "openid"),
        ("claims_supported", "sub"),
        ("code_challenge_methods_supported", "S256"),
    ];
    for (name, word) in wanted {
        assert!(words(&document, name).contains(&word.to_owned()), "{name}: {word}");
    }
    assert_eq!(document["claims_parameter_supported"], json!(true));
    for name in ["request_parameter_supported", "request_uri_parameter_supported"] {
        assert!(document[name].is_boolean(), "{name}");
    }
    for name in ["userinfo_signing_alg_values_supported", "request_object_signing_alg_values_supported"] {
        assert!(document.get(name).is_none() || words(&document, name).contains(&"RS256".to_owned()), "{name}");
    }
}

#[tokio::test]
async fn every_address_in_discovery_is_of_the_issuer_and_https() {
    let document = document(&test().await).await;
    let addresses =
        document.as_object().unwrap().iter().filter(|(name, _)| name.ends_with("_endpoint") || name.ends_with("_uri"));
    let addresses: Vec<(&String, &str)> = addresses.map(|(name, value)| (name, value.as_str().unwrap())).collect();
    for (name, address) in &addresses {
        assert!(address.starts_with("https://op.example/"), "{name}: {address}");
    }
    for wanted in ["authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"] {
        assert!(addresses.iter().any(|(name, _)| *name == wanted), "{wanted}");
    }
}

/// RFC 6749 §3.3; RFC 5646 §2.1.1, as tags are usually written.
#[tokio::test]
async fn scopes_and_languages_in_discovery_are_well_formed() {
    let document = document(&test().await).await;
    let scopes = words(&document, "scopes_supported");
    let is_good = |byte: u8| matches!(byte, 0x21 | 0x23..=0x5b | 0x5d..=0x7e);
    assert!(scopes.iter().all(|scope| !scope.is_empty() && scope.bytes().all(is_good)), "{scopes:?}");
    for tag in words(&document, "ui_locales_supported") {
        assert!(tag.len() == 2 && tag.bytes().all(|byte| byte.is_ascii_lowercase()), "{tag}");
    }
}

#[tokio::test]
async fn the_key_set_of_discovery_holds_public_keys_under_names_of_their_own() {
    let test = test().await;
    let path = document(&test).await["jwks_uri"].as_str().unwrap().strip_prefix(ISSUER).unwrap().to_owned();
    let reply = test.send(Call::get(&path)).await;
    let set = JwkSet::parse(&reply.body).unwrap();
    let mut names: Vec<&str> = set.keys().iter().map(|key| key.kid.as_deref().unwrap()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!((names.len(), names.is_empty()), (set.keys().len(), false));
    for key in reply.json()["keys"].as_array().unwrap() {
        assert!(["d", "p", "q", "dp", "dq", "qi", "k"].iter().all(|part| key.get(part).is_none()), "{key}");
    }
}

#[test]
fn the_table_of_the_manual_has_the_module() {
    assert_listed(&[("oidcc-discovery-endpoint-verification", "discovery_says_what_the_standard_wants_said")]);
}
