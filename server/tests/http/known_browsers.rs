//! The cap on consecutive failures, and known browsers (LG-01, LG-05; NIST SP 800-63B §3.2.2).

use crate::harness::{Browser, Call, FIRST_PARTY, PASSWORD, Test};

const NEW: &str = "another long passphrase";

fn grant(name: &str, password: &str) -> Call {
    let pairs = [("grant_type", "password"), ("username", name), ("password", password), ("scope", "read")];
    FIRST_PARTY.call("/oauth2/token", &pairs)
}

/// Wrong passwords of a stranger, as many as one window takes.
async fn ten_wrong(test: &Test, name: &str) {
    for _ in 0..10 {
        assert_eq!(test.send(grant(name, "wrong password")).await.status, 400);
    }
}

/// Ninety-nine failures in a row, of all that there was one of.
async fn all_but_capped(test: &Test) {
    test.database.run("update sign_in_failures set failures = 99 where key like 'row:%' and failures < 99").await;
    test.clock.advance(300);
}

async fn signs_in(browser: &Browser, name: &str) -> u16 {
    browser.sign_in(name, PASSWORD).await.status
}

/// A browser that this account knows, without a signed-in user.
async fn known_to(test: &Test, name: &str) -> Browser {
    let browser = test.browser();
    browser.sign_in_as(name).await;
    browser.set_cookie("jeton_session_8080", "gone");
    browser
}

#[tokio::test]
async fn after_a_hundred_guesses_over_days_a_stranger_is_judged_no_more_and_the_owner_still_gets_in() {
    let test = Test::new().await;
    let own = known_to(&test, "ada").await;
    for _ in 0..10 {
        ten_wrong(&test, "ada").await;
        test.clock.advance(40_000);
    }
    let refused = test.browser().sign_in("ada", PASSWORD).await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "86400"));
    assert!(refused.text().contains("Too many failed attempts in a row"));
    let refused = test.send(grant("ada", PASSWORD)).await;
    assert_eq!(refused.refusal(), (429, "temporarily_unavailable".to_owned()));
    assert_eq!(refused.header("retry-after"), "86400");
    test.clock.advance(90 * 86_400);
    test.provider.sweep().await.unwrap();
    assert_eq!(signs_in(&test.browser(), "ada").await, 429, "it does not end by itself");
    assert_eq!(signs_in(&own, "ada").await, 303, "the owner gets in where they were before");
    assert_eq!(signs_in(&test.browser(), "ada").await, 303, "which ends it");
    assert_eq!(test.send(grant("ada", PASSWORD)).await.status, 200);
}

#[tokio::test]
async fn the_owner_gets_in_from_a_known_browser_while_strangers_are_throttled() {
    let test = Test::new().await;
    test.user("grace").await;
    let (own, others) = (known_to(&test, "ada").await, known_to(&test, "grace").await);
    ten_wrong(&test, "ada").await;
    assert_eq!(signs_in(&test.browser(), "ada").await, 429);
    assert_eq!(signs_in(&others, "ada").await, 429, "another account's browser is a stranger's");
    assert_eq!(signs_in(&own, "ada").await, 303);
}

#[tokio::test]
async fn a_mark_is_good_for_its_account_alone_and_only_as_it_was_made() {
    let test = Test::new().await;
    let own = test.browser();
    let reply = own.sign_in("ada", PASSWORD).await;
    let cookie = reply.cookies().into_iter().find(|cookie| cookie.starts_with("jeton_known_8080=")).unwrap().to_owned();
    assert!(cookie.ends_with("; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax"), "{cookie}");
    let value = cookie.split(['=', ';']).nth(1).unwrap();
    assert!(value.len() == 48 && value.bytes().all(|byte| byte.is_ascii_hexdigit()), "it names nobody: {value}");
    ten_wrong(&test, "ada").await;
    let with = async |cookie: &str| {
        let browser = test.browser();
        browser.set_cookie("jeton_known_8080", cookie);
        signs_in(&browser, "ada").await
    };
    let bent = format!("{}{}", if value.starts_with('0') { "1" } else { "0" }, &value[1..]);
    for wrong in
        ["", "x", &bent, &value[..47], &format!("{value}0"), &"0".repeat(48), &format!("{}{value}", "x.".repeat(8))]
    {
        assert_eq!(with(wrong).await, 429, "{wrong}");
    }
    assert_eq!(with(&format!("{bent}.x.{value}")).await, 303);
}

#[tokio::test]
async fn one_browser_is_known_to_several_accounts() {
    let test = Test::new().await;
    test.user("grace").await;
    let browser = known_to(&test, "ada").await;
    browser.sign_in_as("grace").await;
    browser.set_cookie("jeton_session_8080", "gone");
    for name in ["ada", "grace"] {
        ten_wrong(&test, name).await;
        assert_eq!(signs_in(&test.browser(), name).await, 429);
        assert_eq!(signs_in(&browser, name).await, 303);
        browser.set_cookie("jeton_session_8080", "gone");
    }
}

/// A stolen known browser has no more attempts than a stranger, and locks no other browser out.
#[tokio::test]
async fn guesses_in_a_known_browser_are_counted_for_that_browser_alone() {
    let test = Test::new().await;
    let stolen = known_to(&test, "ada").await;
    for _ in 0..10 {
        assert_eq!(stolen.sign_in("ada", "wrong password").await.status, 422);
    }
    let waits = stolen.sign_in("ada", PASSWORD).await;
    assert_eq!((waits.status, waits.header("retry-after")), (429, "300"));
    assert_eq!(signs_in(&test.browser(), "ada").await, 303, "elsewhere nothing was counted");
    test.clock.advance(300);
    assert_eq!(stolen.sign_in("ada", "wrong password").await.status, 422);
    all_but_capped(&test).await;
    assert_eq!(stolen.sign_in("ada", "wrong password").await.status, 422, "the hundredth");
    ten_wrong(&test, "ada").await;
    assert_eq!(signs_in(&stolen, "ada").await, 429, "from then on it is a browser like any other");
    test.provider.set_password("ada", NEW).await.unwrap();
    assert_eq!(stolen.sign_in("ada", NEW).await.status, 303, "and a new password is good in it");
}

#[tokio::test]
async fn the_operators_new_password_ends_the_cap() {
    let test = Test::new().await;
    ten_wrong(&test, "ada").await;
    all_but_capped(&test).await;
    assert_eq!(test.send(grant("ada", "wrong password")).await.status, 400, "the hundredth");
    assert_eq!(test.send(grant("ada", PASSWORD)).await.status, 429);
    test.provider.set_password("ada", NEW).await.unwrap();
    assert_eq!(test.send(grant("ada", NEW)).await.status, 200);
}

#[tokio::test]
async fn a_right_password_begins_the_row_anew() {
    let test = Test::new().await;
    ten_wrong(&test, "ada").await;
    all_but_capped(&test).await;
    assert_eq!(test.send(grant("ada", PASSWORD)).await.status, 200);
    ten_wrong(&test, "ada").await;
    test.clock.advance(300);
    assert_eq!(test.send(grant("ada", PASSWORD)).await.status, 200);
}

/// The cap and its messages do not reveal whether a user name exists; and the failures of a name
/// that did not exist do not count for a new user of that name.
#[tokio::test]
async fn a_name_that_is_nobodys_is_capped_like_any_other_and_forgotten_after_a_day() {
    let test = Test::new().await;
    for name in ["ada", "nobody"] {
        ten_wrong(&test, name).await;
    }
    all_but_capped(&test).await;
    let answer = async |name: &str| {
        let reply = test.send(grant(name, "wrong password")).await;
        (reply.status, reply.header("retry-after").to_owned(), reply.member("error"), reply.member("error_description"))
    };
    assert_eq!((answer("ada").await.0, answer("nobody").await.0), (400, 400), "the hundredth");
    let capped = answer("ada").await;
    assert_eq!((capped.0, answer("nobody").await), (429, capped.clone()));
    test.user("nobody").await;
    assert_eq!(test.send(grant("nobody", PASSWORD)).await.status, 200);
    ten_wrong(&test, "stranger").await;
    all_but_capped(&test).await;
    assert_eq!(answer("stranger").await.0, 400);
    assert_eq!(answer("stranger").await.0, 429);
    test.clock.advance(86_400);
    assert_eq!(answer("stranger").await.0, 400);
    assert_eq!(answer("ada").await.0, 429, "an account's is kept");
}
