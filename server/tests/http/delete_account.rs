//! Deletion of an account by its own person, and what is deleted with it.

use oauth::ClientKind;
use provider::clients::NewClient;
use provider::users::NewUser;

use crate::harness::{AuthRequest, Browser, Call, Form, PASSWORD, Reply, Test, TestClient, WEB};

const PATH: &str = "/account/delete";
const OWN: TestClient =
    TestClient { id: "own", secret: Some("own-secret-57721566"), redirect_uri: "https://own.example/callback" };

async fn delete(browser: &Browser, password: &str) -> Reply {
    let form = browser.form(PATH, PATH).await;
    browser.submit(&form.with("password", password)).await
}

/// An application that this user registered.
async fn owned_by(test: &Test, username: &str) {
    let uris = vec![OWN.redirect_uri.to_owned()];
    let new = NewClient {
        client_id: Some(OWN.id.to_owned()),
        client_secret: OWN.secret.map(str::to_owned),
        owner: Some(test.id_of(username).await),
        ..NewClient::new("Own <b>thing</b>", ClientKind::Confidential, uris)
    };
    test.provider.add_client(new).await.unwrap();
}

#[tokio::test]
async fn a_deleted_account_is_gone_with_everything_in_it() {
    let test = Test::new().await;
    let (browser, other) = (test.signed_in("ada").await, test.signed_in("ada").await);
    let tokens = test.tokens().await;
    let page = browser.get(PATH).await.text();
    for part in ["3 browsers are signed out", "0 permanent tokens stop working", "1 application loses its access"] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(test.is_active(&tokens.access).await);
    let reply = delete(&browser, PASSWORD).await;
    assert_eq!((reply.status, reply.location()), (303, "/login?deleted=1"));
    assert!(browser.get("/login?deleted=1").await.text().contains("Your account was deleted."));
    assert!(!test.is_active(&tokens.access).await);
    assert_eq!(test.refresh(&tokens.refresh).await.refusal(), (400, "invalid_grant".to_owned()));
    for gone in [&browser, &other] {
        assert_eq!(gone.get("/account").await.status, 303);
    }
    assert_eq!(test.browser().sign_in("ada", PASSWORD).await.status, 422);
    let left = test.database.dump().await;
    assert!(!left.contains(": ada\n") && !left.contains("users.") && !left.contains("sessions."), "{left}");
}

#[tokio::test]
async fn without_the_password_or_with_anothers_form_nothing_is_deleted() {
    let test = Test::new().await;
    test.user("grace").await;
    let browser = test.signed_in("ada").await;
    for password in ["", "wrong password"] {
        let reply = delete(&browser, password).await;
        assert_eq!(reply.status, 422);
        let text = reply.text();
        assert!(
            text.contains("Enter your current password") && text.contains("<title>Error: Delete account"),
            "{text}"
        );
    }
    let form = browser.form(PATH, PATH).await.with("password", PASSWORD);
    assert_eq!(browser.submit(&form.clone().with("csrf", "")).await.status, 403);
    assert_eq!(test.browser().submit(&form).await.status, 403);
    assert_eq!(browser.get("/account").await.status, 200);
    assert_eq!(delete(&browser, PASSWORD).await.status, 303);
    assert_eq!(test.signed_in("grace").await.get("/account").await.status, 200, "others stay");
}

#[tokio::test]
async fn guessing_the_password_there_is_throttled_like_signing_in() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    for _ in 0..10 {
        assert_eq!(delete(&browser, "wrong password").await.status, 422);
    }
    assert!(delete(&browser, PASSWORD).await.text().contains("Too many attempts"));
    test.clock.advance(300);
    assert_eq!(delete(&browser, PASSWORD).await.status, 303);
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let test = Test::new().await;
    let root = |name: &str| NewUser { administrator: true, ..NewUser::full(name, PASSWORD) };
    test.provider.add_user(root("root")).await.unwrap();
    let browser = test.signed_in("root").await;
    let csrf = browser.form("/account", "/logout").await.value("csrf").unwrap().to_owned();
    let text = browser.get(PATH).await.text();
    assert!(text.contains("At least one person must stay administrator."), "{text}");
    assert!(Form::find(&text, PATH).is_none());
    let press = || Call::post(PATH, &[("csrf", &csrf), ("password", PASSWORD)]);
    assert_eq!(browser.send(press()).await.status, 422);
    test.provider.add_user(root("second")).await.unwrap();
    assert_eq!(browser.send(press()).await.status, 303);
}

#[tokio::test]
async fn applications_in_use_hold_an_account_back_and_unused_ones_go_with_it() {
    let test = Test::new().await;
    test.user("grace").await;
    owned_by(&test, "ada").await;
    let (ada, grace) = (test.signed_in("ada").await, test.signed_in("grace").await);
    ada.code(&AuthRequest::of(&OWN)).await;
    assert!(ada.get(PATH).await.text().contains("1 application of yours, which nobody else uses, is deleted:"));
    grace.code(&AuthRequest::of(&OWN)).await;
    let csrf = ada.form("/account", "/logout").await.value("csrf").unwrap().to_owned();
    let held = ada.send(Call::post(PATH, &[("csrf", &csrf), ("password", PASSWORD)])).await;
    assert_eq!(held.status, 422);
    let text = held.text();
    assert!(text.contains("used by 1 other person") && text.contains("/developer/applications/own"), "{text}");
    assert!(text.contains("Own &lt;b&gt;thing&lt;/b&gt;"));
    let list = grace.get("/account/applications").await.text();
    let at = list.split("/account/applications/").find(|part| part.contains("/remove")).unwrap();
    let remove = format!("/account/applications/{}/remove", at.split(['"', '/']).next().unwrap());
    assert_eq!(grace.submit(&grace.form(&remove, &remove).await).await.status, 303);
    assert_eq!(delete(&ada, PASSWORD).await.status, 303);
    assert!(test.provider.store().find_client("own").await.unwrap().is_none());
    assert_eq!(grace.authorize(&AuthRequest::of(&WEB)).await.status, 200, "other applications stay");
}
