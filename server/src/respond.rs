//! Errors as responses: the one place where a use case's error becomes HTTP, as JSON for programs
//! or as a page.

mod error_content;
pub mod resource;

use axum::Json;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use oauth::ErrorCode;
use provider::Error;
use serde_json::{Value, json};

use crate::browser::{Page, Visitor, language, see_other};
use crate::form::FormError;
use crate::header as text;
use crate::state::Site;

pub use error_content::{ErrorContent, describe};

/// The realm of challenges (RFC 9110 §11.5).
const REALM: &str = "token";

/// `Retry-After` in seconds of a 503.
pub const RETRY_SOON: i64 = 2;

/// `Retry-After` in seconds of an account whose failures are capped: the cap does not end with
/// time, so a day stands for somebody's ending it.
pub const RETRY_CAPPED: i64 = 86_400;

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

/// The error response of a protocol endpoint to an unreadable body.
#[must_use]
pub fn protocol_form(error: &FormError) -> Response {
    json(error.status(), "invalid_request", error.description())
}

/// A JSON error with these members.
#[must_use]
pub fn json(status: StatusCode, error: &str, description: &str) -> Response {
    (status, Json(json_body(error, description))).into_response()
}

fn json_body(error: &str, description: &str) -> Value {
    json!({ "error": error, "error_description": description })
}

/// The same JSON error with the address of the page that explains it (RFC 6749 §5.2).
fn explained(mut body: Value, uri: Option<&str>, status: StatusCode) -> Response {
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

fn with_retry(mut response: Response, seconds: i64) -> Response {
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds.unsigned_abs()));
    response
}

/// Logs the reason, which the client does not get.
fn log(error: &Error) {
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

/// An error page without a visitor, for errors before one could be loaded.
#[must_use]
pub fn page(site: &Site, error: &Error, headers: &HeaderMap) -> Response {
    log(error);
    finish(bare_page(site, language(site, headers)), describe(error), site, headers)
}

/// A page that is the same for all visitors of one language. `here`: the return path of the
/// language switch.
#[must_use]
pub fn anonymous_page(visitor: &Visitor, here: String) -> Page {
    let mut page = bare_page(&visitor.site, visitor.language);
    page.frame.here = here;
    page
}

fn bare_page(site: &Site, language: app::Language) -> Page {
    Page::bare(app::Frame {
        language,
        operator: site.provider.settings().name.clone(),
        nonce: site.provider.nonce(),
        assets: app::Assets { loader: String::new(), ..site.brand().assets() },
        theme: site.brand().theme(),
        brand: site.brand().frame().clone(),
        ..app::Frame::default()
    })
}

/// Redirects to sign-in with the notice that the session has ended.
#[must_use]
pub fn redirect_to_sign_in(back: &str) -> Response {
    let back: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
    see_other(&format!("/login?ended=1&return_to={back}"))
}

/// The error page for this visitor, or the redirect to sign-in when the session ended during the
/// request.
#[must_use]
pub fn error_page_for(visitor: &Visitor, error: &Error) -> Response {
    log(error);
    if matches!(error, Error::SignedOut) {
        return redirect_to_sign_in(visitor.back.get().map_or("/account", String::as_str));
    }
    error_page(visitor, error_content::for_owner(describe(error), error, visitor))
}

/// The error page with this content.
#[must_use]
pub fn error_page(visitor: &Visitor, content: ErrorContent) -> Response {
    finish(Page::new(visitor), content, &visitor.site, &visitor.headers)
}

fn finish(page: Page, content: ErrorContent, site: &Site, headers: &HeaderMap) -> Response {
    if prefers_json(headers) {
        let uri = content.problem.as_deref().map(|id| site.provider.error_uri(id));
        let answer = explained(json_body(&content.code, &content.description_text()), uri.as_deref(), content.status);
        return with_optional_retry(answer, content.retry_after);
    }
    let (status, retry_after) = (content.status, content.retry_after);
    let view = content.view(&request_id(headers), site.provider.now());
    let html = app::pages::error(&page.frame, view);
    with_optional_retry(page.answer(status, html), retry_after)
}

fn with_optional_retry(response: Response, seconds: Option<i64>) -> Response {
    match seconds {
        Some(seconds) => with_retry(response, seconds),
        None => response,
    }
}

/// The request id of the log lines.
#[must_use]
pub fn request_id(headers: &HeaderMap) -> String {
    headers.get("x-request-id").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// Whether the client accepts HTML.
#[must_use]
pub fn takes_pages(headers: &HeaderMap) -> bool {
    text::first(headers, header::ACCEPT).contains("text/html")
}

/// Whether the client accepts JSON and not HTML.
#[must_use]
pub fn prefers_json(headers: &HeaderMap) -> bool {
    let accept = text::first(headers, header::ACCEPT);
    accept.contains("application/json") && !accept.contains("text/html")
}
