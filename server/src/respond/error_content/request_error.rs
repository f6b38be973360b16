//! Errors of authorization and end-session requests after which no redirect is safe: the user sees
//! a page (RFC 6749 §4.1.2.1).

use axum::http::StatusCode;
use oauth::oidc::end_session;
use oauth::{CallbackError, Message, redirect_uri};
use provider::authorize::{Fault, PageError};

use super::{ErrorContent, untranslated};

/// The content for such an error.
pub(super) fn describe(fault: &PageError) -> ErrorContent {
    let content = match &fault.fault {
        Fault::ClientMissing => incomplete("error-client-missing-why".into()),
        Fault::ClientRepeated => incomplete("error-client-repeated-why".into()),
        // Unknown, deleted and suspended clients have one text, so that they cannot be told apart.
        Fault::UnknownClient => {
            bad_request("error-unknown-client", "error-unknown-client-text", "error-unknown-client-why")
        }
        Fault::Unreadable(description) => incomplete(untranslated(description)),
        Fault::ForeignForm => foreign_form(),
        Fault::UnreadableEndSession(description) => {
            bad_request("error-sign-out", "error-sign-out-text", untranslated(description))
        }
        Fault::EndSession(wrong, address) => sign_out(*wrong, address.clone()),
        Fault::Refused(refused) => {
            ErrorContent { client_name: fault.client_name.clone(), ..invalid_request_object(refused) }
        }
        Fault::Callback(callback) => {
            ErrorContent { client_name: fault.client_name.clone(), ..callback_problem(callback) }
        }
    };
    ErrorContent {
        description: content.description.or_else(|| Some(description(fault))),
        client_id: fault.client_id.clone(),
        problem: fault.problem.clone(),
        ..content
    }
}

/// The description for programs, the same for all of these errors.
fn description(fault: &PageError) -> String {
    let who = fault.client_name.as_deref().unwrap_or("The application");
    format!("{who} sent you here with a request that we cannot follow, so we stopped. Nothing was shared.")
}

fn bad_request(title: &'static str, text: &'static str, error: impl Into<Message>) -> ErrorContent {
    ErrorContent::new(StatusCode::BAD_REQUEST, title, text, error)
}

/// An end-session request with a wrong hint, client or redirect URI.
fn sign_out(wrong: end_session::Fault, address: Option<String>) -> ErrorContent {
    let why = match wrong {
        end_session::Fault::Hint => "error-sign-out-hint-why",
        end_session::Fault::Client => "error-sign-out-client-why",
        end_session::Fault::Redirect => "error-sign-out-redirect-why",
    };
    let received = address.filter(|_| wrong == end_session::Fault::Redirect);
    ErrorContent { received, ..bad_request("error-sign-out", "error-sign-out-text", why) }
}

fn incomplete(why: Message) -> ErrorContent {
    bad_request("error-incomplete", "error-link-text-nameless", why)
}

/// An invalid request object or `request_uri`, without a valid `redirect_uri` beside it.
fn invalid_request_object(refused: &oauth::Error) -> ErrorContent {
    ErrorContent {
        code: refused.code.to_string(),
        ..bad_request("error-link", "error-link-text", untranslated(&refused.error_description()))
    }
}

fn foreign_form() -> ErrorContent {
    let description = "You signed in again, or as somebody else, since this page was made. Go back to the application and start once more.";
    ErrorContent {
        description: Some(description.to_owned()),
        ..ErrorContent::new(StatusCode::FORBIDDEN, "error-ended", "error-ended-text", "error-ended-why")
    }
}

fn callback_problem(fault: &CallbackError) -> ErrorContent {
    let why = match fault {
        CallbackError::Missing => "error-callback-missing-why",
        CallbackError::Repeated => "error-callback-repeated-why",
        CallbackError::Invalid => "error-callback-invalid-why",
        CallbackError::NotRegistered { received } => return not_registered(received),
    };
    bad_request("error-link", "error-link-text", why)
}

/// A loopback redirect URI: the user is most likely the developer, so the details are expanded.
fn not_registered(received: &str) -> ErrorContent {
    ErrorContent {
        received: Some(received.to_owned()),
        expanded: redirect_uri::is_loopback(received),
        ..bad_request("error-link", "error-not-registered-text", "error-not-registered-why")
    }
}
