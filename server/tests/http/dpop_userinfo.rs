//! DPoP-bound tokens at the userinfo endpoint (RFC 9449 §7; TK-39, TK-40; FAPI 2.0's
//! dpop-negative-tests).

use oauth::jose::sha256;
use serde_json::Value;

use crate::harness::{AuthRequest, Call, Key, Reply, SPA, Test, WEB};

/// A token of `ada`'s with `openid` that is bound to this key.
async fn bound(test: &Test, key: &Key) -> String {
    let code = test.signed_in("ada").await.code_with_or_without_consent(&AuthRequest::openid(&WEB, "")).await;
    test.send(test.proven(Test::exchange_call(&WEB, &code), key)).await.member("access_token")
}

fn call(token: &str) -> Call {
    Call::get("/oauth2/userinfo").header("authorization", format!("DPoP {token}"))
}

fn challenges(reply: &Reply) -> Vec<&str> {
    reply.headers.get_all("www-authenticate").iter().map(|value| value.to_str().unwrap()).collect()
}

/// Whether the request was refused with this error under the scheme DPoP.
fn is_refused(reply: &Reply, error: &str) -> bool {
    let first = challenges(reply)[0];
    let named = format!("DPoP algs=\"PS256 ES256 EdDSA\", error=\"{error}\"");
    reply.status == 401 && first.starts_with(&named) && reply.member("error") == error
}

#[tokio::test]
async fn a_proof_of_the_key_is_accepted_with_any_case_of_the_scheme() {
    let test = Test::new().await;
    let key = Key::new();
    let token = bound(&test, &key).await;
    for scheme in ["DPoP", "dpop", "DPOP"] {
        for (method, path) in [("GET", "/oauth2/userinfo"), ("POST", "/oauth2/userinfo"), ("GET", "/oauth/userinfo")] {
            let proof = test.proof(&key, method, path).beside(&token).by(&key);
            let call = Call::new(method, path).header("authorization", format!("{scheme} {token}"));
            let reply = test.send(call.header("dpop", proof).header("origin", "https://spa.example")).await;
            assert_eq!((reply.status, reply.member("sub")), (200, test.id_of("ada").await.to_string()));
            assert_eq!(reply.header("dpop-nonce"), test.provider.dpop_nonce());
            assert!(reply.header("access-control-expose-headers").contains("dpop-nonce"));
        }
    }
}

#[tokio::test]
async fn a_bound_token_is_worth_nothing_to_whoever_merely_bears_it() {
    let test = Test::new().await;
    let key = Key::new();
    let token = bound(&test, &key).await;
    let proof = test.proof(&key, "GET", "/oauth2/userinfo").beside(&token).by(&key);
    let calls = [
        Call::get("/oauth2/userinfo").bearer(&token),
        Call::get("/oauth2/userinfo").bearer(&token).header("dpop", proof),
        Call::post("/oauth2/userinfo", &[("access_token", &token)]),
    ];
    for call in calls {
        let reply = test.send(call).await;
        let told = challenges(&reply);
        assert!(reply.status == 401 && told[0].contains("error=\"invalid_token\""), "{told:?}");
        assert_eq!(told[1], "DPoP algs=\"PS256 ES256 EdDSA\"");
    }
    assert_eq!(test.tokeninfo(&token).await.refusal(), (400, "invalid_token".to_owned()));
    assert_eq!(test.send(test.userinfo_call(&token, &key)).await.status, 200);
    let theirs = [("token", token.as_str())];
    assert_eq!(test.send(Call::post("/oauth2/introspect", &theirs).bearer(&token)).await.status, 401);
}

#[tokio::test]
async fn each_fault_of_a_proof_is_refused() {
    let test = Test::new().await;
    let (key, now) = (Key::new(), test.provider.now().seconds());
    let token = bound(&test, &key).await;
    let proof = || test.proof(&key, "GET", "/oauth2/userinfo").beside(&token);
    let wrong = [
        proof().with("ath", Value::Null),
        proof().with("ath", sha256("another token")),
        proof().with("ath", token.as_str()),
        proof().with("htm", "PUT"),
        proof().with("htu", "https://evil.example/oauth2/userinfo"),
        proof().with("iat", now - 3600),
        proof().with("iat", now + 3600),
        proof().with("jti", Value::Null),
        proof().head("typ", "dpop+jwt+wrong"),
        proof().head("alg", "none"),
    ];
    for proof in wrong {
        let reply = test.send(call(&token).header("dpop", proof.by(&key))).await;
        assert!(is_refused(&reply, "invalid_dpop_proof"), "{proof:?}");
    }
    let two = call(&token).header("dpop", proof().by(&key)).header("dpop", proof().by(&key));
    for call in [call(&token), two, call(&token).header("dpop", "x")] {
        assert!(is_refused(&test.send(call).await, "invalid_dpop_proof"));
    }
    let stale = test.send(call(&token).header("dpop", proof().with("nonce", Value::Null).by(&key))).await;
    assert!(is_refused(&stale, "use_dpop_nonce"));
    let nonce = stale.header("dpop-nonce").to_owned();
    let once = call(&token).header("dpop", proof().with("nonce", nonce).by(&key));
    assert_eq!(test.send(once.clone()).await.status, 200);
    assert!(is_refused(&test.send(once).await, "invalid_dpop_proof"), "a proof counts once");
    for right in [
        proof().with("htu", "HTTP://127.0.0.1:8080/oauth2/userinfo"),
        proof().with("htu", "http://127.0.0.1:8080/oauth2/userinfo?a=b#c"),
        proof().with("extra", 1).head("extra", 1),
    ] {
        assert_eq!(test.send(call(&token).header("dpop", right.by(&key))).await.status, 200, "{right:?}");
    }
}

#[tokio::test]
async fn another_key_and_a_token_without_one_are_refused() {
    let test = Test::new().await;
    let (key, other) = (Key::new(), Key::new());
    let token = bound(&test, &key).await;
    assert!(is_refused(&test.send(test.userinfo_call(&token, &other)).await, "invalid_token"));
    let free =
        test.redeemed(&WEB, &AuthRequest::openid(&WEB, "").with("prompt", "consent")).await.member("access_token");
    assert!(is_refused(&test.send(test.userinfo_call(&free, &key)).await, "invalid_token"));
    assert_eq!(test.userinfo(&free).await.status, 200);
    let narrow = test.signed_in("ada").await.code(&AuthRequest::of(&SPA)).await;
    let narrow = test.send(test.proven(Test::exchange_call(&SPA, &narrow), &key)).await.member("access_token");
    let reply = test.send(test.userinfo_call(&narrow, &key)).await;
    assert!(reply.status == 403 && challenges(&reply)[0].starts_with("DPoP "), "{:?}", challenges(&reply));
    assert!(is_refused(&test.send(test.userinfo_call("unknown", &key)).await, "invalid_token"));
    assert_eq!(test.send(test.userinfo_call(&token, &key)).await.status, 200);
}
