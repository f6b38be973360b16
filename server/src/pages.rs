//! Handlers of the HTML pages: they load what a page shows, and run the use case of a posted form.
//!
//! Success is 303 (200 where the response shows a secret once); a form with invalid fields is 422
//! and the same page with everything that was typed.

pub mod account;
pub mod application;
pub mod applications;
pub mod connections;
pub mod delete_account;
mod flash;
pub mod login;
pub mod logout_settings;
pub mod name;
pub mod problems;
mod scopes;
pub mod sessions;
pub mod setup;
pub mod tokens;

use app::api::ApiError;
use app::pages::List;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use oauth::Params;
use oauth::answer::FieldMessage;
use oauth::form::FieldError;

use crate::browser::{CsrfError, Current, Page, Visitor, check_form, see_other};
use crate::form::{Form, FormError};
use crate::middleware;
use crate::respond::{self, ErrorContent};
use crate::ui;

/// A handler's result: a page, or the response of an early return. Boxed, since a response is
/// large.
type PageResult = Result<Response, Box<Response>>;

/// `GET /`
pub async fn home(visitor: Visitor) -> Response {
    see_other(if visitor.current.is_some() { "/account" } else { "/login" })
}

/// 404 for every path without a page.
pub async fn not_found(visitor: Visitor) -> Response {
    respond::error_page(&visitor, ErrorContent::not_found())
}

/// 405: in JSON for programs, and a page for browsers. The router adds `Allow`.
pub async fn method_not_allowed(visitor: Visitor) -> Response {
    if respond::takes_pages(&visitor.headers) {
        return respond::error_page(&visitor, ErrorContent::method_not_allowed());
    }
    middleware::method_not_allowed().await
}

/// Reads a posted form and checks its CSRF token, without asking for a signed-in user.
fn read_form(visitor: &Visitor, form: Result<Form, FormError>) -> Result<Params, Box<Response>> {
    let Form(params) = form.map_err(|error| {
        let content = ErrorContent::unreadable(error.status(), error.description());
        Box::new(respond::error_page(visitor, content))
    })?;
    let content = match check_form(visitor, &params) {
        Ok(()) => return Ok(params),
        Err(why) => ErrorContent::csrf_error(&why, visitor),
    };
    Err(Box::new(respond::error_page(visitor, content)))
}

/// The fields of a form that a signed-in user sent with an expired CSRF token: it is shown again
/// with what was typed, and changes nothing.
fn expired_form(visitor: &Visitor, form: &Result<Form, FormError>) -> Option<Params> {
    let Ok(Form(params)) = form else { return None };
    let is_expired = check_form(visitor, params) == Err(CsrfError::Token) && visitor.current.is_some();
    is_expired.then(|| params.clone())
}

/// The message of a form that is shown again after [`expired_form`].
fn expired_form_errors() -> Vec<FieldError> {
    vec![FieldError::new("name", "form-open-too-long")]
}

/// Field errors in the visitor's language.
fn field_errors(visitor: &Visitor, errors: &[FieldError]) -> Vec<FieldMessage> {
    let translated = |error: &FieldError| FieldMessage {
        field: error.field.clone(),
        text: visitor.language.translate_message(&error.message),
    };
    errors.iter().map(translated).collect()
}

/// Reads a posted form of a signed-in user. A user whose session has ended is sent to sign-in,
/// which leads back to `back`.
fn read_user_form<'a>(
    visitor: &'a Visitor,
    form: Result<Form, FormError>,
    back: &str,
) -> Result<(&'a Current, Params), Box<Response>> {
    let params = read_form(visitor, form)?;
    // Set now, since the session may also end between here and the write.
    let back = visitor.back.get_or_init(|| with_preserved_fields(back, &params));
    let current = visitor.current.as_ref().ok_or_else(|| Box::new(respond::redirect_to_sign_in(back)))?;
    Ok((current, params))
}

/// The return path with the preserved fields of the form in its query, for pages that fill their
/// form from the query. Never a password.
fn with_preserved_fields(back: &str, params: &Params) -> String {
    const PRESERVED_FIELDS: [&str; 9] = [
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
    let typed =
        params.pairs().iter().filter(|(name, value)| PRESERVED_FIELDS.contains(&name.as_str()) && !value.is_empty());
    let typed =
        typed.map(|(name, value)| (if name == "scopes" { "scope" } else { name.as_str() }.to_owned(), value.clone()));
    format!("{back}?{}", Params::from_pairs(typed).encode())
}

/// A rendered page with status 200.
fn render(page: Page, render: impl FnOnce(&app::Frame) -> String) -> Response {
    render_with_status(StatusCode::OK, page, render)
}

/// A rendered page with this status.
fn render_with_status(status: StatusCode, page: Page, render: impl FnOnce(&app::Frame) -> String) -> Response {
    let html = render(&page.frame);
    page.answer(status, html)
}

/// 422 for a page with errors, else 200.
const fn status_of(errors: &[FieldError]) -> StatusCode {
    if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// Calls a server function for this visitor; its error as an error page.
async fn call_api<T>(
    visitor: &Visitor,
    function: impl Future<Output = Result<T, ApiError>> + Send,
) -> Result<T, Box<Response>> {
    ui::caller(visitor).call(function).await.map_err(error_page(visitor))
}

/// Maps a use case's error to its error page.
fn error_page<E: Into<provider::Error>>(visitor: &Visitor) -> impl Fn(E) -> Box<Response> + '_ {
    |error| Box::new(respond::error_page_for(visitor, &error.into()))
}

/// Maps a list that the database does not deliver to a 503 page whose frame still works; any other
/// error to its error page.
fn list_unavailable(visitor: &Visitor, list: List) -> impl Fn(provider::Error) -> Box<Response> + '_ {
    move |error| match error {
        provider::Error::Unavailable(why) => {
            tracing::error!(why, ?list, "a list could not be read");
            let page = Page::new(visitor);
            let mut response =
                render_with_status(StatusCode::SERVICE_UNAVAILABLE, page, |frame| app::pages::not_loaded(frame, list));
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
            Box::new(response)
        }
        other => error_page(visitor)(other),
    }
}

/// The response of a handler's result.
fn response_of(answer: PageResult) -> Response {
    answer.unwrap_or_else(|response| *response)
}
