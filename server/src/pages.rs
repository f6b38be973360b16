//! The handlers of the browser pages: they load what a page shows, and carry out what its forms ask for.
//!
//! Success is 303 (200 where the answer shows a secret once); a form that must be mended is 422 and the same page with
//! everything that was typed.

pub mod account;
pub mod application;
pub mod applications;
pub mod connections;
mod flash;
pub mod leave;
pub mod login;
pub mod name;
pub mod problems;
mod scopes;
pub mod sessions;
pub mod setup;
pub mod sign_out;
pub mod tokens;

use app::api::ApiError;
use app::pages::List;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use oauth::Params;
use oauth::answer::FieldMessage;
use oauth::form::FieldError;

use crate::browser::{Current, Foreign, Page, Visitor, check_form, see_other};
use crate::form::{Form, FormError};
use crate::guard;
use crate::respond::{self, Problem};
use crate::ui;

/// What a handler gives back: a page, or an answer that ends the matter early. Boxed, since a response is large.
type Answer = Result<Response, Box<Response>>;

/// `GET /`
pub async fn home(visitor: Visitor) -> Response {
    see_other(if visitor.current.is_some() { "/account" } else { "/login" })
}

/// Everything that has no page.
pub async fn not_found(visitor: Visitor) -> Response {
    respond::problem_page(&visitor, Problem::not_found())
}

/// 405: in JSON for programs, and a page for browsers. The router adds `Allow`.
pub async fn method_not_allowed(visitor: Visitor) -> Response {
    if respond::takes_pages(&visitor.headers) {
        return respond::problem_page(&visitor, Problem::method_not_allowed());
    }
    guard::method_not_allowed().await
}

/// The body of a posted form of ours, whoever sent it.
fn posted(visitor: &Visitor, form: Result<Form, FormError>) -> Result<Params, Box<Response>> {
    let Form(params) = form.map_err(|error| {
        let problem = Problem::unreadable(error.status(), error.description());
        Box::new(respond::problem_page(visitor, problem))
    })?;
    let problem = match check_form(visitor, &params) {
        Ok(()) => return Ok(params),
        Err(why) => Problem::of_form(&why, visitor),
    };
    Err(Box::new(respond::problem_page(visitor, problem)))
}

/// Says, over a form that somebody signed in sent with an old or foreign token, that nothing was done. What was typed stays.
fn stale(visitor: &Visitor, form: &Result<Form, FormError>) -> Option<Params> {
    let Ok(Form(params)) = form else { return None };
    let stale = check_form(visitor, params) == Err(Foreign::Token) && visitor.current.is_some();
    stale.then(|| params.clone())
}

/// What a form that is shown again after [`stale`] says.
fn open_too_long() -> Vec<FieldError> {
    vec![FieldError::new("name", "form-open-too-long")]
}

/// What is wrong with fields, in the visitor's language.
fn told(visitor: &Visitor, errors: &[FieldError]) -> Vec<FieldMessage> {
    let told = |error: &FieldError| FieldMessage {
        field: error.field.clone(),
        text: visitor.language.translate_message(&error.message),
    };
    errors.iter().map(told).collect()
}

/// The body of a posted form and who sent it. Somebody whose session ended signs in and comes back to `back`.
fn posted_by<'a>(
    visitor: &'a Visitor,
    form: Result<Form, FormError>,
    back: &str,
) -> Result<(&'a Current, Params), Box<Response>> {
    let params = posted(visitor, form)?;
    // A session that ends between here and the write leads there too.
    let back = visitor.back.get_or_init(|| kept(back, &params));
    let current = visitor.current.as_ref().ok_or_else(|| Box::new(respond::sign_in_first(back)))?;
    Ok((current, params))
}

/// The way back with what was typed, for pages that fill their form from the query. Never a password.
fn kept(back: &str, params: &Params) -> String {
    const FIELDS: [&str; 9] = [
        "name",
        "description",
        "scopes",
        "redirect_uri",
        "type",
        "pkce",
        "optional_scope",
        "given_name",
        "family_name",
    ];
    if !back.ends_with("/new") && !back.ends_with("/rename") && back != name::PATH {
        return back.to_owned();
    }
    let typed = params.pairs().iter().filter(|(name, value)| FIELDS.contains(&name.as_str()) && !value.is_empty());
    let typed =
        typed.map(|(name, value)| (if name == "scopes" { "scope" } else { name.as_str() }.to_owned(), value.clone()));
    format!("{back}?{}", Params::from_pairs(typed).encode())
}

/// A rendered page with status 200.
fn shown(page: Page, render: impl FnOnce(&app::Frame) -> String) -> Response {
    with_status(StatusCode::OK, page, render)
}

/// A rendered page: 422 where something must be mended.
fn with_status(status: StatusCode, page: Page, render: impl FnOnce(&app::Frame) -> String) -> Response {
    let html = render(&page.frame);
    page.answer(status, html)
}

/// 422 for a page with errors, else 200.
const fn status_of(errors: &[FieldError]) -> StatusCode {
    if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// What a server function answers this visitor.
async fn called<T>(
    visitor: &Visitor,
    function: impl Future<Output = Result<T, ApiError>> + Send,
) -> Result<T, Box<Response>> {
    ui::caller(visitor).call(function).await.map_err(failed(visitor))
}

/// A use case's error as a page.
fn failed<E: Into<provider::Error>>(visitor: &Visitor) -> impl Fn(E) -> Box<Response> + '_ {
    |error| Box::new(respond::page_for(visitor, &error.into()))
}

/// A list that cannot be read now: the page around it still stands. Any other error is a page of its own.
fn not_loaded(visitor: &Visitor, list: List) -> impl Fn(provider::Error) -> Box<Response> + '_ {
    move |error| match error {
        provider::Error::Unavailable(why) => {
            tracing::error!(why, ?list, "a list could not be read");
            let page = Page::new(visitor);
            let mut response =
                with_status(StatusCode::SERVICE_UNAVAILABLE, page, |frame| app::pages::not_loaded(frame, list));
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
            Box::new(response)
        }
        other => failed(visitor)(other),
    }
}

/// The response, however it came about.
fn ended(answer: Answer) -> Response {
    answer.unwrap_or_else(|response| *response)
}
