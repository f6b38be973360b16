//! Authorization responses to private-use schemes (RFC 8252 §7.1): browsers get a page, programs
//! the redirect.

use oauth::ClientKind;
use provider::clients::NewClient;

use crate::harness::{AuthRequest, Browser, Call, Form, Reply, SPA, Test, WEB};

const PRIVATE: &str = "com.example.printer:/callback?tenant=7";

async fn printer(test: &Test) -> AuthRequest {
    let new = NewClient {
        client_id: Some("printer".to_owned()),
        ..NewClient::new("Photo <Printer>", ClientKind::Public, vec![PRIVATE.to_owned()])
    };
    test.provider.add_client(new).await.unwrap();
    AuthRequest::of(&SPA).with("client_id", "printer").with("redirect_uri", PRIVATE).with("state", "a\"b<c>;d")
}

/// Answers as a browser does that shows what comes.
async fn answer(browser: &Browser, form: &Form, decision: &str) -> Reply {
    let form = form.clone().with("decision", decision);
    let pairs: Vec<(&str, &str)> = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.send(Call::post("/consent", &pairs).header("sec-fetch-dest", "document")).await
}

#[tokio::test]
async fn a_browser_gets_a_page_that_goes_on_to_the_app_and_has_a_link_to_it() {
    let test = Test::new().await;
    let ask = printer(&test).await;
    let browser = test.signed_in("ada").await;
    for (decision, expected) in [("allow", "code=jtn_ac_"), ("deny", "error=access_denied")] {
        let reply = answer(&browser, &browser.consent_form(&ask).await, decision).await;
        assert_eq!((reply.status, reply.location()), (200, ""), "{decision}");
        let address = reply.header("refresh").strip_prefix("0; url=").unwrap();
        assert!(address.starts_with(PRIVATE) && address.contains(expected), "{address}");
        assert!(address.contains("state=a%22b%3Cc%3E%3Bd") && address.contains("iss="), "{address}");
        let page = reply.text();
        assert!(page.contains("You can close this window") && page.contains("Open Photo &lt;Printer&gt;"), "{page}");
        assert!(page.contains(&format!("href=\"{}\"", address.replace('&', "&amp;"))), "{page}");
        assert_eq!(reply.header("cache-control"), "no-store");
        assert!(reply.header("content-security-policy").contains("default-src 'none'"));
    }
}

#[tokio::test]
async fn a_program_gets_the_redirect_and_so_does_a_browser_on_its_way_to_a_site() {
    let test = Test::new().await;
    let ask = printer(&test).await;
    let browser = test.signed_in("ada").await;
    let reply = browser.allow(&ask).await;
    assert_eq!(reply.status, 303);
    assert!(reply.location().starts_with(PRIVATE) && reply.param("code").is_some(), "{}", reply.location());
    let reply = answer(&browser, &browser.consent_form(&AuthRequest::of(&WEB)).await, "allow").await;
    assert_eq!((reply.status, reply.header("refresh")), (303, ""));
    assert!(reply.location().starts_with(WEB.redirect_uri));
}
