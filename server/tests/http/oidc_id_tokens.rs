//! ID tokens: their claims, their verification, and when one is issued (RT-14, SC-08, SC-09; OpenID
//! Connect Core §3.1.3).

use oauth::ClientKind;
use oauth::jose::{Algorithm, JoseError, Jws, KeySource};
use provider::clients::NewClient;
use provider::signing::{PUBLISH_AHEAD, verify};
use provider::users::NewUser;
use serde_json::{Value, json};

use crate::harness::{
    AuthRequest, FIRST_PARTY, ISSUER, MACHINE, NOON, PASSWORD, SPA, Test, TestClient, WEB, left_half,
};

#[tokio::test]
async fn a_code_buys_an_id_token_that_says_who_signed_in_when_and_how() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    test.clock.advance(30);
    let code = browser.code(&AuthRequest::openid(&WEB, "read")).await;
    let reply = test.exchange(&code).await;
    let claims = test.id_claims(&reply).await;
    let at = NOON.seconds() + 30;
    let expected = json!({
        "iss": ISSUER, "aud": "web", "sub": test.id_of("ada").await.to_string(), "nonce": "n-0S6_WzA2Mj",
        "iat": at, "exp": at + 3600, "auth_time": NOON.seconds(), "acr": "1", "amr": ["pwd"],
        "at_hash": left_half(&reply.member("access_token")),
    });
    assert_eq!(claims, expected, "sid is for clients that hear of a session's end");
    assert_eq!(reply.member("scope"), "openid read");
    let header = test.verified(&reply.member("id_token")).await.unwrap().header;
    assert_eq!((header.algorithm, header.typ.as_deref()), (Algorithm::Rs256, Some("jwt")));
    let info = test.tokeninfo(&reply.member("access_token")).await;
    assert_eq!(info.json()["scope"], json!(["openid", "read"]));
}

#[tokio::test]
async fn without_openid_there_is_no_id_token_and_without_a_scope_no_openid() {
    let test = Test::new().await;
    for ask in [AuthRequest::of(&WEB), AuthRequest::of(&WEB).with("nonce", "n").without("scope")] {
        let reply = test.redeemed(&WEB, &ask).await;
        assert_eq!((reply.status, reply.json().get("id_token")), (200, None));
        assert!(!reply.member("scope").contains("openid") && reply.member("scope").contains("read"));
    }
    let machine = test.token(&MACHINE, &[("grant_type", "client_credentials")]).await;
    assert_eq!(machine.member("scope"), "read service_id=uslicer.iponweb.com write");
    let house = [("grant_type", "password"), ("username", "ada"), ("password", PASSWORD), ("scope", "openid")];
    assert_eq!(test.token(&FIRST_PARTY, &house).await.json().get("id_token"), None);
}

#[tokio::test]
async fn a_client_may_have_its_id_tokens_signed_on_p_256() {
    let test = Test::new().await;
    let curve =
        TestClient { id: "curve", secret: Some("curve-secret-69314718"), redirect_uri: "https://curve.example/cb" };
    let new = NewClient {
        client_id: Some(curve.id.to_owned()),
        client_secret: curve.secret.map(str::to_owned),
        id_token_algorithm: Algorithm::Es256,
        ..NewClient::new("Curve", ClientKind::Confidential, vec![curve.redirect_uri.to_owned()])
    };
    test.provider.add_client(new).await.unwrap();
    let reply = test.redeemed(&curve, &AuthRequest::openid(&curve, "")).await;
    let verified = test.verified(&reply.member("id_token")).await.unwrap();
    assert_eq!(verified.header.algorithm, Algorithm::Es256);
    assert_eq!(verified.claims.text("aud"), Ok(Some("curve")));
    let other = test.redeemed(&SPA, &AuthRequest::openid(&SPA, "")).await;
    assert_eq!(test.verified(&other.member("id_token")).await.unwrap().header.algorithm, Algorithm::Rs256);
}

/// The token with other bytes in one of its three parts.
fn forged(token: &str, part: usize, change: impl Fn(&str) -> String) -> String {
    let parts: Vec<&str> = token.split('.').collect();
    let parts = parts.iter().enumerate().map(|(at, text)| if at == part { change(text) } else { (*text).to_owned() });
    parts.collect::<Vec<_>>().join(".")
}

#[tokio::test]
async fn a_changed_id_token_is_not_verified() {
    let test = Test::new().await;
    let token = test.redeemed(&WEB, &AuthRequest::openid(&WEB, "")).await.member("id_token");
    let swapped =
        |text: &str| format!("{}{}", if text.starts_with('A') { 'B' } else { 'A' }, text.get(1..).unwrap_or_default());
    assert!(test.verified(&token).await.is_ok());
    assert_eq!(test.verified(&forged(&token, 2, swapped)).await, Err(JoseError::BadSignature));
    assert_eq!(test.verified(&forged(&token, 2, |_| String::new())).await, Err(JoseError::BadSignature));
    assert!(test.verified(&forged(&token, 1, |text| text[..text.len() - 4].to_owned())).await.is_err());
    let stranger = Test::new().await;
    assert_eq!(stranger.verified(&token).await, Err(JoseError::UnknownKey));
}

#[tokio::test]
async fn what_was_signed_before_a_rotation_is_verified_after_it() {
    let test = Test::new().await;
    let kid = |token: &str| Jws::parse(token, KeySource::Known).unwrap().header.kid;
    let token =
        async || test.redeemed(&WEB, &AuthRequest::openid(&WEB, "").with("prompt", "consent")).await.member("id_token");
    let old = token().await;
    test.provider.rotate_keys().await.unwrap();
    test.clock.advance(1);
    assert_eq!(kid(&token().await), kid(&old));
    test.clock.advance(PUBLISH_AHEAD);
    let new = token().await;
    assert_ne!(kid(&new), kid(&old));
    assert!(test.verified(&old).await.is_ok() && test.verified(&new).await.is_ok());
    test.clock.advance(3600 + PUBLISH_AHEAD);
    assert_eq!(
        Jws::parse(&old, KeySource::Known).unwrap().verify(&test.keys().await, &verify),
        Err(JoseError::UnknownKey)
    );
}

#[tokio::test]
async fn a_refresh_tells_of_the_same_sign_in_without_the_nonce() {
    let test = Test::new().await;
    let first = test.redeemed(&WEB, &AuthRequest::openid(&WEB, "read offline_access")).await;
    let before = test.id_claims(&first).await;
    test.clock.advance(100);
    let second = test.refresh(&first.member("refresh_token")).await;
    let after = test.id_claims(&second).await;
    for name in ["iss", "sub", "aud", "auth_time", "sid", "acr", "amr"] {
        assert_eq!(before[name], after[name], "{name}");
    }
    assert_eq!((after.get("nonce"), after["iat"].as_i64()), (None, Some(NOON.seconds() + 100)));
    assert_eq!(after["at_hash"], left_half(&second.member("access_token")));
    let pairs =
        [("grant_type", "refresh_token"), ("refresh_token", &second.member("refresh_token")), ("scope", "read")];
    let narrow = test.token(&WEB, &pairs).await;
    assert_eq!((narrow.member("scope").as_str(), narrow.json().get("id_token")), ("read", None));
}

#[tokio::test]
async fn a_partial_account_may_always_tell_who_it_is_and_nothing_more() {
    let test = Test::new().await;
    test.partial_user("guest", "write").await;
    let ask = AuthRequest::openid(&WEB, "email profile read offline_access");
    let code = test.signed_in("guest").await.code(&ask).await;
    let reply = test.exchange(&code).await;
    assert_eq!(reply.member("scope"), "email offline_access openid profile");
    assert_eq!(test.userinfo(&reply.member("access_token")).await.member("preferred_username"), "guest");
    let refused = test.signed_in("guest").await.authorize(&AuthRequest::of(&SPA)).await;
    assert_eq!(refused.redirected_error(), "access_denied");
}

#[tokio::test]
async fn the_question_says_in_words_what_is_told() {
    let test = Test::new().await;
    let page =
        test.signed_in("ada").await.authorize(&AuthRequest::openid(&WEB, "profile email address phone")).await.text();
    for sentence in
        ["Know who you are", "See your name and picture", "See your e-mail address", "See your telephone number"]
    {
        assert!(page.contains(sentence), "{sentence}");
    }
    let own = test.signed_in("ada").await.get("/account/tokens/new").await.text();
    assert!(own.contains("read") && !own.contains("offline_access") && !own.contains("See your e-mail"));
}

#[tokio::test]
async fn the_claims_parameter_adds_to_the_id_token_and_overrules_nothing() {
    let test = Test::new().await;
    let named = NewUser {
        given_name: Some("Grace".into()),
        email: Some("grace@example.org".into()),
        ..NewUser::full("grace", PASSWORD)
    };
    test.provider.add_user(named).await.unwrap();
    let wanted = json!({"id_token": {
        "given_name": null, "email": {"essential": true}, "nickname": {"essential": true},
        "iss": {"value": "https://evil.example"}, "aud": null, "auth_time": {"essential": true},
    }});
    let ask = AuthRequest::openid(&WEB, "profile offline_access").with("claims", &wanted.to_string());
    let code = test.signed_in("grace").await.code(&ask).await;
    let reply = test.exchange(&code).await;
    let claims = test.id_claims(&reply).await;
    let response = |name: &str| claims.get(name).and_then(Value::as_str);
    assert_eq!((response("given_name"), response("email")), (Some("Grace"), Some("grace@example.org")));
    assert_eq!((response("iss"), response("aud"), response("nickname")), (Some(ISSUER), Some("web"), None));
    assert_eq!(response("preferred_username"), None);
    let again = test.refresh(&reply.member("refresh_token")).await;
    assert_eq!(test.id_claims(&again).await["given_name"], "Grace");
}
