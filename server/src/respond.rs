//! Errors as responses: the one place where a use case's error becomes HTTP, as JSON for programs
//! or as a page.

mod error_content;
mod protocol;
pub mod resource;
mod retry;

use axum::http::{HeaderMap, header};
use axum::response::Response;
use provider::Error;

pub use self::error_content::{ErrorContent, describe};
use self::protocol::{explained, json_body, log};
pub use self::protocol::{json, protocol};
use self::retry::with_optional_retry;
pub use self::retry::{RETRY_CAPPED, RETRY_SOON};
use crate::browser::{Page, Visitor, language, see_other};
use crate::header as text;
use crate::state::Site;

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
