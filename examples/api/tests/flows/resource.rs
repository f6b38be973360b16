//! The resource server and its Swagger UI.

use crate::stand_in::{header, program, request, send, with_issuer};
use axum::http::{Method, StatusCode, header};

const BROWSER: (&str, &str) = ("accept", "text/html,*/*;q=0.8");

#[tokio::test]
async fn reading_is_open_to_everyone() {
    let (status, _, body) = send(&program().await, request(Method::GET, "/resource_1", &[], "")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(body.contains(r#""resource":1"#), "{body}");
}

#[tokio::test]
async fn writing_needs_an_active_token_with_the_scope() {
    let app = program().await;
    for (token, status, challenge) in [
        (None, 401, Some(r#"Bearer realm="example-api""#)),
        (Some("Bearer unknown"), 401, Some("invalid_token")),
        (Some("Bearer read"), 403, Some("insufficient_scope")),
        (Some("Bearer write"), 200, None),
    ] {
        let headers: Vec<_> = token.map(|token| ("authorization", token)).into_iter().collect();
        let (got, answer, body) = send(&app, request(Method::POST, "/resource_1", &headers, "{}")).await;
        assert_eq!(got, status, "{token:?}: {body}");
        assert_eq!(header(&answer, header::CONTENT_TYPE), Some("application/json"));
        let seen = header(&answer, header::WWW_AUTHENTICATE);
        assert_eq!(seen.is_some(), challenge.is_some(), "{token:?}");
        assert!(seen.unwrap_or_default().contains(challenge.unwrap_or_default()), "{seen:?}");
    }
}

#[tokio::test]
async fn a_browser_writes_with_its_cookie_and_gets_a_page_when_it_may_not() {
    let app = program().await;
    let cookie = |token: &str| format!("infraviewer_token={token}");
    let (status, _, body) =
        send(&app, request(Method::POST, "/resource_1", &[BROWSER, ("cookie", &cookie("write"))], "")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(body.contains("Written."), "{body}");
    for (token, expected) in [("read", 403), ("unknown", 401), ("", 401)] {
        let headers = [BROWSER, ("cookie", &*cookie(token))];
        let (status, answer, body) = send(&app, request(Method::POST, "/resource_1", &headers, "")).await;
        assert_eq!(status, expected);
        assert!(header(&answer, header::CONTENT_TYPE).unwrap().starts_with("text/html"));
        assert!(body.contains("<h1>"), "{body}");
    }
}

#[tokio::test]
async fn another_origin_cannot_write_with_the_cookie() {
    let headers = [("cookie", "infraviewer_token=write"), ("origin", "http://127.0.0.1:8080")];
    let (status, _, _) = send(&program().await, request(Method::POST, "/resource_1", &headers, "")).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn nobody_gets_in_while_the_authorization_server_is_away() {
    let app = with_issuer("http://127.0.0.1:9".to_owned());
    let bearer = ("authorization", "Bearer write");
    let (status, _, body) = send(&app, request(Method::POST, "/resource_1", &[bearer], "")).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{body}");
    let (status, _, _) = send(&app, request(Method::GET, "/health/ready", &[], "")).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    let (_, answer, _) = send(&app, request(Method::POST, "/login", &[], "username=ada&password=right")).await;
    assert_eq!(header(&answer, header::LOCATION), Some("/?login=unavailable"));
    assert_eq!(header(&answer, header::SET_COOKIE), None);
    let (status, _, _) = send(&program().await, request(Method::GET, "/health/ready", &[], "")).await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn swagger_ui_is_whole_and_its_redirect_page_stands_where_it_is_registered() {
    let app = program().await;
    let page = send(&app, request(Method::GET, "/docs", &[], "")).await.2;
    assert!(page.contains("swagger-ui-bundle.js"));
    for (path, part) in [
        ("/swagger-ui/swagger-ui-bundle.js", "SwaggerUIBundle"),
        ("/swagger-ui/swagger-ui.css", ".swagger-ui"),
        ("/docs/start.js", "usePkceWithAuthorizationCodeGrant: true"),
        ("/oauth2-redirect.html", "oauth2-redirect.js"),
        ("/oauth2-redirect.js", "swaggerUIRedirectOauth2"),
        ("/openapi.json", "/oauth2/authorize"),
    ] {
        let (status, _, body) = send(&app, request(Method::GET, path, &[], "")).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(body.contains(part), "{path}");
    }
    let (status, _, _) = send(&app, request(Method::GET, "/swagger-ui/nothing.js", &[], "")).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}
