//! The yardsticks of this program's own: an axum handler that answers what an introspection answers and does nothing for it, and
//! Argon2 with nothing around it.

use crate::clock::Stopwatch;
use argon2::{Argon2, PasswordHasher};
use axum::Router;
use axum::http::header;
use axum::routing::{get, post};
use std::time::Duration;

/// The bytes of an introspection of the benchmark's tokens.
const BODY: &str = r#"{"active":true,"scope":"read","client_id":"bench","token_type":"Bearer","exp":1800003600,"iat":1800000000,"sub":"bench","iss":"http://127.0.0.1:8080"}"#;

/// Serves until it is killed.
pub async fn serve(address: &str) -> Result<(), String> {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    let routes = Router::new()
        .route("/introspect", post(async move |_: axum::body::Bytes| (headers, BODY)))
        .route("/ready", get(async || "ready"));
    let listener = tokio::net::TcpListener::bind(address).await.map_err(|error| error.to_string())?;
    axum::serve(listener, routes).await.map_err(|error| error.to_string())
}

/// Hashes with Jeton's cost on one thread, and prints how many a second.
pub fn argon2(length: Duration) -> Result<f64, String> {
    let begin = Stopwatch::start();
    let mut count = 0.0;
    while begin.elapsed() < length {
        let hash = Argon2::default().hash_password_with_salt(b"correct horse battery staple", b"0123456789abcdef");
        hash.map_err(|error| error.to_string())?;
        count += 1.0;
    }
    Ok(count / begin.elapsed().as_secs_f64())
}
