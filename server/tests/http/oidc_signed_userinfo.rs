//! Signed userinfo responses (OpenID Connect Core §5.3.2), and the challenge without a token.

use oauth::jose::Algorithm;
use oauth::{ClientKind, Registration};
use provider::clients::NewClient;
use serde_json::{Value, json};

use crate::harness::{AuthRequest, Call, ISSUER, Test, VERIFIER, WEB};

const APP: &str = "https://app.example/cb";

async fn token(test: &Test, algorithm: Algorithm) -> String {
    let registration = Registration { userinfo_signed_response_alg: Some(algorithm), ..Registration::default() };
    let id = algorithm.as_str();
    let app = NewClient::new("App", ClientKind::Confidential, vec![APP.to_owned()]);
    let app = NewClient { client_id: Some(id.into()), client_secret: Some("secret".into()), registration, ..app };
    test.provider.add_client(app).await.unwrap();
    let ask = AuthRequest::openid(&WEB, "profile").with("client_id", id).with("redirect_uri", APP);
    let code = test.signed_in("ada").await.code(&ask).await;
    let pairs =
        [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", APP), ("code_verifier", VERIFIER)];
    test.send(Call::post("/oauth2/token", &pairs).basic(id, "secret")).await.member("access_token")
}

#[tokio::test]
async fn a_client_that_asked_for_it_is_told_in_a_signed_answer() {
    let test = Test::new().await;
    for algorithm in [Algorithm::Rs256, Algorithm::Es256] {
        let reply = test.userinfo(&token(&test, algorithm).await).await;
        assert_eq!((reply.status, reply.header("content-type")), (200, "application/jwt"));
        assert_eq!(reply.header("cache-control"), "no-store");
        let verified = test.verified(&reply.text()).await.unwrap();
        assert_eq!(verified.header.algorithm, algorithm);
        let claims = Value::Object(verified.claims.members().clone());
        assert_eq!((&claims["iss"], &claims["aud"]), (&json!(ISSUER), &json!(algorithm.as_str())));
        let sub = test.id_of("ada").await.to_string();
        assert_eq!((&claims["sub"], &claims["preferred_username"]), (&json!(sub), &json!("ada")));
    }
    let plain = test.redeemed(&WEB, &AuthRequest::openid(&WEB, "")).await.member("access_token");
    assert_eq!(test.userinfo(&plain).await.header("content-type"), "application/json");
}

#[tokio::test]
async fn a_request_without_a_token_gets_a_challenge_without_an_error() {
    let test = Test::new().await;
    let without = test.send(Call::get("/oauth2/userinfo")).await;
    let challenges: Vec<_> =
        without.headers.get_all("www-authenticate").iter().map(|value| value.to_str().unwrap()).collect();
    assert_eq!(challenges, ["Bearer realm=\"token\"", "DPoP algs=\"PS256 ES256 EdDSA\""]);
    assert_eq!((without.status, without.text().as_str()), (401, ""));
    assert_eq!(test.userinfo("wrong").await.refusal(), (401, "invalid_token".to_owned()));
}
