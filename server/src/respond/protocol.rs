//! Errors as JSON, for programs.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use oauth::ErrorCode;
use provider::Error;
use serde_json::{Value, json};

use super::retry::{RETRY_CAPPED, RETRY_SOON, with_retry};

/// The realm of challenges (RFC 9110 §11.5).
pub(super) const REALM: &str = "token";

/// The error response of a protocol endpoint (RFC 6749 §5.2, RFC 6750 §3).
#[must_use]
pub fn protocol(error: &Error) -> Response {
    log(error);
    match error {
        Error::OAuth(error) => oauth_error(error),
        Error::Bearer(error) => bearer_error(error),
        Error::Throttled { retry_after } => {
            let body =
                json(StatusCode::TOO_MANY_REQUESTS, "temporarily_unavailable", "Too many attempts. Try again later.");
            with_retry(body, *retry_after)
        }
        Error::Capped => {
            let description = "Too many failed attempts in a row. Only a browser that signed in before may go on.";
            with_retry(json(StatusCode::TOO_MANY_REQUESTS, "temporarily_unavailable", description), RETRY_CAPPED)
        }
        Error::Busy | Error::Unavailable(_) => {
            let body = json(
                StatusCode::SERVICE_UNAVAILABLE,
                "temporarily_unavailable",
                "The server cannot do this now. Try again soon.",
            );
            with_retry(body, RETRY_SOON)
        }
        Error::NotFound | Error::SignedOut | Error::Page(_) | Error::Conflict(_) | Error::Form(_) => {
            json(StatusCode::BAD_REQUEST, "invalid_request", "The request cannot be carried out.")
        }
        Error::Internal(_) => {
            json(StatusCode::INTERNAL_SERVER_ERROR, "server_error", "The server failed. The fault is logged.")
        }
    }
}

/// A JSON error with these members.
#[must_use]
pub fn json(status: StatusCode, error: &str, description: &str) -> Response {
    (status, Json(json_body(error, description))).into_response()
}

pub(super) fn json_body(error: &str, description: &str) -> Value {
    json!({ "error": error, "error_description": description })
}

/// The same JSON error with the address of the page that explains it (RFC 6749 §5.2).
pub(super) fn explained(mut body: Value, uri: Option<&str>, status: StatusCode) -> Response {
    if let Some(uri) = uri {
        body["error_uri"] = uri.into();
    }
    (status, Json(body)).into_response()
}

fn oauth_error(error: &oauth::Error) -> Response {
    let status = match error.code {
        ErrorCode::InvalidClient => StatusCode::UNAUTHORIZED,
        ErrorCode::ServerError => StatusCode::INTERNAL_SERVER_ERROR,
        ErrorCode::TemporarilyUnavailable => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::BAD_REQUEST,
    };
    let mut response =
        explained(json_body(error.code.as_str(), &error.error_description()), error.uri.as_deref(), status);
    if status == StatusCode::UNAUTHORIZED {
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"token\", charset=\"UTF-8\""));
    }
    response
}

/// A request without a token gets a challenge without an error, neither in the header nor in the
/// body (RFC 6750 §3.1).
fn bearer_error(error: &oauth::BearerError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::UNAUTHORIZED);
    let mut response = match error.code_and_description() {
        Some((code, description)) => json(status, code, description),
        None => status.into_response(),
    };
    if let Ok(challenge) = HeaderValue::from_str(&error.www_authenticate(REALM)) {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}

/// Logs the reason, which the client does not get.
pub(super) fn log(error: &Error) {
    match error {
        Error::OAuth(error) => {
            tracing::info!(
                error = error.code.as_str(),
                description = error.description,
                reason = error.reason,
                client = error.client,
                "request refused"
            );
        }
        Error::Internal(why) => tracing::error!(why, "internal error"),
        Error::Unavailable(why) => tracing::error!(why, "unavailable"),
        Error::Page(fault) => tracing::info!(
            other = oauth::problem::redacted(&error.to_string()),
            client = fault.client_id,
            "request refused"
        ),
        other => tracing::info!(other = oauth::problem::redacted(&other.to_string()), "request refused"),
    }
}
