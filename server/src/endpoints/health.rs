//! `GET /health/live` and `GET /health/ready`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::state::Site;

/// The process runs.
pub async fn live() -> Response {
    Json(json!({ "status": "live" })).into_response()
}

/// Readiness: a probe token is issued and revoked in the database. 503 from the beginning of a
/// shutdown.
pub async fn ready(State(site): State<Site>) -> Response {
    if site.shutting_down().has_begun() {
        return not_ready("stopping");
    }
    match site.provider.ready().await {
        Ok(()) => Json(json!({ "status": "ready" })).into_response(),
        Err(error) => {
            tracing::error!(%error, "not ready");
            not_ready("not ready")
        }
    }
}

fn not_ready(status: &str) -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "status": status }))).into_response()
}
