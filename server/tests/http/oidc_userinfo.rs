//! Userinfo: claims by scope, and every error of RFC 6750 §3.1 (RI-17, RI-19; OpenID Connect Core
//! §5.3).

use provider::users::NewUser;
use serde_json::{Map, json};

use crate::harness::{AuthRequest, Call, MACHINE, NOON, PASSWORD, Test, WEB};

/// Ada's colleague, of whom much is known.
async fn grace(test: &Test) {
    let further = json!({
        "nickname": "Amazing Grace", "birthdate": "1906-12-09", "phone_number": "+1 555 0100",
        "address": {"country": "US"}, "iss": "https://evil.example", "website": "javascript:alert(1)",
    });
    let claims: Map<_, _> = further.as_object().unwrap().clone();
    let new = NewUser {
        email: Some("grace@example.org".into()),
        given_name: Some("Grace".into()),
        family_name: Some("Hopper".into()),
        claims,
        ..NewUser::full("grace", PASSWORD)
    };
    test.provider.add_user(new).await.unwrap();
}

async fn access(test: &Test, username: &str, ask: &AuthRequest) -> String {
    test.tokens_for(username, ask).await.access
}

#[tokio::test]
async fn each_scope_tells_its_own_claims_and_no_others() {
    let test = Test::new().await;
    grace(&test).await;
    let sub = test.id_of("grace").await.to_string();
    let profile = json!({
        "sub": sub, "name": "Grace Hopper", "given_name": "Grace", "family_name": "Hopper",
        "preferred_username": "grace", "nickname": "Amazing Grace", "birthdate": "1906-12-09",
        "updated_at": NOON.seconds(),
    });
    let cases = [
        ("", json!({"sub": sub})),
        ("email", json!({"sub": sub, "email": "grace@example.org"})),
        ("phone", json!({"sub": sub, "phone_number": "+1 555 0100"})),
        ("address", json!({"sub": sub, "address": {"country": "US"}})),
        ("profile", profile),
    ];
    for (scope, expected) in cases {
        let browser = test.signed_in("grace").await;
        let code = browser.code_with_or_without_consent(&AuthRequest::openid(&WEB, scope)).await;
        let token = test.exchange(&code).await.member("access_token");
        let reply = test.userinfo(&token).await;
        assert_eq!((reply.status, reply.json()), (200, expected), "{scope}");
        assert_eq!((reply.header("cache-control"), reply.header("content-type")), ("no-store", "application/json"));
    }
}

#[tokio::test]
async fn the_person_is_asked_for_the_scope_of_a_claim_that_is_asked_for_by_name() {
    let test = Test::new().await;
    grace(&test).await;
    let wanted = json!({"userinfo": {"email": {"essential": true}, "sub": null}});
    let ask = AuthRequest::openid(&WEB, "offline_access").with("claims", &wanted.to_string());
    let tokens = test.tokens_for("grace", &ask).await;
    let expected = json!({"sub": test.id_of("grace").await.to_string(), "email": "grace@example.org"});
    assert_eq!(test.userinfo(&tokens.access).await.json(), expected);
    let refreshed = test.refresh(&tokens.refresh).await.member("access_token");
    assert_eq!(test.userinfo(&refreshed).await.json(), expected);
}

#[tokio::test]
async fn the_token_comes_by_header_or_body_under_every_path_from_any_origin() {
    let test = Test::new().await;
    let token = access(&test, "ada", &AuthRequest::openid(&WEB, "")).await;
    for path in ["/oauth2/userinfo", "/oauth2/userinfo/", "/oauth/userinfo", "/oauth/userinfo/"] {
        let calls = [
            Call::get(path).bearer(&token),
            Call::new("POST", path).bearer(&token),
            Call::post(path, &[("access_token", &token)]),
        ];
        for call in calls {
            let reply = test.send(call.header("origin", "https://evil.example")).await;
            assert_eq!((reply.status, reply.header("access-control-allow-origin")), (200, "*"), "{path}");
            assert_eq!(reply.member("sub"), test.id_of("ada").await.to_string());
        }
    }
}

#[tokio::test]
async fn every_refusal_says_why_in_the_header() {
    let test = Test::new().await;
    let token = access(&test, "ada", &AuthRequest::openid(&WEB, "")).await;
    let plain = access(&test, "ada", &AuthRequest::of(&WEB).with("prompt", "consent")).await;
    let pairs = [("grant_type", "client_credentials"), ("scope", "openid")];
    let machine = test.token(&MACHINE, &pairs).await.member("access_token");
    let query = format!("/oauth2/userinfo?access_token={token}");
    let twice = [("access_token", token.as_str()), ("access_token", &token)];
    let cases = [
        (Call::get("/oauth2/userinfo"), 401, ""),
        (Call::new("POST", "/oauth2/userinfo"), 401, ""),
        (Call::get("/oauth2/userinfo").header("authorization", "Basic eA=="), 401, ""),
        (Call::get("/oauth2/userinfo").bearer("x"), 401, "invalid_token"),
        (Call::get("/oauth2/userinfo").bearer(&token.replace(&token[8..12], "AAAA")), 401, "invalid_token"),
        (Call::get("/oauth2/userinfo").bearer(&machine), 401, "invalid_token"),
        (Call::get("/oauth2/userinfo").bearer(&plain), 403, "insufficient_scope"),
        (Call::get(&query), 400, "invalid_request"),
        (Call::get(&query).bearer(&token), 400, "invalid_request"),
        (Call::post(&query, &[]), 400, "invalid_request"),
        (Call::post("/oauth2/userinfo", &[("access_token", &token)]).bearer(&token), 400, "invalid_request"),
        (Call::post("/oauth2/userinfo", &twice), 400, "invalid_request"),
        (Call::get("/oauth2/userinfo").header("authorization", "Bearer"), 400, "invalid_request"),
    ];
    for (call, status, error) in cases {
        let reply = test.send(call.clone()).await;
        let challenge = reply.header("www-authenticate");
        assert!(
            reply.status == status && challenge.starts_with("Bearer realm="),
            "{call:?}: {} {challenge}",
            reply.status
        );
        match error {
            "" => assert!(!challenge.contains("error"), "{call:?}: {challenge}"),
            error => assert!(challenge.contains(&format!("error=\"{error}\"")), "{call:?}: {challenge}"),
        }
    }
    assert_eq!(test.userinfo(&token).await.status, 200);
}

#[tokio::test]
async fn a_revoked_token_an_expired_one_and_a_disabled_person_are_told_nothing() {
    let test = Test::new().await;
    test.user("bob").await;
    let mine = access(&test, "ada", &AuthRequest::openid(&WEB, "")).await;
    let theirs = access(&test, "bob", &AuthRequest::openid(&WEB, "")).await;
    assert_eq!((test.userinfo(&mine).await.status, test.userinfo(&theirs).await.status), (200, 200));
    test.provider.disable_user("bob").await.unwrap();
    assert_eq!((test.userinfo(&mine).await.status, test.userinfo(&theirs).await.status), (200, 401));
    test.send(WEB.call("/oauth2/revoke", &[("token", &mine)])).await;
    assert_eq!(test.userinfo(&mine).await.status, 401);
    let late = access(&test, "ada", &AuthRequest::openid(&WEB, "").with("prompt", "consent")).await;
    test.clock.advance(3599);
    assert_eq!(test.userinfo(&late).await.status, 200);
    test.clock.advance(1);
    assert_eq!(test.userinfo(&late).await.status, 401);
}
