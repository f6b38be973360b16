//! Links of applications that lead nowhere: no redirect is safe, so the person stays here (RFC 6749 §4.1.2.1).

use axum::http::StatusCode;
use oauth::oidc::end_session;
use oauth::{CallbackError, Message, redirect_uri};
use provider::authorize::{Fault, PageError};

use super::{Problem, as_told};

/// A request that cannot be followed, in words.
pub(super) fn problem(fault: &PageError) -> Problem {
    let problem = match &fault.fault {
        Fault::ClientMissing => incomplete("error-client-missing-why".into()),
        Fault::ClientRepeated => incomplete("error-client-repeated-why".into()),
        // Unknown, deleted and suspended: one text, so that nobody can tell them apart.
        Fault::UnknownClient => bad("error-unknown-client", "error-unknown-client-text", "error-unknown-client-why"),
        Fault::Unreadable(description) => incomplete(as_told(description)),
        Fault::ForeignForm => foreign_form(),
        Fault::UnreadableEndSession(description) => bad("error-sign-out", "error-sign-out-text", as_told(description)),
        Fault::EndSession(wrong, address) => sign_out(*wrong, address.clone()),
        Fault::Refused(refused) => Problem { client_name: fault.client_name.clone(), ..unfollowed(refused) },
        Fault::Callback(callback) => Problem { client_name: fault.client_name.clone(), ..callback_problem(callback) },
    };
    Problem {
        description: problem.description.or_else(|| Some(stopped(fault))),
        client_id: fault.client_id.clone(),
        problem: fault.problem.clone(),
        ..problem
    }
}

/// What programs are told about every one of these links.
fn stopped(fault: &PageError) -> String {
    let who = fault.client_name.as_deref().unwrap_or("The application");
    format!("{who} sent you here with a request that we cannot follow, so we stopped. Nothing was shared.")
}

fn bad(title: &'static str, text: &'static str, error: impl Into<Message>) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, title, text, error)
}

/// A request to sign out that names something which is not so.
fn sign_out(wrong: end_session::Fault, address: Option<String>) -> Problem {
    let why = match wrong {
        end_session::Fault::Hint => "error-sign-out-hint-why",
        end_session::Fault::Client => "error-sign-out-client-why",
        end_session::Fault::Redirect => "error-sign-out-redirect-why",
    };
    let received = address.filter(|_| wrong == end_session::Fault::Redirect);
    Problem { received, ..bad("error-sign-out", "error-sign-out-text", why) }
}

fn incomplete(why: Message) -> Problem {
    bad("error-incomplete", "error-link-text-nameless", why)
}

/// The object that the request is, or that it names, is not good, and nothing else says where the answer goes.
fn unfollowed(refused: &oauth::Error) -> Problem {
    Problem {
        code: refused.code.to_string(),
        ..bad("error-link", "error-link-text", as_told(&refused.error_description()))
    }
}

fn foreign_form() -> Problem {
    let description = "You signed in again, or as somebody else, since this page was made. Go back to the application and start once more.";
    Problem {
        description: Some(description.to_owned()),
        ..Problem::new(StatusCode::FORBIDDEN, "error-ended", "error-ended-text", "error-ended-why")
    }
}

fn callback_problem(fault: &CallbackError) -> Problem {
    let why = match fault {
        CallbackError::Missing => "error-callback-missing-why",
        CallbackError::Repeated => "error-callback-repeated-why",
        CallbackError::Invalid => "error-callback-invalid-why",
        CallbackError::NotRegistered { received } => return not_registered(received),
    };
    bad("error-link", "error-link-text", why)
}

/// Whoever is sent to their own machine is most likely the one who writes the application: they see the details at once.
fn not_registered(received: &str) -> Problem {
    Problem {
        received: Some(received.to_owned()),
        expanded: redirect_uri::is_loopback(received),
        ..bad("error-link", "error-not-registered-text", "error-not-registered-why")
    }
}
