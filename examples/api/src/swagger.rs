//! Swagger UI (rows F3 and F4): an unmodified third-party client, which runs in the browser.

use crate::{State, openapi};
use axum::{
    Router,
    body::Body,
    extract::{self, Request},
    http::{HeaderValue, Uri, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use swagger_ui_dist::{ApiDefinition, OpenApiSource, generate_routes};
use tower::ServiceExt;

/// Where the files of the package stand.
const FILES: &str = "/swagger-ui";

const PAGE: &str = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Swagger UI – example API</title>
<link rel="stylesheet" href="/swagger-ui/swagger-ui.css">
<link rel="icon" href="data:,">
</head>
<body>
<div id="swagger-ui"></div>
<noscript><p>Swagger UI needs JavaScript. <a href="/openapi.json">The description of the API</a> does not.</p></noscript>
<script src="/swagger-ui/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"#;

/// The address of the redirect page is registered at the authorization server to the letter, so it is said here and not
/// derived from the path of this page.
const START: &str = r##"const ui = SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  oauth2RedirectUrl: location.origin + "/oauth2-redirect.html",
});
"##;

/// What Jeton's page of an application tells its developer to write. PKCE is off in Swagger UI unless it is asked for.
const SNIPPET: &str = include_str!("../../snippets/swagger-ui.js");

/// The same with this example's client and scopes.
fn sign_in() -> String {
    SNIPPET.replace("{{scoped}}", "").replace("{{client_id}}", "swagger-ui").replace("{{scope}}", "read write")
}

/// Everything that Swagger UI needs, its redirect page at `/oauth2-redirect.html`.
pub fn routes() -> Router<crate::Shared> {
    let files = generate_routes(ApiDefinition {
        uri_prefix: FILES,
        api_definition: OpenApiSource::Uri("/openapi.json"),
        title: Some("Swagger UI"),
    });
    let redirect = get(move |request: Request| from_package(files.clone(), request));
    Router::new()
        .route("/docs", get(page))
        .route("/docs/", get(page))
        .route("/docs/start.js", get(start))
        .route("/openapi.json", get(description))
        .route("/swagger-ui/{file}", redirect.clone())
        .route("/oauth2-redirect.html", redirect.clone())
        .route("/oauth2-redirect.js", redirect)
}

/// Serves a file of the package, whichever of our paths it was asked by.
async fn from_package(files: Router, mut request: Request) -> Response {
    let name = request.uri().path().rsplit('/').next().unwrap_or_default();
    let Ok(uri) = format!("{FILES}/{name}").parse::<Uri>() else {
        return axum::http::StatusCode::NOT_FOUND.into_response();
    };
    *request.uri_mut() = uri;
    match files.oneshot(request).await {
        Ok(answer) => answer,
        Err(never) => match never {},
    }
}

/// `GET /docs`. No `Cross-Origin-Opener-Policy`: the sign-in popup has to reach its opener.
async fn page(extract::State(state): State) -> Response {
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
         connect-src 'self' {}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        state.settings.issuer
    );
    let mut answer: Response<Body> = Html(PAGE).into_response();
    if let Ok(policy) = HeaderValue::try_from(policy) {
        answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    answer
}

async fn start() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript")], format!("{START}{}", sign_in())).into_response()
}

async fn description(extract::State(state): State) -> Response {
    let body = openapi::document(&state.settings.issuer).to_string();
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}
