//! The consent page (AZ-39, AZ-43, AZ-44, AZ-52): asked, stored, and asked again.

use oauth::{ClientKind, Scope};
use provider::clients::NewClient;

use crate::harness::{AuthRequest, Call, Form, ISSUER, NATIVE, SPA, Test, Tokens, WEB};

#[tokio::test]
async fn deny_goes_back_as_access_denied_and_stores_nothing() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let form = browser.consent_form(&AuthRequest::of(&WEB)).await;
    let reply = browser.submit(&form.with("decision", "deny")).await;
    assert_eq!(reply.redirected_error(), "access_denied");
    assert_eq!(reply.param("state").as_deref(), Some("xyz"));
    assert_eq!(reply.param("iss").as_deref(), Some(ISSUER));
    assert!(test.provider.connections(test.id_of("ada").await).await.unwrap().is_empty());
}

#[tokio::test]
async fn silence_is_no_consent() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let form = browser.consent_form(&AuthRequest::of(&WEB)).await;
    assert_eq!(browser.submit(&form).await.status, 400);
    assert_eq!(browser.submit(&form.clone().with("decision", "perhaps")).await.status, 400);
    assert!(browser.submit(&form.with("decision", "allow")).await.param("code").is_some());
}

#[tokio::test]
async fn an_answer_without_the_pages_token_or_from_another_site_is_refused() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let form = browser.consent_form(&AuthRequest::of(&WEB)).await.with("decision", "allow");
    for hostile in [form.clone().with("csrf", ""), form.clone().with("csrf", &"0".repeat(64))] {
        assert_eq!(browser.submit(&hostile).await.status, 403);
    }
    let pairs: Vec<(&str, &str)> = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    for (name, value) in [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")] {
        let reply =
            browser.send(Call::post("/consent", &pairs).header("host", "127.0.0.1:8080").header(name, value)).await;
        assert_eq!(reply.status, 403, "{name}: {value}");
    }
    assert!(test.provider.connections(test.id_of("ada").await).await.unwrap().is_empty());
    let ours = Call::post("/consent", &pairs).header("origin", ISSUER).header("sec-fetch-site", "same-origin");
    assert!(browser.send(ours).await.param("code").is_some());
}

#[tokio::test]
async fn a_question_of_another_session_or_changed_on_its_way_is_refused() {
    let test = Test::new().await;
    test.user("grace").await;
    let (ada, grace) = (test.signed_in("ada").await, test.signed_in("grace").await);
    let foreign = ada.consent_form(&AuthRequest::of(&WEB)).await.value("request").unwrap().to_owned();
    let form = grace.consent_form(&AuthRequest::of(&WEB)).await.with("decision", "allow");
    let own = form.value("request").unwrap().to_owned();
    let changed = format!("{}{}", if own.starts_with('A') { 'B' } else { 'A' }, &own[1..]);
    for request in [foreign.as_str(), changed.as_str(), "", "nonsense", "a.b"] {
        let reply = grace.submit(&form.clone().with("request", request)).await;
        assert_eq!((reply.status, reply.location()), (403, ""), "{request}");
    }
    assert!(test.provider.connections(test.id_of("grace").await).await.unwrap().is_empty());
    assert!(grace.submit(&form).await.param("code").is_some());
}

#[tokio::test]
async fn one_question_answered_twice_makes_one_code() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let form = browser.consent_form(&AuthRequest::of(&WEB)).await.with("decision", "allow");
    let (first, second) = tokio::join!(browser.submit(&form), browser.submit(&form));
    assert_eq!(first.param("code"), second.param("code"));
    let code = first.param("code").unwrap();
    assert_eq!(test.exchange(&code).await.status, 200);
    // A third press goes through the authorization endpoint again, and makes another.
    let again = browser.submit(&form).await;
    assert!(again.location().starts_with("/oauth2/authorize?"), "{}", again.location());
    assert_ne!(browser.get(again.location()).await.param("code").unwrap(), code);
}

#[tokio::test]
async fn a_form_that_is_sent_again_gets_the_same_code_for_as_long_as_that_lives() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let form = browser.consent_form(&AuthRequest::of(&WEB)).await.with("decision", "allow");
    let code = browser.submit(&form).await.param("code").unwrap();
    test.clock.advance(59);
    assert_eq!(browser.submit(&form).await.param("code"), Some(code.clone()));
    test.clock.advance(1);
    let late = browser.submit(&form).await;
    assert!(late.location().starts_with("/oauth2/authorize?"), "{}", late.location());
    assert_eq!(test.exchange(&code).await.refusal(), (400, "invalid_grant".to_owned()));
}

#[tokio::test]
async fn a_question_that_stood_open_for_an_hour_is_asked_again() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let form = browser.consent_form(&AuthRequest::of(&WEB)).await.with("decision", "allow");
    test.clock.advance(3600);
    let reply = browser.submit(&form).await;
    assert!(reply.location().starts_with("/oauth2/authorize?"), "{}", reply.location());
    let form = browser.form(reply.location(), "/consent").await;
    test.clock.advance(3599);
    assert!(browser.submit(&form.with("decision", "allow")).await.param("code").is_some());
}

#[tokio::test]
async fn consent_is_stored_except_where_anybody_could_use_the_clients_name() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    for client in [WEB, SPA] {
        browser.allow(&AuthRequest::of(&client)).await;
        assert!(browser.authorize(&AuthRequest::of(&client)).await.param("code").is_some(), "{client:?}");
    }
    let native = AuthRequest::of(&NATIVE).with("redirect_uri", "http://127.0.0.1:5000/callback");
    browser.allow(&native).await;
    assert!(browser.authorize(&native).await.text().contains("consent-allow"));
}

#[tokio::test]
async fn a_wider_request_asks_again_and_marks_what_is_new() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    browser.allow(&AuthRequest::of(&WEB)).await;
    let page = browser.authorize(&AuthRequest::of(&WEB).with("scope", "read write")).await.text();
    let (new, _) = page.split_once("New this time").unwrap().1.split_once("Read your things").unwrap();
    assert!(new.contains("<code dir=\"ltr\">write</code>"), "{new}");
    browser.submit(&Form::find(&page, "/consent").unwrap().with("decision", "allow")).await;
    assert!(browser.authorize(&AuthRequest::of(&WEB).with("scope", "write")).await.param("code").is_some());
}

#[tokio::test]
async fn a_partial_account_grants_only_what_it_holds() {
    let test = Test::new().await;
    test.partial_user("guest", "read").await;
    let browser = test.signed_in("guest").await;
    let code = browser.code(&AuthRequest::of(&WEB).with("scope", "read write")).await;
    assert_eq!(test.exchange(&code).await.member("scope"), "read");
    let reply = browser.authorize(&AuthRequest::of(&WEB).with("scope", "write")).await;
    assert_eq!(reply.redirected_error(), "access_denied");
}

#[tokio::test]
async fn an_optional_scope_can_be_left_out() {
    let test = Test::new().await;
    let uris = vec!["https://opt.example/cb".to_owned()];
    let new =
        NewClient { optional_scope: Scope::parse("write").unwrap(), ..NewClient::new("Opt", ClientKind::Public, uris) };
    let (client, _) = test.provider.add_client(new).await.unwrap();
    let ask = AuthRequest::of(&SPA).with("client_id", &client.id).with("redirect_uri", "https://opt.example/cb");
    let browser = test.signed_in("ada").await;
    let form = browser.consent_form(&ask.with("scope", "read write")).await.with("decision", "allow");
    assert_eq!(form.value("optional_scope"), Some("write"));
    let code = browser.submit(&form.with("optional_scope", "")).await.param("code").unwrap();
    let pairs = [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", "https://opt.example/cb")];
    let mut pairs = pairs.to_vec();
    pairs.extend([("code_verifier", crate::harness::VERIFIER), ("client_id", client.id.as_str())]);
    let reply = test.send(Call::post("/oauth2/token", &pairs)).await;
    assert_eq!(reply.member("scope"), "read");
}

#[tokio::test]
async fn access_that_was_removed_ends_its_tokens_and_is_asked_for_again() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let tokens = Tokens::of(&test.exchange(&browser.code(&AuthRequest::of(&WEB)).await).await);
    let page = browser.get("/account/applications").await.text();
    assert!(page.contains("The web client"));
    let grant = test.provider.connections(test.id_of("ada").await).await.unwrap().remove(0).id;
    let remove = format!("/account/applications/{grant}/remove");
    let done = browser.submit(&browser.form(&remove, &remove).await).await;
    assert_eq!((done.status, done.location()), (303, "/account/applications"));
    assert!(!test.is_active(&tokens.access).await);
    assert_eq!(test.refresh(&tokens.refresh).await.refusal(), (400, "invalid_grant".to_owned()));
    assert!(browser.authorize(&AuthRequest::of(&WEB)).await.text().contains("consent-allow"));
}

#[tokio::test]
async fn nobody_removes_the_access_of_another_person() {
    let test = Test::new().await;
    test.user("grace").await;
    let tokens = test.tokens().await;
    let grant = test.provider.connections(test.id_of("ada").await).await.unwrap().remove(0).id;
    let grace = test.signed_in("grace").await;
    assert_eq!(grace.get(&format!("/account/applications/{grant}/remove")).await.status, 404);
    let csrf = grace.form("/account/password", "/account/password").await.value("csrf").unwrap().to_owned();
    let path = format!("/account/applications/{grant}/remove");
    assert_eq!(grace.send(Call::post(&path, &[("csrf", &csrf)])).await.status, 404);
    assert!(test.is_active(&tokens.access).await);
}
