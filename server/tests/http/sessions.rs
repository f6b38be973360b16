//! Browser sessions (group SE).

use crate::harness::{Browser, Call, Form, PASSWORD, Test};
use crate::server_functions::Page;

async fn is_signed_in(browser: &Browser) -> bool {
    let reply = browser.get("/account").await;
    assert!(reply.status == 200 || reply.location().starts_with("/login"), "{}", reply.status);
    reply.status == 200
}

/// A form that this browser may send from any page.
async fn csrf(browser: &Browser) -> String {
    browser.form("/account/password", "/account/password").await.value("csrf").unwrap().to_owned()
}

async fn sign_out(browser: &Browser) {
    let form = browser.form("/account", "/logout").await;
    assert_eq!(browser.submit(&form).await.location(), "/login?signed_out=1");
}

#[tokio::test]
async fn signing_in_makes_a_new_session_and_the_old_one_is_worthless() {
    let test = Test::new().await;
    let browser = test.browser();
    browser.sign_in_as("ada").await;
    let before = browser.copy();
    browser.sign_in_as("ada").await;
    assert_ne!(browser.session(), before.session());
    assert!(is_signed_in(&browser).await && !is_signed_in(&before).await);
}

#[tokio::test]
async fn a_planted_session_id_is_not_taken_over() {
    let test = Test::new().await;
    let browser = test.browser();
    let planted = "AAAAAAAAAAAAAAAAAAAAAQ";
    browser.set_cookie("jeton_session", planted);
    browser.sign_in_as("ada").await;
    assert_ne!(browser.session().unwrap(), planted);
    let thief = test.browser();
    thief.set_cookie("jeton_session", planted);
    assert!(is_signed_in(&browser).await && !is_signed_in(&thief).await);
}

#[tokio::test]
async fn over_https_cookies_are_bound_to_the_host_and_hidden() {
    let test = Test::with(|settings| settings.issuer = "https://id.example".to_owned()).await;
    let browser = test.browser();
    let page = browser.get("/login").await;
    assert_eq!(page.header("strict-transport-security"), "max-age=31536000");
    let form = Form::find(&page.text(), "/login").unwrap();
    let reply = browser.submit(&form.with("username", "ada").with("password", PASSWORD)).await;
    let theme = browser.submit(&browser.form("/account", "/account/theme").await.with("theme", "dark")).await;
    let cookies: Vec<&str> = [page.cookies(), reply.cookies(), theme.cookies()].concat();
    assert!(cookies.len() >= 3, "{cookies:?}");
    for cookie in cookies {
        let lower = cookie.to_lowercase();
        for part in ["; secure", "; httponly", "; samesite=lax", "; path=/"] {
            assert!(lower.contains(part), "{cookie}");
        }
        assert!(cookie.starts_with("__Host-") || cookie.starts_with("jeton_theme="), "{cookie}");
        assert!(!lower.contains("domain=") && cookie.len() < 4096, "{cookie}");
    }
    let plain = Test::new().await.browser().get("/login").await;
    assert!(plain.cookies()[0].starts_with("jeton_browser_8080=") && !plain.cookies()[0].contains("Secure"));
}

#[tokio::test]
async fn two_session_cookies_of_one_name_are_nobody() {
    let test = Test::new().await;
    test.user("grace").await;
    let (ada, grace) =
        (test.signed_in("ada").await.session().unwrap(), test.signed_in("grace").await.session().unwrap());
    let account = async |cookie: String| test.send(Call::get("/account").header("cookie", cookie)).await.status;
    for (one, two) in [(&ada, &grace), (&grace, &ada), (&ada, &"garbage".to_owned())] {
        assert_eq!(account(format!("jeton_session_8080={one}; jeton_session_8080={two}")).await, 303);
    }
    assert_eq!(account(format!("jeton_session_8080={ada}; other=x")).await, 200);
    for garbage in ["", "garbage", "AAAA", "💥", &"A".repeat(4000)] {
        assert_eq!(account(format!("jeton_session_8080={garbage}")).await, 303, "{garbage}");
    }
}

#[tokio::test]
async fn an_idle_session_ends_after_a_day() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    test.clock.advance(86_399);
    assert!(is_signed_in(&browser).await);
    test.provider.flush().await;
    test.clock.advance(86_399);
    assert!(is_signed_in(&browser).await);
    test.provider.flush().await;
    test.clock.advance(86_400);
    assert!(!is_signed_in(&browser).await);
}

#[tokio::test]
async fn a_session_in_use_ends_after_two_weeks() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    for _ in 0..27 {
        test.clock.advance(43_200);
        assert!(is_signed_in(&browser).await);
        test.provider.flush().await;
    }
    test.clock.advance(43_199);
    assert!(is_signed_in(&browser).await);
    test.clock.advance(1);
    assert!(!is_signed_in(&browser).await);
}

#[tokio::test]
async fn after_signing_out_the_old_cookie_leads_to_sign_in() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let copy = browser.copy();
    assert_eq!(browser.send(Call::post("/logout", &[])).await.status, 403);
    assert_eq!(browser.get("/logout").await.status, 405);
    assert!(is_signed_in(&browser).await);
    sign_out(&browser).await;
    assert!(!is_signed_in(&browser).await && !is_signed_in(&copy).await);
    assert!(browser.get("/login?signed_out=1").await.text().contains("id=\"logged-out\""));
}

#[tokio::test]
async fn other_browsers_can_be_signed_out_together_or_one_by_one() {
    let test = Test::new().await;
    test.user("grace").await;
    let (here, there, far) = (test.signed_in("ada").await, test.signed_in("ada").await, test.signed_in("ada").await);
    let grace = test.signed_in("grace").await;
    let page = here.get("/account/sessions").await.text();
    let ends: Vec<Form> = Form::all(&page).into_iter().filter(|form| form.action.ends_with("/end")).collect();
    assert_eq!(ends.len(), 3);
    // The first is this browser; another user gets 404 for it.
    let stolen = Form { action: ends[0].action.clone(), fields: vec![("csrf".to_owned(), csrf(&grace).await)] };
    assert_eq!(grace.submit(&stolen).await.status, 404);
    here.submit(&ends[1]).await;
    assert!(is_signed_in(&here).await && (is_signed_in(&there).await != is_signed_in(&far).await));
    let again = test.signed_in("ada").await;
    let others = here.form("/account/sessions/others", "/account/sessions/others").await;
    assert_eq!(here.submit(&others).await.location(), "/account/sessions");
    assert!(here.get("/account/sessions").await.text().contains("2 other sessions signed out"));
    for browser in [&there, &far, &again] {
        assert!(!is_signed_in(browser).await);
    }
    assert!(is_signed_in(&here).await && is_signed_in(&grace).await);
    here.submit(&ends[0]).await;
    assert!(!is_signed_in(&here).await);
}

#[tokio::test]
async fn a_session_of_somebody_else_is_not_there_and_one_that_has_ended_stays_so() {
    let test = Test::new().await;
    test.user("grace").await;
    let (ada, there, grace) = (test.signed_in("ada").await, test.signed_in("ada").await, test.signed_in("grace").await);
    let ids = test.provider.session_views(test.id_of("ada").await, "").await.unwrap();
    let end = |id: &str| format!("id={id}");
    for session in &ids {
        let reply = grace.send(Page::of(&grace).await.call("/ui/sessions/end", &end(&session.id))).await;
        assert_eq!((reply.status, reply.json()["kind"].as_str()), (404, Some("NotFound")));
    }
    assert!(is_signed_in(&ada).await && is_signed_in(&there).await);
    sign_out(&there).await;
    let page = Page::of(&ada).await;
    let [here] = &test.provider.session_views(test.id_of("ada").await, "").await.unwrap()[..] else {
        unreachable!("one is left")
    };
    let gone = ids.iter().find(|session| session.id != here.id).unwrap();
    assert_eq!(ada.send(page.call("/ui/sessions/end", &end(&gone.id))).await.status, 200);
    assert!(is_signed_in(&ada).await);
}

#[tokio::test]
async fn a_disabled_user_is_signed_out_at_once() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    test.provider.disable_user("ada").await.unwrap();
    assert!(!is_signed_in(&browser).await);
    test.provider.enable_user("ada").await.unwrap();
    assert!(!is_signed_in(&browser).await);
}

#[tokio::test]
async fn a_session_id_stands_in_no_page_and_no_address() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let id = browser.session().unwrap();
    for path in ["/account", "/account/sessions", "/account/tokens", "/developer", "/oauth2/authorize"] {
        let reply = browser.get(path).await;
        assert!(!reply.text().contains(&id) && !reply.location().contains(&id), "{path}");
        assert_eq!(reply.header("cache-control"), "no-store", "{path}");
    }
}

/// The session ends behind the back of a server that may still believe in it.
#[tokio::test]
async fn a_session_that_ends_between_check_and_write_leads_to_sign_in_with_the_typed_fields() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    browser.allow(&crate::harness::AuthRequest::of(&crate::harness::WEB)).await;
    let token = browser.form("/account/tokens/new", "/account/tokens/new").await;
    let token = token.with("name", "my backup").also("scopes", "read");
    let name = browser.form("/account/name", "/account/name").await.with("given_name", "Augusta");
    let end = async || {
        assert!(is_signed_in(&browser).await);
        test.database.run("create table kept as select * from sessions").await;
        test.database.run("delete from sessions").await;
    };
    let back = async || {
        test.database.run("insert into sessions select * from kept").await;
        test.database.run("drop table kept").await;
        test.provider.invalidate_caches();
    };
    for (form, typed) in [(token, "name%3Dmy%2520backup"), (name, "given_name%3DAugusta")] {
        end().await;
        // In a copy: the cookie of a session that is gone is taken away.
        let reply = browser.copy().submit(&form).await;
        assert!(reply.location().starts_with("/login?ended=1&return_to="), "{} {}", reply.status, reply.location());
        assert!(reply.location().contains(typed), "{}", reply.location());
        back().await;
    }
    end().await;
    let reply = browser.copy().authorize(&crate::harness::AuthRequest::of(&crate::harness::WEB)).await;
    assert!(reply.location().starts_with("/login?return_to="), "{} {}", reply.status, reply.location());
    back().await;
    assert!(browser.authorize(&crate::harness::AuthRequest::of(&crate::harness::WEB)).await.param("code").is_some());
}

#[tokio::test]
async fn two_servers_on_one_host_keep_their_cookies_apart() {
    let at = async |port: u16| Test::with(|settings| settings.issuer = format!("http://127.0.0.1:{port}")).await;
    let (one, two) = (at(8080).await, at(8081).await);
    let browser = one.browser();
    browser.sign_in_as("ada").await;
    let beside = browser.at(&two);
    beside.sign_in_as("ada").await;
    assert!(is_signed_in(&beside).await && is_signed_in(&beside.at(&one)).await);
    sign_out(&beside).await;
    assert!(!is_signed_in(&beside).await && is_signed_in(&beside.at(&one)).await);
}

#[tokio::test]
async fn at_the_default_port_the_names_of_cookies_are_as_they_were() {
    for (issuer, name) in
        [("https://id.example:443", "__Host-jeton_browser="), ("http://127.0.0.1:80", "jeton_browser=")]
    {
        let test = Test::with(|settings| settings.issuer = issuer.to_owned()).await;
        let page = test.browser().get("/login").await;
        assert!(page.cookies()[0].starts_with(name), "{issuer} {:?}", page.cookies());
    }
    let test = Test::with(|settings| settings.issuer = "https://id.example:8443".to_owned()).await;
    let page = test.browser().get("/login").await;
    assert!(page.cookies()[0].starts_with("__Host-jeton_browser_8443="), "{:?}", page.cookies());
}
