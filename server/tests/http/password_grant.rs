//! `grant_type=password` in its three settings (rows U1 and F2).

use provider::PasswordGrant;

use crate::harness::{Call, FIRST_PARTY, PASSWORD, Reply, SPA, Test, TestClient, Tokens, WEB};

const PAIRS: [(&str, &str); 4] =
    [("grant_type", "password"), ("username", "ada"), ("password", PASSWORD), ("scope", "read")];

async fn as_nobody(test: &Test) -> Reply {
    test.send(Call::post("/oauth2/token", &PAIRS)).await
}

async fn by(test: &Test, client: &TestClient) -> (u16, String) {
    test.token(client, &PAIRS).await.refusal()
}

#[tokio::test]
async fn by_default_it_is_for_first_party_clients() {
    let test = Test::new().await;
    let reply = test.token(&FIRST_PARTY, &PAIRS).await;
    assert_eq!((reply.status, reply.member("scope")), (200, "read".to_owned()));
    let response = test.introspect(&reply.member("access_token")).await;
    assert_eq!((&response["username"], &response["client_id"]), (&"ada".into(), &"house".into()));
    let refreshed = test.send(Test::refresh_call(&FIRST_PARTY, &Tokens::of(&reply).refresh)).await;
    assert_eq!(refreshed.status, 200);
    assert_eq!(by(&test, &WEB).await, (400, "unauthorized_client".to_owned()));
    assert_eq!(by(&test, &SPA).await, (400, "unauthorized_client".to_owned()));
    assert_eq!(as_nobody(&test).await.refusal(), (401, "invalid_client".to_owned()));
}

#[tokio::test]
async fn switched_off_it_does_not_exist_for_anybody() {
    let test = Test::with_password_grant(PasswordGrant::Off).await;
    for answer in [by(&test, &FIRST_PARTY).await, by(&test, &WEB).await, as_nobody(&test).await.refusal()] {
        assert_eq!(answer, (400, "unsupported_grant_type".to_owned()));
    }
    let metadata = test.send(Call::get("/.well-known/oauth-authorization-server")).await.json();
    assert!(!metadata["grant_types_supported"].to_string().contains("password"));
}

#[tokio::test]
async fn opened_it_needs_no_client() {
    let test = Test::with_password_grant(PasswordGrant::Open).await;
    let reply = as_nobody(&test).await;
    let mut rest = reply.json();
    rest.as_object_mut().unwrap().remove("access_token");
    assert_eq!(rest, serde_json::json!({ "token_type": "Bearer", "expires_in": 3600, "scope": "read" }));
    let info = test.tokeninfo(&reply.member("access_token")).await.json();
    assert_eq!((&info["username"], &info["client_id"]), (&"ada".into(), &serde_json::Value::Null));
    assert_eq!(by(&test, &FIRST_PARTY).await.0, 200);
    assert_eq!(by(&test, &WEB).await, (400, "unauthorized_client".to_owned()));
    // Naming a client is to be that client: an unknown one is not nobody.
    let named = Call::post("/oauth2/token", &PAIRS).basic("nobody", "x");
    assert_eq!(test.send(named).await.refusal(), (401, "invalid_client".to_owned()));
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_get_the_same_answer() {
    let test = Test::new().await;
    test.user("disabled").await;
    test.provider.disable_user("disabled").await.unwrap();
    let answer = async |name: &str, password: &str| {
        let pairs = [("grant_type", "password"), ("username", name), ("password", password)];
        let reply = test.token(&FIRST_PARTY, &pairs).await;
        (reply.status, reply.text())
    };
    let wrong = answer("ada", "wrong password").await;
    assert_eq!(wrong.0, 400);
    assert!(wrong.1.contains("invalid_grant"));
    assert_eq!(answer("nobody", PASSWORD).await, wrong);
    assert_eq!(answer("disabled", PASSWORD).await, wrong);
    assert_eq!(answer("аda", PASSWORD).await, wrong);
    assert_eq!(answer("ada\u{200b}", PASSWORD).await, wrong);
    assert_eq!(answer(" ADA ", PASSWORD).await.0, 200);
}

#[tokio::test]
async fn name_and_password_must_be_there() {
    let test = Test::new().await;
    for missing in ["username", "password"] {
        let pairs: Vec<_> = PAIRS.into_iter().filter(|(name, _)| *name != missing).collect();
        assert_eq!(test.token(&FIRST_PARTY, &pairs).await.refusal(), (400, "invalid_request".to_owned()), "{missing}");
    }
}

#[tokio::test]
async fn a_partial_account_gets_what_it_holds() {
    let test = Test::new().await;
    test.partial_user("guest", "read").await;
    let answer = async |scope: &str| {
        let pairs = [("grant_type", "password"), ("username", "guest"), ("password", PASSWORD), ("scope", scope)];
        test.token(&FIRST_PARTY, &pairs).await
    };
    assert_eq!(answer("read write").await.member("scope"), "read");
    assert_eq!(answer("").await.member("scope"), "read");
    assert_eq!(answer("write").await.refusal(), (400, "invalid_scope".to_owned()));
    assert_eq!(answer("nonsense").await.refusal(), (400, "invalid_scope".to_owned()));
}
