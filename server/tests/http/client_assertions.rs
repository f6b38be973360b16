//! Client authentication by signed assertion (TK-14, TK-18, TK-20, TK-21, SC-09; RFC 7523).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth::jose::Algorithm;
use oauth::registration::AuthMethod;
use oauth::{ClientKind, Profile, Registration};
use provider::clients::NewClient;
use serde_json::{Value, json};

use crate::harness::{AuthRequest, Call, ISSUER, MACHINE, NOON, PASSWORD, Reply, SIGNER, Signer, Test, VERIFIER};
use crate::harness::{assertion, claims_of, signer};

const OWN: (&str, &str) = ("grant_type", "client_credentials");

fn invalid_client() -> (u16, String) {
    (401, "invalid_client".to_owned())
}

/// A server with the client `signer`, whose one key is registered by value.
async fn with_key(change: impl FnOnce(&mut Registration)) -> (Test, Signer) {
    let (test, key) = (Test::new().await, Signer::new(Algorithm::Es256, "1"));
    let mut registration = Registration { jwks: Some(key.set()), ..Registration::default() };
    change(&mut registration);
    signer(&test, registration).await;
    (test, key)
}

async fn post(test: &Test, path: &str, pairs: &[(&str, &str)], token: &str) -> Reply {
    test.send(Call::post(path, &assertion(pairs, token))).await
}

/// Asks for a token of its own with this assertion.
async fn own(test: &Test, token: &str) -> Reply {
    post(test, "/oauth2/token", &[OWN], token).await
}

fn with(mut claims: Value, name: &str, value: Value) -> Value {
    claims[name] = value;
    if claims[name].is_null() {
        claims.as_object_mut().unwrap().remove(name);
    }
    claims
}

#[tokio::test]
async fn a_client_may_sign_with_each_algorithm() {
    let test = Test::new().await;
    let keys = Algorithm::ALL.map(|algorithm| Signer::new(algorithm, algorithm.as_str()));
    let set = json!({"keys": keys.each_ref().map(Signer::jwk)});
    signer(&test, Registration { jwks: Some(set), ..Registration::default() }).await;
    for key in keys {
        let reply = own(&test, &key.sign(&claims_of("signer"))).await;
        assert_eq!(reply.status, 200, "{:?}", reply.body);
    }
}

#[tokio::test]
async fn an_assertion_counts_once_wherever_it_is_sent() {
    let (test, key) = with_key(|_| {}).await;
    let token = key.sign(&claims_of("signer"));
    assert_eq!(own(&test, &token).await.status, 200);
    assert_eq!(own(&test, &token).await.refusal(), invalid_client());
    let response = post(&test, "/oauth2/introspect", &[("token", "x")], &token).await;
    assert_eq!(response.refusal(), invalid_client());
    assert_eq!(own(&test, &key.sign(&claims_of("signer"))).await.status, 200);
}

#[tokio::test]
async fn of_many_at_once_one_uses_an_assertion() {
    let (test, key) = with_key(|_| {}).await;
    let token = key.sign(&claims_of("signer"));
    let replies = test
        .at_once(20, |test| {
            let token = token.clone();
            async move { own(&test, &token).await }
        })
        .await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 200).count(), 1);
    assert_eq!(replies.iter().filter(|reply| reply.refusal() == invalid_client()).count(), 19);
}

#[tokio::test]
async fn every_grant_and_every_endpoint_takes_an_assertion() {
    let (test, key) = with_key(|_| {}).await;
    let fresh = || key.sign(&claims_of("signer"));
    let code = test.signed_in("ada").await.code(&AuthRequest::of(&SIGNER)).await;
    let exchange = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", SIGNER.redirect_uri),
        ("code_verifier", VERIFIER),
    ];
    // Nobody has proved to be the client yet, so nothing of the code is used up.
    assert_eq!(test.send(Call::post("/oauth2/token", &exchange)).await.refusal(), invalid_client());
    let tokens = post(&test, "/oauth2/token", &exchange, &fresh()).await;
    assert_eq!(tokens.status, 200, "{:?}", tokens.body);
    let refresh = tokens.member("refresh_token");
    let pairs = [("grant_type", "refresh_token"), ("refresh_token", &refresh)];
    let tokens = post(&test, "/oauth2/token", &pairs, &fresh()).await;
    let access = tokens.member("access_token");
    let password = [("grant_type", "password"), ("username", "ada"), ("password", PASSWORD)];
    assert_eq!(post(&test, "/oauth2/token", &password, &fresh()).await.status, 200);
    let response = post(&test, "/oauth2/introspect", &[("token", &access)], &fresh()).await;
    assert_eq!((response.status, &response.json()["active"]), (200, &json!(true)));
    assert_eq!(post(&test, "/oauth2/revoke", &[("token", &access)], &fresh()).await.status, 200);
    assert!(!test.is_active(&access).await);
}

#[tokio::test]
async fn each_claim_must_be_right_and_a_refused_assertion_is_not_used_up() {
    let (test, key) = with_key(|_| {}).await;
    let now = NOON.seconds();
    let good = claims_of("signer");
    let bad = [
        ("iss", Value::Null),
        ("iss", json!("web")),
        ("sub", Value::Null),
        ("sub", json!("web")),
        ("jti", Value::Null),
        ("exp", Value::Null),
        ("exp", json!(now)),
        ("exp", json!(now - 300)),
        ("exp", json!(now + 600)),
        ("nbf", json!(now + 60)),
        ("iat", json!(now + 60)),
        ("aud", Value::Null),
        ("aud", json!("https://other.example")),
        ("aud", json!([ISSUER, "https://other.example"])),
        ("aud", json!(format!("{ISSUER}/oauth2/introspect"))),
    ];
    for (name, value) in bad {
        let claims = with(good.clone(), name, value);
        assert_eq!(own(&test, &key.sign(&claims)).await.refusal(), invalid_client(), "{claims}");
    }
    assert_eq!(own(&test, &key.sign(&good)).await.status, 200);
}

#[tokio::test]
async fn the_audience_is_by_the_clients_profile() {
    let (token, here) = (format!("{ISSUER}/oauth2/token"), format!("{ISSUER}/oauth2/introspect"));
    let other = ["oauth/token", "oauth/token/", "oauth2/token/", "oauth/introspect", "oauth2/introspect/", ""];
    let other = other.map(|name| json!(format!("{ISSUER}/{name}")));
    let accepted = [json!(ISSUER), json!(token), json!(here), json!([ISSUER]), json!([ISSUER, token])];
    let accepted: Vec<Value> = accepted.into_iter().chain(other).collect();
    for (profile, most) in [(Profile::Standard, accepted.len()), (Profile::Fapi, 1)] {
        let (test, key) = with_key(|registration| registration.profile = profile).await;
        for (place, aud) in accepted.iter().enumerate() {
            let signed = key.sign(&with(claims_of("signer"), "aud", aud.clone()));
            let reply = post(&test, "/oauth2/introspect", &[("token", "x")], &signed).await;
            assert_eq!(reply.status, if place < most { 200 } else { 401 }, "{profile:?} {aud}");
        }
    }
}

#[tokio::test]
async fn tricks_with_the_header_and_the_signature_are_refused() {
    let (test, key) = with_key(|_| {}).await;
    let stranger = Signer::new(Algorithm::Es256, "1");
    let claims = || claims_of("signer");
    let header = |more: Value| {
        let mut header = json!({"alg": "ES256", "kid": "1"});
        header.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        header
    };
    let headers = [
        json!({"alg": "none"}),
        json!({"alg": "NoNe"}),
        json!({"kid": "1"}),
        header(json!({"alg": "HS256"})),
        header(json!({"alg": "RS256"})),
        header(json!({"alg": "ES512"})),
        header(json!({"crit": ["exp"]})),
        header(json!({"kid": "../1"})),
        header(json!({"kid": "2"})),
        header(json!({"typ": "oauth-authz-req+jwt"})),
        header(json!({"jku": "https://signer.example/jwks"})),
        header(json!({"x5u": "https://signer.example/certificates"})),
        header(json!({"x5c": ["AAAA"]})),
        header(json!({"jwk": key.jwk()})),
    ];
    for header in headers {
        assert_eq!(own(&test, &key.sign_as(&header, &claims())).await.refusal(), invalid_client(), "{header}");
    }
    let signed = key.sign(&claims());
    let (input, _) = signed.rsplit_once('.').unwrap();
    let zero = URL_SAFE_NO_PAD.encode([0; 64]);
    for token in [format!("{input}."), format!("{input}.{zero}"), stranger.sign(&claims()), "x".into(), "..".into()] {
        assert_eq!(own(&test, &token).await.refusal(), invalid_client(), "{token}");
    }
    assert_eq!(own(&test, &signed).await.status, 200);
    assert!(test.outside.requested_urls().is_empty());
}

#[tokio::test]
async fn a_client_is_taken_by_the_method_that_it_registered_and_by_no_other() {
    let test = Test::new().await;
    let key = Signer::new(Algorithm::Es256, "1");
    let methods = [AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::PrivateKeyJwt];
    for registered in methods {
        let (id, by_key) = (registered.as_str(), registered == AuthMethod::PrivateKeyJwt);
        let registration = Registration {
            token_endpoint_auth_method: Some(registered),
            jwks: Some(key.set()),
            ..Registration::default()
        };
        let new = NewClient { client_id: Some(id.to_owned()), registration, ..machine() };
        let secret = test.provider.add_client(new).await.unwrap().1;
        assert_eq!(secret.is_none(), by_key);
        let secret = secret.unwrap_or_else(|| "no secret at all".to_owned());
        let signed = key.sign(&claims_of(id));
        let tries = [
            (AuthMethod::ClientSecretBasic, Call::post("/oauth2/token", &[OWN]).basic(id, &secret)),
            (
                AuthMethod::ClientSecretPost,
                Call::post("/oauth2/token", &[OWN, ("client_id", id), ("client_secret", &secret)]),
            ),
            (AuthMethod::PrivateKeyJwt, Call::post("/oauth2/token", &assertion(&[OWN], &signed))),
        ];
        for (method, call) in tries {
            let reply = test.send(call).await;
            let right = method == registered;
            assert_eq!(reply.status, if right { 200 } else { 401 }, "{registered:?} {method:?} {:?}", reply.body);
        }
        let nameless = test.send(Call::post("/oauth2/token", &[OWN, ("client_id", id)])).await;
        assert_eq!(nameless.refusal(), invalid_client());
    }
}

fn machine() -> NewClient {
    NewClient::new("Machine", ClientKind::Confidential, Vec::new())
}

#[tokio::test]
async fn a_client_that_registered_keys_and_no_method_keeps_to_its_secret() {
    let (test, key) = (Test::new().await, Signer::new(Algorithm::Es256, "1"));
    let registration = Registration { jwks: Some(key.set()), ..Registration::default() };
    let new = NewClient { client_id: Some("both".to_owned()), registration, ..machine() };
    let secret = test.provider.add_client(new).await.unwrap().1.unwrap();
    assert_eq!(own(&test, &key.sign(&claims_of("both"))).await.refusal(), invalid_client());
    assert_eq!(test.send(Call::post("/oauth2/token", &[OWN]).basic("both", &secret)).await.status, 200);
    for id in ["spa", "machine"] {
        assert_eq!(own(&test, &key.sign(&claims_of(id))).await.refusal(), invalid_client(), "{id}");
    }
}

#[tokio::test]
async fn two_ways_to_prove_oneself_are_one_too_many() {
    let (test, key) = with_key(|_| {}).await;
    let signed = key.sign(&claims_of("signer"));
    let pairs = assertion(&[OWN], &signed);
    let basic = Call::post("/oauth2/token", &pairs).basic("machine", MACHINE.secret.unwrap());
    let invalid_request = (400, "invalid_request".to_owned());
    assert_eq!(test.send(basic).await.refusal(), invalid_request);
    for more in [("client_secret", "s"), ("client_assertion", "x")] {
        let call = Call::post("/oauth2/token", &[&pairs[..], &[more]].concat());
        assert_eq!(test.send(call).await.refusal(), invalid_request, "{more:?}");
    }
    let untyped = Call::post("/oauth2/token", &[OWN, ("client_assertion", &signed)]);
    assert_eq!(test.send(untyped).await.refusal(), invalid_client());
    let other = Call::post("/oauth2/token", &[&pairs[..], &[("client_id", "web")]].concat());
    assert_eq!(test.send(other).await.refusal(), invalid_client());
    let same = Call::post("/oauth2/token", &[&pairs[..], &[("client_id", "signer")]].concat());
    assert_eq!(test.send(same).await.status, 200);
}

#[tokio::test]
async fn an_unknown_client_and_a_wrong_signature_look_the_same() {
    let (test, key) = with_key(|_| {}).await;
    let stranger = Signer::new(Algorithm::Es256, "1");
    let answer = async |id: &str, key: &Signer| {
        let reply = own(&test, &key.sign(&claims_of(id))).await;
        let mut body = reply.json();
        let id = body["error_uri"].take().as_str().unwrap().to_owned();
        (reply.status, body, id.len(), reply.header("www-authenticate").to_owned())
    };
    let wrong = answer("signer", &stranger).await;
    assert_eq!(answer("nobody", &stranger).await, wrong);
    assert_eq!(answer("nobody", &key).await, wrong);
    test.provider.disable_client("signer").await.unwrap();
    assert_eq!(answer("signer", &key).await, wrong);
}

#[tokio::test]
async fn a_client_with_a_key_has_no_secret_and_gets_none() {
    let (test, _) = with_key(|_| {}).await;
    let refused = test.provider.rotate_secret("signer", 0).await.err().map(|error| error.to_string());
    assert!(refused.is_some_and(|text| text.contains("client-with-key")));
    assert!(test.provider.rotate_secret("machine", 0).await.is_ok());
}
