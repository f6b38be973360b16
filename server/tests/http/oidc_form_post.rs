//! OAuth 2.0 Form Post Response Mode.

use crate::harness::{AuthRequest, Form, ISSUER, Reply, Test, WEB};

fn form_post_request() -> AuthRequest {
    AuthRequest::openid(&WEB, "").with("response_mode", "form_post").with("state", "\"><script>alert(1)</script>&amp;")
}

/// The form for the client on the page.
fn answer(reply: &Reply) -> Form {
    assert_eq!((reply.status, reply.location(), reply.header("cache-control")), (200, "", "no-store"));
    Form::find(&reply.text(), WEB.redirect_uri).unwrap()
}

fn value(form: &Form, name: &str) -> Option<String> {
    form.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone())
}

#[tokio::test]
async fn a_code_comes_in_a_form_that_holds_the_answer_and_nothing_of_ours() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let first = answer(&browser.allow(&form_post_request()).await);
    let again = answer(&browser.authorize(&form_post_request()).await);
    for form in [first, again] {
        let names: Vec<&str> = form.fields.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["code", "state", "iss"]);
        assert_eq!(value(&form, "state").unwrap(), "\"><script>alert(1)</script>&amp;");
        assert_eq!(value(&form, "iss").as_deref(), Some(ISSUER));
        let reply = test.exchange(&value(&form, "code").unwrap()).await;
        assert_eq!(test.id_claims(&reply).await["nonce"], "n-0S6_WzA2Mj");
    }
}

#[tokio::test]
async fn the_page_may_post_to_the_client_and_has_a_button_for_browsers_without_scripts() {
    let test = Test::new().await;
    let reply = test.signed_in("ada").await.allow(&form_post_request()).await;
    let policy = reply.header("content-security-policy");
    assert!(policy.contains("form-action 'self' https://web.example;"), "{policy}");
    let page = reply.text();
    let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
    assert!(
        page.contains(&format!("nonce=\"{nonce}\">document.getElementById('form-post').submit()</script>")),
        "{page}"
    );
    assert!(page.contains("id=\"form-post-continue\"") && page.contains("The web client"));
    assert!(!page.contains("<script>alert"));
}

#[tokio::test]
async fn refusals_come_in_a_form_too() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let denied = browser.submit(&browser.consent_form(&form_post_request()).await.with("decision", "deny")).await;
    let silent = test.browser().authorize(&form_post_request().with("prompt", "none")).await;
    let unknown = browser.authorize(&form_post_request().with("scope", "nonsense")).await;
    for (reply, error) in [(denied, "access_denied"), (silent, "login_required"), (unknown, "invalid_scope")] {
        let form = answer(&reply);
        assert_eq!(value(&form, "error").as_deref(), Some(error));
        assert!(value(&form, "state").is_some() && value(&form, "code").is_none());
    }
    let other = browser.authorize(&form_post_request().with("response_mode", "fragment")).await;
    assert_eq!(other.redirected_error(), "invalid_request");
}
