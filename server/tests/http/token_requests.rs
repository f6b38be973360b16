//! Parameters and responses of the token endpoint (TK-24 to TK-34).

use crate::harness::{AuthRequest, Call, MACHINE, SPA, Test, TestClient, WEB};

fn refused(error: &str) -> (u16, String) {
    (400, error.to_owned())
}

#[tokio::test]
async fn a_repeated_parameter_is_refused() {
    let test = Test::new().await;
    for name in ["grant_type", "scope", "code", "redirect_uri", "code_verifier", "refresh_token", "username"] {
        let pairs = [("grant_type", "client_credentials"), (name, "client_credentials"), (name, "read")];
        assert_eq!(test.token(&MACHINE, &pairs).await.refusal(), refused("invalid_request"), "{name}");
    }
    let twice = [("grant_type", "client_credentials"), ("client_id", "machine"), ("client_id", "machine")];
    assert_eq!(test.token(&MACHINE, &twice).await.refusal(), refused("invalid_request"));
    assert_eq!(test.token(&MACHINE, &twice[..2]).await.status, 200);
}

#[tokio::test]
async fn only_a_form_is_read() {
    let test = Test::new().await;
    let call = || Call::new("POST", "/oauth2/token").basic("machine", MACHINE.secret.unwrap());
    let form = "grant_type=client_credentials";
    let bodies = [
        call().body("application/json", "{\"grant_type\":\"client_credentials\"}"),
        call().body("text/plain", form),
        call().body("multipart/form-data; boundary=x", "--x\r\n\r\n--x--"),
        call().body("application/x-www-form-urlencoded", form).without_header("content-type"),
    ];
    for body in bodies {
        let reply = test.send(body).await;
        assert_eq!(reply.refusal(), refused("invalid_request"));
        assert_eq!(reply.header("content-type"), "application/json");
    }
    let charset = call().body("Application/X-WWW-Form-URLencoded; charset=UTF-8", form);
    assert_eq!(test.send(charset).await.status, 200);
}

#[tokio::test]
async fn get_is_refused_and_the_query_does_not_count() {
    let test = Test::new().await;
    let get = test
        .send(Call::get("/oauth2/token?grant_type=client_credentials").basic("machine", MACHINE.secret.unwrap()))
        .await;
    assert_eq!(get.status, 405);
    assert!(get.header("allow").contains("POST"), "{:?}", get.headers);
    let query =
        Call::post("/oauth2/token?grant_type=client_credentials", &[]).basic("machine", MACHINE.secret.unwrap());
    assert_eq!(test.send(query).await.refusal(), refused("invalid_request"));
}

#[tokio::test]
async fn a_body_over_64_kib_is_refused_before_it_is_read() {
    let test = Test::new().await;
    let call = |length: usize| {
        let start = "grant_type=client_credentials&x=";
        let body = format!("{start}{}", "x".repeat(length - start.len()));
        MACHINE
            .call("/oauth2/token", &[])
            .without_header("content-type")
            .body("application/x-www-form-urlencoded", body)
    };
    assert_eq!(test.send(call(65_536)).await.status, 200);
    let refused = (413, "invalid_request".to_owned());
    assert_eq!(test.send(call(65_537)).await.refusal(), refused);
    // Announced only: nobody waits for a gigabyte.
    assert_eq!(test.send(call(100).header("content-length", "1073741824")).await.refusal(), refused);
    assert_eq!(test.send(call(1 << 20)).await.refusal(), refused);
}

#[tokio::test]
async fn a_compressed_body_is_refused() {
    let test = Test::new().await;
    let call =
        MACHINE.call("/oauth2/token", &[("grant_type", "client_credentials")]).header("content-encoding", "gzip");
    assert_eq!(test.send(call).await.refusal(), (415, "invalid_request".to_owned()));
}

#[tokio::test]
async fn thousands_of_parameters_are_refused() {
    let test = Test::new().await;
    let body = format!("grant_type=client_credentials{}", "&a=b".repeat(10_000));
    let call = MACHINE.call("/oauth2/token", &[]).without_header("content-type");
    let reply = test.send(call.body("application/x-www-form-urlencoded", body)).await;
    assert_eq!(reply.refusal(), refused("invalid_request"));
}

#[tokio::test]
async fn bytes_that_are_no_text_are_refused_in_every_parameter() {
    let test = Test::new().await;
    let names =
        "grant_type code redirect_uri code_verifier refresh_token username password scope client_id client_secret x";
    for name in names.split(' ') {
        for value in ["%00", "a%00b", "%FF", "%ED%A0%80", "%C0%80", "%E2%82", "\0", "\u{1}%F5"] {
            for body in [format!("grant_type=client_credentials&{name}={value}"), format!("{value}={name}")] {
                let call = Call::new("POST", "/oauth2/token").body("application/x-www-form-urlencoded", body.clone());
                assert_eq!(test.send(call).await.refusal(), refused("invalid_request"), "{body:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_grant_type_must_be_named_known_and_allowed() {
    let test = Test::new().await;
    assert_eq!(test.token(&WEB, &[]).await.refusal(), refused("invalid_request"));
    assert_eq!(test.token(&WEB, &[("grant_type", "")]).await.refusal(), refused("invalid_request"));
    for unknown in ["nonsense", "urn:ietf:params:oauth:grant-type:device_code", "PASSWORD", "implicit"] {
        assert_eq!(test.token(&WEB, &[("grant_type", unknown)]).await.refusal(), refused("unsupported_grant_type"));
    }
    let own = [("grant_type", "client_credentials")];
    assert_eq!(test.token(&WEB, &own).await.refusal(), refused("unauthorized_client"));
    assert_eq!(test.token(&SPA, &own).await.refusal(), refused("unauthorized_client"));
    let refresh = [("grant_type", "refresh_token"), ("refresh_token", "x")];
    assert_eq!(test.token(&MACHINE, &refresh).await.refusal(), refused("unauthorized_client"));
}

#[tokio::test]
async fn a_client_that_acts_for_itself_gets_no_refresh_token_and_no_user() {
    let test = Test::new().await;
    let reply = test.token(&MACHINE, &[("grant_type", "client_credentials"), ("scope", "read")]).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json()["refresh_token"], serde_json::Value::Null);
    assert_eq!(reply.member("scope"), "read");
    let response = test.introspect(&reply.member("access_token")).await;
    assert_eq!((&response["sub"], &response["client_id"]), (&"machine".into(), &"machine".into()));
    assert_eq!(response["username"], serde_json::Value::Null);
}

#[tokio::test]
async fn no_scope_is_widened_at_the_token_endpoint() {
    let test = Test::new().await;
    let code = test.signed_in("ada").await.code(&AuthRequest::of(&WEB)).await;
    let pairs = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", WEB.redirect_uri),
        ("code_verifier", crate::harness::VERIFIER),
        ("scope", "read write"),
    ];
    let reply = test.token(&WEB, &pairs).await;
    assert_eq!((reply.status, reply.member("scope")), (200, "read".to_owned()));
    for scope in ["nonsense", "read nonsense", "re\"ad"] {
        let pairs = [("grant_type", "client_credentials"), ("scope", scope)];
        assert_eq!(test.token(&MACHINE, &pairs).await.refusal(), refused("invalid_scope"), "{scope}");
    }
}

#[tokio::test]
async fn every_answer_is_json_that_no_cache_keeps() {
    let test = Test::new().await;
    let client = TestClient { secret: Some("wrong"), ..MACHINE };
    for client in [MACHINE, client] {
        let reply = test.token(&client, &[("grant_type", "client_credentials")]).await;
        assert_eq!(reply.header("cache-control"), "no-store");
        assert_eq!(reply.header("content-type"), "application/json");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
    }
}
