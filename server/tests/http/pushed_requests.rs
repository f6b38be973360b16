//! Pushed authorization requests (AZ-35, AZ-36; RFC 9126).

use oauth::jose::Algorithm;
use oauth::{Profile, Registration};
use serde_json::json;

use crate::harness::{
    AuthRequest, Call, ISSUER, Key, NO_PKCE, PASSWORD, Reply, SIGNER, SPA, Signer, Test, TestClient, Tokens, WEB,
};
use crate::harness::{assertion, claims_of, object, signer};

async fn push(test: &Test, client: &TestClient, ask: &AuthRequest) -> Reply {
    test.send(client.call("/oauth2/par", &ask.clone().without("client_id").pairs())).await
}

/// The request of this client by the address that it got for it.
async fn pushed(test: &Test, client: &TestClient, ask: &AuthRequest) -> AuthRequest {
    let reply = push(test, client, ask).await;
    assert_eq!(reply.status, 201, "{:?}", reply.body);
    AuthRequest::bare(client.id).with("request_uri", &reply.member("request_uri"))
}

#[tokio::test]
async fn a_pushed_request_leads_to_a_code() {
    let test = Test::new().await;
    for path in ["/oauth2/par", "/oauth/par", "/oauth2/par/"] {
        let reply = test.send(WEB.call(path, &AuthRequest::of(&WEB).with("prompt", "consent").pairs())).await;
        assert_eq!((reply.status, reply.json()["expires_in"].clone()), (201, json!(300)), "{path}");
        assert_eq!((reply.header("content-type"), reply.header("cache-control")), ("application/json", "no-store"));
        let ask = AuthRequest::bare("web").with("request_uri", &reply.member("request_uri"));
        let answer = test.signed_in("ada").await.allow(&ask).await;
        assert!(answer.location().starts_with(WEB.redirect_uri));
        assert_eq!((answer.param("state").unwrap(), answer.param("iss").unwrap()), ("xyz".into(), ISSUER.into()));
        Tokens::of(&test.exchange(&answer.param("code").unwrap()).await);
    }
}

#[tokio::test]
async fn nothing_beside_a_pushed_request_counts() {
    let test = Test::new().await;
    let ask = pushed(&test, &WEB, &AuthRequest::of(&WEB)).await;
    let loud = ask.with("scope", "write").with("state", "outside").with("redirect_uri", "https://evil.example/");
    let answer = test.signed_in("ada").await.allow(&loud.with("prompt", "none")).await;
    assert!(answer.location().starts_with(WEB.redirect_uri), "{}", answer.location());
    assert_eq!(answer.param("state").as_deref(), Some("xyz"));
    assert_eq!(test.exchange(&answer.param("code").unwrap()).await.member("scope"), "read");
}

#[tokio::test]
async fn a_public_client_pushes_with_its_name_and_pkce() {
    let test = Test::new().await;
    let ask = pushed(&test, &SPA, &AuthRequest::of(&SPA)).await;
    let code = test.signed_in("ada").await.code(&ask).await;
    assert_eq!(test.send(Test::exchange_call(&SPA, &code)).await.status, 200);
    let bare = push(&test, &SPA, &AuthRequest::of(&SPA).without_pkce()).await;
    assert_eq!(bare.refusal(), (400, "invalid_request".into()));
}

#[tokio::test]
async fn whoever_cannot_prove_to_be_the_client_pushes_nothing() {
    let test = Test::new().await;
    let pairs = AuthRequest::of(&WEB);
    let calls = [
        Call::post("/oauth2/par", &pairs.pairs()),
        Call::post("/oauth2/par", &pairs.pairs()).basic("web", "wrong"),
        Call::post("/oauth2/par", &pairs.clone().without("client_id").pairs()),
    ];
    for call in calls {
        assert_eq!(test.send(call).await.refusal(), (401, "invalid_client".into()));
    }
    let other = Call::post("/oauth2/par", &pairs.pairs()).basic("lax", NO_PKCE.secret.unwrap());
    assert_eq!(test.send(other).await.refusal(), (400, "invalid_request".into()));
    assert!(!test.database.dump().await.contains("pushed_requests."));
    assert_eq!(push(&test, &WEB, &pairs).await.status, 201);
    assert!(test.database.dump().await.contains("pushed_requests."));
}

#[tokio::test]
async fn neither_the_key_nor_the_clients_secret_is_stored() {
    let test = Test::new().await;
    let secret = WEB.secret.unwrap();
    let ask = AuthRequest::of(&WEB).with("client_secret", secret);
    let reply = test.send(Call::post("/oauth2/par", &ask.pairs())).await;
    let uri = reply.member("request_uri");
    let key = uri.rsplit(':').next().unwrap();
    assert_eq!((reply.status, key.len()), (201, 43));
    let dump = test.database.dump().await;
    assert!(dump.contains("pushed_requests.") && !dump.contains(key) && !dump.contains(secret));
}

#[tokio::test]
async fn what_the_authorization_endpoint_would_refuse_is_refused_at_once() {
    let test = Test::new().await;
    let ok = || AuthRequest::of(&WEB);
    let bad = [
        (ok().without("response_type"), "invalid_request"),
        (ok().with("response_type", "token"), "unsupported_response_type"),
        (ok().with("response_mode", "fragment"), "invalid_request"),
        (ok().with("redirect_uri", "https://evil.example/"), "invalid_request"),
        (ok().also("redirect_uri", WEB.redirect_uri), "invalid_request"),
        (ok().also("scope", "read"), "invalid_request"),
        (ok().with("scope", "nonsense"), "invalid_scope"),
        (ok().with("code_challenge_method", "plain"), "invalid_request"),
        (ok().without_pkce(), "invalid_request"),
        (ok().with("max_age", "-1"), "invalid_request"),
        (ok().with("id_token_hint", "x"), "invalid_request"),
        (ok().with("claims", "{"), "invalid_request"),
        (ok().with("request", "x"), "request_not_supported"),
        (ok().with("request_uri", "urn:ietf:params:oauth:request_uri:x"), "invalid_request"),
        (ok().with("request_uri", ""), "invalid_request"),
    ];
    for (ask, error) in bad {
        let reply = push(&test, &WEB, &ask).await;
        assert_eq!(reply.refusal(), (400, error.to_owned()), "{ask:?}");
        assert!(reply.member("error_uri").starts_with(ISSUER), "{ask:?}");
    }
    assert_eq!(push(&test, &WEB, &ok()).await.status, 201);
}

#[tokio::test]
async fn a_request_of_another_client_an_unknown_and_an_expired_one_are_refused() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let ask = pushed(&test, &WEB, &AuthRequest::of(&WEB)).await;
    let unknown = AuthRequest::bare("web").with("request_uri", "urn:ietf:params:oauth:request_uri:unknown");
    for wrong in [ask.clone().with("client_id", "lax"), unknown] {
        assert_eq!(browser.authorize(&wrong).await.redirected_error(), "invalid_request_uri", "{wrong:?}");
    }
    test.clock.advance(299);
    assert_eq!(browser.authorize(&ask).await.status, 200);
    test.clock.advance(1);
    let late = browser.authorize(&ask).await;
    assert_eq!((late.redirected_error(), late.param("state")), ("invalid_request_uri".into(), Some("xyz".into())));
}

#[tokio::test]
async fn a_pushed_request_survives_a_slow_sign_in_a_slow_answer_and_reloads() {
    let test = Test::new().await;
    let ask = pushed(&test, &WEB, &AuthRequest::of(&WEB)).await;
    let browser = test.browser();
    let login = browser.authorize(&ask).await.location().to_owned();
    test.clock.advance(1200);
    let form = browser.form(&login, "/login").await;
    let back = browser.submit(&form.with("username", "ada").with("password", PASSWORD)).await;
    let back = back.location().to_owned();
    for _ in 0..2 {
        assert!(browser.get(&back).await.text().contains("consent-allow"));
    }
    let consent_form = browser.form(&back, "/consent").await;
    test.clock.advance(1200);
    let answer = browser.submit(&consent_form.with("decision", "allow")).await;
    assert!(answer.param("code").is_some(), "{}", answer.location());
}

#[tokio::test]
async fn a_completed_request_is_used_up_and_a_form_sent_twice_makes_the_same_code() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let ask = pushed(&test, &WEB, &AuthRequest::of(&WEB)).await;
    let (first, second) = (browser.consent_form(&ask).await, browser.consent_form(&ask).await);
    let code = browser.submit(&first.clone().with("decision", "allow")).await.param("code").unwrap();
    let again = browser.submit(&first.with("decision", "allow")).await;
    assert_eq!(again.param("code").as_ref(), Some(&code));
    // The other tab goes once more through the authorization endpoint, which says that it is done.
    let sent = browser.submit(&second.with("decision", "allow")).await;
    assert_eq!(browser.get(sent.location()).await.redirected_error(), "invalid_request_uri");
    assert_eq!(browser.authorize(&ask).await.redirected_error(), "invalid_request_uri");
    assert_eq!(test.exchange(&code).await.status, 200);
}

#[tokio::test]
async fn a_denied_request_is_used_up() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    let ask = pushed(&test, &WEB, &AuthRequest::of(&WEB)).await;
    let consent_form = browser.consent_form(&ask).await;
    for _ in 0..2 {
        let denied = browser.submit(&consent_form.clone().with("decision", "deny")).await;
        assert_eq!(denied.redirected_error(), "access_denied");
    }
    assert_eq!(browser.authorize(&ask).await.redirected_error(), "invalid_request_uri");
}

#[tokio::test]
async fn of_many_at_once_one_completes_a_request() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    browser.code(&AuthRequest::of(&WEB)).await;
    let ask = pushed(&test, &WEB, &AuthRequest::of(&WEB)).await;
    let replies = test
        .at_once(20, |_| {
            let (browser, ask) = (browser.clone(), ask.clone());
            async move { browser.authorize(&ask).await }
        })
        .await;
    let codes = replies.iter().filter(|reply| reply.param("code").is_some()).count();
    let refused = replies.iter().filter(|reply| reply.redirected_error() == "invalid_request_uri").count();
    assert_eq!((codes, refused), (1, 19));
}

#[tokio::test]
async fn a_client_that_must_push_is_refused_without() {
    let (test, key) = (Test::new().await, Signer::new(Algorithm::Es256, "1"));
    let registration =
        Registration { jwks: Some(key.set()), require_pushed_authorization_requests: true, ..Registration::default() };
    signer(&test, registration).await;
    let browser = test.signed_in("ada").await;
    let plain = browser.authorize(&AuthRequest::of(&SIGNER)).await;
    assert_eq!((plain.redirected_error(), plain.param("state")), ("invalid_request".into(), Some("xyz".into())));
    let signed = AuthRequest::bare(SIGNER.id).with("request", &key.sign(&object()));
    assert_eq!(browser.authorize(&signed).await.redirected_error(), "invalid_request");
    let ask = by_key(&test, &key, &format!("{ISSUER}/oauth2/par"), &AuthRequest::of(&SIGNER)).await;
    assert!(browser.allow(&ask).await.param("code").is_some());
}

#[tokio::test]
async fn a_fapi_client_must_push_without_having_said_so() {
    let (test, key) = (Test::new().await, Signer::new(Algorithm::Es256, "1"));
    signer(&test, Registration { jwks: Some(key.set()), profile: Profile::Fapi, ..Registration::default() }).await;
    let browser = test.signed_in("ada").await;
    assert_eq!(browser.authorize(&AuthRequest::of(&SIGNER)).await.redirected_error(), "invalid_request");
    let ask = by_key(&test, &key, ISSUER, &AuthRequest::of(&SIGNER)).await;
    assert!(browser.allow(&ask).await.param("code").is_some());
}

/// The same by a client that proves itself with an assertion.
async fn by_key(test: &Test, key: &Signer, audience: &str, ask: &AuthRequest) -> AuthRequest {
    let mut claims = claims_of(SIGNER.id);
    claims["aud"] = json!(audience);
    let token = key.sign(&claims);
    let reply = test.send(Call::post("/oauth2/par", &assertion(&ask.pairs(), &token))).await;
    assert_eq!(reply.status, 201, "{:?}", reply.body);
    assert!(!test.database.dump().await.contains(&token));
    AuthRequest::bare(SIGNER.id).with("request_uri", &reply.member("request_uri"))
}

#[tokio::test]
async fn a_signed_object_may_be_pushed_and_must_be_where_the_client_must_sign() {
    let (test, key) = (Test::new().await, Signer::new(Algorithm::Es256, "1"));
    let registration =
        Registration { jwks: Some(key.set()), require_signed_request_object: true, ..Registration::default() };
    signer(&test, registration).await;
    let ask = AuthRequest::bare(SIGNER.id).with("request", &key.sign(&object())).with("scope", "write");
    let ask = by_key(&test, &key, ISSUER, &ask).await;
    let answer = test.signed_in("ada").await.allow(&ask).await;
    assert_eq!(answer.param("state").as_deref(), Some("inside"));
    let unsigned = AuthRequest::bare("signer").with("request", "x");
    for (ask, error) in [(AuthRequest::of(&SIGNER), "invalid_request"), (unsigned, "invalid_request_object")] {
        let token = key.sign(&claims_of(SIGNER.id));
        let reply = test.send(Call::post("/oauth2/par", &assertion(&ask.pairs(), &token))).await;
        assert_eq!(reply.refusal(), (400, error.into()));
    }
}

#[tokio::test]
async fn a_proof_beside_a_pushed_request_binds_its_code_to_the_key() {
    let (test, key) = (Test::new().await, Key::new());
    let proven = |ask: &AuthRequest| {
        WEB.call("/oauth2/par", &ask.pairs()).header("dpop", test.proof(&key, "POST", "/oauth2/par").by(&key))
    };
    let reply = test.send(proven(&AuthRequest::of(&WEB).with("dpop_jkt", &key.thumbprint()))).await;
    assert_eq!((reply.status, reply.header("dpop-nonce").is_empty()), (201, false));
    let other = test.send(proven(&AuthRequest::of(&WEB).with("dpop_jkt", &Key::new().thumbprint()))).await;
    assert_eq!(other.refusal(), (400, "invalid_dpop_proof".into()));
    let old = WEB.call("/oauth2/par", &AuthRequest::of(&WEB).pairs());
    let old = old.header("dpop", test.proof(&key, "POST", "/oauth2/par").with("nonce", "x").by(&key));
    assert_eq!(test.send(old).await.refusal(), (400, "use_dpop_nonce".into()));
    let (call, ada) = (proven(&AuthRequest::of(&WEB)), test.signed_in("ada").await);
    let reply = test.send(call.clone()).await;
    assert_eq!(test.send(call).await.refusal(), (400, "invalid_dpop_proof".into()));
    let code = ada.code(&AuthRequest::bare("web").with("request_uri", &reply.member("request_uri"))).await;
    assert_eq!(test.exchange(&code).await.refusal(), (400, "invalid_grant".into()));
    assert_eq!(test.send(test.proven(Test::exchange_call(&WEB, &code), &key)).await.status, 200);
}

#[tokio::test]
async fn other_methods_are_refused_and_other_origins_may_read() {
    let test = Test::new().await;
    let get = test.send(Call::get("/oauth2/par")).await;
    assert_eq!((get.status, get.header("allow")), (405, "POST"));
    let call = WEB.call("/oauth2/par", &AuthRequest::of(&WEB).pairs());
    let reply = test.send(call.header("origin", "https://spa.example")).await;
    assert_eq!((reply.status, reply.header("access-control-allow-origin")), (201, "*"));
    let large = AuthRequest::of(&WEB).with("state", &"x".repeat(70_000));
    let reply = push(&test, &WEB, &large).await;
    assert_eq!(reply.refusal(), (413, "invalid_request".into()));
}

#[tokio::test]
async fn a_request_is_gone_when_nobody_can_be_on_the_way_with_it() {
    let test = Test::new().await;
    pushed(&test, &WEB, &AuthRequest::of(&WEB)).await;
    test.clock.advance(300 + 7200);
    test.provider.sweep().await.unwrap();
    assert!(test.database.dump().await.contains("pushed_requests."));
    test.clock.advance(1);
    test.provider.sweep().await.unwrap();
    assert!(!test.database.dump().await.contains("pushed_requests."));
}
