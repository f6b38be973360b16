//! `POST /ui/{function}`: what islands call (`app::api`).
//!
//! Server functions check neither origin nor sender. All of that is checked here before one runs:
//! the CSRF token, the signed-in user, the page's build, and the size and media type of the body.

use std::sync::Arc;

use app::api::{ApiError, ApiErrorKind, Caller, ErrorLink};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, post};
use leptos::prelude::provide_context;
use leptos::server_fn::axum::server_fn_paths;
use leptos::server_fn::error::{FromServerFnError, SERVER_FN_ERROR_HEADER};
use leptos_axum::handle_server_fns_with_context;
use oauth::Message;
use oauth::form::visible;

use crate::browser::{CsrfError, THEME, Visitor, check_token};
use crate::form::{self, FormError};
use crate::header::text;
use crate::session;
use crate::state::Site;

/// The prefix of background calls, which a page sends without a user's action.
const BACKGROUND_PREFIX: &str = "/ui/look/";

/// One route for each server function, so that the log names it.
pub fn routes() -> Router<Site> {
    let paths: Vec<&str> = server_fn_paths().map(|(path, _)| path).collect();
    let (background, interactive): (Vec<&str>, Vec<&str>) =
        paths.into_iter().partition(|path| path.starts_with(BACKGROUND_PREFIX));
    let of = |paths: Vec<&str>| paths.into_iter().fold(Router::new(), |router, path| router.route(path, post(call)));
    of(background)
        .layer(from_fn(session::background))
        .merge(of(interactive))
        .method_not_allowed_fallback(method_not_allowed)
        .route("/ui/{*function}", any(unknown_function))
}

async fn call(visitor: Result<Visitor, Response>, request: Request) -> Response {
    let Ok(visitor) = visitor else {
        return error_response(ApiError::new(ApiErrorKind::Unavailable, "no session"), None);
    };
    match run_call(&visitor, request).await {
        Ok(response) => response,
        Err(error) => error_response(error, Some(&visitor)),
    }
}

async fn run_call(visitor: &Visitor, request: Request) -> Result<Response, ApiError> {
    check_caller(visitor)?;
    let (mut head, body) = request.into_parts();
    // Limited as every form: size, media type, valid UTF-8, no NUL.
    let params = form::params(&head.headers, body).await.map_err(unreadable)?;
    // With `Accept: text/html` server_fn would redirect to the `Referer`, with errors in the
    // address.
    head.headers.remove(header::ACCEPT);
    head.headers.remove(header::REFERER);
    let caller = caller(visitor);
    let theme = caller.theme.clone();
    let request = Request::from_parts(head, Body::from(params.encode()));
    let answer = handle_server_fns_with_context(move || provide_context(caller.clone()), request).await.into_response();
    if answer.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap_or_default();
        return Err(ApiError::de(body));
    }
    Ok(match theme.get() {
        Some(theme) => visitor.with_preference_cookie(answer, THEME, theme.as_str()),
        None => answer,
    })
}

/// The context of server functions.
pub fn caller(visitor: &Visitor) -> Caller {
    Caller {
        provider: visitor.site.provider.clone(),
        signed_in: visitor.current.as_ref().map(|current| current.signed_in.clone()),
        language: visitor.language,
        theme: Arc::default(),
    }
}

fn check_caller(visitor: &Visitor) -> Result<(), ApiError> {
    check_token(visitor, &header_text(&visitor.headers, "x-csrf")).map_err(|why| {
        let kind = if why == CsrfError::OtherPerson { ApiErrorKind::OtherPerson } else { ApiErrorKind::Foreign };
        ApiError::new(kind, format!("{why:?}"))
    })?;
    if header_text(&visitor.headers, "x-build") != visitor.site.brand().assets().build() {
        return Err(ApiError::new(ApiErrorKind::OldPage, "the page is of another build"));
    }
    Ok(())
}

fn header_text(headers: &HeaderMap, name: &str) -> String {
    headers.get(name).map(|value| text(value).into_owned()).unwrap_or_default()
}

fn unreadable(error: FormError) -> ApiError {
    let kind = if error == FormError::TooLarge { ApiErrorKind::TooLarge } else { ApiErrorKind::Unreadable };
    ApiError::new(kind, error.description())
}

/// The error as the island shows it: its status, a sentence in the visitor's language, and links.
fn error_response(mut error: ApiError, visitor: Option<&Visitor>) -> Response {
    let status = status_of(error.kind);
    if status.is_server_error() {
        tracing::error!(%error, "a call was not answered");
    }
    if let Some(visitor) = visitor {
        let user = visitor.current.as_ref().map_or("", |current| current.user.username.as_str());
        let translate = |key| visitor.language.translate_message(&Message::new(key).with("user", visible(user)));
        error.message = translate(message_of(error.kind));
        let link = |(key, to): &(&'static str, &str)| ErrorLink { label: translate(key), to: (*to).to_owned() };
        error.links = links_of(error.kind).iter().map(link).collect();
    }
    (status, [(header::CONTENT_TYPE, "application/json")], Body::from(error.ser())).into_response()
}

const fn status_of(kind: ApiErrorKind) -> StatusCode {
    match kind {
        ApiErrorKind::SignedOut => StatusCode::UNAUTHORIZED,
        ApiErrorKind::OtherPerson | ApiErrorKind::OldPage => StatusCode::CONFLICT,
        ApiErrorKind::Foreign => StatusCode::FORBIDDEN,
        ApiErrorKind::NotFound => StatusCode::NOT_FOUND,
        ApiErrorKind::Unreadable => StatusCode::BAD_REQUEST,
        ApiErrorKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ApiErrorKind::Unavailable | ApiErrorKind::NoAnswer => StatusCode::SERVICE_UNAVAILABLE,
        ApiErrorKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

const fn message_of(kind: ApiErrorKind) -> &'static str {
    match kind {
        ApiErrorKind::SignedOut => "call-signed-out",
        ApiErrorKind::OtherPerson => "call-other-person",
        ApiErrorKind::OldPage => "call-old-page",
        ApiErrorKind::Foreign => "call-foreign",
        ApiErrorKind::NotFound => "call-not-found",
        ApiErrorKind::Unreadable => "call-unreadable",
        ApiErrorKind::TooLarge => "call-too-large",
        ApiErrorKind::Unavailable | ApiErrorKind::NoAnswer => "call-unavailable",
        ApiErrorKind::Internal => "call-internal",
    }
}

/// The links of an error, as key of the text and address; an empty address is the page itself.
const fn links_of(kind: ApiErrorKind) -> &'static [(&'static str, &'static str)] {
    match kind {
        ApiErrorKind::SignedOut => &[("sign-in", "/login")],
        ApiErrorKind::OtherPerson => &[("call-other-person-go-on", ""), ("call-other-person-switch", "/login")],
        ApiErrorKind::OldPage | ApiErrorKind::Foreign => &[("call-reload", "")],
        _ => &[],
    }
}

async fn unknown_function() -> Response {
    error_response(ApiError::new(ApiErrorKind::NotFound, "there is no such function"), None)
}

async fn method_not_allowed() -> Response {
    let mut response = error_response(ApiError::new(ApiErrorKind::Unreadable, "functions are called by POST"), None);
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response
}
