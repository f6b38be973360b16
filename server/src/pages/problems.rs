//! Why did this fail? The page at an `error_uri`, and the button that registers the address that was missing.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use oauth::view::{ProblemDetails, ProblemPage};
use oauth::{ErrorCode, Message};
use serde_json::json;

use super::{Answer, ended, failed, flash, posted_by};
use crate::browser::{Id, Ids, Visitor};
use crate::form::{Form, FormError};
use crate::respond::{self, Problem};

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
    Ok(match page.details {
        Some(details) => respond::problem_page(visitor, for_owner(page.code, details)),
        None => respond::same_for_all(visitor, for_all(page.code)),
    })
}

/// 200, for the page is what was asked for; nothing here failed.
fn as_json(page: ProblemPage) -> Response {
    let mut body = json!({ "error": page.code, "error_description": sentence(page.code) });
    if let Some(details) = page.details {
        body["details"] = json!(details);
    }
    Json(body).into_response()
}

fn for_all(code: ErrorCode) -> Problem {
    let title = "Why this request was refused";
    let problem = Problem::new(StatusCode::OK, title, sentence(code), code.as_str());
    Problem { code: code.as_str().to_owned(), ..problem }
}

/// What was wrong, by its names; where it leaves what is registered, by the character.
fn for_owner(code: ErrorCode, details: ProblemDetails) -> Problem {
    let (problem, finding) = (&details.problem, &details.problem.finding);
    let mut error = format!("{code}: {} {}", finding.parameter, finding.fault.as_str());
    let mut note = |label: &str, value: Option<String>| {
        if let Some(value) = value {
            error.push_str(&format!("; {label} {}", oauth::form::visible(&value)));
        }
    };
    note("expected", finding.expected.clone());
    note("age in seconds", finding.age.map(|age| age.to_string()));
    note("lifetime in seconds", finding.lifetime.map(|lifetime| lifetime.to_string()));
    note("nearest registered", problem.difference.as_ref().map(|found| found.nearest.clone()));
    note("first different character", problem.difference.as_ref().map(|found| (found.at + 1).to_string()));
    note("registered", (!details.redirect_uris.is_empty()).then(|| details.redirect_uris.join(" ")));
    note("times", Some(problem.times.to_string()));
    let path = format!("/developer/applications/{}", details.client_id);
    let next = details.own.then(|| (format!("Open {}", oauth::form::visible(&details.client_name)), path));
    let received = finding.sent.clone();
    Problem { error, received, next, client_id: Some(details.client_id), ..for_all(code) }
}

/// The standard text of each kind of error (RFC 6749 §4.1.2.1 and §5.2, RFC 6750 §3.1, OpenID Connect Core §3.1.2.6).
const fn sentence(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::InvalidRequest => "A parameter of the request is missing, repeated, malformed or not allowed.",
        ErrorCode::InvalidClient => "The application could not prove who it is.",
        ErrorCode::InvalidGrant => {
            "The code, token or password is not valid, has expired, was used before, or belongs to another application."
        }
        ErrorCode::UnauthorizedClient => "The application may not use this way of asking for a token.",
        ErrorCode::UnsupportedGrantType => "This server does not offer this way of asking for a token.",
        ErrorCode::UnsupportedResponseType => "This server does not offer this kind of answer.",
        ErrorCode::InvalidScope => {
            "What the application asked to do is unknown, malformed or more than it may ask for."
        }
        ErrorCode::AccessDenied => "The person, or the server on their behalf, said no.",
        ErrorCode::LoginRequired => "The person is not signed in, and the application asked not to show a page.",
        ErrorCode::ConsentRequired => {
            "The person has not allowed this yet, and the application asked not to show a page."
        }
        ErrorCode::AccountSelectionRequired => {
            "The person would have to choose an account, and the application asked not to show a page."
        }
        ErrorCode::InteractionRequired => "A page would have to be shown, and the application asked not to show one.",
        ErrorCode::RequestNotSupported => "This server does not support the request parameter.",
        ErrorCode::RequestUriNotSupported => "This server does not support the request_uri parameter.",
        ErrorCode::InvalidToken => "The access token is unknown, has expired or was revoked.",
        ErrorCode::InvalidRequestObject => "The signed request is not valid, or not this application's.",
        ErrorCode::InvalidRequestUri => {
            "The stored request is unknown, has expired, was used before, or belongs to another application."
        }
        ErrorCode::InvalidTarget => "The resource is malformed, unknown, or not one that this is for.",
        ErrorCode::InvalidDpopProof => "The proof that the application holds its key is not valid.",
        ErrorCode::UseDpopNonce => {
            "The proof that the application holds its key must carry the nonce that this server sent."
        }
        ErrorCode::UnmetAuthenticationRequirements => {
            "The person cannot sign in by the means that the application requires."
        }
        ErrorCode::ServerError => "The server failed.",
        ErrorCode::TemporarilyUnavailable => "The server could not answer at that moment.",
    }
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
    let told = visitor.language.tell(&Message::new("problems-added").with("uri", uri));
    Ok(flash::tell(visitor, told, &next).await)
}
