//! The page behind an `error_uri`, and the form that registers the redirect URI that was missing.

use app::Language;
use app::pages::ApplicationDialog;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use oauth::Message;
use oauth::view::{ProblemDetails, ProblemPage};
use provider::Error;
use serde_json::json;

use super::{PageResult, application, error_page, flash, read_user_form, render, response_of};
use crate::browser::{Id, Ids, Visitor};
use crate::form::{Form, FormError};
use crate::respond;

/// `GET /errors/{id}`
pub async fn get(visitor: Visitor, Id(id): Id) -> Response {
    response_of(show(&visitor, &id).await)
}

async fn show(visitor: &Visitor, id: &str) -> PageResult {
    let reader = visitor.current.as_ref().map(|current| current.user.id);
    let page = visitor.site.provider.problem(reader, id).await.map_err(error_page(visitor))?;
    if respond::prefers_json(&visitor.headers) {
        return Ok(as_json(page));
    }
    let frame = match page.details {
        Some(_) => flash::page(visitor).await,
        None => respond::anonymous_page(visitor, format!("/errors/{}", page.code)),
    };
    Ok(render(frame, |frame| app::pages::problem(frame, page, false)))
}

/// The explanation as JSON, with status 200: the request for it did not fail.
fn as_json(page: ProblemPage) -> Response {
    let description = Language::ENGLISH.translate(app::pages::kind_of_error(page.code));
    let mut body = json!({ "error": page.code, "error_description": description });
    if let Some(details) = page.details {
        body["details"] = json!(details);
    }
    Json(body).into_response()
}

/// `GET /developer/applications/{id}/problems/{problem}/add`
pub async fn ask(visitor: Visitor, Ids(id, problem): Ids) -> Response {
    response_of(try_ask(&visitor, &id, &problem).await)
}

async fn try_ask(visitor: &Visitor, id: &str, problem: &str) -> PageResult {
    let current = visitor.person()?;
    let page = visitor.site.provider.problem(Some(current.user.id), problem).await.map_err(error_page(visitor))?;
    let found = page.details.as_ref().filter(|details| details.client_id == id).and_then(addable);
    let (uri, own) = found.ok_or_else(|| error_page(visitor)(Error::NotFound))?;
    if own {
        let dialog = ApplicationDialog::AddUrl { problem: problem.to_owned(), uri };
        return application::show(visitor, id, StatusCode::OK, Some(dialog)).await;
    }
    // An administrator has no page for the application of somebody else.
    Ok(render(flash::page(visitor).await, |frame| app::pages::problem(frame, page, true)))
}

/// The address that may be added, and whether the reader registered the application.
fn addable(details: &ProblemDetails) -> Option<(String, bool)> {
    let uri = details.problem.finding.sent.clone().filter(|_| details.problem.may_add)?;
    Some((uri, details.own))
}

/// `POST /developer/applications/{id}/problems/{problem}/add`
pub async fn add(visitor: Visitor, Ids(id, problem): Ids, form: Result<Form, FormError>) -> Response {
    response_of(try_add(&visitor, &id, &problem, form).await)
}

async fn try_add(visitor: &Visitor, id: &str, problem: &str, form: Result<Form, FormError>) -> PageResult {
    let path = format!("/developer/applications/{id}");
    let (current, params) = read_user_form(visitor, form, &path)?;
    // Without the version that the person saw, no version is right.
    let version = params.last("version").and_then(|text| text.parse().ok()).unwrap_or(0);
    let added = visitor.site.provider.add_redirect_uri(current.user.id, id, problem, version).await;
    let uri = added.map_err(error_page(visitor))?;
    // An administrator has no page for the application of somebody else.
    let own = visitor.site.provider.application(current.user.id, id).await.is_ok();
    let next = if own { path } else { format!("/errors/{problem}") };
    let message = visitor.language.translate_message(&Message::new("problems-added").with("uri", uri));
    Ok(flash::redirect(visitor, message, &next).await)
}
