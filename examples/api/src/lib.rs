//! A program of the authorization server's users: a resource server that checks tokens by introspection, its
//! Swagger UI, and InfraViewer, a web service that signs people in with the password grant. It knows nothing of
//! the authorization server's code, only its wire.

mod authority;
mod browser;
mod html;
mod infraviewer;
mod openapi;
mod refusal;
mod resource;
mod settings;
mod swagger;

use authority::Authority;
use axum::{
    Router, extract,
    extract::DefaultBodyLimit,
    http::{HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
pub use settings::{Credentials, Settings};
use std::sync::Arc;

/// What every handler reads; nothing in it changes.
struct Parts {
    settings: Arc<Settings>,
    authority: Authority,
}

type Shared = Arc<Parts>;
type State = extract::State<Shared>;

/// The whole program as a service: every route in one list.
pub fn app(settings: Settings) -> Router {
    let settings = Arc::new(settings);
    let authority = Authority::new(settings.clone());
    Router::new()
        .route("/", get(infraviewer::start))
        .route("/login", get(infraviewer::sign_in_page).post(infraviewer::sign_in))
        .route("/logout", post(infraviewer::sign_out))
        .route("/resource_1", get(resource::read).post(resource::write))
        .route("/style.css", get(html::style))
        .route("/health/ready", get(ready))
        .merge(swagger::routes())
        .layer(DefaultBodyLimit::max(65_536))
        .layer(middleware::from_fn(common_headers))
        .with_state(Arc::new(Parts { settings, authority }))
}

/// `GET /health/ready`: ready means that a token could be checked now, with our own credentials.
async fn ready(extract::State(state): State) -> Response {
    match state.authority.introspect("ready").await {
        Ok(_) => "ready\n".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the authorization server cannot be asked\n").into_response(),
    }
}

async fn common_headers(request: extract::Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    answer
}
