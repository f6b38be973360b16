//! Notices at sign-in, and what users do on their own pages.

use crate::harness::{AuthRequest, Browser, Form, PASSWORD, Test, WEB};

async fn sign_in_response(browser: &Browser, password: &str) -> (u16, String) {
    let reply = browser.sign_in("ada", password).await;
    (reply.status, reply.text())
}

#[tokio::test]
async fn only_the_right_password_learns_that_an_account_is_locked() {
    let test = Test::new().await;
    let browser = test.browser();
    assert_eq!(sign_in_response(&browser, "wrong password").await.0, 422);
    test.provider.disable_user("ada").await.unwrap();
    let (status, text) = sign_in_response(&browser, "wrong password").await;
    assert!(status == 422 && text.contains("Enter a correct username and password") && !text.contains("locked"));
    let (status, text) = sign_in_response(&browser, PASSWORD).await;
    assert!(status == 422 && text.contains("This account is locked."), "{text}");
    assert_eq!(browser.get("/account").await.status, 303);
    assert_eq!(Form::find(&text, "/login").unwrap().value("username"), Some("ada"));
    test.provider.enable_user("ada").await.unwrap();
    assert_eq!(sign_in_response(&browser, PASSWORD).await.0, 303);
}

#[tokio::test]
async fn a_refused_sign_in_ties_the_message_to_both_fields_and_a_throttled_one_tells_the_time() {
    let test = Test::new().await;
    let browser = test.browser();
    let (_, wrong) = sign_in_response(&browser, "wrong password").await;
    assert!(wrong.contains("<title>Error: Sign in"));
    assert_eq!(wrong.matches("aria-describedby=\"sign-in-error\" aria-invalid=\"true\"").count(), 2);
    for _ in 0..9 {
        sign_in_response(&browser, "wrong password").await;
    }
    let reply = browser.sign_in("ada", PASSWORD).await;
    assert_eq!((reply.status, reply.header("retry-after")), (429, "300"));
    let text = reply.text();
    assert!(
        text.contains("Too many attempts. Try again after <time ") && text.contains(">08:05 UTC</time>."),
        "{text}"
    );
}

#[tokio::test]
async fn a_user_signed_out_while_typing_reads_so_and_finds_the_typed_fields_again() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let form = browser.form("/account/name", "/account/name").await;
    let typed = form.with("given_name", "Ada \"Augusta\"").with("family_name", "King");
    test.provider.end_other_sessions(test.id_of("ada").await, "").await.unwrap();
    let away = browser.submit(&typed).await.location().to_owned();
    let page = browser.get(&away).await.text();
    assert!(page.contains("You were signed out. Sign in again to go on."), "{page}");
    assert!(!page.contains("role=\"alert\"") && !page.contains("Error:"));
    let sign_in = Form::find(&page, "/login").unwrap();
    let back = browser.submit(&sign_in.with("username", "ada").with("password", PASSWORD)).await;
    let again = browser.form(back.location(), "/account/name").await;
    assert_eq!(again.value("given_name"), Some("Ada \"Augusta\""));
    assert_eq!(browser.submit(&again).await.location(), "/account");
    assert!(browser.get("/account").await.text().contains("King</bdi>"));
    assert!(!browser.get("/login?switch=1").await.text().contains("You were signed out."));
}

#[tokio::test]
async fn a_name_is_refused_where_it_cannot_be_seen_and_forgotten_where_it_is_empty() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let form = browser.form("/account/name", "/account/name").await;
    for (bad, reason) in [("A\u{202e}da", "Remove the invisible characters"), (&"x".repeat(201), "200 characters")] {
        let reply = browser.submit(&form.clone().with("given_name", "Ada").with("family_name", bad)).await;
        assert_eq!(reply.status, 422);
        assert!(reply.text().contains(reason) && reply.text().contains("value=\"Ada\""), "{}", reply.text());
    }
    assert_eq!(test.provider.show_user("ada").await.unwrap().full_name(), None);
    assert_eq!(browser.submit(&form.clone().with("csrf", "old").with("given_name", "Ada")).await.status, 403);
    for (given, full) in [(" Ada ", Some("Ada".to_owned())), ("", None)] {
        assert_eq!(browser.submit(&form.clone().with("given_name", given)).await.status, 303);
        assert_eq!(test.provider.show_user("ada").await.unwrap().full_name(), full);
    }
}

#[tokio::test]
async fn the_page_about_a_forgotten_password_names_whom_to_ask() {
    let test = Test::new().await;
    let browser = test.browser();
    let page = browser.get("/login?return_to=%2Faccount%2Ftokens").await.text();
    assert!(page.contains("<a href=\"/forgot?return_to=%2Faccount%2Ftokens\">Forgot your password?</a>"), "{page}");
    let reply = browser.get("/forgot?return_to=%2Faccount%2Ftokens").await;
    let text = reply.text();
    assert_eq!(reply.status, 200);
    assert!(text.contains("Ask the person who runs <bdi>Jeton</bdi> for a new password."), "{text}");
    assert!(text.contains("href=\"/login?return_to=%2Faccount%2Ftokens\""), "{text}");
    let evil = browser.get("/forgot?return_to=//evil.example").await.text();
    assert!(evil.contains("href=\"/login?return_to=%2Faccount\""), "{evil}");
}

#[tokio::test]
async fn a_connection_has_a_page_of_its_own_for_its_person_alone() {
    let test = Test::new().await;
    test.user("grace").await;
    let (ada, grace) = (test.signed_in("ada").await, test.signed_in("grace").await);
    let empty = ada.get("/account").await.text();
    assert!(empty.contains("No applications yet"));
    test.exchange(&ada.code(&AuthRequest::of(&WEB)).await).await;
    let id = test.provider.connections(test.id_of("ada").await).await.unwrap().pop().unwrap().id;
    let path = format!("/account/applications/{id}");
    assert!(ada.get("/account").await.text().contains(&format!("href=\"{path}\"")));
    let text = ada.get(&path).await.text();
    for part in ["The web client", "Read your things", "1: with it the application comes back without asking"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert_eq!(grace.get(&path).await.status, 404);
    assert_eq!(ada.get("/account/applications/nothing").await.status, 404);
}

#[tokio::test]
async fn a_browser_is_named_in_words_and_raw_behind_details() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let text = browser.get("/account/sessions").await.text();
    assert!(text.contains("<bdi>Firefox on Linux</bdi>") && text.contains("You are signed in only here"), "{text}");
    assert!(text.contains("Gecko/20100101 Firefox/140.0"));
    browser.set_cookie("jeton_language", "de");
    assert!(browser.get("/account/sessions").await.text().contains("Firefox auf Linux"));
}
