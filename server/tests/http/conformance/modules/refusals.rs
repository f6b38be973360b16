//! Requests that must not succeed.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use crate::conformance::checks;
use crate::conformance::suite::Suite;
use crate::harness::AuthRequest;

pub async fn a_request_without_a_response_type_is_refused_at_the_client(suite: Suite) {
    let ask = suite.ask("");
    checks::refused(
        &suite.land(&ask.clone().without("response_type")).await,
        &["invalid_request", "unsupported_response_type"],
    );
    suite.flow(&ask).await;
}

pub async fn an_unregistered_redirect_uri_is_an_error_page(suite: Suite) {
    let ask = suite.ask("");
    let address = format!("{}xyz", ask.value("redirect_uri"));
    let landing = suite.visit(&ask.clone().with("redirect_uri", &address)).await;
    assert!(landing.answer.is_none() && landing.reply.status == 400 && landing.reply.is_error_page());
    assert!(landing.reply.text().contains("redirect"), "{:?}", landing.reply.body);
    suite.flow(&ask).await;
}

/// The request as an unsigned request object, and what the suite leaves outside of it (OpenID
/// Connect Core §6.1).
fn objected(ask: &AuthRequest) -> (AuthRequest, String) {
    let claims: Map<String, Value> = ask.pairs().into_iter().map(|(name, value)| (name.into(), value.into())).collect();
    let part = |json: &str| URL_SAFE_NO_PAD.encode(json);
    let object = format!("{}.{}.", part(r#"{"alg":"none"}"#), part(&Value::Object(claims).to_string()));
    let kept = ["response_type", "client_id", "scope", "redirect_uri"];
    let names: Vec<String> = ask.pairs().iter().map(|(name, _)| (*name).to_owned()).collect();
    let outside = names.iter().filter(|name| !kept.contains(&name.as_str()));
    (outside.fold(ask.clone(), |ask, name| ask.without(name)), object)
}

/// Refused by name, whatever way it comes back: how it should come stood in the object. Nothing was
/// asked of the person.
async fn not_supported(suite: Suite, name: &str, error: &str) {
    let ask = suite.ask("");
    let (outside, object) = objected(&ask);
    let value = if name == "request" { object } else { "https://suite.example/test/a/jeton/requesturi/1".to_owned() };
    let landing = suite.visit(&outside.with(name, &value)).await;
    checks::refused(&landing, &[error]);
    assert!(landing.pages.is_empty() && suite.test.outside.requested_urls().is_empty());
    suite.flow(&ask).await;
}

pub async fn an_unsigned_request_uri_is_refused_by_name(suite: Suite) {
    not_supported(suite, "request_uri", "request_uri_not_supported").await;
}

pub async fn an_unsigned_request_object_is_refused_by_name(suite: Suite) {
    not_supported(suite, "request", "request_not_supported").await;
}

/// An address that is not registered is not passed over for a good one in an object that cannot be
/// believed: the suite wants to see the error page.
pub async fn a_redirect_uri_outside_the_request_object_is_not_passed_over(suite: Suite) {
    let (outside, object) = objected(&suite.ask(""));
    let elsewhere = format!("{}/foobar", outside.value("redirect_uri"));
    let ask = outside.clone().with("request", &object).with("redirect_uri", &elsewhere);
    let landing = suite.visit(&ask).await;
    assert!(landing.answer.is_none() && landing.reply.status == 400 && landing.reply.is_error_page());
    checks::refused(&suite.visit(&outside.with("request", &object)).await, &["request_not_supported"]);
}
