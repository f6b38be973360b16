//! The HTTP edge of the authorization server, and its command line.
//!
//! The router has every route in one list: [`router`]. Middleware is in `middleware`, the requests
//! that bypass both in `fast_path`.

pub mod address;
pub mod assets;
pub mod brand;
pub mod browser;
pub mod cli;
pub mod config;
mod endpoints;
mod fast_path;
pub mod fetch;
pub mod form;
mod header;
mod middleware;
mod pages;
pub mod proxy_header;
mod respond;
pub mod serve;
pub mod session;
pub mod startup;
pub mod state;
mod ui;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get, post};
use tower::Layer;
use tower_http::normalize_path::{NormalizePath, NormalizePathLayer};

use self::endpoints::{authorize, check, end_session, health, jwks, metadata, par, revoke, token, userinfo};
pub use self::fast_path::FastPath;
use self::pages::{
    account, application, applications, connections, delete_account, login, logout_settings, name, problems, sessions,
    setup, tokens,
};
pub use self::serve::serve;
use self::state::Site;

/// The whole site: the fast path in front of the router.
pub fn service(site: Site) -> FastPath {
    FastPath::new(site.clone(), routed(site))
}

/// The router, with and without a trailing slash in the path.
pub fn routed(site: Site) -> NormalizePath<Router> {
    NormalizePathLayer::trim_trailing_slash().layer(router(site))
}

/// The router: every endpoint and every page, with their middleware.
pub fn router(site: Site) -> Router {
    let browser = Router::new()
        .merge(authorization_pages())
        .merge(account_pages())
        .merge(developer_pages())
        .merge(ui::routes())
        .route("/errors/{id}", get(problems::get))
        .fallback(pages::not_found)
        .method_not_allowed_fallback(pages::method_not_allowed)
        .layer(session::layer(&site))
        .layer(from_fn(browser::cookies::drop_unreadable))
        .layer(from_fn_with_state(site.clone(), middleware::catch_panics))
        .layer(from_fn(middleware::limit_target))
        .layer(browser::compress::layer());
    Router::new()
        .merge(documents())
        .merge(protocol_endpoints("/oauth2"))
        .merge(protocol_endpoints("/oauth"))
        .merge(files_and_health())
        .method_not_allowed_fallback(middleware::method_not_allowed)
        .fallback_service(browser.with_state(site.clone()))
        .layer(from_fn_with_state(site.clone(), middleware::request_layer))
        .with_state(site)
}

/// Endpoints that programs call.
fn protocol_endpoints(prefix: &str) -> Router<Site> {
    let endpoints = Router::new()
        .route(&format!("{prefix}/token"), post(token::post))
        .route(&format!("{prefix}/tokeninfo"), get(check::token_info).post(check::token_info))
        .route(&format!("{prefix}/introspect"), post(check::introspection))
        .route(&format!("{prefix}/jwks"), get(jwks::get))
        .route(&format!("{prefix}/par"), post(par::post))
        .route(&format!("{prefix}/revoke"), post(revoke::post))
        .route(&format!("{prefix}/userinfo"), get(userinfo::get).post(userinfo::post));
    with_program_layers(endpoints)
}

/// Public documents.
fn documents() -> Router<Site> {
    let routes = Router::new()
        .route("/.well-known/oauth-authorization-server", get(metadata::get))
        .route("/.well-known/openid-configuration", get(metadata::get))
        .route("/.well-known/{*name}", any(metadata::missing));
    with_program_layers(routes)
}

/// Adds the middleware of programs' endpoints. CORS is outermost, so that scripts can read every
/// error.
fn with_program_layers(routes: Router<Site>) -> Router<Site> {
    routes
        .method_not_allowed_fallback(middleware::method_not_allowed)
        .layer((middleware::cors(), from_fn(middleware::program_layer)))
}

/// Health checks, static files and redirects.
fn files_and_health() -> Router<Site> {
    Router::new()
        .route("/.well-known/change-password", get(account::change_password_page))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/assets/{name}", get(assets::get))
        .route("/favicon.ico", get(assets::favicon))
        .layer(from_fn(middleware::program_layer))
}

/// The authorization endpoint and the pages around it.
fn authorization_pages() -> Router<Site> {
    Router::new()
        .route("/oauth2/authorize", get(authorize::get).post(authorize::post))
        .route("/oauth/authorize", get(authorize::get).post(authorize::post))
        .route("/consent", post(authorize::decide))
        .route("/oauth2/end-session", get(end_session::get).post(end_session::post))
        .route("/oauth/end-session", get(end_session::get).post(end_session::post))
        .route("/logout/confirm", post(end_session::confirm))
        .route("/logged-out", get(end_session::signed_out))
        .route("/login", get(login::get).post(login::post))
        .route("/forgot", get(login::forgot))
        .route("/logout", post(login::logout))
        .route("/language", get(account::language))
        .route("/setup", get(setup::get).post(setup::post))
        .route("/", get(pages::home))
}

/// The pages of the account area.
fn account_pages() -> Router<Site> {
    Router::new()
        .route("/account", get(account::get))
        .route("/account/name", get(name::get).post(name::post))
        .route("/account/delete", get(delete_account::get).post(delete_account::post))
        .route("/account/password", get(account::password).post(account::change_password))
        .route("/account/theme", post(account::theme))
        .route("/account/tokens", get(tokens::list))
        .route("/account/tokens/new", get(tokens::new).post(tokens::create))
        .route("/account/tokens/{id}/rename", get(tokens::ask_rename).post(tokens::rename))
        .route("/account/tokens/{id}/revoke", get(tokens::ask_revoke).post(tokens::revoke))
        .route("/account/sessions", get(sessions::list))
        .route("/account/sessions/others", get(sessions::ask_others).post(sessions::end_others))
        .route("/account/sessions/{id}/end", post(sessions::end))
        .route("/account/applications", get(connections::list))
        .route("/account/applications/{id}", get(connections::get))
        .route("/account/applications/{id}/remove", get(connections::ask_remove).post(connections::remove))
}

/// The pages of the developer area.
fn developer_pages() -> Router<Site> {
    Router::new()
        .route("/developer", get(applications::developer))
        .route("/developer/applications", get(applications::list))
        .route("/developer/applications/new", get(applications::new).post(applications::create))
        .route("/developer/applications/{id}", get(application::get).post(application::save))
        .route("/developer/applications/{id}/rotate", get(application::rotation).post(application::rotate))
        .route("/developer/applications/{id}/sign-out", post(logout_settings::save))
        .route("/developer/applications/{id}/delete", get(application::ask_delete).post(application::delete))
        .route("/developer/applications/{id}/problems/clear", post(application::clear))
        .route("/developer/applications/{id}/problems/{problem}/add", get(problems::ask).post(problems::add))
}
