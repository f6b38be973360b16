//! The stand-in, the program in front of it, and a way to ask it.

use axum::{
    Router,
    body::Body,
    http::{Method, Request, Response, StatusCode, header},
    routing::post,
};
use example_api::{Credentials, Settings, app};
use http_body_util::BodyExt;
use tower::ServiceExt;

/// Knows the tokens `write` and `read`, each with the scope of its name, and ada's password `right`.
pub async fn stand_in() -> String {
    let introspect = post(async |body: String| match body.as_str() {
        "token=write" => r#"{"active":true,"scope":"read write","username":"<ada>"}"#,
        "token=read" => r#"{"active":true,"scope":"read","username":"guest"}"#,
        _ => r#"{"active":false}"#,
    });
    let token = post(async |body: String| {
        if body.contains("password=right") {
            return (StatusCode::OK, r#"{"access_token":"write","expires_in":3600}"#);
        }
        let throttled = body.contains("password=again");
        let status = if throttled { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::BAD_REQUEST };
        (status, r#"{"error":"invalid_grant"}"#)
    });
    let routes = Router::new()
        .route("/oauth2/introspect", introspect)
        .route("/oauth2/token", token)
        .route("/oauth2/revoke", post(async || "{}"));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    issuer
}

pub async fn program() -> Router {
    with_issuer(stand_in().await)
}

pub fn with_issuer(issuer: String) -> Router {
    let client = Credentials { id: "c".to_owned(), secret: "s".to_owned() };
    let listen = "127.0.0.1:0".parse().unwrap();
    app(Settings { listen, issuer, api: client.clone(), infraviewer: client })
}

pub fn request(method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Request<Body> {
    let request = Request::builder().method(method).uri(path).header("host", "127.0.0.1:8081");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    request.body(Body::from(body.to_owned())).unwrap()
}

pub async fn send(app: &Router, request: Request<Body>) -> (StatusCode, Response<()>, String) {
    let (parts, body) = app.clone().oneshot(request).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    (parts.status, Response::from_parts(parts, ()), String::from_utf8_lossy(&body).into_owned())
}

pub fn header(answer: &Response<()>, name: header::HeaderName) -> Option<&str> {
    answer.headers().get(name).map(|value| value.to_str().unwrap())
}
