//! The sign-in page and its notices.

use super::samples::{error, sign_in};
use crate::pages::SignInNotice;

#[test]
fn a_refused_sign_in_keeps_the_name_and_says_error_first() {
    let html = sign_in(Some(SignInNotice::Wrong), "/account");
    assert!(html.contains("<title>Error: Sign in – Example ID</title>"), "{html}");
    assert!(html.contains("Enter a correct username and password") && html.contains("value=\"ada\""), "{html}");
    let fresh = sign_in(None, "/account");
    assert!(fresh.contains("<title>Sign in – Example ID</title>") && !fresh.contains("role=\"alert\""), "{fresh}");
}

#[test]
fn nobody_is_sent_elsewhere_after_sign_in() {
    for bad in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"] {
        assert!(sign_in(None, bad).contains("name=\"return_to\" value=\"/\""), "{bad}");
    }
    assert!(sign_in(None, "/account?x=1").contains("name=\"return_to\" value=\"/account?x=1\""));
}

#[test]
fn the_error_page_is_small_and_leads_nowhere_else() {
    let html = error();
    assert!(html.len() < 6000, "{}", html.len());
    assert!(!html.contains("evil.example") && !html.contains(&"x".repeat(513)), "{html}");
}
