//! Rate limit of failed sign-ins, shared by page and password grant (LG-01 to LG-03, LG-07, LG-10).

use provider::PasswordGrant;
use server::state::Edge;

use crate::harness::{Browser, Call, FIRST_PARTY, Form, PASSWORD, Reply, Test};

/// A sign-in through the password grant.
fn grant(name: &str, password: &str) -> Call {
    let pairs = [("grant_type", "password"), ("username", name), ("password", password), ("scope", "read")];
    FIRST_PARTY.call("/oauth2/token", &pairs)
}

/// The same by a program that is no client, where the operator opened the grant to it.
fn lone(name: &str, password: &str) -> Call {
    let pairs = [("grant_type", "password"), ("username", name), ("password", password), ("scope", "read")];
    Call::post("/oauth2/token", &pairs)
}

async fn page(browser: &Browser, name: &str, password: &str) -> Reply {
    browser.sign_in(name, password).await
}

#[tokio::test]
async fn after_ten_failures_an_account_waits_at_both_doors() {
    let test = Test::new().await;
    test.user("grace").await;
    let browser = test.browser();
    for _ in 0..5 {
        assert_eq!(page(&browser, "ada", "wrong password").await.status, 422);
        assert_eq!(test.send(grant("ada", "wrong password")).await.refusal(), (400, "invalid_grant".to_owned()));
    }
    let at_page = page(&browser, "ada", PASSWORD).await;
    assert_eq!((at_page.status, at_page.header("retry-after")), (429, "300"));
    assert!(at_page.text().contains("Too many attempts"));
    let at_grant = test.send(grant("Ada ", PASSWORD)).await;
    assert_eq!((at_grant.status, at_grant.header("retry-after")), (429, "300"));
    assert_eq!(at_grant.member("error"), "temporarily_unavailable");
    assert_eq!(test.send(grant("grace", PASSWORD)).await.status, 200);
    test.clock.advance(300);
    assert_eq!(page(&browser, "ada", PASSWORD).await.status, 303);
}

#[tokio::test]
async fn a_right_password_forgets_the_failures_before_it() {
    let test = Test::new().await;
    for _ in 0..2 {
        for _ in 0..6 {
            assert_eq!(test.send(grant("ada", "wrong password")).await.status, 400);
        }
        assert_eq!(test.send(grant("ada", PASSWORD)).await.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_guesses_at_once_no_more_than_the_limit_are_looked_at() {
    let test = Test::new().await;
    let replies = test.at_once(200, |test| async move { test.send(grant("ada", "wrong password")).await }).await;
    let looked_at = replies.iter().filter(|reply| reply.status == 400).count();
    assert!((1..=10).contains(&looked_at), "{looked_at}");
    for reply in replies.iter().filter(|reply| reply.status != 400) {
        assert!([429, 503].contains(&reply.status), "{}", reply.status);
        assert!(!reply.header("retry-after").is_empty());
    }
}

/// Lets it look as if there had been so many failures from here.
async fn failures(test: &Test, address: &str, count: i64) {
    let ends_at = test.provider.now().plus(300).seconds();
    let sql =
        format!("insert into sign_in_failures (key, failures, ends_at) values ('addr:{address}', {count}, {ends_at})");
    test.database.run(&sql).await;
}

#[tokio::test]
async fn after_a_hundred_failures_an_address_waits_whatever_it_says_of_itself() {
    let test = Test::with_password_grant(PasswordGrant::Open).await;
    failures(&test, "192.0.2.1", 100).await;
    failures(&test, "2001:db8:0:1::/64", 100).await;
    let from = async |peer: &str, forwarded: &str| {
        let call = lone("ada", PASSWORD).peer(peer);
        let call = if forwarded.is_empty() { call } else { call.header("x-forwarded-for", forwarded) };
        test.send(call).await.status
    };
    assert_eq!(from("192.0.2.1", "").await, 429);
    assert_eq!(from("192.0.2.1", "198.51.100.7").await, 429);
    assert_eq!(from("::ffff:192.0.2.1", "").await, 429);
    assert_eq!(from("2001:db8:0:1:9:8:7:6", "").await, 429);
    assert_eq!(from("2001:db8:0:2::1", "").await, 200);
    assert_eq!(from("192.0.2.2", "192.0.2.1").await, 200);
}

/// All people of a service come from the service's one address (row F2).
#[tokio::test]
async fn the_people_of_a_service_are_counted_for_the_client_and_not_for_its_address() {
    let test = Test::with_password_grant(PasswordGrant::Open).await;
    test.user("grace").await;
    failures(&test, "127.0.0.1", 100).await;
    assert_eq!(test.send(lone("ada", PASSWORD)).await.status, 429, "the address is not listened to");
    assert_eq!(test.send(grant("ada", PASSWORD)).await.status, 200, "whoever the client vouches for is");
    for _ in 0..10 {
        assert_eq!(test.send(grant("ada", "wrong password")).await.status, 400);
    }
    assert_eq!(test.send(grant("ada", PASSWORD)).await.status, 429, "the account is counted at every door");
    assert_eq!(test.send(grant("grace", PASSWORD)).await.status, 200, "and nobody else is");
    let used_up = "update sign_in_failures set failures = 1000 where key = 'client:house'";
    test.database.run(used_up).await;
    let refused = test.send(grant("grace", PASSWORD)).await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "300"));
    let elsewhere = lone("grace", PASSWORD).peer("192.0.2.7");
    assert_eq!(test.send(elsewhere).await.status, 200, "what does not come through the client goes on");
}

#[tokio::test]
async fn behind_a_trusted_proxy_the_client_is_the_last_that_the_proxy_names() {
    let proxies = vec![("10.0.0.0".parse().unwrap(), 8)];
    let edge = Edge { trusted_proxies: proxies, ..Edge::default() };
    let test = Test::on_edge(|settings| settings.password_grant = PasswordGrant::Open, edge).await;
    failures(&test, "192.0.2.1", 100).await;
    let from = async |forwarded: &str| {
        test.send(lone("ada", PASSWORD).peer("10.0.0.1").header("x-forwarded-for", forwarded)).await.status
    };
    assert_eq!(from("192.0.2.1").await, 429);
    assert_eq!(from("198.51.100.1, 192.0.2.1").await, 429);
    assert_eq!(from("192.0.2.1, 198.51.100.1").await, 200);
}

#[tokio::test]
async fn an_unknown_name_and_a_wrong_password_show_the_same_page() {
    let test = Test::new().await;
    let answer = async |name: &str| {
        let browser = test.browser();
        let reply = page(&browser, name, "wrong password").await;
        let text = reply.text();
        let main = text.split_once("<main").unwrap().1.split_once("</main>").unwrap().0.to_owned();
        let csrf = Form::find(&text, "/login").unwrap().value("csrf").unwrap().to_owned();
        (reply.status, main.replace(&csrf, "").replace(name, "NAME"))
    };
    let known = answer("ada").await;
    assert!(known.1.contains("Enter a correct username and password"));
    assert_eq!(answer("bob").await, known);
}

#[tokio::test]
async fn a_long_password_works_and_one_that_is_too_long_is_not_even_hashed() {
    let test = Test::new().await;
    let long = "pass phrase ".repeat(85) + "1234";
    assert_eq!(long.len(), 1024);
    test.provider.set_password("ada", &long).await.unwrap();
    assert_eq!(page(&test.browser(), "ada", &long).await.status, 303);
    // Refused before it is counted, so it cannot be what locks an account.
    for _ in 0..20 {
        assert_eq!(page(&test.browser(), "ada", &format!("{long}x")).await.status, 422);
    }
    assert_eq!(page(&test.browser(), "ada", &long[..128]).await.status, 422);
    assert_eq!(page(&test.browser(), "ada", &"x".repeat(10 << 20)).await.status, 413);
    assert_eq!(page(&test.browser(), "ada", &long).await.status, 303);
}
