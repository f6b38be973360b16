//! Lists under "Tokens and sessions" that the database does not deliver: 503, with the page around
//! them.

use crate::harness::Test;

#[tokio::test]
async fn a_list_that_does_not_load_leaves_the_page_around_it_standing() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    assert_eq!(browser.get("/account/applications").await.status, 200);
    test.database.run("alter table grants rename to grants_elsewhere").await;
    let reply = browser.get("/account/applications").await;
    assert_eq!((reply.status, reply.header("retry-after")), (503, "2"));
    let text = reply.text();
    for part in [
        "We could not load your connected applications. Nothing has changed.",
        "<a href=\"/account/applications\">Try again</a>",
        "User menu, signed in as",
        "role=\"tab\"",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    test.database.run("alter table grants_elsewhere rename to grants").await;
    assert_eq!(browser.get("/account/applications").await.status, 200);
}

#[tokio::test]
async fn a_page_that_is_not_there_is_marked_as_no_section() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    for path in ["/nowhere", "/accountant", "/account/nowhere"] {
        let reply = browser.get(path).await;
        assert!(reply.status == 404 && !reply.text().contains("aria-current=\"page\""), "{path}");
    }
    for path in ["/account", "/account/password", "/account/tokens", "/account/sessions"] {
        assert_eq!(browser.get(path).await.text().matches("aria-current=\"page\"").count(), 1, "{path}");
    }
}
