//! The share of clients with keys: assertions, request objects, and pushed requests.

use oauth::jose::Algorithm;
use oauth::registration::AuthMethod;
use oauth::{ClientKind, Registration};

use super::{check_all, check_asks};
use crate::harness::{AuthRequest, Call, Signer, TestClient, assertion, claims_of};
use crate::problems::{Bench, OWN};

const KEYED: TestClient = TestClient { id: "keyed", secret: None, redirect_uri: "https://keyed.example/callback" };
const STRICT: TestClient = TestClient { id: "strict", secret: None, redirect_uri: "https://strict.example/callback" };

async fn register(bench: &Bench, client: &TestClient, key: &Signer, more: Registration) {
    let method = Some(AuthMethod::PrivateKeyJwt);
    let registration = Registration { token_endpoint_auth_method: method, jwks: Some(key.set()), ..more };
    let change = |new: &mut provider::clients::NewClient| {
        (new.kind, new.registration) = (ClientKind::Confidential, registration);
    };
    bench.register(client, change).await;
}

#[tokio::test]
async fn each_fault_of_a_signed_proof_is_named_to_the_owner_alone() {
    let (bench, key) = (Bench::new().await, Signer::new(Algorithm::Es256, "1"));
    register(&bench, &KEYED, &key, Registration::default()).await;
    let own = ("grant_type", "client_credentials");
    let stranger = Signer::new(Algorithm::Es256, "1").sign(&claims_of("keyed"));
    let wrong = Call::post("/oauth2/token", &assertion(&[own], &stranger));
    let secret = Call::post("/oauth2/token", &[own]).basic("keyed", "x");
    let (basic, signed) = ("client_secret_basic", "private_key_jwt");
    let table = vec![
        (bench.test.send(wrong).await, "not_verified", "client_assertion", signed),
        (bench.test.send(secret).await, "method_wrong", "client_id", basic),
    ];
    check_all(&bench, table).await;
}

#[tokio::test]
async fn each_fault_of_a_request_by_reference_is_named_to_the_owner_alone() {
    let (bench, key) = (Bench::new().await, Signer::new(Algorithm::Es256, "1"));
    let sign = Registration { require_signed_request_object: true, ..Registration::default() };
    register(&bench, &KEYED, &key, sign).await;
    let push = Registration { require_pushed_authorization_requests: true, ..Registration::default() };
    register(&bench, &STRICT, &key, push).await;
    let own = || async {
        let reply = bench.test.send(OWN.call("/oauth2/par", &AuthRequest::of(&OWN).pairs())).await;
        AuthRequest::bare("own").with("request_uri", &reply.member("request_uri"))
    };
    let (spent, foreign) = (own().await, own().await.with("client_id", "keyed"));
    bench.ada.allow(&spent).await;
    let unknown = AuthRequest::bare("own").with("request_uri", "urn:ietf:params:oauth:request_uri:x");
    let table = vec![
        (AuthRequest::of(&KEYED).with("request", "x"), "not_verified", "request", ""),
        (AuthRequest::of(&KEYED), "missing", "request", ""),
        (AuthRequest::of(&STRICT), "missing", "request_uri", ""),
        (unknown, "unknown", "request_uri", ""),
        (spent, "spent", "request_uri", ""),
        (foreign, "other_client", "request_uri", ""),
    ];
    check_asks(&bench, table).await;
    let late = own().await;
    bench.test.clock.advance(300);
    check_asks(&bench, vec![(late, "expired", "request_uri", "")]).await;
}
