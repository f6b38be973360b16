//! What an error page says: what the person can do, and what the developer must change.

mod link;

use app::Language;
use app::pages::ErrorPage;
use axum::http::StatusCode;
use oauth::form::FieldError;
use oauth::{Message, Timestamp};
use provider::Error;

use crate::browser::{Foreign, Visitor};

/// A problem in words.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The status of the answer.
    pub status: StatusCode,
    /// The error's short name, for programs.
    pub code: String,
    /// One sentence: the page's title and heading.
    pub title: Message,
    /// For the person.
    pub text: Message,
    /// For the developer.
    pub error: Message,
    /// For programs, in English; `None`: the text in English.
    pub description: Option<String>,
    /// What was received, where showing it helps.
    pub received: Option<String>,
    /// The client that sent the person.
    pub client_id: Option<String>,
    /// Its name, where `text` has a place for it.
    pub client_name: Option<String>,
    /// The id under which the owner of the client can read what is wrong.
    pub problem: Option<String>,
    /// Whether the reader registered the client.
    pub own: bool,
    /// Whether the details for the developer stand open: they do, unless a person was on the way to an application that is
    /// live. A request ID that support asks for is then in sight too.
    pub expanded: bool,
    /// Whether the way on may be another account.
    pub switch: bool,
    /// Seconds after which to try again.
    pub retry_after: Option<i64>,
}

impl Problem {
    /// A problem about which there is nothing else to say.
    #[must_use]
    pub fn new(status: StatusCode, title: &'static str, text: impl Into<Message>, error: impl Into<Message>) -> Self {
        let code = if status.is_server_error() { "server_error" } else { "invalid_request" };
        Self {
            status,
            code: code.to_owned(),
            title: title.into(),
            text: text.into(),
            error: error.into(),
            description: None,
            received: None,
            client_id: None,
            client_name: None,
            problem: None,
            own: false,
            expanded: true,
            switch: false,
            retry_after: None,
        }
    }

    /// There is nothing at this address.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "error-not-found", "error-not-found-text", "error-not-found-why")
    }

    /// The link has made its administrator.
    #[must_use]
    pub fn used_setup_link() -> Self {
        Self::new(StatusCode::NOT_FOUND, "error-setup-used", "error-setup-used-text", "error-setup-used-why")
    }

    /// The address takes what a form sends, and nothing else.
    #[must_use]
    pub fn method_not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "error-method", "error-method-text", "error-method-why")
    }

    /// The form came from another site's page.
    #[must_use]
    pub fn foreign_site() -> Self {
        Self::new(StatusCode::FORBIDDEN, "error-foreign-form", "error-foreign-form-text", "error-foreign-form-why")
    }

    /// The form was made for another browser, or long ago.
    #[must_use]
    pub fn old_form() -> Self {
        Self::new(StatusCode::FORBIDDEN, "error-old-form", "error-old-form-text", "error-old-form-why")
    }

    /// The browser has this site open at another origin than the one that is set.
    #[must_use]
    pub fn other_origin(came: &str, set: &str) -> Self {
        let say = |id| Message::new(id).with("came", came).with("set", set);
        let text = say("error-origin-text");
        Self::new(StatusCode::FORBIDDEN, "error-origin", text, say("error-origin-why"))
    }

    /// Somebody else has signed in since the page was made.
    #[must_use]
    pub fn other_person(visitor: &Visitor) -> Self {
        let user = visitor.current.as_ref().map_or("", |current| current.user.username.as_str());
        let say = |key| Message::new(key).with("user", oauth::form::visible(user));
        let problem = Self::new(
            StatusCode::CONFLICT,
            "error-other-person",
            say("error-other-person-text"),
            "error-other-person-why",
        );
        Self { title: say("error-other-person"), switch: true, ..problem }
    }

    /// Why a form is not taken.
    #[must_use]
    pub fn of_form(why: &Foreign, visitor: &Visitor) -> Self {
        match why {
            Foreign::Site => Self::foreign_site(),
            Foreign::Token => Self::old_form(),
            Foreign::OtherPerson => Self::other_person(visitor),
            Foreign::Origin(came) => Self::other_origin(came, &visitor.site.provider.settings().issuer),
        }
    }

    /// The body could not be read.
    #[must_use]
    pub fn unreadable(status: StatusCode, description: &str) -> Self {
        Self::new(status, "error-unreadable", "error-unreadable-text", as_told(description))
    }

    /// What a program is told.
    pub(super) fn described(&self) -> String {
        self.description.clone().unwrap_or_else(|| Language::ENGLISH.translate_message(&self.text))
    }

    pub(super) fn view(self, request_id: &str, now: Timestamp) -> ErrorPage {
        // Rounded up to the minute: a clock that shows it is never too early.
        let clock = self.retry_after.map(|seconds| now.plus(seconds.saturating_add(59)));
        let own = self.client_name.clone().zip(self.client_id.clone()).filter(|_| self.own);
        ErrorPage {
            title: self.title,
            text: self.text,
            name: self.client_name,
            clock,
            error: self.error,
            received: self.received,
            client_id: self.client_id,
            request_id: request_id.to_owned(),
            time: now,
            problem: self.problem,
            own,
            expanded: self.expanded || self.own,
            switch: self.switch,
        }
    }
}

/// What a rule says in English alone, for developers.
fn as_told(text: &str) -> Message {
    Message::new("error-as-told").with("text", text)
}

/// The same for whoever registered the client: the way leads to the application, where it can be mended.
#[must_use]
pub fn for_owner(problem: Problem, error: &Error, visitor: &Visitor) -> Problem {
    let Error::Page(fault) = error else { return problem };
    let reader = visitor.current.as_ref().map(|current| current.user.id);
    Problem { own: fault.owner.is_some() && fault.owner == reader, ..problem }
}

/// A use case's error in words.
#[must_use]
pub fn problem(error: &Error) -> Problem {
    match error {
        Error::Page(fault) => link::problem(fault),
        Error::NotFound => Problem::not_found(),
        Error::Throttled { retry_after } => throttled(*retry_after),
        Error::Capped => throttled(super::RETRY_CAPPED),
        Error::Busy | Error::Unavailable(_) => {
            let status = StatusCode::SERVICE_UNAVAILABLE;
            let problem = Problem::new(status, "error-busy", "error-busy-text", "error-busy-why");
            Problem { retry_after: Some(super::RETRY_SOON), ..problem }
        }
        Error::Conflict(message) | Error::Form(FieldError { message, .. }) => {
            Problem::new(StatusCode::CONFLICT, "error-changed", message.clone(), "error-changed-why")
        }
        Error::OAuth(error) => {
            let (text, why) = (as_told(&error.error_description()), as_told(error.code.as_str()));
            Problem::new(StatusCode::BAD_REQUEST, "error-wrong", text, why)
        }
        Error::Bearer(_) | Error::SignedOut => {
            Problem::new(StatusCode::UNAUTHORIZED, "error-wrong", "error-sign-in-text", as_told("invalid_token"))
        }
        Error::Internal(_) => {
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            Problem::new(status, "error-internal", "error-internal-text", "error-internal-why")
        }
    }
}

/// People read by the clock when to try again; programs have a header for it.
fn throttled(retry_after: i64) -> Problem {
    let description = "There were too many attempts. Wait a few minutes and try again.";
    let status = StatusCode::TOO_MANY_REQUESTS;
    Problem {
        description: Some(description.to_owned()),
        retry_after: Some(retry_after),
        ..Problem::new(status, "error-throttled", "error-throttled-text", "error-throttled-why")
    }
}
