//! Client authentication at the token endpoint (TK-12 to TK-20).

use oauth::ClientKind;
use provider::clients::NewClient;

use crate::harness::{AuthRequest, Call, FIRST_PARTY, MACHINE, Reply, SPA, Test, WEB};
use crate::problems::id_in;

const GRANT: [(&str, &str); 1] = [("grant_type", "client_credentials")];

fn token(pairs: &[(&str, &str)]) -> Call {
    Call::post("/oauth2/token", pairs)
}

fn invalid_client() -> (u16, String) {
    (401, "invalid_client".to_owned())
}

/// A confidential client that acts for itself, with this id and secret.
async fn register(test: &Test, id: &str, secret: &str) {
    let new = NewClient {
        client_id: Some(id.to_owned()),
        client_secret: Some(secret.to_owned()),
        ..NewClient::new("Odd", ClientKind::Confidential, Vec::new())
    };
    test.provider.add_client(new).await.unwrap();
}

#[tokio::test]
async fn an_id_and_a_secret_of_any_characters_work_when_they_are_form_encoded() {
    let test = Test::new().await;
    let (id, secret) = ("a:b%+c", "s:p %+&=x");
    register(&test, id, secret).await;
    assert_eq!(test.send(token(&GRANT).basic(id, secret)).await.status, 200);
    let raw = test.send(token(&GRANT).basic_raw(&format!("{id}:{secret}"))).await;
    assert_eq!(raw.refusal(), invalid_client());
    let [grant] = GRANT;
    let body = test.send(token(&[grant, ("client_id", id), ("client_secret", secret)])).await;
    assert_eq!(body.status, 200);
}

#[tokio::test]
async fn a_secret_may_stand_in_the_header_or_in_the_body_but_not_in_both() {
    let test = Test::new().await;
    let secret = MACHINE.secret.unwrap();
    let [grant] = GRANT;
    let body = [grant, ("client_id", "machine"), ("client_secret", secret)];
    assert_eq!(test.send(token(&GRANT).basic("machine", secret)).await.status, 200);
    assert_eq!(test.send(token(&body)).await.status, 200);
    let invalid_request = (400, "invalid_request".to_owned());
    assert_eq!(test.send(token(&body).basic("machine", secret)).await.refusal(), invalid_request);
    let other = test.send(token(&[grant, ("client_id", "web")]).basic("machine", secret)).await;
    assert_eq!(other.refusal(), invalid_request);
    let same = test.send(token(&[grant, ("client_id", "machine")]).basic("machine", secret)).await;
    assert_eq!(same.status, 200);
}

#[tokio::test]
async fn a_header_that_cannot_be_read_is_refused() {
    let test = Test::new().await;
    let headers: [Vec<u8>; 11] = [
        b"Basic".to_vec(),
        b"Basic ".to_vec(),
        b"Basic !!!".to_vec(),
        b"Basic bm9jb2xvbg==".to_vec(),
        b"Basic AA==".to_vec(),
        b"Basic d2ViOgA=".to_vec(),
        b"Basic /////w==".to_vec(),
        b"Basic \xff\xfe".to_vec(),
        b"Bearer".to_vec(),
        b"Bearer x".to_vec(),
        [b"Basic ".to_vec(), b"QUFB".repeat(4096)].concat(),
    ];
    for header in headers {
        let reply = test.send(token(&GRANT).header("authorization", &header)).await;
        assert_eq!(reply.refusal(), invalid_client(), "{:?}", String::from_utf8_lossy(&header));
    }
    assert_eq!(test.send(token(&GRANT).basic("machine", MACHINE.secret.unwrap())).await.status, 200);
}

#[tokio::test]
async fn the_scheme_may_be_written_in_any_case() {
    let test = Test::new().await;
    // machine:machine-secret-14142135
    let call = token(&GRANT).header("authorization", "bAsIc bWFjaGluZTptYWNoaW5lLXNlY3JldC0xNDE0MjEzNQ==");
    assert_eq!(test.send(call).await.status, 200);
}

#[tokio::test]
async fn a_secret_in_the_query_counts_for_nothing() {
    let test = Test::new().await;
    let secret = MACHINE.secret.unwrap();
    let target = format!("/oauth2/token?client_id=machine&client_secret={secret}");
    assert_eq!(test.send(Call::post(&target, &GRANT)).await.refusal(), invalid_client());
}

#[tokio::test]
async fn a_confidential_client_without_its_secret_is_refused_for_every_grant() {
    let test = Test::new().await;
    let tokens = test.tokens().await;
    let code = test.signed_in("ada").await.code_with_or_without_consent(&AuthRequest::of(&WEB)).await;
    let grants: [&[(&str, &str)]; 4] = [
        &[("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", WEB.redirect_uri)],
        &[("grant_type", "refresh_token"), ("refresh_token", &tokens.refresh)],
        &[("grant_type", "client_credentials")],
        &[("grant_type", "password"), ("username", "ada"), ("password", "correct horse battery staple")],
    ];
    for grant in grants {
        let with = |more: &[(&'static str, &'static str)]| [grant, more].concat();
        assert_eq!(test.send(token(&with(&[("client_id", "web")]))).await.refusal(), invalid_client(), "{grant:?}");
        let empty = with(&[("client_id", "web"), ("client_secret", "")]);
        assert_eq!(test.send(token(&empty)).await.refusal(), invalid_client(), "{grant:?}");
        assert_eq!(test.send(token(grant).basic("web", "")).await.refusal(), invalid_client(), "{grant:?}");
        assert_eq!(test.send(token(grant)).await.refusal(), invalid_client(), "{grant:?}");
    }
    assert_eq!(test.exchange(&code).await.status, 200);
    assert_eq!(test.refresh(&tokens.refresh).await.status, 200);
}

#[tokio::test]
async fn a_public_client_with_a_secret_is_refused() {
    let test = Test::new().await;
    let code = test.signed_in("ada").await.code(&AuthRequest::of(&SPA)).await;
    let with_secret = Test::exchange_call(&SPA, &code).basic("spa", "anything");
    assert_eq!(test.send(with_secret).await.refusal(), invalid_client());
    assert_eq!(test.send(Test::exchange_call(&SPA, &code)).await.status, 200);
}

#[tokio::test]
async fn a_failed_client_gets_a_challenge_and_nothing_to_cache() {
    let test = Test::new().await;
    let reply = test.send(token(&GRANT).basic("machine", "wrong")).await;
    assert_eq!(reply.refusal(), invalid_client());
    assert!(reply.header("www-authenticate").starts_with("Basic realm="));
    assert_eq!(reply.header("content-type"), "application/json");
    assert_eq!(reply.header("cache-control"), "no-store");
}

#[tokio::test]
async fn an_unknown_client_and_a_wrong_secret_look_the_same() {
    let test = Test::new().await;
    let answer = async |id: &str, secret: &str| -> Reply { test.send(token(&GRANT).basic(id, secret)).await };
    test.provider.disable_client("house").await.unwrap();
    let wrong = answer("machine", "wrong").await;
    for reply in [answer("nobody", "wrong").await, answer("house", FIRST_PARTY.secret.unwrap()).await] {
        assert_eq!((reply.status, without_uri(&reply)), (wrong.status, without_uri(&wrong)));
        assert_eq!(reply.header("www-authenticate"), wrong.header("www-authenticate"));
        assert_eq!(reply.body.len() - id_in(&reply).len(), wrong.body.len() - id_in(&wrong).len());
    }
}

fn without_uri(reply: &Reply) -> serde_json::Value {
    let mut body = reply.json();
    assert!(body.as_object_mut().unwrap().remove("error_uri").is_some());
    body
}

#[tokio::test]
async fn the_addresses_that_explain_failed_proofs_do_not_tell_which_clients_exist() {
    let test = Test::new().await;
    test.provider.disable_client("house").await.unwrap();
    let [grant] = GRANT;
    for (id, right) in
        [("machine", "wrong"), ("house", FIRST_PARTY.secret.unwrap()), ("spa", "wrong"), ("nobody", "wrong")]
    {
        let basic = id_in(&test.send(token(&GRANT).basic(id, "wrong")).await);
        let again = id_in(&test.send(token(&GRANT).basic(id, right)).await);
        let posted = id_in(&test.send(token(&[grant, ("client_id", id), ("client_secret", "wrong")])).await);
        assert!(basic.len() == "invalid_client-".len() + 26 && basic == again && basic != posted, "{id}");
    }
}

#[tokio::test]
async fn one_clients_secret_does_not_open_another() {
    let test = Test::new().await;
    register(&test, "twin-a", "the same secret for both").await;
    register(&test, "twin-b", "another secret").await;
    assert_eq!(test.send(token(&GRANT).basic("twin-a", "the same secret for both")).await.status, 200);
    let crossed = test.send(token(&GRANT).basic("twin-b", "the same secret for both")).await;
    assert_eq!(crossed.refusal(), invalid_client());
}
