//! The language of a page (i18n): the cookie, then `ui_locales`, then `Accept-Language`, then the
//! operator's default.

use crate::harness::{AuthRequest, Browser, Call, Form, PASSWORD, Test, WEB};

const GERMAN: &str = "<html lang=\"de\"";
const ENGLISH: &str = "<html lang=\"en\"";

async fn page(browser: &Browser, accept_language: &str) -> String {
    browser.send(Call::get("/login").header("accept-language", accept_language)).await.text()
}

#[tokio::test]
async fn the_browsers_language_is_spoken_where_it_is_known() {
    let test = Test::new().await;
    let german = page(&test.browser(), "de-AT,de;q=0.9,en;q=0.5").await;
    assert!(german.contains(GERMAN) && german.contains("Benutzername") && german.contains("Anmelden"), "{german}");
    for other in ["fr", "", "en-GB,de;q=0.5", "*", "💥"] {
        assert!(page(&test.browser(), other).await.contains(ENGLISH), "{other}");
    }
    let plain = test.browser().get("/login").await.text();
    assert!(plain.contains(ENGLISH) && plain.contains(">Sign in<"), "{plain}");
}

#[tokio::test]
async fn a_choice_is_remembered_and_wins_over_the_browser() {
    let test = Test::new().await;
    let browser = test.browser();
    let reply = browser.get("/language?language=de&return_to=/login%3Freturn_to%3D%252Faccount%252Ftokens").await;
    assert_eq!((reply.status, reply.location()), (303, "/login?return_to=%2Faccount%2Ftokens"));
    assert!(reply.cookies()[0].starts_with("jeton_language_8080=de; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"));
    assert!(page(&browser, "en").await.contains(GERMAN));
    browser.get("/language?language=en&return_to=/").await;
    assert!(page(&browser, "de").await.contains(ENGLISH));
}

/// The pages of a request, from sign-in to the form that the browser posts: OpenID Connect Core
/// §3.1.2.1, `ui_locales`.
async fn walk(browser: &Browser, ui_locales: &str) -> Vec<String> {
    let ask = AuthRequest::openid(&WEB, "").with("ui_locales", ui_locales).with("response_mode", "form_post");
    let to_login = browser.authorize(&ask).await.location().to_owned();
    let sign_in = browser.get(&to_login).await.text();
    let form = Form::find(&sign_in, "/login").unwrap().with("username", "ada");
    let wrong = browser.submit(&form.clone().with("password", "wrong password")).await.text();
    let back = browser.submit(&form.with("password", PASSWORD)).await.location().to_owned();
    let consent_form = browser.get(&back).await.text();
    let allow = Form::find(&consent_form, "/consent").unwrap().with("decision", "allow");
    let answer = browser.submit(&allow).await.text();
    let forgot = browser.get(&to_login.replace("/login?", "/forgot?")).await.text();
    vec![sign_in, wrong, consent_form, answer, forgot]
}

#[tokio::test]
async fn the_language_that_a_client_asks_for_is_spoken_on_every_page_of_its_request() {
    let test = Test::new().await;
    for (wish, spoken) in [("fr-CA de-AT en", GERMAN), ("en de", ENGLISH), ("se", ENGLISH), ("", ENGLISH)] {
        for page in walk(&test.browser(), wish).await {
            assert!(page.contains(spoken), "{wish}: {page}");
        }
        test.provider.remove_client("web").await.unwrap();
        test.provider.add_client(WEB.new_client()).await.unwrap();
    }
}

#[tokio::test]
async fn the_language_that_a_person_chose_wins_over_the_clients() {
    let test = Test::new().await;
    let browser = test.browser();
    browser.get("/language?language=en&return_to=/").await;
    for page in walk(&browser, "de").await {
        assert!(page.contains(ENGLISH), "{page}");
    }
}

#[tokio::test]
async fn a_choice_leads_nowhere_else_and_an_unknown_one_changes_nothing() {
    let test = Test::new().await;
    let browser = test.browser();
    for back in ["//evil.example", "https://evil.example", "/%5Cevil.example", "/%09/evil.example"] {
        let reply = browser.get(&format!("/language?language=de&return_to={back}")).await;
        assert_eq!((reply.status, reply.location()), (303, "/account"), "{back}");
    }
    for unknown in ["fr", "", "de%0d%0aSet-Cookie:a=b", "%3Cscript%3E"] {
        let reply = browser.get(&format!("/language?language={unknown}&return_to=/login")).await;
        assert_eq!((reply.status, reply.location()), (303, "/login"), "{unknown}");
        assert!(reply.cookies().iter().all(|cookie| !cookie.starts_with("jeton_language")), "{unknown}");
    }
}

#[tokio::test]
async fn the_languages_for_tests_are_spoken_when_asked_for_by_cookie() {
    let test = Test::new().await;
    let browser = test.browser();
    browser.set_cookie("jeton_language", "en-XA");
    let accented = page(&browser, "de").await;
    assert!(accented.contains("<html lang=\"en-XA\"") && !accented.contains(">Sign in<"), "{accented}");
    browser.set_cookie("jeton_language", "ar-XB");
    assert!(page(&browser, "de").await.contains("<html lang=\"ar-XB\" dir=\"rtl\""));
    browser.set_cookie("jeton_language", "nonsense");
    assert!(page(&browser, "de").await.contains(GERMAN));
}

#[tokio::test]
async fn flash_messages_are_in_the_users_language() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    browser.set_cookie("jeton_language", "de");
    let form = browser.form("/account/name", "/account/name").await.with("given_name", "Ada");
    assert_eq!(browser.submit(&form).await.location(), "/account");
    let text = browser.get("/account").await.text();
    assert!(text.contains("Name geändert") && text.contains("<h1>Konto</h1>"), "{text}");
}
