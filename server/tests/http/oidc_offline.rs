//! Who gets a refresh token (OpenID Connect Core §11, RT-12), and `updated_at`.

use oauth::{ClientKind, GrantType, Scope};
use provider::clients::NewClient;
use serde_json::json;

use crate::harness::{AuthRequest, Call, FIRST_PARTY, NOON, PASSWORD, Reply, Test, Tokens, VERIFIER, WEB};

const APP: &str = "https://app.example/cb";

/// A confidential client of this kind, whose secret is `secret`.
async fn app(test: &Test, new: impl FnOnce(NewClient) -> NewClient) {
    let app = NewClient::new("App", ClientKind::Confidential, vec![APP.to_owned()]);
    let app = NewClient { client_id: Some("app".into()), client_secret: Some("secret".into()), ..app };
    test.provider.add_client(new(app)).await.unwrap();
}

fn ask() -> AuthRequest {
    AuthRequest::openid(&WEB, "offline_access").with("client_id", "app").with("redirect_uri", APP)
}

async fn redeem(test: &Test, code: &str) -> Reply {
    let pairs =
        [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", APP), ("code_verifier", VERIFIER)];
    test.send(Call::post("/oauth2/token", &pairs).basic("app", "secret")).await
}

#[tokio::test]
async fn a_sign_in_brings_a_refresh_token_with_offline_access_and_not_without() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let cases = [
        (AuthRequest::openid(&WEB, "profile"), false),
        (AuthRequest::openid(&WEB, "offline_access"), true),
        (AuthRequest::openid(&WEB, "offline_access").with("prompt", "consent"), true),
        (AuthRequest::openid(&WEB, "profile"), false),
        (AuthRequest::of(&WEB), true),
    ];
    for (ask, given) in cases {
        let reply = test.exchange(&browser.code_with_or_without_consent(&ask).await).await;
        assert_eq!(reply.json().get("refresh_token").is_some(), given, "{ask:?}");
        if given {
            assert_eq!(test.refresh(&Tokens::of(&reply).refresh).await.status, 200);
        }
    }
}

#[tokio::test]
async fn offline_access_that_is_left_unticked_brings_no_refresh_token() {
    let test = Test::new().await;
    app(&test, |new| NewClient { optional_scope: Scope::of(["offline_access"]), ..new }).await;
    let browser = test.signed_in("ada").await;
    let form = browser.consent_form(&ask()).await.with("decision", "allow");
    assert_eq!(form.value("optional_scope"), Some("offline_access"));
    let code = browser.submit(&form.with("optional_scope", "")).await.param("code").unwrap();
    let reply = redeem(&test, &code).await;
    assert_eq!((reply.member("scope").as_str(), reply.json().get("refresh_token")), ("openid", None));
    let code =
        browser.submit(&browser.consent_form(&ask()).await.with("decision", "allow")).await.param("code").unwrap();
    assert!(redeem(&test, &code).await.member("refresh_token").starts_with("jtn_rt_"));
}

#[tokio::test]
async fn a_client_that_may_not_refresh_is_not_asked_about_it() {
    let test = Test::new().await;
    app(&test, |new| NewClient { grant_types: vec![GrantType::AuthorizationCode], ..new }).await;
    let browser = test.signed_in("ada").await;
    assert!(!browser.authorize(&ask()).await.text().contains("offline_access</code>"));
    let reply = redeem(&test, &browser.code(&ask()).await).await;
    assert_eq!((reply.member("scope").as_str(), reply.json().get("refresh_token")), ("openid", None));
}

#[tokio::test]
async fn the_password_grant_follows_the_same_rule() {
    let test = Test::new().await;
    for (scope, given) in [("openid read", false), ("openid offline_access", true), ("read", true)] {
        let pairs = [("grant_type", "password"), ("username", "ada"), ("password", PASSWORD), ("scope", scope)];
        assert_eq!(test.token(&FIRST_PARTY, &pairs).await.json().get("refresh_token").is_some(), given, "{scope}");
    }
}

#[tokio::test]
async fn clients_are_told_when_what_they_are_told_last_changed() {
    let test = Test::new().await;
    let token = test.tokens_for("ada", &AuthRequest::openid(&WEB, "profile")).await.access;
    assert_eq!(test.userinfo(&token).await.json()["updated_at"], json!(NOON.seconds()));
    test.clock.advance(60);
    let name = oauth::form::PersonName { given_name: "Ada".into(), family_name: String::new() };
    test.provider.change_name(test.id_of("ada").await, &name).await.unwrap();
    let response = test.userinfo(&token).await.json();
    assert_eq!((&response["updated_at"], &response["given_name"]), (&json!(NOON.seconds() + 60), &json!("Ada")));
}
