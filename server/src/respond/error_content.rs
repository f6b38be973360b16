//! The content of error pages: what the user can do, and what the developer must change.

mod request_error;

use app::Language;
use app::pages::ErrorPage;
use axum::http::StatusCode;
use oauth::form::FieldError;
use oauth::{Message, Timestamp};
use provider::Error;

use super::retry::{RETRY_CAPPED, RETRY_SOON};
use crate::browser::{CsrfError, Visitor};

/// An error in words.
#[derive(Clone, Debug)]
pub struct ErrorContent {
    /// The status of the answer.
    pub status: StatusCode,
    /// The error code, for programs.
    pub code: String,
    /// One sentence: the page's title and heading.
    pub title: Message,
    /// For the person.
    pub text: Message,
    /// For the developer.
    pub error: Message,
    /// For programs, in English; `None`: `text` in English.
    pub description: Option<String>,
    /// The value that was received, where showing it helps.
    pub received: Option<String>,
    /// The client that sent the user here.
    pub client_id: Option<String>,
    /// The client's name, where `text` has a placeholder for it.
    pub client_name: Option<String>,
    /// The id of the `error_uri` where the client's owner reads the details.
    pub problem: Option<String>,
    /// Whether the reader registered the client.
    pub own: bool,
    /// Whether the developer's details and the request id are expanded: not where a user was on the
    /// way to a live application.
    pub expanded: bool,
    /// Whether the page offers to switch the account.
    pub switch: bool,
    /// `Retry-After` in seconds.
    pub retry_after: Option<i64>,
}

impl ErrorContent {
    /// Content without optional parts.
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

    /// 404.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "error-not-found", "error-not-found-text", "error-not-found-why")
    }

    /// The setup link was used.
    #[must_use]
    pub fn used_setup_link() -> Self {
        Self::new(StatusCode::NOT_FOUND, "error-setup-used", "error-setup-used-text", "error-setup-used-why")
    }

    /// 405 of an address that takes only forms.
    #[must_use]
    pub fn method_not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "error-method", "error-method-text", "error-method-why")
    }

    /// A cross-site form.
    #[must_use]
    pub fn cross_site_form() -> Self {
        Self::new(StatusCode::FORBIDDEN, "error-foreign-form", "error-foreign-form-text", "error-foreign-form-why")
    }

    /// A form whose CSRF token is of another browser or old.
    #[must_use]
    pub fn old_form() -> Self {
        Self::new(StatusCode::FORBIDDEN, "error-old-form", "error-old-form-text", "error-old-form-why")
    }

    /// A form from another origin than `JETON_PUBLIC_URL`.
    #[must_use]
    pub fn other_origin(came: &str, set: &str) -> Self {
        let say = |id| Message::new(id).with("came", came).with("set", set);
        let text = say("error-origin-text");
        Self::new(StatusCode::FORBIDDEN, "error-origin", text, say("error-origin-why"))
    }

    /// Another user has signed in since the page was rendered.
    #[must_use]
    pub fn other_person(visitor: &Visitor) -> Self {
        let user = visitor.current.as_ref().map_or("", |current| current.user.username.as_str());
        let say = |key| Message::new(key).with("user", oauth::form::visible(user));
        let content = Self::new(
            StatusCode::CONFLICT,
            "error-other-person",
            say("error-other-person-text"),
            "error-other-person-why",
        );
        Self { title: say("error-other-person"), switch: true, ..content }
    }

    /// A form that the CSRF check refused.
    #[must_use]
    pub fn csrf_error(why: &CsrfError, visitor: &Visitor) -> Self {
        match why {
            CsrfError::Site => Self::cross_site_form(),
            CsrfError::Token => Self::old_form(),
            CsrfError::OtherPerson => Self::other_person(visitor),
            CsrfError::Origin(came) => Self::other_origin(came, &visitor.site.provider.settings().issuer),
        }
    }

    /// An unreadable body.
    #[must_use]
    pub fn unreadable(status: StatusCode, description: &str) -> Self {
        Self::new(status, "error-unreadable", "error-unreadable-text", untranslated(description))
    }

    /// The description for programs.
    pub(super) fn description_text(&self) -> String {
        self.description.clone().unwrap_or_else(|| Language::ENGLISH.translate_message(&self.text))
    }

    pub(super) fn view(self, request_id: &str, now: Timestamp) -> ErrorPage {
        // Rounded up to the minute: the page shows hours and minutes, which must not be too early.
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

/// A text for developers that is not translated.
fn untranslated(text: &str) -> Message {
    Message::new("error-as-told").with("text", text)
}

/// Marks the content for the client's owner: the page then links to the application, where the fix
/// is made.
#[must_use]
pub fn for_owner(content: ErrorContent, error: &Error, visitor: &Visitor) -> ErrorContent {
    let Error::Page(fault) = error else { return content };
    let reader = visitor.current.as_ref().map(|current| current.user.id);
    ErrorContent { own: fault.owner.is_some() && fault.owner == reader, ..content }
}

/// The content for a use case's error.
#[must_use]
pub fn describe(error: &Error) -> ErrorContent {
    match error {
        Error::Page(fault) => request_error::describe(fault),
        Error::NotFound => ErrorContent::not_found(),
        Error::Throttled { retry_after } => throttled(*retry_after),
        Error::Capped => throttled(RETRY_CAPPED),
        Error::Busy | Error::Unavailable(_) => {
            let status = StatusCode::SERVICE_UNAVAILABLE;
            let content = ErrorContent::new(status, "error-busy", "error-busy-text", "error-busy-why");
            ErrorContent { retry_after: Some(RETRY_SOON), ..content }
        }
        Error::Conflict(message) | Error::Form(FieldError { message, .. }) => {
            ErrorContent::new(StatusCode::CONFLICT, "error-changed", message.clone(), "error-changed-why")
        }
        Error::OAuth(error) => {
            let (text, why) = (untranslated(&error.error_description()), untranslated(error.code.as_str()));
            ErrorContent::new(StatusCode::BAD_REQUEST, "error-wrong", text, why)
        }
        Error::Bearer(_) | Error::SignedOut => ErrorContent::new(
            StatusCode::UNAUTHORIZED,
            "error-wrong",
            "error-sign-in-text",
            untranslated("invalid_token"),
        ),
        Error::Internal(_) => {
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            ErrorContent::new(status, "error-internal", "error-internal-text", "error-internal-why")
        }
    }
}

/// 429: the page shows the time of the next attempt, programs read `Retry-After`.
fn throttled(retry_after: i64) -> ErrorContent {
    let description = "There were too many attempts. Wait a few minutes and try again.";
    let status = StatusCode::TOO_MANY_REQUESTS;
    ErrorContent {
        description: Some(description.to_owned()),
        retry_after: Some(retry_after),
        ..ErrorContent::new(status, "error-throttled", "error-throttled-text", "error-throttled-why")
    }
}
