//! `GET /.well-known/oauth-authorization-server` (RFC 8414), and the same under OpenID Connect's name.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use oauth::Metadata;
use provider::PasswordGrant;

use crate::respond;
use crate::state::Site;

/// What this server can do: only what works is listed.
pub async fn get(State(site): State<Site>) -> Response {
    let settings = site.provider.settings();
    match site.provider.list_scopes().await {
        Ok(scopes) => {
            let scopes: Vec<String> = scopes.into_iter().map(|scope| scope.name).collect();
            let metadata = Metadata::new(&settings.issuer, &scopes, settings.password_grant != PasswordGrant::Off);
            ([(header::CACHE_CONTROL, "public, max-age=60")], Json(metadata)).into_response()
        }
        Err(error) => respond::protocol(&error),
    }
}
