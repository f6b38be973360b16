//! Rate limits of what unauthenticated clients may write, or make this server fetch: each has a
//! limit, and beside every refusal another client is served (docs/operating.md, "What
//! strangers may cause").

use oauth::Registration;
use oauth::jose::Algorithm;
use serde_json::json;

use crate::harness::{
    AuthRequest, Call, FIRST_PARTY, Key, MACHINE, PASSWORD, Reply, SIGNER, SPA, Signer, Test, TestClient, WEB,
    assertion, claims_of, object, signer,
};

const STRANGER: &str = "192.0.2.1";
const OTHER: &str = "192.0.2.2";

/// What an address may do in a minute.
const EACH_ADDRESS: usize = 60;

async fn push(test: &Test, client: &TestClient, from: &str) -> Reply {
    let pairs = AuthRequest::of(client).without("client_id");
    test.send(client.call("/oauth2/par", &pairs.pairs()).peer(from)).await
}

#[tokio::test]
async fn a_stranger_who_pushes_in_a_public_clients_name_is_stopped_and_its_people_are_not() {
    let test = Test::new().await;
    for _ in 0..EACH_ADDRESS {
        assert_eq!(push(&test, &SPA, STRANGER).await.status, 201);
    }
    for _ in 0..3 {
        let refused = push(&test, &SPA, STRANGER).await;
        assert_eq!(refused.refusal(), (429, "temporarily_unavailable".to_owned()));
        assert_eq!(refused.header("retry-after"), "60");
    }
    assert_eq!(test.database.count("pushed_requests").await, 60, "nothing more was written");
    assert_eq!(push(&test, &SPA, OTHER).await.status, 201, "the client's people go on");
    assert_eq!(push(&test, &WEB, STRANGER).await.status, 201, "and whoever proves which client it is");
    test.clock.advance(60);
    assert_eq!(push(&test, &SPA, STRANGER).await.status, 201);
}

#[tokio::test]
async fn a_request_that_is_refused_costs_its_sender_nothing_of_the_budget() {
    let test = Test::new().await;
    for _ in 0..EACH_ADDRESS + 1 {
        let pairs = AuthRequest::of(&SPA).without("client_id").without_pkce();
        let refused = test.send(SPA.call("/oauth2/par", &pairs.pairs()).peer(STRANGER)).await;
        assert_eq!(refused.refusal(), (400, "invalid_request".to_owned()));
    }
    assert_eq!(push(&test, &SPA, STRANGER).await.status, 201);
}

#[tokio::test]
async fn a_stranger_who_follows_a_clients_request_uri_again_and_again_is_stopped_and_others_are_not() {
    const ADDRESS: &str = "https://signer.example/request";
    let (test, key) = (Test::new().await, Signer::new(Algorithm::Rs256, "1"));
    let uris = vec![ADDRESS.to_owned()];
    signer(&test, Registration { jwks: Some(key.set()), request_uris: uris, ..Registration::default() }).await;
    test.outside.put(ADDRESS, key.sign(&object()));
    let path = AuthRequest::bare(SIGNER.id).with("request_uri", ADDRESS).path();
    let follow = async |from: &str| test.send(Call::get(&path).peer(from).header("accept", "text/html")).await;
    for _ in 0..EACH_ADDRESS {
        assert_eq!(follow(STRANGER).await.status, 303, "to sign in");
    }
    for _ in 0..3 {
        let refused = follow(STRANGER).await;
        assert_eq!((refused.status, refused.header("retry-after")), (429, "60"));
        assert!(refused.is_error_page());
    }
    assert_eq!(test.outside.requested_urls().len(), EACH_ADDRESS, "nobody went there any more");
    assert_eq!(test.database.count("pushed_requests").await, 60, "and nothing more was written");
    assert_eq!(follow(OTHER).await.status, 303);
    test.clock.advance(60);
    assert_eq!(follow(STRANGER).await.status, 303);
}

#[tokio::test]
async fn a_proof_beside_something_that_is_worth_nothing_leaves_nothing_behind() {
    let test = Test::new().await;
    let key = Key::new();
    let nonsense = test.signed_in("ada").await.code(&AuthRequest::of(&SPA)).await.replace("jtn_ac_", "jtn_ac_x");
    let password = |password: &str| {
        let pairs = [("grant_type", "password"), ("username", "ada"), ("password", password)];
        FIRST_PARTY.call("/oauth2/token", &pairs)
    };
    let credentials = [("grant_type", "client_credentials")];
    let worthless = [
        Test::exchange_call(&SPA, &nonsense),
        Test::exchange_call(&SPA, "x"),
        Test::refresh_call(&SPA, "x"),
        password("wrong password"),
        Call::post("/oauth2/token", &credentials).basic(MACHINE.id, "wrong"),
        SPA.call("/oauth2/token", &credentials),
    ];
    for call in worthless {
        let refused = test.send(test.proven(call, &key)).await;
        assert!((400..500).contains(&refused.status), "{:?}", refused.body);
    }
    let dead = test.send(test.userinfo_call("jtn_at_x", &key)).await;
    assert_eq!(dead.status, 401);
    let invalid = AuthRequest::of(&SPA).without("client_id").without_pkce();
    let proof = test.proof(&key, "POST", "/oauth2/par").by(&key);
    assert_eq!(test.send(SPA.call("/oauth2/par", &invalid.pairs()).header("dpop", proof)).await.status, 400);
    assert_eq!(test.database.count("spent_tokens").await, 0);
    let good = test.send(test.proven(password(PASSWORD), &key)).await;
    assert_eq!((good.status, test.database.count("spent_tokens").await), (200, 1));
}

/// The proof goes with what it bought: the second use of it is refused at every grant, and what it
/// was sent with is still good.
#[tokio::test]
async fn at_every_grant_a_proof_counts_once_and_its_second_use_spends_nothing() {
    let test = Test::new().await;
    let key = Key::new();
    let browser = test.signed_in("ada").await;
    let first = browser.code(&AuthRequest::of(&WEB)).await;
    let tokens = test.send(test.proven(Test::exchange_call(&WEB, &first), &key)).await;
    let refresh = tokens.member("refresh_token");
    let code = browser.code_with_or_without_consent(&AuthRequest::of(&WEB)).await;
    let password = [("grant_type", "password"), ("username", "ada"), ("password", PASSWORD)];
    let calls = [
        Test::exchange_call(&WEB, &code),
        Test::refresh_call(&WEB, &refresh),
        FIRST_PARTY.call("/oauth2/token", &password),
        MACHINE.call("/oauth2/token", &[("grant_type", "client_credentials")]),
    ];
    for call in calls {
        let spent = test.proof(&key, "POST", "/oauth2/token").by(&key);
        let other = MACHINE.call("/oauth2/token", &[("grant_type", "client_credentials")]);
        assert_eq!(test.send(other.header("dpop", &spent)).await.status, 200);
        let again = test.send(call.clone().header("dpop", &spent)).await;
        assert_eq!(again.refusal(), (400, "invalid_dpop_proof".to_owned()));
        let fresh = test.send(test.proven(call, &key)).await;
        assert_eq!(fresh.status, 200, "{:?}", fresh.body);
    }
    let spent = test.proof(&key, "POST", "/oauth2/token").by(&key);
    let once = browser.code_with_or_without_consent(&AuthRequest::of(&WEB)).await;
    let twice = || Test::exchange_call(&WEB, &once).header("dpop", &spent);
    let bought = test.send(twice()).await;
    assert_eq!(bought.status, 200);
    assert_eq!(test.send(twice()).await.refusal(), (400, "invalid_dpop_proof".to_owned()), "sent twice by the network");
    assert!(test.is_active(&bought.member("access_token")).await, "is no theft");
}

#[tokio::test]
async fn an_assertion_whose_signature_does_not_hold_leaves_nothing_behind() {
    let test = Test::new().await;
    let key = Signer::new(Algorithm::Rs256, "1");
    signer(&test, Registration { jwks: Some(key.set()), ..Registration::default() }).await;
    let claims = claims_of(SIGNER.id);
    let forged = Signer::new(Algorithm::Rs256, "1").sign(&claims);
    let pairs = [("grant_type", "client_credentials"), ("scope", "read")];
    let sent = async |token: &str| test.send(Call::post("/oauth2/token", &assertion(&pairs, token))).await.status;
    assert_eq!(sent(&forged).await, 401);
    let mut other = claims.clone();
    other["aud"] = json!("https://elsewhere.example");
    assert_eq!(sent(&key.sign(&other)).await, 401);
    assert_eq!(test.database.count("spent_tokens").await, 0);
    assert_eq!(sent(&key.sign(&claims)).await, 200, "the same jti, by the client itself");
    assert_eq!(test.database.count("spent_tokens").await, 1);
}

/// Pages that anybody may open, and forms that anybody may send, make no session and no row.
#[tokio::test]
async fn requests_that_only_read_leave_nothing_in_the_database() {
    let test = Test::new().await;
    let tables = ["sessions", "pushed_requests", "spent_tokens", "sign_in_failures", "setup_links", "logout_notices"];
    let browser = test.browser();
    for path in
        ["/", "/login", "/forgot", "/account", "/setup?token=x", "/oauth2/end-session", &AuthRequest::of(&WEB).path()]
    {
        assert!(browser.get(path).await.status < 500, "{path}");
    }
    let revoke = Call::post("/oauth2/revoke", &[("access_token", "jtn_at_x")]);
    assert_eq!(test.send(revoke).await.status, 200);
    for table in tables {
        assert_eq!(test.database.count(table).await, 0, "{table}");
    }
    assert_eq!(browser.sign_in("ada", PASSWORD).await.status, 303);
    assert_eq!(test.database.count("sessions").await, 1);
}
