//! The last use of a permanent token (row U2), written behind in batches.

use oauth::form::NewToken;
use oauth::view::TokenView;

use crate::harness::{Call, Test};

async fn token(test: &Test, name: &str) -> String {
    let form = NewToken { name: name.to_owned(), scope: String::new(), scopes: vec!["read".to_owned()] };
    let id = test.id_of("ada").await;
    test.provider.create_token(id, &form, name).await.unwrap().secret.expose().to_owned()
}

async fn listed(test: &Test) -> TokenView {
    test.provider.token_list(test.id_of("ada").await, "", 1).await.unwrap().tokens.remove(0)
}

async fn used(test: &Test, value: &str, from: &str) {
    let call = Call::post("/oauth2/tokeninfo", &[("access_token", value)]).peer(from);
    assert_eq!(test.send(call).await.status, 200);
}

#[tokio::test]
async fn a_call_shows_in_the_list_with_its_address() {
    let test = Test::new().await;
    let value = token(&test, "script").await;
    let browser = test.signed_in("ada").await;
    assert!(browser.get("/account/tokens").await.text().contains("Never used"));
    used(&test, &value, "192.0.2.7").await;
    let page = browser.get("/account/tokens").await.text();
    assert!(page.contains("192.0.2.7") && !page.contains(">Never used"), "{page}");
}

#[tokio::test]
async fn a_minute_of_calls_is_one_write_and_the_next_minute_another() {
    let test = Test::new().await;
    let value = token(&test, "script").await;
    for from in ["192.0.2.1", "192.0.2.2", "192.0.2.3"] {
        used(&test, &value, from).await;
    }
    assert_eq!(listed(&test).await.last_used_from.as_deref(), Some("192.0.2.3"), "the last of those that waited");
    test.clock.advance(59);
    used(&test, &value, "192.0.2.4").await;
    assert_eq!(listed(&test).await.last_used_from.as_deref(), Some("192.0.2.3"));
    test.clock.advance(1);
    used(&test, &value, "192.0.2.5").await;
    let token = listed(&test).await;
    assert_eq!((token.last_used_from.as_deref(), token.last_used), (Some("192.0.2.5"), Some(test.provider.now())));
}

#[tokio::test]
async fn nothing_is_written_until_many_can_be_and_a_stop_writes_it() {
    let test = Test::new().await;
    for name in ["one", "two"] {
        used(&test, &token(&test, name).await, "192.0.2.9").await;
    }
    let written = async || test.database.dump().await.matches("last_used_from: 192.0.2.9").count();
    assert_eq!(written().await, 0);
    test.provider.flush().await;
    assert_eq!(written().await, 2);
}

#[tokio::test]
async fn a_token_that_rests_for_ninety_days_is_marked() {
    let test = Test::new().await;
    let value = token(&test, "script").await;
    used(&test, &value, "192.0.2.7").await;
    assert!(!listed(&test).await.idle);
    test.clock.advance(90 * 86_400 - 1);
    assert!(!listed(&test).await.idle);
    test.clock.advance(1);
    assert!(listed(&test).await.idle);
    let page = test.signed_in("ada").await.get("/account/tokens").await.text();
    assert!(page.contains("Not used for 90 days"), "{page}");
}
