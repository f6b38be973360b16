//! DPoP at the token endpoint (RFC 9449; TK-39, TK-40; FAPI 2.0's modules about proofs).

use oauth::jose::Algorithm;
use oauth::{ClientKind, Profile, Registration};
use provider::clients::NewClient;
use serde_json::{Value, json};

use crate::harness::{
    AuthRequest, Call, FIRST_PARTY, Key, MACHINE, PASSWORD, Reply, SPA, Signer, Test, Tokens, WEB, assertion,
    claims_of, signer,
};

const CLIENT_CREDENTIALS: [(&str, &str); 2] = [("grant_type", "client_credentials"), ("scope", "read")];

fn machine() -> Call {
    MACHINE.call("/oauth2/token", &CLIENT_CREDENTIALS)
}

fn refused(error: &str) -> (u16, String) {
    (400, error.to_owned())
}

async fn is_bound(test: &Test, reply: &Reply, key: &Key) {
    assert_eq!((reply.status, reply.member("token_type").as_str()), (200, "DPoP"), "{:?}", reply.body);
    let response = test.introspect(&reply.member("access_token")).await;
    assert_eq!((&response["token_type"], &response["cnf"]), (&json!("DPoP"), &json!({"jkt": key.thumbprint()})));
}

#[tokio::test]
async fn every_grant_binds_its_token_to_the_key_that_is_proved() {
    let test = Test::new().await;
    let key = Key::new();
    is_bound(&test, &test.send(test.proven(machine(), &key)).await, &key).await;
    let pairs = [("grant_type", "password"), ("username", "ada"), ("password", PASSWORD)];
    is_bound(&test, &test.send(test.proven(FIRST_PARTY.call("/oauth2/token", &pairs), &key)).await, &key).await;
    let browser = test.signed_in("ada").await;
    let code = browser.code(&AuthRequest::of(&WEB)).await;
    let reply = test.send(test.proven(Test::exchange_call(&WEB, &code), &key)).await;
    is_bound(&test, &reply, &key).await;
    let other = Key::new();
    let again = Test::refresh_call(&WEB, &reply.member("refresh_token"));
    is_bound(&test, &test.send(test.proven(again, &other)).await, &other).await;
    let plain = test.send(machine()).await;
    assert_eq!((plain.member("token_type").as_str(), plain.header("dpop-nonce")), ("Bearer", ""));
    assert_eq!(test.introspect(&plain.member("access_token")).await.get("cnf"), None);
}

#[tokio::test]
async fn without_the_nonce_it_is_told_and_nothing_is_spent() {
    let test = Test::new().await;
    let key = Key::new();
    let code = test.signed_in("ada").await.code(&AuthRequest::of(&WEB)).await;
    let exchange = || Test::exchange_call(&WEB, &code);
    let proof = test.proof(&key, "POST", "/oauth2/token");
    for nonce in [Value::Null, json!(""), json!("wrong")] {
        let call = exchange().header("dpop", proof.clone().with("nonce", nonce).by(&key));
        let response = test.send(call.header("origin", "https://spa.example")).await;
        assert_eq!(response.refusal(), refused("use_dpop_nonce"));
        assert_eq!(response.header("dpop-nonce"), test.provider.dpop_nonce());
        assert!(response.header("access-control-expose-headers").contains("dpop-nonce"));
        assert_eq!(response.header("cache-control"), "no-store");
    }
    let nonce = test.send(exchange().header("dpop", "x")).await.header("dpop-nonce").to_owned();
    let done = test.send(exchange().header("dpop", proof.with("nonce", nonce).by(&key))).await;
    is_bound(&test, &done, &key).await;
}

#[tokio::test]
async fn a_nonce_is_good_for_some_minutes_and_every_server_of_the_key_knows_it() {
    let test = Test::new().await;
    let key = Key::new();
    let old = test.provider.dpop_nonce();
    let with_old =
        || machine().header("dpop", test.proof(&key, "POST", "/oauth2/token").with("nonce", old.clone()).by(&key));
    test.clock.advance(300);
    let late = test.send(with_old()).await;
    assert!(late.status == 200 && late.header("dpop-nonce") != old);
    test.clock.advance(300);
    assert_eq!(test.send(with_old()).await.refusal(), refused("use_dpop_nonce"));
    test.clock.advance(-900);
    assert_eq!(test.send(with_old()).await.status, 200, "a clock that is behind");
}

#[tokio::test]
async fn a_proof_counts_once() {
    let test = Test::new().await;
    let key = Key::new();
    let proof = test.proof(&key, "POST", "/oauth2/token");
    assert_eq!(test.send(machine().header("dpop", proof.by(&key))).await.status, 200);
    assert_eq!(test.send(machine().header("dpop", proof.by(&key))).await.refusal(), refused("invalid_dpop_proof"));
    let other = proof.with("jti", "another");
    assert_eq!(test.send(machine().header("dpop", other.by(&key))).await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_twenty_uses_of_one_proof_one_counts() {
    let test = Test::new().await;
    let key = Key::new();
    let proof = test.proof(&key, "POST", "/oauth2/token").by(&key);
    let replies = test.at_once(20, |test| {
        let call = machine().header("dpop", &proof);
        async move { test.send(call).await }
    });
    let replies = replies.await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 200).count(), 1);
    assert_eq!(replies.iter().filter(|reply| reply.refusal() == refused("invalid_dpop_proof")).count(), 19);
}

#[tokio::test]
async fn a_proof_with_one_thing_wrong_is_refused() {
    let test = Test::new().await;
    let (key, now) = (Key::new(), test.provider.now().seconds());
    let proof = || test.proof(&key, "POST", "/oauth2/token");
    let mut private = key.jwk();
    private["d"] = json!("AQAB");
    let wrong = [
        proof().head("typ", "JWT"),
        proof().head("typ", Value::Null),
        proof().head("alg", "RS256"),
        proof().head("alg", "none"),
        proof().head("alg", "HS256"),
        proof().head("jwk", Value::Null),
        proof().head("jwk", private),
        proof().head("jwk", Key::new().jwk()),
        proof().head("jku", "https://evil.example/jwks"),
        proof().head("crit", json!(["exp"])),
        proof().with("jti", Value::Null),
        proof().with("htm", "GET"),
        proof().with("htm", Value::Null),
        proof().with("htu", "https://evil.example/oauth2/token"),
        proof().with("htu", Value::Null),
        proof().with("iat", Value::Null),
        proof().with("iat", now - 3600),
        proof().with("iat", now + 3600),
        proof().with("nbf", now + 3600),
        proof().with("exp", now - 1),
    ];
    for proof in wrong {
        let reply = test.send(machine().header("dpop", proof.by(&key))).await;
        assert_eq!(reply.refusal(), refused("invalid_dpop_proof"), "{proof:?}");
    }
    let good = proof().by(&key);
    let twice = machine().header("dpop", &good).header("dpop", proof().by(&key));
    assert_eq!(test.send(twice).await.refusal(), refused("invalid_dpop_proof"));
    let (signed, signature) = good.rsplit_once('.').unwrap();
    let bent = format!("{signed}.{}{}", if signature.starts_with('A') { "B" } else { "A" }, &signature[1..]);
    for text in ["", "x", "a.b.c", "\u{fffd}", &bent, &"x".repeat(20_000)] {
        assert_eq!(test.send(machine().header("dpop", text)).await.refusal(), refused("invalid_dpop_proof"));
    }
    let right = [
        proof().with("iat", now - 10),
        proof().with("iat", now + 10),
        proof().with("htu", "HTTP://127.0.0.1:8080/oauth2/token?a#b"),
        proof().with("extra", 1).head("extra", 1),
        proof().with("nbf", now).with("exp", now + 60),
    ];
    for proof in right {
        assert_eq!(test.send(machine().header("dpop", proof.by(&key))).await.status, 200, "{proof:?}");
    }
}

#[tokio::test]
async fn the_address_is_the_one_that_was_called_under_the_issuers_name() {
    let test = Test::new().await;
    let key = Key::new();
    let call = |path: &str| MACHINE.call(path, &CLIENT_CREDENTIALS);
    let proof = |path: &str| test.proof(&key, "POST", path).by(&key);
    let host = call("/oauth/token").header("host", "evil.example").header("dpop", proof("/oauth/token"));
    assert_eq!(test.send(host).await.status, 200);
    let other = call("/oauth/token").header("dpop", proof("/oauth2/token"));
    assert_eq!(test.send(other).await.refusal(), refused("invalid_dpop_proof"));
}

#[tokio::test]
async fn keys_of_each_kind_prove_and_rsa_by_pss_alone() {
    let test = Test::new().await;
    for (algorithm, status) in
        [(Algorithm::Es256, 200), (Algorithm::EdDsa, 200), (Algorithm::Ps256, 200), (Algorithm::Rs256, 400)]
    {
        let reply = test.send(test.proven(machine(), &Key::of(algorithm))).await;
        assert_eq!(reply.status, status, "{algorithm:?}");
    }
}

/// Like the suite's `fapi2-security-profile-final-ensure-holder-of-key-required` and `-happy-flow`
/// for client credentials.
#[tokio::test]
async fn a_client_of_fapi_must_prove_beside_its_assertion() {
    let test = Test::new().await;
    let own = Signer::new(Algorithm::Es256, "own");
    let fapi = Registration { jwks: Some(own.set()), profile: Profile::Fapi, ..Registration::default() };
    signer(&test, fapi).await;
    let (key, claims) = (Key::new(), claims_of("signer"));
    let assertion_of = own.sign(&claims);
    let call = || Call::post("/oauth2/token", &assertion(&CLIENT_CREDENTIALS, &assertion_of));
    let nonceless = test.proof(&key, "POST", "/oauth2/token").with("nonce", Value::Null).by(&key);
    assert_eq!(test.send(call().header("dpop", nonceless)).await.refusal(), refused("use_dpop_nonce"));
    let done = test.send(test.proven(call(), &key)).await;
    assert_eq!((done.status, done.member("token_type").as_str()), (200, "DPoP"), "the assertion was not spent before");
    let without = own.sign(&claims_of("signer"));
    let without = Call::post("/oauth2/token", &assertion(&CLIENT_CREDENTIALS, &without));
    assert_eq!(test.send(without).await.refusal(), refused("invalid_request"));
}

#[tokio::test]
async fn a_client_that_must_prove_gets_nothing_without() {
    let test = Test::new().await;
    let registration = Registration { dpop_bound_access_tokens: true, ..Registration::default() };
    let (id, secret) = (Some("strict".to_owned()), Some("strict-secret".to_owned()));
    let new = NewClient::new("Strict", ClientKind::Confidential, Vec::new());
    let new = NewClient { client_id: id, client_secret: secret, registration, ..new };
    test.provider.add_client(new).await.unwrap();
    let call = || Call::post("/oauth2/token", &CLIENT_CREDENTIALS).basic("strict", "strict-secret");
    assert_eq!(test.send(call()).await.refusal(), refused("invalid_request"));
    let key = Key::new();
    is_bound(&test, &test.send(test.proven(call(), &key)).await, &key).await;
}

#[tokio::test]
async fn the_refresh_token_of_a_public_client_needs_its_key() {
    let test = Test::new().await;
    let key = Key::new();
    let browser = test.signed_in("ada").await;
    let code = browser.code(&AuthRequest::of(&SPA)).await;
    let first = test.send(test.proven(Test::exchange_call(&SPA, &code), &key)).await.member("refresh_token");
    let again = || Test::refresh_call(&SPA, &first);
    assert_eq!(test.send(again()).await.refusal(), refused("invalid_grant"));
    assert_eq!(test.send(test.proven(again(), &Key::new())).await.refusal(), refused("invalid_grant"));
    let second = test.send(test.proven(again(), &key)).await;
    is_bound(&test, &second, &key).await;
    let third = Test::refresh_call(&SPA, &second.member("refresh_token"));
    assert_eq!(test.send(third.clone()).await.refusal(), refused("invalid_grant"));
    is_bound(&test, &test.send(test.proven(third, &key)).await, &key).await;
    let free = Tokens::of(
        &test
            .send(Test::exchange_call(&SPA, &browser.code_with_or_without_consent(&AuthRequest::of(&SPA)).await))
            .await,
    );
    assert_eq!(test.send(Test::refresh_call(&SPA, &free.refresh)).await.status, 200);
}

#[tokio::test]
async fn a_code_that_is_bound_to_a_key_is_redeemed_with_it_alone() {
    let test = Test::new().await;
    let key = Key::new();
    let ask = AuthRequest::of(&WEB).with("dpop_jkt", &key.thumbprint());
    let browser = test.signed_in("ada").await;
    let code = browser.code(&ask).await;
    let exchange = || Test::exchange_call(&WEB, &code);
    assert_eq!(test.send(exchange()).await.refusal(), refused("invalid_grant"));
    assert_eq!(test.send(test.proven(exchange(), &Key::new())).await.refusal(), refused("invalid_grant"));
    is_bound(&test, &test.send(test.proven(exchange(), &key)).await, &key).await;
    for bad in ["x", &"+".repeat(43)] {
        assert_eq!(browser.authorize(&ask.clone().with("dpop_jkt", bad)).await.redirected_error(), "invalid_request");
    }
    let twice = browser.authorize(&ask.also("dpop_jkt", &key.thumbprint())).await;
    assert_eq!(twice.redirected_error(), "invalid_request");
}
