//! Scopes that do not exist: ignored beside `openid` (OpenID Connect Core §3.1.2.1), else refused
//! by name.

use crate::harness::{AuthRequest, Call, FIRST_PARTY, MACHINE, PASSWORD, Test, WEB};

const MIXED: &str = "openid read wonders offline_access";

#[tokio::test]
async fn beside_openid_an_unknown_scope_is_ignored_and_the_answer_says_what_was_given() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let consent_form = browser.authorize(&AuthRequest::of(&WEB).with("scope", MIXED)).await;
    assert!(
        consent_form.text().contains(">read<") && !consent_form.text().contains(">wonders<"),
        "{}",
        consent_form.text()
    );
    let code = browser.code(&AuthRequest::of(&WEB).with("scope", MIXED)).await;
    let tokens = test.exchange(&code).await;
    assert_eq!(tokens.member("scope"), "offline_access openid read");
    // A refresh asks for the scopes of the authorization request.
    let again = |token: &str, scope: &str| {
        WEB.call("/oauth2/token", &[("grant_type", "refresh_token"), ("refresh_token", token), ("scope", scope)])
    };
    let token = tokens.member("refresh_token");
    let wider = test.send(again(&token, "openid read write")).await;
    assert_eq!(wider.refusal(), (400, "invalid_scope".to_owned()));
    assert_eq!(test.send(again(&token, "read wonders")).await.refusal(), (400, "invalid_scope".to_owned()));
    let refreshed = test.send(again(&token, MIXED)).await;
    assert_eq!((refreshed.status, refreshed.member("scope")), (200, "offline_access openid read".to_owned()));
    let password = [("grant_type", "password"), ("username", "ada"), ("password", PASSWORD), ("scope", MIXED)];
    assert_eq!(test.token(&FIRST_PARTY, &password).await.member("scope"), "offline_access openid read");
    let own = [("grant_type", "client_credentials"), ("scope", "openid read wonders")];
    assert_eq!(test.token(&MACHINE, &own).await.member("scope"), "openid read");
    let pushed = test.send(WEB.call("/oauth2/par", &AuthRequest::of(&WEB).with("scope", MIXED).pairs())).await;
    assert_eq!(pushed.status, 201);
}

#[tokio::test]
async fn without_openid_the_text_names_the_unknown_scope() {
    let test = Test::new().await;
    let names = |text: &str| text.contains("wonders") && !text.contains("read");
    let asked = test.signed_in("ada").await.authorize(&AuthRequest::of(&WEB).with("scope", "read wonders")).await;
    assert_eq!(asked.redirected_error(), "invalid_scope");
    assert!(names(&asked.param("error_description").unwrap()), "{}", asked.location());
    let posted = AuthRequest::of(&WEB).with("scope", "read wonders").with("response_mode", "form_post");
    assert!(test.signed_in("ada").await.authorize(&posted).await.text().contains("does not exist: wonders"));
    let password = [("grant_type", "password"), ("username", "ada"), ("password", PASSWORD), ("scope", "read wonders")];
    let calls = [
        FIRST_PARTY.call("/oauth2/token", &password),
        MACHINE.call("/oauth2/token", &[("grant_type", "client_credentials"), ("scope", "read wonders")]),
        WEB.call("/oauth2/par", &AuthRequest::of(&WEB).with("scope", "read wonders").pairs()),
    ];
    for call in calls {
        let reply = test.send(call.clone()).await;
        assert_eq!(reply.refusal(), (400, "invalid_scope".to_owned()), "{call:?}");
        assert!(names(&reply.member("error_description")), "{:?}", reply.body);
    }
}

#[tokio::test]
async fn a_secret_sent_as_a_scope_is_not_repeated() {
    let test = Test::new().await;
    let token = test.tokens().await.access;
    let scope = format!("read {token}");
    let asked = test.signed_in("ada").await.authorize(&AuthRequest::of(&WEB).with("scope", &scope)).await;
    assert!(asked.redirected_error() == "invalid_scope" && !asked.location().contains(&token));
    let reply = test.send(
        Call::post("/oauth2/token", &[("grant_type", "client_credentials"), ("scope", &scope)])
            .basic(MACHINE.id, MACHINE.secret.unwrap()),
    );
    assert!(!reply.await.text().contains(&token));
}
