//! Both path families, both slash forms, metadata, health, CORS, and what is not there (AZ-48,
//! AZ-50, AZ-51, TK-35).

use serde_json::json;

use crate::harness::{AuthRequest, Call, ISSUER, MACHINE, Reply, Test, VERIFIER, WEB};

#[tokio::test]
async fn the_code_flow_works_under_every_path() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    browser.allow(&AuthRequest::of(&WEB)).await;
    for prefix in ["/oauth", "/oauth2"] {
        for slash in ["", "/"] {
            let at = |name: &str| format!("{prefix}/{name}{slash}");
            let path = AuthRequest::of(&WEB).path().replace("/oauth2/authorize", &at("authorize"));
            let code = browser.get(&path).await.param("code").unwrap();
            let pairs = [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", WEB.redirect_uri)];
            let pairs = [&pairs[..], &[("code_verifier", VERIFIER)]].concat();
            let token = test.send(WEB.call(&at("token"), &pairs)).await.member("access_token");
            let response = test.send(WEB.call(&at("introspect"), &[("token", &token)])).await;
            assert_eq!(response.json()["active"], true);
            let info = test.send(Call::get(&format!("{}?access_token={token}", at("tokeninfo")))).await;
            assert_eq!(info.status, 200);
            assert_eq!(test.send(WEB.call(&at("revoke"), &[("token", &token)])).await.status, 200);
            assert!(!test.is_active(&token).await);
        }
    }
}

#[tokio::test]
async fn sign_in_comes_back_to_either_family() {
    let test = Test::new().await;
    let path = AuthRequest::of(&WEB).path().replace("/oauth2/authorize", "/oauth/authorize/");
    let reply = test.browser().get(&path).await;
    assert!(reply.location().starts_with("/login?return_to=%2Foauth2%2Fauthorize%3F"), "{}", reply.location());
}

#[tokio::test]
async fn pages_answer_with_and_without_a_slash() {
    let test = Test::new().await;
    let browser = test.signed_in("ada").await;
    for path in ["/account", "/account/tokens", "/account/sessions", "/account/applications", "/account/password"] {
        assert_eq!(browser.get(path).await.status, 200, "{path}");
        assert_eq!(browser.get(&format!("{path}/")).await.status, 200, "{path}/");
    }
    for path in ["/developer", "/developer/applications", "/developer/applications/new", "/account/tokens/new"] {
        assert_eq!(browser.get(path).await.status, 200, "{path}");
        assert_eq!(browser.get(&format!("{path}/")).await.status, 200, "{path}/");
    }
    assert_eq!(browser.get("/").await.location(), "/account");
    assert_eq!(test.browser().get("/").await.location(), "/login");
}

#[tokio::test]
async fn the_metadata_lists_what_works_under_the_issuers_name() {
    let test = Test::with(|settings| settings.issuer = "https://id.example".to_owned()).await;
    let one = test.send(Call::get("/.well-known/oauth-authorization-server").header("host", "evil.example")).await;
    let forwarded = Call::get("/.well-known/openid-configuration/").header("x-forwarded-host", "evil.example");
    let other = test.send(forwarded.header("x-forwarded-proto", "http").header("forwarded", "host=evil.example")).await;
    assert_eq!(one.json(), other.json());
    let at = |name: &str| format!("https://id.example/oauth2/{name}");
    let expected = json!({
        "issuer": "https://id.example",
        "authorization_endpoint": at("authorize"), "token_endpoint": at("token"),
        "revocation_endpoint": at("revoke"), "introspection_endpoint": at("introspect"),
        "response_types_supported": ["code"], "response_modes_supported": ["query", "form_post"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials", "password"],
        "token_endpoint_auth_methods_supported":
            ["client_secret_basic", "client_secret_post", "none", "private_key_jwt"],
        "revocation_endpoint_auth_methods_supported":
            ["client_secret_basic", "client_secret_post", "none", "private_key_jwt"],
        "introspection_endpoint_auth_methods_supported":
            ["client_secret_basic", "client_secret_post", "private_key_jwt"],
        "pushed_authorization_request_endpoint": at("par"),
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&one.json()[name], value, "{name}");
    }
    let scopes = one.json()["scopes_supported"].as_array().unwrap().clone();
    let ours = scopes.into_iter().filter(|scope| !oauth::oidc::SCOPES.contains(&scope.as_str().unwrap()));
    let known = ["introspect", "read", "service_id=uslicer.iponweb.com", "write"];
    assert_eq!(ours.collect::<Vec<_>>(), known);
    let reply = test.signed_in("ada").await.allow(&AuthRequest::of(&WEB)).await;
    assert_eq!(reply.param("iss").as_deref(), Some("https://id.example"));
}

#[tokio::test]
async fn health_answers_and_ready_leaves_no_rows() {
    let test = Test::new().await;
    assert_eq!(test.send(Call::get("/health/live")).await.status, 200);
    assert_eq!(test.send(Call::get("/health/ready")).await.status, 200);
}

fn cors(reply: &Reply) -> (&str, &str) {
    (reply.header("access-control-allow-origin"), reply.header("access-control-allow-credentials"))
}

#[tokio::test]
async fn any_origin_may_call_the_protocol_and_never_with_credentials() {
    let test = Test::new().await;
    let token = test.tokens().await.access;
    let from = |call: Call| call.header("origin", "https://evil.example");
    let calls = [
        (MACHINE.call("/oauth2/token", &[("grant_type", "client_credentials")]), 200),
        (Call::post("/oauth2/token", &[]), 400),
        (MACHINE.call("/oauth2/token", &[("x", &"x".repeat(70_000))]), 413),
        (Call::get("/oauth2/token"), 405),
        (Call::post("/oauth/token/", &[("grant_type", "client_credentials")]), 401),
        (Call::post("/oauth2/introspect", &[]), 401),
        (Call::post("/oauth2/revoke", &[("token", "x")]), 401),
        (Call::get("/oauth2/tokeninfo").bearer(&token), 200),
        (Call::get("/oauth2/tokeninfo"), 401),
        (Call::get("/oauth2/tokeninfo?access_token=garbage"), 400),
        (Call::get(&format!("/oauth2/tokeninfo?x={}", "x".repeat(17_000))), 414),
        (Call::get("/.well-known/oauth-authorization-server"), 200),
        (Call::get("/.well-known/openid-configuration"), 200),
    ];
    for (call, status) in calls {
        let reply = test.send(from(call.clone())).await;
        assert_eq!((reply.status, cors(&reply)), (status, ("*", "")), "{call:?}");
    }
    for page in ["/login", "/account", "/oauth2/authorize", "/nowhere"] {
        assert_eq!(cors(&test.send(from(Call::get(page))).await), ("", ""), "{page}");
    }
}

#[tokio::test]
async fn a_preflight_allows_the_headers_that_swagger_ui_and_others_send() {
    let test = Test::new().await;
    let wanted = "authorization,content-type,accept,x-requested-with,dpop,mcp-protocol-version";
    for path in ["/oauth2/token", "/oauth/revoke/", "/oauth2/introspect", "/oauth2/tokeninfo"] {
        let call = Call::new("OPTIONS", path).header("origin", "http://localhost:3000");
        let call =
            call.header("access-control-request-method", "POST").header("access-control-request-headers", wanted);
        let reply = test.send(call).await;
        assert_eq!((reply.status, cors(&reply)), (200, ("*", "")), "{path}");
        let allowed = reply.header("access-control-allow-headers").to_lowercase();
        assert!(wanted.split(',').all(|name| allowed.contains(name)), "{allowed}");
        assert!(reply.header("access-control-allow-methods").contains("POST"));
    }
}

#[tokio::test]
async fn what_is_not_there_is_our_own_page_or_json() {
    let test = Test::new().await;
    for path in ["/nowhere", "/oauth2", "/oauth2/nowhere", "/account/nowhere", "/.well-known", "/%00", "/%ff%fe"] {
        let page = test.browser().get(path).await;
        assert_eq!((page.status, page.is_error_page()), (404, true), "{path}");
        assert!(page.text().contains("Page not found"));
        let json = test.send(Call::get(path).header("accept", "application/json")).await;
        assert_eq!(json.refusal(), (404, "invalid_request".to_owned()), "{path}");
        assert!(test.send(Call::post(path, &[("a", "b")])).await.status == 404, "{path}");
    }
}

#[tokio::test]
async fn every_wrong_method_is_told_in_json_with_the_right_ones() {
    let test = Test::new().await;
    for path in ["/oauth2/token", "/oauth/introspect", "/oauth2/revoke", "/login", "/account", "/consent", "/logout"] {
        let reply = test.send(Call::new("DELETE", path)).await;
        assert_eq!(reply.refusal(), (405, "invalid_request".to_owned()), "{path}");
        assert!(!reply.header("allow").is_empty(), "{path}");
    }
    for path in ["/consent", "/logout"] {
        assert_eq!(test.signed_in("ada").await.get(path).await.status, 405, "{path}");
    }
    assert_eq!(ISSUER, test.provider.settings().issuer);
}

#[tokio::test]
async fn what_is_missing_under_well_known_is_told_as_json_to_any_origin() {
    let test = Test::new().await;
    for path in ["oauth-protected-resource", "openid-configuration/tenant", "webfinger?resource=x", "x/"] {
        for method in ["GET", "POST"] {
            let call = Call::new(method, &format!("/.well-known/{path}"));
            let call = call.header("origin", "https://evil.example").header("accept", "text/html");
            let reply = test.send(call).await;
            assert_eq!(
                (reply.refusal(), cors(&reply)),
                ((404, "invalid_request".to_owned()), ("*", "")),
                "{method} {path}"
            );
            assert!(reply.cookies().is_empty());
        }
    }
    let call = Call::new("OPTIONS", "/.well-known/x").header("origin", "https://evil.example");
    let reply = test.send(call.header("access-control-request-method", "GET")).await;
    assert_eq!((reply.status, reply.header("access-control-allow-origin")), (200, "*"));
}

#[tokio::test]
async fn password_managers_find_the_page_for_changing_the_password() {
    let reply = Test::new().await.send(Call::get("/.well-known/change-password")).await;
    assert_eq!((reply.status, reply.location()), (303, "/account/password"));
}
