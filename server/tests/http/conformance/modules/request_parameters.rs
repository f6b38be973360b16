//! Wishes of the client.

use serde_json::Value;

use crate::conformance::suite::{Flow, Suite};
use crate::harness::Call;

/// The pages of a request with this wish, which has to succeed.
async fn pages(suite: &Suite, name: &str, value: &str) -> Flow {
    let flow = suite.flow(&suite.ask("").with(name, value)).await;
    assert_eq!(flow.landing.seen(), ["login-submit", "consent-allow"]);
    flow
}

/// The pages suit a window of any size, so there is nothing to be seen but that it works.
pub async fn display_page_is_followed(suite: Suite) {
    pages(&suite, "display", "page").await;
}

pub async fn display_popup_is_followed(suite: Suite) {
    pages(&suite, "display", "popup").await;
}

/// `se` is what the suite sends unless it is told otherwise; the person of a German browser is then
/// greeted in German.
pub async fn the_pages_speak_the_first_of_the_ui_locales_that_they_know(suite: Suite) {
    for (wish, lang) in [("se", "<html lang=\"en\""), ("se de-CH en", "<html lang=\"de\"")] {
        let ask = suite.ask("").with("ui_locales", wish).with("prompt", "login consent");
        let flow = suite.flow(&ask).await;
        assert_eq!(flow.landing.seen(), ["login-submit", "consent-allow"]);
        assert!(flow.landing.pages.iter().all(|(_, html)| html.contains(lang)), "{wish}");
    }
}

pub async fn claims_locales_are_no_error(suite: Suite) {
    pages(&suite, "claims_locales", "se").await;
}

/// The suite asks for all that discovery lists.
pub async fn the_acr_that_was_asked_for_is_the_one_in_the_id_token(suite: Suite) {
    let document = suite.test.send(Call::get("/.well-known/openid-configuration")).await.json();
    let listed: Vec<&str> =
        document["acr_values_supported"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let flow = pages(&suite, "acr_values", &listed.join(" ")).await;
    assert!(listed.contains(&flow.id_token["acr"].as_str().unwrap()), "{listed:?}");
}
