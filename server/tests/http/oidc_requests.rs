//! The parameters that OpenID Connect adds to an authorization request (AZ-25, AZ-29, AZ-30,
//! AZ-31).

use serde_json::json;

use crate::harness::{AuthRequest, Call, SPA, Test, WEB};

/// Ada has allowed the web client to know who she is; her ID token.
async fn allowed(test: &Test) -> String {
    test.redeemed(&WEB, &AuthRequest::openid(&WEB, "")).await.member("id_token")
}

#[tokio::test]
async fn wishes_that_need_not_be_met_are_never_refused() {
    let test = Test::new().await;
    allowed(&test).await;
    let browser = test.signed_in("ada").await;
    let wishes = [
        ("acr_values", "urn:mace:incommon:iap:silver 5"),
        ("display", "popup"),
        ("display", "hologram"),
        ("ui_locales", "se tlh-x"),
        ("claims_locales", "se"),
        ("login_hint", "somebody@else.example"),
        ("nonce", "\u{1f511} \"<script>"),
        ("claims", r#"{"userinfo":{"x":null},"vc":{"y":{}},"id_token":{"acr":{"values":["9"]}}}"#),
    ];
    for (name, value) in wishes {
        let reply = browser.authorize(&AuthRequest::openid(&WEB, "").with("prompt", "none").with(name, value)).await;
        assert!(reply.param("code").is_some(), "{name}={value}: {}", reply.location());
    }
}

#[tokio::test]
async fn an_id_token_of_the_person_is_followed_and_one_of_another_is_login_required() {
    let test = Test::new().await;
    test.user("bob").await;
    let hint = allowed(&test).await;
    let ask = AuthRequest::openid(&WEB, "").with("id_token_hint", &hint);
    test.clock.advance(86_400);
    let ada = test.signed_in("ada").await;
    assert!(ada.authorize(&ask.clone().with("prompt", "none")).await.param("code").is_some());
    let bob = test.signed_in("bob").await;
    assert_eq!(bob.authorize(&ask.clone().with("prompt", "none")).await.redirected_error(), "login_required");
    let sent = bob.authorize(&ask).await;
    assert!(sent.location().starts_with("/login?switch=1&return_to="), "{}", sent.location());
    assert_eq!(test.browser().authorize(&ask.with("prompt", "none")).await.redirected_error(), "login_required");
}

#[tokio::test]
async fn whoever_comes_back_from_the_switch_is_taken_or_refused_and_never_sent_round() {
    let test = Test::new().await;
    test.user("bob").await;
    let ask = AuthRequest::openid(&WEB, "").with("id_token_hint", &allowed(&test).await);
    for (name, answer) in [("bob", "error"), ("ada", "code")] {
        let browser = test.signed_in("bob").await;
        let sent = browser.authorize(&ask).await.location().to_owned();
        let form = browser.form(&sent, "/login").await;
        let back = browser.submit(&form.with("username", name).with("password", crate::harness::PASSWORD)).await;
        let reply = browser.get(back.location()).await;
        assert!(reply.param(answer).is_some(), "{name}: {} {}", reply.status, reply.location());
    }
}

#[tokio::test]
async fn an_id_token_that_is_forged_foreign_or_of_another_client_is_invalid_request() {
    let test = Test::new().await;
    let hint = allowed(&test).await;
    let stranger = allowed(&Test::new().await).await;
    let other = test.redeemed(&SPA, &AuthRequest::openid(&SPA, "")).await.member("id_token");
    let (header, rest) = hint.split_once('.').unwrap();
    let (payload, _) = rest.split_once('.').unwrap();
    // {"alg":"none"}
    let unsigned = format!("eyJhbGciOiJub25lIn0.{payload}.");
    let hints =
        [unsigned, format!("{header}.{payload}."), format!("{header}.{payload}.AAAA"), stranger, other, "x".into()];
    let browser = test.signed_in("ada").await;
    for hint in hints {
        let ask = AuthRequest::openid(&WEB, "").with("prompt", "none").with("id_token_hint", &hint);
        let reply = browser.authorize(&ask).await;
        assert_eq!(
            (reply.redirected_error().as_str(), reply.param("state")),
            ("invalid_request", Some("xyz".into())),
            "{hint}"
        );
    }
}

#[tokio::test]
async fn a_subject_named_in_claims_is_held_to() {
    let test = Test::new().await;
    allowed(&test).await;
    let (ada, browser) = (test.id_of("ada").await, test.signed_in("ada").await);
    let named = |id: i64| json!({"id_token": {"sub": {"value": id.to_string()}}}).to_string();
    let ask = |id| AuthRequest::openid(&WEB, "").with("prompt", "none").with("claims", &named(id));
    assert!(browser.authorize(&ask(ada)).await.param("code").is_some());
    assert_eq!(browser.authorize(&ask(ada + 1)).await.redirected_error(), "login_required");
}

#[tokio::test]
async fn a_class_of_sign_in_that_is_essential_and_not_to_be_had_is_refused() {
    let test = Test::new().await;
    allowed(&test).await;
    let browser = test.signed_in("ada").await;
    let ask = |acr: &str| {
        let wanted = json!({"id_token": {"acr": {"essential": true, "values": [acr]}}});
        AuthRequest::openid(&WEB, "").with("prompt", "none").with("claims", &wanted.to_string())
    };
    assert!(browser.authorize(&ask("1")).await.param("code").is_some());
    assert_eq!(browser.authorize(&ask("9")).await.redirected_error(), "unmet_authentication_requirements");
}

#[tokio::test]
async fn broken_deep_and_endless_claims_are_refused() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let deep = format!("{}null{}", r#"{"a":"#.repeat(1000), "}".repeat(1000));
    for claims in ["{", "[]", "null", "{\"userinfo\":1}", "{\"userinfo\":{\"x\":1}}", deep.as_str()] {
        let reply = browser.authorize(&AuthRequest::openid(&WEB, "").with("claims", claims)).await;
        assert_eq!(reply.redirected_error(), "invalid_request", "{}", &claims[..claims.len().min(40)]);
    }
    let endless =
        AuthRequest::openid(&WEB, "").with("claims", &format!("{{\"userinfo\":{{\"{}\":null}}}}", "x".repeat(20_000)));
    let posted = browser.send(Call::post("/oauth2/authorize", &endless.pairs())).await;
    assert_eq!(posted.redirected_error(), "invalid_request");
    assert_eq!(browser.authorize(&endless).await.status, 414);
}

#[tokio::test]
async fn request_objects_are_refused_by_name() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let cases = [
        ("request", "e30.e30.", "request_not_supported"),
        ("request_uri", "https://web.example/r", "request_uri_not_supported"),
    ];
    for (name, value, error) in cases {
        let reply = browser.authorize(&AuthRequest::openid(&WEB, "").with(name, value)).await;
        assert_eq!((reply.redirected_error().as_str(), reply.param("state")), (error, Some("xyz".into())), "{name}");
    }
}
