//! Signed requests by value (AZ-31 to AZ-33, SC-09; RFC 9101).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth::jose::Algorithm;
use oauth::{Params, Registration};
use serde_json::{Value, json};

use crate::harness::{AuthRequest, CHALLENGE, Call, ISSUER, NOON, PASSWORD, SIGNER, Signer, Test, WEB, object, signer};

async fn with_key(change: impl FnOnce(&mut Registration)) -> (Test, Signer) {
    let (test, key) = (Test::new().await, Signer::new(Algorithm::Rs256, "1"));
    let mut registration = Registration { jwks: Some(key.set()), ..Registration::default() };
    change(&mut registration);
    signer(&test, registration).await;
    (test, key)
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = object();
    claims[name] = value;
    if claims[name].is_null() {
        claims.as_object_mut().unwrap().remove(name);
    }
    claims
}

/// The request in this object, and nothing beside it but who sends it.
fn ask(object: &str) -> AuthRequest {
    AuthRequest::bare(SIGNER.id).with("request", object)
}

#[tokio::test]
async fn a_signed_object_is_the_whole_request_and_nothing_beside_it_counts() {
    let (test, key) = with_key(|_| {}).await;
    let signed = key.sign(&with("prompt", json!("consent")));
    let loud = AuthRequest::of(&SIGNER).with("request", &signed).with("scope", "write").with("state", "outside");
    let loud = loud.with("redirect_uri", "https://evil.example/").with("response_type", "token");
    for ask in [ask(&signed), loud] {
        let reply = test.signed_in("ada").await.allow(&ask).await;
        assert!(reply.location().starts_with(SIGNER.redirect_uri), "{}", reply.location());
        assert_eq!((reply.param("state").unwrap(), reply.param("iss").unwrap()), ("inside".into(), ISSUER.into()));
        let code = reply.param("code").unwrap();
        let token = crate::harness::claims_of(SIGNER.id);
        let token = key.sign(&token);
        let pairs = [
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", SIGNER.redirect_uri),
            ("code_verifier", crate::harness::VERIFIER),
        ];
        let tokens = test.send(Call::post("/oauth2/token", &crate::harness::assertion(&pairs, &token))).await;
        assert_eq!((tokens.status, tokens.member("scope")), (200, "read".into()));
    }
}

#[tokio::test]
async fn a_request_may_also_be_posted() {
    let (test, key) = with_key(|_| {}).await;
    let ask = ask(&key.sign(&object()));
    let reply = test.signed_in("ada").await.send(Call::post("/oauth2/authorize", &ask.pairs())).await;
    assert!(reply.status == 200 && reply.text().contains("consent-allow"));
}

#[tokio::test]
async fn an_object_survives_sign_in_another_account_and_consent_though_it_expires_meanwhile() {
    let (test, key) = with_key(|_| {}).await;
    test.user("bob").await;
    let ask = ask(&key.sign(&with("exp", json!(NOON.seconds() + 60))));
    let browser = test.browser();
    let mut login = browser.authorize(&ask).await.location().to_owned();
    for name in ["ada", "bob"] {
        test.clock.advance(300);
        let form = browser.form(&login, "/login").await;
        let back = browser.submit(&form.with("username", name).with("password", PASSWORD)).await;
        let consent_form = browser.get(back.location()).await;
        assert_eq!(consent_form.status, 200, "{}", consent_form.location());
        let html = consent_form.text();
        let (_, rest) = html.split_once("name=\"return_to\" value=\"").unwrap();
        let back = crate::harness::unescape(rest.split('"').next().unwrap());
        login = format!("/login?{}", Params::from_pairs([("switch", "1"), ("return_to", &back)]).encode());
        if name == "bob" {
            test.clock.advance(300);
            let form = crate::harness::Form::find(&html, "/consent").unwrap();
            let reply = browser.submit(&form.with("decision", "allow")).await;
            assert!(reply.param("code").is_some(), "{}", reply.location());
        }
    }
    // Whoever comes with it now comes too late.
    assert_eq!(browser.authorize(&ask).await.redirected_error(), "invalid_request_object");
}

#[tokio::test]
async fn an_object_that_is_not_good_is_refused_and_nothing_is_fetched() {
    let (test, key) = with_key(|_| {}).await;
    let (stranger, ours) = (Signer::new(Algorithm::Rs256, "1"), test.keys().await);
    let browser = test.signed_in("ada").await;
    let now = NOON.seconds();
    let mut objects = vec!["x".to_owned(), "..".to_owned(), stranger.sign(&object())];
    let claims = [
        with("iss", json!("web")),
        with("iss", Value::Null),
        with("aud", json!("https://other.example")),
        with("aud", Value::Null),
        with("client_id", json!("web")),
        with("exp", json!(now)),
        with("nbf", json!(now + 60)),
        with("sub", json!("signer")),
        with("request", json!("x")),
        with("request_uri", json!("https://signer.example/request")),
        with("state", json!("a\0b")),
    ];
    objects.extend(claims.iter().map(|claims| key.sign(claims)));
    let headers = [
        json!({"alg": "none"}),
        json!({"alg": "NONE"}),
        json!({"alg": "HS256", "kid": ours.keys()[0].kid}),
        json!({"alg": "RS256", "jku": "https://signer.example/jwks"}),
        json!({"alg": "RS256", "x5u": "https://signer.example/certificates"}),
        json!({"alg": "RS256", "jwk": key.jwk()}),
        json!({"alg": "RS256", "crit": ["b64"], "b64": false}),
        json!({"alg": "RS256", "kid": "../../1"}),
        json!({"alg": "RS256", "typ": "client-authentication+jwt"}),
    ];
    objects.extend(headers.iter().map(|header| key.sign_as(header, &object())));
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    objects.push(format!("{}.{}.", part(&json!({"alg": "none"})), part(&object())));
    for object in objects {
        let reply = browser.authorize(&ask(&object).with("state", "outside")).await;
        let told = (reply.redirected_error(), reply.param("state"), reply.param("iss"));
        assert_eq!(told, ("invalid_request_object".into(), Some("outside".into()), Some(ISSUER.into())), "{object}");
    }
    assert_eq!(browser.authorize(&ask(&key.sign(&object()))).await.status, 200);
    assert!(test.outside.requested_urls().is_empty());
}

#[tokio::test]
async fn who_registered_no_key_is_told_by_name() {
    let (test, key) = with_key(|_| {}).await;
    let browser = test.signed_in("ada").await;
    for object in [key.sign(&object()), key.sign_as(&json!({"alg": "none"}), &object()), "x".into()] {
        let reply = browser.authorize(&AuthRequest::of(&WEB).with("request", &object)).await;
        assert_eq!(
            (reply.redirected_error(), reply.param("state")),
            ("request_not_supported".into(), Some("xyz".into()))
        );
    }
    let uri = AuthRequest::of(&WEB).with("request_uri", "https://web.example/request");
    assert_eq!(browser.authorize(&uri).await.redirected_error(), "request_uri_not_supported");
    let both = ask("x").with("request_uri", "https://signer.example/request");
    assert_eq!(browser.authorize(&both).await.redirected_error(), "invalid_request");
    assert_eq!(browser.authorize(&AuthRequest::of(&WEB)).await.status, 200);
}

#[tokio::test]
async fn who_sends_it_must_stand_beside_the_object_and_the_address_inside_must_be_registered() {
    let (test, key) = with_key(|_| {}).await;
    let browser = test.signed_in("ada").await;
    let nameless = browser.authorize(&ask(&key.sign(&object())).without("client_id")).await;
    assert!(nameless.status == 400 && nameless.is_error_page());
    let claims = with("redirect_uri", json!("https://evil.example/"));
    let evil = ask(&key.sign(&claims)).with("redirect_uri", SIGNER.redirect_uri);
    let reply = browser.authorize(&evil).await;
    assert!(reply.status == 400 && reply.is_error_page());
    let other = AuthRequest::of(&WEB).with("client_id", "web").with("request", &key.sign(&object()));
    assert_eq!(browser.authorize(&other).await.redirected_error(), "request_not_supported");
}

#[tokio::test]
async fn where_nothing_says_where_to_answer_there_is_a_page() {
    let (test, key) = with_key(|_| {}).await;
    let more =
        "insert into client_redirect_uris (client_id, uri, position) values ('signer', 'https://signer.example/2', 1)";
    test.database.run(more).await;
    let browser = test.signed_in("ada").await;
    let page = browser.authorize(&ask("x")).await;
    assert!(page.status == 400 && page.is_error_page(), "{}", page.location());
    let json = test.send(Call::get(&ask("x").path()).header("accept", "application/json")).await;
    assert_eq!(json.refusal(), (400, "invalid_request_object".into()));
    let named = browser.authorize(&ask("x").with("redirect_uri", "https://signer.example/2")).await;
    assert_eq!(named.redirected_error(), "invalid_request_object");
    assert_eq!(browser.authorize(&ask(&key.sign(&object()))).await.status, 200);
}

#[tokio::test]
async fn an_object_is_read_like_a_request() {
    let (test, key) = with_key(|_| {}).await;
    let browser = test.signed_in("ada").await;
    let bad = [
        ("response_type", json!("token"), "unsupported_response_type"),
        ("response_type", Value::Null, "invalid_request"),
        ("scope", json!("nonsense"), "invalid_scope"),
        ("code_challenge", json!("short"), "invalid_request"),
        ("max_age", json!(-1), "invalid_request"),
        ("prompt", json!("none"), "consent_required"),
    ];
    for (name, value, error) in bad {
        let reply = browser.authorize(&ask(&key.sign(&with(name, value)))).await;
        assert_eq!((reply.redirected_error().as_str(), reply.param("state")), (error, Some("inside".into())), "{name}");
    }
    assert_eq!(browser.authorize(&ask(&key.sign(&with("code_challenge", json!(CHALLENGE))))).await.status, 200);
}

#[tokio::test]
async fn a_client_that_must_sign_is_refused_without() {
    let (test, key) = with_key(|registration| registration.require_signed_request_object = true).await;
    let browser = test.signed_in("ada").await;
    let plain = browser.authorize(&AuthRequest::of(&SIGNER)).await;
    assert_eq!((plain.redirected_error(), plain.param("state")), ("invalid_request".into(), Some("xyz".into())));
    assert_eq!(browser.authorize(&ask(&key.sign(&object()))).await.status, 200);
}
