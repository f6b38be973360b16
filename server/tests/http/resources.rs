//! Resource indicators (RFC 8707, TK-38): the audience of a token.

use provider::PasswordGrant;
use provider::services::{Format, ServiceRow};
use serde_json::{Value, json};

use crate::harness::{AuthRequest, Call, FIRST_PARTY, ISSUER, MACHINE, PASSWORD, Reply, Test, Tokens, VERIFIER, WEB};

const ONE: &str = "https://one.example/api";
const TWO: &str = "urn:example:two";

fn invalid_target() -> (u16, String) {
    (400, "invalid_target".to_owned())
}

fn both() -> AuthRequest {
    AuthRequest::of(&WEB).also("resource", ONE).also("resource", TWO)
}

async fn redeem(test: &Test, code: &str, resources: &[&str]) -> Reply {
    let mut pairs = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", WEB.redirect_uri),
        ("code_verifier", VERIFIER),
    ];
    pairs.extend(resources.iter().map(|resource| ("resource", *resource)));
    test.token(&WEB, &pairs).await
}

async fn refresh(test: &Test, token: &str, resources: &[&str]) -> Reply {
    let mut pairs = vec![("grant_type", "refresh_token"), ("refresh_token", token)];
    pairs.extend(resources.iter().map(|resource| ("resource", *resource)));
    test.token(&WEB, &pairs).await
}

async fn audience(test: &Test, reply: &Reply) -> Value {
    let token = Tokens::of(reply).access;
    let (told, info) = (test.introspect(&token).await, test.tokeninfo(&token).await.json());
    assert_eq!((&told["active"], told.get("aud")), (&json!(true), info.get("aud")));
    told.get("aud").cloned().unwrap_or_default()
}

#[tokio::test]
async fn a_token_is_for_what_was_asked_for_and_a_grant_for_all_of_it() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let first = redeem(&test, &browser.code(&both()).await, &[ONE]).await;
    assert_eq!(audience(&test, &first).await, json!(ONE));
    let second = refresh(&test, &Tokens::of(&first).refresh, &[TWO]).await;
    assert_eq!(audience(&test, &second).await, json!(TWO));
    let third = refresh(&test, &Tokens::of(&second).refresh, &[]).await;
    assert_eq!(audience(&test, &third).await, json!([ONE, TWO]));
    let whole = redeem(&test, &browser.code_with_or_without_consent(&both()).await, &[TWO, ONE, TWO]).await;
    assert_eq!(audience(&test, &whole).await, json!([ONE, TWO]));
}

#[tokio::test]
async fn an_audience_never_grows_and_asking_for_more_spends_nothing() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let code = browser.code(&AuthRequest::of(&WEB).with("resource", ONE)).await;
    assert_eq!(redeem(&test, &code, &[ONE, TWO]).await.refusal(), invalid_target());
    let tokens = Tokens::of(&redeem(&test, &code, &[ONE]).await);
    assert_eq!(refresh(&test, &tokens.refresh, &[TWO]).await.refusal(), invalid_target());
    assert_eq!(refresh(&test, &tokens.refresh, &[ONE]).await.status, 200);
    let unnamed = browser.code_with_or_without_consent(&AuthRequest::of(&WEB)).await;
    assert_eq!(redeem(&test, &unnamed, &[ONE]).await.refusal(), invalid_target());
    assert_eq!(audience(&test, &redeem(&test, &unnamed, &[]).await).await, Value::Null);
}

#[tokio::test]
async fn any_resource_may_be_named_and_only_a_malformed_one_is_refused() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    browser.allow(&AuthRequest::of(&WEB)).await;
    for good in ["https://never.heard.example/", "urn:x:y", "https://a.example/mcp?tenant=1"] {
        let code = browser.authorize(&AuthRequest::of(&WEB).with("resource", good)).await.param("code");
        assert!(code.is_some(), "{good}: what was allowed is remembered, whatever it is for");
        let pairs = [("grant_type", "client_credentials"), ("resource", good)];
        assert_eq!(audience(&test, &test.token(&MACHINE, &pairs).await).await, json!(good));
    }
    for bad in ["api", "https://a.example/#part", "/api", "https://a b", "https:"] {
        let refused = browser.authorize(&AuthRequest::of(&WEB).with("resource", bad)).await;
        assert_eq!(refused.redirected_error(), "invalid_target", "{bad}");
        assert_eq!((refused.param("state").as_deref(), refused.param("iss").as_deref()), (Some("xyz"), Some(ISSUER)));
        for grant in ["client_credentials", "authorization_code", "refresh_token"] {
            let pairs = [("grant_type", grant), ("code", "x"), ("refresh_token", "x"), ("resource", bad)];
            assert_eq!(test.token(&MACHINE, &pairs).await.refusal(), invalid_target(), "{bad}");
        }
    }
}

#[tokio::test]
async fn the_password_grant_takes_resources_too() {
    let test = Test::with_password_grant(PasswordGrant::Open).await;
    let pairs = [("grant_type", "password"), ("username", "ada"), ("password", PASSWORD), ("resource", ONE)];
    let lone = test.send(Call::post("/oauth2/token", &pairs)).await;
    assert_eq!(test.introspect(&lone.member("access_token")).await["aud"], ONE);
    let pair = test.token(&FIRST_PARTY, &pairs).await;
    assert_eq!(audience(&test, &pair).await, json!(ONE));
    let refresh = [("grant_type", "refresh_token"), ("refresh_token", &pair.member("refresh_token"))];
    assert_eq!(audience(&test, &test.token(&FIRST_PARTY, &refresh).await).await, json!(ONE));
}

#[tokio::test]
async fn a_token_for_other_resources_is_of_no_use_to_them_here() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let open = |resource: &str| AuthRequest::openid(&WEB, "").also("resource", ONE).also("resource", resource);
    for (ask, status) in [
        (AuthRequest::openid(&WEB, ""), 200),
        (open(ISSUER), 200),
        (open(&format!("{ISSUER}/")), 200),
        (open(&format!("{ISSUER}/oauth2/userinfo")), 200),
        (open(&format!("{ISSUER}/oauth/userinfo/")), 200),
        (open(TWO), 401),
    ] {
        let token = test.exchange(&browser.code_with_or_without_consent(&ask).await).await.member("access_token");
        assert_eq!(test.userinfo(&token).await.status, status, "{ask:?}");
    }
    let told = test.tokens().await.access;
    for (resource, status) in [(ISSUER, 200), (TWO, 401)] {
        let pairs = [("grant_type", "client_credentials"), ("scope", "introspect"), ("resource", resource)];
        let token = test.token(&MACHINE, &pairs).await.member("access_token");
        let asked = Call::post("/oauth2/introspect", &[("token", &told)]).bearer(&token);
        assert_eq!(test.send(asked).await.status, status, "{resource}");
    }
}

/// URL libraries write `https://api.example` with a slash.
#[tokio::test]
async fn a_slash_behind_the_host_makes_no_other_resource() {
    let test = Test::new().await;
    let service =
        |resource: &str| ServiceRow { resource: resource.to_owned(), name: String::new(), format: Format::Jwt };
    test.provider.add_service(service("https://bare.example")).await.unwrap();
    test.provider.add_service(service("https://slash.example/")).await.unwrap();
    for (asked, told) in [
        ("https://bare.example/", "https://bare.example"),
        ("https://BARE.example:443", "https://bare.example"),
        ("https://slash.example", "https://slash.example/"),
    ] {
        let reply = test.token(&MACHINE, &[("grant_type", "client_credentials"), ("resource", asked)]).await;
        assert!(!reply.member("access_token").starts_with("jtn_"), "{asked}: the service reads signed tokens");
        assert_eq!(audience(&test, &reply).await, json!(told), "{asked}");
    }
    let other = [("grant_type", "client_credentials"), ("resource", "https://bare.example/x")];
    assert!(test.token(&MACHINE, &other).await.member("access_token").starts_with("jtn_"));
    // Asked for in one way, and redeemed in the other.
    let browser = test.signed_in("ada").await;
    let code = browser.code(&AuthRequest::of(&WEB).with("resource", "https://bare.example")).await;
    let first = redeem(&test, &code, &["https://bare.example/"]).await;
    assert_eq!(audience(&test, &first).await, json!("https://bare.example"));
    let second = refresh(&test, &Tokens::of(&first).refresh, &["https://bare.example/"]).await;
    assert_eq!(audience(&test, &second).await, json!("https://bare.example"));
    let refused = refresh(&test, &Tokens::of(&second).refresh, &["https://bare.example/x"]).await;
    assert_eq!(refused.refusal(), invalid_target());
}

#[tokio::test]
async fn a_service_is_registered_once_however_it_is_spelled() {
    let test = Test::new().await;
    let service =
        |resource: &str| ServiceRow { resource: resource.to_owned(), name: String::new(), format: Format::Jwt };
    test.provider.add_service(service("https://bare.example")).await.unwrap();
    assert!(test.provider.add_service(service("https://bare.example/")).await.is_err());
    test.provider.remove_service("https://bare.example/").await.unwrap();
    assert!(test.provider.remove_service("https://bare.example").await.is_err());
    test.provider.add_service(service("https://bare.example/")).await.unwrap();
}
