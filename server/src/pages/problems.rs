//! Why did this fail? The page at an `error_uri`, and the button that registers the address that was missing.

use app::Language;
use app::pages::ApplicationDialog;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use oauth::Message;
use oauth::view::{ProblemDetails, ProblemPage};
use provider::Error;
use serde_json::json;

use super::{Answer, application, ended, failed, flash, posted_by, shown};
use crate::browser::{Id, Ids, Visitor};
use crate::form::{Form, FormError};
use crate::respond;

/// `GET /errors/{id}`
pub async fn get(visitor: Visitor, Id(id): Id) -> Response {
    ended(show(&visitor, &id).await)
}

async fn show(visitor: &Visitor, id: &str) -> Answer {
    let reader = visitor.current.as_ref().map(|current| current.user.id);
    let page = visitor.site.provider.problem(reader, id).await.map_err(failed(visitor))?;
    if respond::prefers_json(&visitor.headers) {
        return Ok(as_json(page));
    }
    let around = match page.details {
        Some(_) => flash::page(visitor).await,
        None => respond::same_for_all(visitor, format!("/errors/{}", page.code)),
    };
    Ok(shown(around, |frame| app::pages::problem(frame, page, false)))
}

/// 200, for the page is what was asked for; nothing here failed.
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
    ended(ask_it(&visitor, &id, &problem).await)
}

async fn ask_it(visitor: &Visitor, id: &str, problem: &str) -> Answer {
    let current = visitor.person()?;
    let page = visitor.site.provider.problem(Some(current.user.id), problem).await.map_err(failed(visitor))?;
    let found = page.details.as_ref().filter(|details| details.client_id == id).and_then(addable);
    let (uri, own) = found.ok_or_else(|| failed(visitor)(Error::NotFound))?;
    if own {
        let dialog = ApplicationDialog::AddUrl { problem: problem.to_owned(), uri };
        return application::show(visitor, id, (StatusCode::OK, Some(dialog))).await;
    }
    // An administrator has no page for the application of somebody else.
    Ok(shown(flash::page(visitor).await, |frame| app::pages::problem(frame, page, true)))
}

/// The address that may be added, and whether the reader registered the application.
fn addable(details: &ProblemDetails) -> Option<(String, bool)> {
    let uri = details.problem.finding.sent.clone().filter(|_| details.problem.may_add)?;
    Some((uri, details.own))
}

/// `POST /developer/applications/{id}/problems/{problem}/add`
pub async fn add(visitor: Visitor, Ids(id, problem): Ids, form: Result<Form, FormError>) -> Response {
    ended(add_it(&visitor, (&id, &problem), form).await)
}

async fn add_it(visitor: &Visitor, (id, problem): (&str, &str), form: Result<Form, FormError>) -> Answer {
    let path = format!("/developer/applications/{id}");
    let (current, params) = posted_by(visitor, form, &path)?;
    // Without the version that the person saw, no version is right.
    let version = params.last("version").and_then(|text| text.parse().ok()).unwrap_or(0);
    let added = visitor.site.provider.add_redirect_uri(current.user.id, id, problem, version).await;
    let uri = added.map_err(failed(visitor))?;
    // An administrator has no page for the application of somebody else.
    let own = visitor.site.provider.application(current.user.id, id).await.is_ok();
    let next = if own { path } else { format!("/errors/{problem}") };
    let told = visitor.language.translate_message(&Message::new("problems-added").with("uri", uri));
    Ok(flash::tell(visitor, told, &next).await)
}
