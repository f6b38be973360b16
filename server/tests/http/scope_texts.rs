//! Scopes in the visitor's language (i18n), with the risk that the operator has set.

use oauth::{ClientKind, Risk};
use provider::clients::NewClient;
use provider::scopes::ScopeChange;

use crate::harness::{AuthRequest, Browser, Call, Test, WEB};

async fn consent_form(browser: &Browser, language: &str) -> String {
    let scope = "openid profile email address phone offline_access photos";
    let ask = AuthRequest::of(&WEB).with("scope", scope).with("nonce", "n");
    browser.send(Call::get(&ask.path()).header("accept-language", language)).await.text()
}

fn photos() -> ScopeChange {
    ScopeChange {
        name: "photos".to_owned(),
        title: Some("See your photos".to_owned()),
        risk: Some(Risk::Reads),
        texts: [("de".to_owned(), (Some("Ihre Fotos sehen".to_owned()), None))].into(),
        ..ScopeChange::default()
    }
}

#[tokio::test]
async fn consent_speaks_the_language_of_the_reader_in_every_sentence_of_a_scope() {
    let test = Test::new().await;
    test.provider.set_scope(photos()).await.unwrap();
    let browser = test.signed_in("ada").await;
    let (english, german) = (consent_form(&browser, "en").await, consent_form(&browser, "de").await);
    for row in test.provider.list_scopes().await.unwrap() {
        if oauth::oidc::SCOPES.contains(&row.name.as_str()) {
            assert!(english.contains(&row.title) && !german.contains(&row.title), "{}: {german}", row.name);
        }
    }
    assert!(english.contains("See your photos") && german.contains("Ihre Fotos sehen"), "{german}");
    assert!(!german.contains("See your photos") && german.contains("Liest nur"), "{german}");
}

#[tokio::test]
async fn a_risk_that_is_changed_shows_at_once_and_discovery_says_no_more_than_names() {
    let test = Test::new().await;
    test.provider.set_scope(photos()).await.unwrap();
    let browser = test.signed_in("ada").await;
    assert!(!consent_form(&browser, "en").await.contains("Can make changes"));
    let change = ScopeChange { name: "photos".to_owned(), risk: Some(Risk::Changes), ..ScopeChange::default() };
    test.provider.set_scope(change).await.unwrap();
    assert!(consent_form(&browser, "en").await.contains("Can make changes"));
    let metadata = test.send(Call::get("/.well-known/openid-configuration")).await.text();
    assert!(metadata.contains("\"photos\"") && !metadata.contains("Fotos") && !metadata.contains("risk"), "{metadata}");
}

#[tokio::test]
async fn a_developer_chooses_optional_scopes_in_the_language_of_the_page() {
    let test = Test::new().await;
    test.provider.set_scope(photos()).await.unwrap();
    let owner = Some(test.id_of("ada").await);
    let uris = vec!["https://printer.example/".to_owned()];
    let client = NewClient { owner, ..NewClient::new("Printer", ClientKind::Confidential, uris) };
    let id = test.provider.add_client(client).await.unwrap().0.id;
    let browser = test.signed_in("ada").await;
    let path = format!("/developer/applications/{id}");
    let page = browser.send(Call::get(&path).header("accept-language", "de")).await.text();
    assert!(page.contains("Ihre Fotos sehen") && page.contains("Ihre E-Mail-Adresse sehen"), "{page}");
    assert!(!page.contains("See your photos"), "{page}");
}

#[tokio::test]
async fn the_scopes_for_a_new_token_are_proposed_in_the_language_of_the_page() {
    let test = Test::new().await;
    test.provider.set_scope(photos()).await.unwrap();
    let browser = test.signed_in("ada").await;
    for (language, own, other) in
        [("de", "Ihre Fotos sehen", "See your photos"), ("en", "See your photos", "Ihre Fotos")]
    {
        let call = Call::get("/account/tokens/new").header("accept-language", language);
        let page = browser.send(call).await.text();
        assert!(page.contains(own) && !page.contains(other), "{page}");
    }
}
