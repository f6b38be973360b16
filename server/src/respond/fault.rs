//! What an error page says: what the person can do, and what the developer must change.

use app::pages::ErrorPage;
use axum::http::StatusCode;
use oauth::form::FieldError;
use oauth::{CallbackError, Timestamp};
use provider::Error;
use provider::authorize::{Fault, PageError};

use crate::browser::Visitor;

/// A problem in words.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The status of the answer.
    pub status: StatusCode,
    /// The error's short name, for programs.
    pub code: String,
    /// One sentence: the page's title and heading.
    pub title: String,
    /// For the person.
    pub text: String,
    /// For the developer.
    pub error: String,
    /// What was received, where showing it helps.
    pub received: Option<String>,
    /// The client that sent the person.
    pub client_id: Option<String>,
    /// The id under which the owner of the client can read what is wrong.
    pub problem: Option<String>,
    /// Where to go from here, as label and path; `None`: to the start page.
    pub next: Option<(String, String)>,
    /// Seconds after which to try again.
    pub retry_after: Option<i64>,
}

/// Received values are shown up to so many characters.
const MOST_SHOWN: usize = 512;

impl Problem {
    /// A problem about which there is nothing else to say.
    #[must_use]
    pub fn new(status: StatusCode, title: &str, text: &str, error: &str) -> Self {
        let code = if status.is_server_error() { "server_error" } else { "invalid_request" };
        Self {
            status,
            code: code.to_owned(),
            title: title.to_owned(),
            text: text.to_owned(),
            error: error.to_owned(),
            received: None,
            client_id: None,
            problem: None,
            next: None,
            retry_after: None,
        }
    }

    /// There is nothing at this address.
    #[must_use]
    pub fn not_found() -> Self {
        let text = "There is nothing at this address, or it belongs to somebody else.";
        Self::new(StatusCode::NOT_FOUND, "Page not found", text, "not found")
    }

    /// The form came from another site's page.
    #[must_use]
    pub fn foreign_site() -> Self {
        let text = "The form was sent from another site, so we did nothing. Open the page here and try again.";
        Self::new(
            StatusCode::FORBIDDEN,
            "This form did not come from here",
            text,
            "Origin or Sec-Fetch-Site names another site",
        )
    }

    /// The form was made for another browser, or long ago.
    #[must_use]
    pub fn old_form() -> Self {
        let text = "This page was open too long, so we did nothing. Go back, load it again and try once more.";
        Self::new(StatusCode::FORBIDDEN, "This page was open too long", text, "the form's csrf token is missing or old")
    }

    /// The body could not be read.
    #[must_use]
    pub fn unreadable(status: StatusCode, description: &str) -> Self {
        Self::new(status, "We could not read this request", "Nothing was changed. Go back and try again.", description)
    }

    pub(super) fn view(self, request_id: &str, time: Timestamp) -> ErrorPage {
        let received =
            self.received.map(|text| oauth::form::visible(&text).chars().take(MOST_SHOWN).collect::<String>());
        ErrorPage {
            title: self.title,
            text: self.text,
            error: self.error,
            received,
            client_id: self.client_id.map(|id| oauth::form::visible(&id).chars().take(MOST_SHOWN).collect()),
            request_id: request_id.to_owned(),
            time,
            back: self.next.or_else(|| Some(("Go to the start page".to_owned(), "/".to_owned()))),
            expanded: true,
        }
    }
}

/// The same for whoever registered the client: the way leads to the application, where it can be mended.
#[must_use]
pub fn for_owner(problem: Problem, error: &Error, visitor: &Visitor) -> Problem {
    let Error::Page(fault) = error else { return problem };
    let reader = visitor.current.as_ref().map(|current| current.user.id);
    match (&fault.client_id, &fault.client_name) {
        (Some(id), Some(name)) if fault.owner.is_some() && fault.owner == reader => {
            Problem { next: Some((format!("Open {name}"), format!("/developer/applications/{id}"))), ..problem }
        }
        _ => problem,
    }
}

/// A use case's error in words.
#[must_use]
pub fn problem(error: &Error) -> Problem {
    match error {
        Error::Page(fault) => fault_problem(fault),
        Error::NotFound => Problem::not_found(),
        Error::Throttled { retry_after } => {
            let text = "There were too many failed attempts. Wait a few minutes and try again.";
            let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, "Too many attempts", text, "throttled");
            Problem { retry_after: Some(*retry_after), ..problem }
        }
        Error::Busy | Error::Unavailable(_) => {
            let text = "Nothing was changed. Wait a moment and try again.";
            let problem = Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "We cannot do this right now",
                text,
                "temporarily unavailable",
            );
            Problem { retry_after: Some(super::RETRY_SOON), ..problem }
        }
        Error::Conflict(message) | Error::Form(FieldError { message, .. }) => {
            let sentence = app::Language::English.tell(message);
            Problem::new(StatusCode::CONFLICT, "This was changed in the meantime", &sentence, "conflict")
        }
        Error::OAuth(error) => {
            Problem::new(StatusCode::BAD_REQUEST, "This request is not right", error.description, error.code.as_str())
        }
        Error::Bearer(_) => Problem::new(
            StatusCode::UNAUTHORIZED,
            "This request is not right",
            "Sign in and try again.",
            "invalid_token",
        ),
        Error::Internal(_) => {
            let text =
                "It is our fault. Nothing you typed is to blame; the fault is logged under the request ID below.";
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong here", text, "internal error")
        }
    }
}

fn fault_problem(fault: &PageError) -> Problem {
    let who = fault.client_name.as_deref().unwrap_or("The application");
    let stopped =
        format!("{who} sent you here with a request that we cannot follow, so we stopped. Nothing was shared.");
    let title = "This sign-in link is not set up correctly";
    let made = |error: &str| Problem::new(StatusCode::BAD_REQUEST, title, &stopped, error);
    let problem = match &fault.fault {
        Fault::ClientMissing => made("client_id is missing"),
        Fault::ClientRepeated => made("client_id was sent more than once"),
        Fault::UnknownClient => made("client_id is not known here"),
        Fault::Unreadable(description) => made(description),
        Fault::ForeignForm => {
            let text = "You signed in again, or as somebody else, since this page was made. Go back to the application and start once more.";
            Problem::new(
                StatusCode::FORBIDDEN,
                "This question is no longer yours to answer",
                text,
                "the sealed request belongs to another session",
            )
        }
        Fault::Callback(callback) => callback_problem(callback, made),
    };
    Problem { client_id: fault.client_id.clone(), problem: fault.problem.clone(), ..problem }
}

fn callback_problem(fault: &CallbackError, made: impl Fn(&str) -> Problem) -> Problem {
    match fault {
        CallbackError::Missing => made("redirect_uri is missing, and the application has registered none or several"),
        CallbackError::Repeated => made("redirect_uri was sent more than once"),
        CallbackError::Invalid => made("the registered redirect_uri is not one that we may send anyone to"),
        CallbackError::NotRegistered { received } => {
            let problem = made("redirect_uri is not registered; it must match a registered one character by character");
            Problem { received: Some(received.clone()), ..problem }
        }
    }
}
