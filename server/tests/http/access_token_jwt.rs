//! Access tokens that services read by themselves (RFC 9068), for those that ask for them.

use oauth::{Access, Scope};
use provider::services::{Format, ServiceRow};
use provider::users::Rights;
use serde_json::{Value, json};

use crate::harness::{AuthRequest, Call, ISSUER, Key, MACHINE, NOON, Reply, Test, WEB, left_half};

const READER: &str = "https://reader.example/api";
const OTHER: &str = "https://other.example/api";

async fn with_reader() -> Test {
    let test = Test::new().await;
    for (resource, format) in [(READER, Format::Jwt), (OTHER, Format::Opaque), (ISSUER, Format::Jwt)] {
        let service = ServiceRow { resource: resource.to_owned(), name: String::new(), format };
        test.provider.add_service(service).await.unwrap();
    }
    test
}

/// What a service reads in a token, after it has verified it.
async fn read(test: &Test, token: &str) -> Value {
    let verified = test.verified(token).await.unwrap();
    assert!(verified.header.is_typed(&[Some("at+jwt")]) && verified.header.kid.is_some());
    assert_eq!(verified.header.algorithm.as_str(), "RS256");
    Value::Object(verified.claims.members().clone())
}

async fn granted(test: &Test, ask: &AuthRequest) -> Reply {
    let code = test.signed_in("ada").await.code_with_or_without_consent(ask).await;
    test.exchange(&code).await
}

#[tokio::test]
async fn a_service_that_asks_for_it_reads_who_may_do_what() {
    let test = with_reader().await;
    let reply = granted(&test, &AuthRequest::openid(&WEB, "read").with("resource", READER)).await;
    let token = reply.member("access_token");
    let claims = read(&test, &token).await;
    let jti = claims["jti"].as_str().unwrap();
    let expected = json!({
        "iss": ISSUER, "sub": test.id_of("ada").await.to_string(), "aud": READER, "client_id": "web", "jti": jti,
        "iat": NOON.seconds(), "exp": NOON.seconds() + 3600, "scope": "openid read", "auth_time": NOON.seconds(), "acr": "1",
    });
    assert!(claims == expected && jti.len() == 32, "{claims}");
    assert_eq!(test.id_claims(&reply).await["at_hash"], left_half(&token));
    let again =
        granted(&test, &AuthRequest::openid(&WEB, "read").with("resource", READER)).await.member("access_token");
    assert_ne!(read(&test, &again).await["jti"], claims["jti"]);
}

#[tokio::test]
async fn a_client_that_acts_for_itself_is_its_own_subject() {
    let test = with_reader().await;
    let pairs = [("grant_type", "client_credentials"), ("scope", "read"), ("resource", READER)];
    let claims = read(&test, &test.token(&MACHINE, &pairs).await.member("access_token")).await;
    assert_eq!((&claims["sub"], &claims["client_id"]), (&json!("machine"), &json!("machine")));
    assert!(claims.get("auth_time").is_none() && claims.get("acr").is_none());
    let key = Key::new();
    let bound = test.send(test.proven(MACHINE.call("/oauth2/token", &pairs), &key)).await;
    assert_eq!(read(&test, &bound.member("access_token")).await["cnf"], json!({"jkt": key.thumbprint()}));
}

#[tokio::test]
async fn every_other_token_stays_opaque() {
    let test = with_reader().await;
    for resources in [&[][..], &[OTHER], &["https://unknown.example/"], &[READER, OTHER]] {
        let ask = resources.iter().fold(AuthRequest::of(&WEB), |ask, resource| ask.also("resource", resource));
        let token = granted(&test, &ask).await.member("access_token");
        assert!(token.starts_with("jtn_at_"), "{resources:?}: {token}");
    }
    let both = AuthRequest::of(&WEB).also("resource", READER).also("resource", ISSUER);
    assert_eq!(read(&test, &granted(&test, &both).await.member("access_token")).await["aud"], json!([ISSUER, READER]));
    test.provider.remove_service(READER).await.unwrap();
    let after = granted(&test, &AuthRequest::of(&WEB).with("resource", READER)).await;
    assert!(after.member("access_token").starts_with("jtn_at_"));
}

#[tokio::test]
async fn it_can_be_asked_about_and_revoked_like_any_other() {
    let test = with_reader().await;
    let ask = AuthRequest::of(&WEB).with("resource", READER);
    let reply = granted(&test, &ask).await;
    let token = reply.member("access_token");
    let told = test.introspect(&token).await;
    assert_eq!((&told["active"], &told["aud"], &told["username"]), (&json!(true), &json!(READER), &json!("ada")));
    assert_eq!(test.tokeninfo(&token).await.json()["aud"], READER);
    test.send(WEB.call("/oauth2/revoke", &[("token", &token)])).await;
    assert!(!test.is_active(&token).await);
    assert_eq!(test.refresh(&reply.member("refresh_token")).await.refusal().1, "invalid_grant");
    let held = granted(&test, &ask).await.member("access_token");
    assert_eq!(test.send(Call::post("/oauth2/revoke", &[("access_token", &held)])).await.json()["success"], true);
    assert!(!test.is_active(&held).await);
    let late = granted(&test, &ask).await.member("access_token");
    test.clock.advance(3599);
    assert!(test.is_active(&late).await);
    test.clock.advance(1);
    assert!(!test.is_active(&late).await);
}

#[tokio::test]
async fn one_that_is_not_ours_is_inactive() {
    let test = with_reader().await;
    let token = granted(&test, &AuthRequest::of(&WEB).with("resource", READER)).await.member("access_token");
    let claims = read(&test, &token).await;
    let own = Key::new().sign(&json!({"alg": "ES256", "typ": "at+jwt"}), &claims);
    let (head, signature) = token.rsplit_once('.').unwrap();
    let none = format!("eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.{}.", token.split('.').nth(1).unwrap());
    let bent = format!("{head}.{}{}", if signature.starts_with('A') { "B" } else { "A" }, &signature[1..]);
    for forged in [own, none, bent, format!("{head}."), format!("{token}=")] {
        assert_eq!(test.introspect(&forged).await, json!({"active": false}), "{forged}");
        assert_eq!(test.userinfo(&forged).await.status, 401);
    }
    assert!(test.is_active(&token).await);
}

#[tokio::test]
async fn it_says_what_may_be_done_when_it_is_made() {
    let test = with_reader().await;
    test.user("grace").await;
    let ask = AuthRequest::of(&WEB).with("scope", "read write").with("resource", READER);
    let tokens = test.tokens_for("grace", &ask).await;
    assert_eq!(read(&test, &tokens.access).await["scope"], "read write");
    let rights = Rights { access: Some(Access::Partial), allowed: Some(Scope::of(["read"])), ..Rights::default() };
    test.provider.set_user("grace", rights).await.unwrap();
    let refreshed = test.refresh(&tokens.refresh).await;
    assert_eq!(refreshed.member("scope"), "read");
    assert_eq!(read(&test, &refreshed.member("access_token")).await["scope"], "read");
    assert_eq!(test.introspect(&tokens.access).await["scope"], "read");
}

#[tokio::test]
async fn it_opens_userinfo_where_it_is_for_us_and_stands_nowhere_in_clear() {
    let test = with_reader().await;
    let ask = AuthRequest::openid(&WEB, "");
    let token = granted(&test, &ask.clone().also("resource", ISSUER)).await.member("access_token");
    read(&test, &token).await;
    assert_eq!(test.userinfo(&token).await.status, 200);
    let foreign = granted(&test, &ask.also("resource", READER)).await.member("access_token");
    assert_eq!(test.userinfo(&foreign).await.status, 401);
    let dump = test.database.dump().await;
    for token in [token, foreign] {
        assert!(!dump.contains(token.rsplit_once('.').unwrap().1), "{token}");
    }
}
