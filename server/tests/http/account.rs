//! The account page, its password and its colours, and the link that makes the first administrator
//! (LG-13, SE-09, LG-25).

use server::state::Edge;

use crate::harness::{AuthRequest, Browser, Form, PASSWORD, Reply, Test, Tokens, WEB};

const NEW: &str = "another horse battery staple";
const PATH: &str = "/account/password";

async fn change(browser: &Browser, current: &str, new: &str) -> Reply {
    let form = browser.form(PATH, PATH).await;
    browser.submit(&form.with("current_password", current).with("new_password", new)).await
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions_and_keeps_this_one() {
    let test = Test::new().await;
    let (here, there) = (test.signed_in("ada").await, test.signed_in("ada").await);
    let thief = here.copy();
    assert_eq!(thief.get("/account").await.status, 200);
    let reply = change(&here, PASSWORD, NEW).await;
    assert_eq!((reply.status, reply.location()), (303, "/account"));
    assert!(here.get("/account").await.text().contains("Password changed"));
    assert_eq!(thief.get("/account").await.status, 303, "the session's old id is worthless");
    assert_eq!(there.get("/account").await.status, 303);
    assert_eq!(test.browser().sign_in("ada", PASSWORD).await.status, 422);
    assert_eq!(test.browser().sign_in("ada", NEW).await.status, 303);
}

#[tokio::test]
async fn without_the_current_password_nothing_changes() {
    let test = Test::new().await;
    let (here, there) = (test.signed_in("ada").await, test.signed_in("ada").await);
    for current in ["", "wrong password"] {
        let reply = change(&here, current, NEW).await;
        assert_eq!(reply.status, 422);
        assert!(reply.text().contains("Enter your current password"));
        assert!(!reply.text().contains(NEW));
    }
    assert_eq!(there.get("/account").await.status, 200);
    assert_eq!(test.browser().sign_in("ada", PASSWORD).await.status, 303);
}

#[tokio::test]
async fn guessing_the_current_password_is_throttled_like_signing_in() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    for _ in 0..10 {
        assert_eq!(change(&browser, "wrong password", NEW).await.status, 422);
    }
    let reply = change(&browser, PASSWORD, NEW).await;
    assert!(reply.text().contains("Too many attempts"));
    assert_eq!(test.browser().sign_in("ada", NEW).await.status, 422, "elsewhere nothing was counted");
    test.clock.advance(300);
    assert_eq!(change(&browser, PASSWORD, NEW).await.status, 303);
}

#[tokio::test]
async fn a_weak_new_password_is_refused_with_a_reason() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    for (new, reason) in [
        ("", "Use at least 8 characters"),
        ("short", "Use at least 8 characters"),
        ("Password123!", "too common"),
        ("aaaaaaaaaaaa", "too common"),
        ("ada12345", "not your user name"),
        (&"x y z w ".repeat(200), "Use 1024 characters or fewer"),
    ] {
        let reply = change(&browser, PASSWORD, new).await;
        assert_eq!(reply.status, 422, "{new}");
        assert!(reply.text().contains(reason), "{new}");
    }
}

#[tokio::test]
async fn the_theme_is_a_cookie_and_leads_back() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let form = browser.form("/account", "/account/theme").await.with("theme", "dark");
    let back = browser.submit(&form.clone().with("return_to", "/account/tokens")).await;
    assert_eq!(back.location(), "/account/tokens");
    assert!(browser.get("/account").await.text().contains("data-theme=\"dark\""));
    let evil = browser.submit(&form.with("return_to", "//evil.example").with("theme", "<script>")).await;
    assert_eq!(evil.location(), "/account");
    assert!(!browser.get("/account").await.text().contains("data-theme"));
}

#[tokio::test]
async fn the_account_page_counts_what_there_is() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    Tokens::of(&test.exchange(&browser.code(&AuthRequest::of(&WEB)).await).await);
    let view = test.provider.account_view(test.id_of("ada").await).await.unwrap();
    assert_eq!((view.sessions, view.connections, view.tokens), (1, 1, 0));
    assert!(browser.get("/account").await.text().contains("ada"));
}

async fn set_up(browser: &Browser, path: &str, username: &str, password: &str) -> Reply {
    let form = browser.form(path, "/setup").await;
    browser.submit(&form.with("username", username).with("password", password)).await
}

#[tokio::test]
async fn the_set_up_link_makes_the_first_administrator_once() {
    let test = Test::empty(|_| {}, Edge::default()).await;
    let link = test.provider.setup_link().await.unwrap();
    let path = link.split_once("8080").unwrap().1.to_owned();
    let browser = test.browser();
    let weak = set_up(&browser, &path, "root", "short").await;
    assert_eq!(weak.status, 422);
    assert!(weak.text().contains("Use at least 8 characters") && weak.text().contains("value=\"root\""));
    let bad_name = set_up(&browser, &path, "аdmin", PASSWORD).await;
    assert_eq!(bad_name.status, 422);
    let form = browser.form(&path, "/setup").await.with("username", "root").with("password", PASSWORD);
    assert_eq!(browser.submit(&form.clone().with("csrf", "")).await.status, 403);
    let done = browser.submit(&form).await;
    assert_eq!((done.status, done.location()), (303, "/account?first_steps"));
    let welcome = browser.get(done.location()).await.text();
    assert!(welcome.contains("You are signed in as its administrator") && welcome.contains("Next steps"), "{welcome}");
    assert!(!browser.get("/account").await.text().contains("Next steps"));
    assert_eq!(browser.submit(&form.with("username", "second")).await.status, 404);
    let used = browser.get(&path).await;
    assert_eq!(used.status, 404);
    assert!(used.text().contains("This setup link has been used"), "{}", used.text());
    assert!(!browser.get("/setup?token=another").await.text().contains("has been used"));
    assert!(test.provider.show_user("root").await.unwrap().administrator);
    assert!(test.provider.setup_link().await.is_err());
    assert_eq!(browser.sign_in("root", PASSWORD).await.status, 303);
}

#[tokio::test]
async fn a_wrong_an_old_or_a_replaced_set_up_link_is_not_there() {
    let test = Test::empty(|_| {}, Edge::default()).await;
    let open = async |link: &str| test.browser().get(link.split_once("8080").unwrap().1).await.status;
    let first = test.provider.setup_link().await.unwrap();
    let second = test.provider.setup_link().await.unwrap();
    assert_eq!(open(&first).await, 404);
    assert_eq!(open(&second).await, 200);
    assert_eq!(open(&format!("{second}x")).await, 404);
    for path in ["/setup", "/setup?token=", "/setup?token=%00", "/setup?token=a&token=b"] {
        assert_eq!(test.browser().get(path).await.status, 404, "{path}");
    }
    test.clock.advance(86_400);
    assert_eq!(open(&second).await, 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_link_makes_one_administrator_however_often_it_is_pressed() {
    let test = Test::empty(|_| {}, Edge::default()).await;
    let link = test.provider.setup_link().await.unwrap();
    let browser = test.browser();
    let form: Form = browser.form(link.split_once("8080").unwrap().1, "/setup").await.with("password", PASSWORD);
    let replies = test.at_once(6, |_| {
        let (browser, name) = (browser.clone(), format!("root{}", crate::harness::unique()));
        let form = form.clone().with("username", &name);
        async move { browser.submit(&form).await }
    });
    let replies = replies.await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 303).count(), 1);
    assert_eq!(test.provider.list_users().await.unwrap().len(), 1);
}
