//! `POST /ui/{function}`: what islands call (`app::api`).
//!
//! Server functions look neither at where a call comes from nor at who sent it. All of that is looked at here, before one
//! of them runs: a page of ours, in this browser, for the person who is signed in, of this build, with a body of a form's size.

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

use crate::browser::{Foreign, THEME, Visitor, check_token, preferring};
use crate::form::{self, FormError};
use crate::header::text;
use crate::session;
use crate::state::Site;

/// Calls under this prefix are made by a page of its own accord.
const UNPRESSED: &str = "/ui/look/";

/// One route for each server function, so that the log names it.
pub fn routes() -> Router<Site> {
    let paths: Vec<&str> = server_fn_paths().map(|(path, _)| path).collect();
    let (unpressed, pressed): (Vec<&str>, Vec<&str>) = paths.into_iter().partition(|path| path.starts_with(UNPRESSED));
    let of = |paths: Vec<&str>| paths.into_iter().fold(Router::new(), |router, path| router.route(path, post(call)));
    of(unpressed)
        .layer(from_fn(session::unseen))
        .merge(of(pressed))
        .method_not_allowed_fallback(not_a_call)
        .route("/ui/{*function}", any(unknown))
}

async fn call(visitor: Result<Visitor, Response>, request: Request) -> Response {
    let Ok(visitor) = visitor else { return said(ApiError::new(ApiErrorKind::Unavailable, "no session"), None) };
    match answered(&visitor, request).await {
        Ok(response) => response,
        Err(error) => said(error, Some(&visitor)),
    }
}

async fn answered(visitor: &Visitor, request: Request) -> Result<Response, ApiError> {
    admit(visitor)?;
    let (mut head, body) = request.into_parts();
    // Read as every form is: its size, its media type, valid UTF-8, no NUL.
    let params = form::params(&head.headers, body).await.map_err(unread)?;
    // With `Accept: text/html` server_fn would redirect to the `Referer`, with errors in the address.
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
        Some(theme) => preferring(visitor, answer, (THEME, theme.as_str())),
        None => answer,
    })
}

/// Who calls, as server functions know them.
pub fn caller(visitor: &Visitor) -> Caller {
    Caller {
        provider: visitor.site.provider.clone(),
        signed_in: visitor.current.as_ref().map(|current| current.signed_in.clone()),
        language: visitor.language,
        theme: Arc::default(),
    }
}

fn admit(visitor: &Visitor) -> Result<(), ApiError> {
    check_token(visitor, &sent(&visitor.headers, "x-csrf")).map_err(|why| {
        let kind = if why == Foreign::OtherPerson { ApiErrorKind::OtherPerson } else { ApiErrorKind::Foreign };
        ApiError::new(kind, format!("{why:?}"))
    })?;
    if sent(&visitor.headers, "x-build") != visitor.site.brand().assets().build() {
        return Err(ApiError::new(ApiErrorKind::OldPage, "the page is of another build"));
    }
    Ok(())
}

fn sent(headers: &HeaderMap, name: &str) -> String {
    headers.get(name).map(|value| text(value).into_owned()).unwrap_or_default()
}

fn unread(error: FormError) -> ApiError {
    let kind = if error == FormError::TooLarge { ApiErrorKind::TooLarge } else { ApiErrorKind::Unreadable };
    ApiError::new(kind, error.description())
}

/// The error as the island shows it: with its status, in the reader's language, with the ways on.
fn said(mut error: ApiError, visitor: Option<&Visitor>) -> Response {
    let status = status_of(error.kind);
    if status.is_server_error() {
        tracing::error!(%error, "a call was not answered");
    }
    if let Some(visitor) = visitor {
        let user = visitor.current.as_ref().map_or("", |current| current.user.username.as_str());
        let tell = |key| visitor.language.translate_message(&Message::new(key).with("user", visible(user)));
        error.message = tell(sentence_of(error.kind));
        let way = |(key, to): &(&'static str, &str)| ErrorLink { label: tell(key), to: (*to).to_owned() };
        error.links = ways_of(error.kind).iter().map(way).collect();
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

const fn sentence_of(kind: ApiErrorKind) -> &'static str {
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

/// What the links say, and where they lead; an empty address is the page itself.
const fn ways_of(kind: ApiErrorKind) -> &'static [(&'static str, &'static str)] {
    match kind {
        ApiErrorKind::SignedOut => &[("sign-in", "/login")],
        ApiErrorKind::OtherPerson => &[("call-other-person-go-on", ""), ("call-other-person-switch", "/login")],
        ApiErrorKind::OldPage | ApiErrorKind::Foreign => &[("call-reload", "")],
        _ => &[],
    }
}

async fn unknown() -> Response {
    said(ApiError::new(ApiErrorKind::NotFound, "there is no such function"), None)
}

async fn not_a_call() -> Response {
    let mut response = said(ApiError::new(ApiErrorKind::Unreadable, "functions are called by POST"), None);
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response
}
