//! Errors as responses: the one place where a use case's error becomes HTTP.

mod fault;
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

pub use fault::{Problem, problem};

/// The realm of challenges (RFC 9110 §11.5).
const REALM: &str = "token";

/// Seconds after which a client may try again when the server, not the client, was the reason.
pub const RETRY_SOON: i64 = 2;

/// Seconds after which somebody may have ended the cap of an account: it does not end by itself.
pub const RETRY_CAPPED: i64 = 86_400;

/// The answer of a protocol endpoint (RFC 6749 §5.2, RFC 6750 §3).
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

/// The answer of a protocol endpoint to a body that it cannot read.
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

/// Whoever sent no token is told no error, neither in the header nor in the body (RFC 6750 §3.1).
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

/// The log learns the reason that the client is not told.
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

/// An error page for somebody about whom nothing is known yet.
#[must_use]
pub fn page(site: &Site, error: &Error, headers: &HeaderMap) -> Response {
    log(error);
    finish(nobodys_page(site, language(site, headers)), problem(error), site, headers)
}

/// A page that is the same whoever reads it, but for the language. `here`: where a change of the language leads back to.
#[must_use]
pub fn same_for_all(visitor: &Visitor, here: String) -> Page {
    let mut page = nobodys_page(&visitor.site, visitor.language);
    page.frame.here = here;
    page
}

fn nobodys_page(site: &Site, language: app::Language) -> Page {
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

/// To sign-in, which says that the session had ended.
#[must_use]
pub fn sign_in_first(back: &str) -> Response {
    let back: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
    see_other(&format!("/login?ended=1&return_to={back}"))
}

/// An error page for this visitor; sign-in for one whose session ended on the way.
#[must_use]
pub fn page_for(visitor: &Visitor, error: &Error) -> Response {
    log(error);
    if matches!(error, Error::SignedOut) {
        return sign_in_first(visitor.back.get().map_or("/account", String::as_str));
    }
    problem_page(visitor, fault::for_owner(problem(error), error, visitor))
}

/// A page that tells of a problem, in two texts: for the person and for the developer.
#[must_use]
pub fn problem_page(visitor: &Visitor, problem: Problem) -> Response {
    finish(Page::new(visitor), problem, &visitor.site, &visitor.headers)
}

fn finish(page: Page, problem: Problem, site: &Site, headers: &HeaderMap) -> Response {
    if prefers_json(headers) {
        let uri = problem.problem.as_deref().map(|id| site.provider.error_uri(id));
        let answer = explained(json_body(&problem.code, &problem.described()), uri.as_deref(), problem.status);
        return with_optional_retry(answer, problem.retry_after);
    }
    let (status, retry_after) = (problem.status, problem.retry_after);
    let view = problem.view(&request_id(headers), site.provider.now());
    let html = app::pages::error(&page.frame, view);
    with_optional_retry(page.answer(status, html), retry_after)
}

fn with_optional_retry(response: Response, seconds: Option<i64>) -> Response {
    match seconds {
        Some(seconds) => with_retry(response, seconds),
        None => response,
    }
}

/// The id that this request has in the log.
#[must_use]
pub fn request_id(headers: &HeaderMap) -> String {
    headers.get("x-request-id").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// Whether the caller shows pages, and says so.
#[must_use]
pub fn takes_pages(headers: &HeaderMap) -> bool {
    text::first(headers, header::ACCEPT).contains("text/html")
}

/// Whether the caller is a program rather than a browser.
#[must_use]
pub fn prefers_json(headers: &HeaderMap) -> bool {
    let accept = text::first(headers, header::ACCEPT);
    accept.contains("application/json") && !accept.contains("text/html")
}
