//! When a sign-in is asked for, and `auth_time` in the ID token.

use crate::conformance::checks;
use crate::conformance::suite::{Flow, Suite};
use crate::conformance::suite_browser::tag;
use crate::harness::{AuthRequest, attribute};

/// Two flows in one browser, the second so many seconds later.
async fn twice(suite: &Suite, first: &AuthRequest, seconds: i64, second: &AuthRequest) -> (Flow, Flow) {
    let first = suite.flow(first).await;
    suite.test.clock.advance(seconds);
    (first, suite.flow(second).await)
}

/// The second flow showed no page, and has the same `auth_time`.
fn same(first: &Flow, second: &Flow) {
    assert_eq!(second.landing.seen(), [""; 0]);
    for name in ["sub", "auth_time", "sid"] {
        assert_eq!(first.id_token[name], second.id_token[name], "{name}");
    }
}

pub async fn prompt_login_asks_for_the_password_a_second_time(suite: Suite) {
    let (first, second) = twice(&suite, &suite.ask(""), 1, &suite.ask("").with("prompt", "login")).await;
    assert_eq!(second.landing.seen(), ["login-submit"]);
    assert!(first.id_token["auth_time"].as_i64() < second.id_token["auth_time"].as_i64());
    assert_eq!(first.id_token["sub"], second.id_token["sub"]);
}

/// The suite sends a state of 128 characters here, to see it unharmed in an error.
pub async fn prompt_none_without_a_session_is_an_error_at_the_client(suite: Suite) {
    let ask = suite.ask("").with("prompt", "none").with("state", &"aZ0-._~9".repeat(16));
    let landing = suite.land(&ask).await;
    checks::refused(&landing, &["login_required"]);
    assert_eq!(landing.seen(), [""; 0]);
}

pub async fn prompt_none_within_a_session_shows_no_page(suite: Suite) {
    let (first, second) = twice(&suite, &suite.ask(""), 5, &suite.ask("").with("prompt", "none")).await;
    same(&first, &second);
}

pub async fn an_old_sign_in_is_renewed_and_the_new_one_told(suite: Suite) {
    let (first, second) = twice(&suite, &suite.ask(""), 2, &suite.ask("").with("max_age", "1")).await;
    assert_eq!(second.landing.seen(), ["login-submit"]);
    assert!(first.id_token["auth_time"].as_i64() < second.id_token["auth_time"].as_i64());
    assert_eq!(second.id_token["auth_time"], suite.test.provider.now().seconds());
}

pub async fn a_sign_in_that_is_young_enough_is_kept_and_told_exactly(suite: Suite) {
    let signed_in = suite.test.provider.now().seconds();
    let (first, second) = (suite.ask("").with("max_age", "15000"), suite.ask("").with("max_age", "10000"));
    let (first, second) = twice(&suite, &first, 9_999, &second).await;
    assert_eq!(first.id_token["auth_time"], signed_in);
    same(&first, &second);
}

pub async fn the_person_of_an_id_token_hint_is_let_through_silently(suite: Suite) {
    let first = suite.flow(&suite.ask("")).await;
    suite.test.clock.advance(5);
    let ask = suite.ask("").with("prompt", "none").with("id_token_hint", &first.reply.member("id_token"));
    let second = suite.flow(&ask).await;
    same(&first, &second);
}

/// The suite sends an unknown `login_hint`, then signs in as its own user.
pub async fn the_login_hint_stands_in_the_form_and_changes_nothing_else(suite: Suite) {
    let flow = suite.flow(&suite.ask("").with("login_hint", "buffy@127.0.0.1")).await;
    let (_, page) = &flow.landing.pages[0];
    assert_eq!(attribute(&tag(page, "username").unwrap(), "value").as_deref(), Some("buffy@127.0.0.1"));
    assert_eq!(flow.id_token["sub"], suite.test.id_of("ada").await.to_string());
}
