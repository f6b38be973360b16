//! Errors of server functions, as JSON on the wire.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why a server function failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiError {
    /// What kind of failure it is.
    pub kind: ApiErrorKind,
    /// The message for the reader, in their language; the route `/ui` fills it in.
    #[serde(default, rename = "told")]
    pub message: String,
    /// Next steps for the person.
    #[serde(default, rename = "ways")]
    pub links: Vec<ErrorLink>,
    /// The reason, for the log only.
    #[serde(skip)]
    pub why: String,
}

/// The kinds of [`ApiError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApiErrorKind {
    /// The session has ended.
    SignedOut,
    /// The page was made for another person than the one who is signed in now.
    OtherPerson,
    /// The page was made by another build than the server's.
    OldPage,
    /// CSRF: the call does not come from a page of this server in this browser.
    Foreign,
    /// There is no such function, or the caller has no such thing.
    NotFound,
    /// The call could not be read.
    Unreadable,
    /// The call is larger than any form.
    TooLarge,
    /// The database does not answer.
    Unavailable,
    /// A bug or a fault of the server.
    Internal,
    /// The server did not answer; only the browser makes this one.
    NoAnswer,
}

impl ApiErrorKind {
    /// Whether the page belongs to a session that has ended.
    #[must_use]
    pub const fn is_session_over(self) -> bool {
        matches!(self, Self::SignedOut | Self::OtherPerson)
    }
}

/// A link to the next step, such as signing in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorLink {
    /// The text of the link.
    pub label: String,
    /// The path.
    pub to: String,
}

impl ApiError {
    /// An error of this kind; `why` is for the log.
    pub fn new(kind: ApiErrorKind, why: impl Into<String>) -> Self {
        Self { kind, message: String::new(), links: Vec::new(), why: why.into() }
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}: {}", self.kind, self.why)
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        let (kind, why) = match value {
            ServerFnErrorErr::Args(why) | ServerFnErrorErr::MissingArg(why) => (ApiErrorKind::Unreadable, why),
            ServerFnErrorErr::Deserialization(why) => (ApiErrorKind::Unreadable, why),
            ServerFnErrorErr::Request(why) => (ApiErrorKind::NoAnswer, why),
            _ => (ApiErrorKind::Internal, String::new()),
        };
        Self::new(kind, why)
    }
}

#[cfg(feature = "ssr")]
impl From<provider::Error> for ApiError {
    fn from(error: provider::Error) -> Self {
        use provider::Error;
        let kind = match &error {
            Error::SignedOut => ApiErrorKind::SignedOut,
            Error::NotFound => ApiErrorKind::NotFound,
            Error::Unavailable(_) => ApiErrorKind::Unavailable,
            _ => ApiErrorKind::Internal,
        };
        Self::new(kind, error.to_string())
    }
}

/// The same failure for the handler of a plain form, which renders an error page.
#[cfg(feature = "ssr")]
impl From<ApiError> for provider::Error {
    fn from(error: ApiError) -> Self {
        match error.kind {
            ApiErrorKind::SignedOut => Self::SignedOut,
            ApiErrorKind::NotFound => Self::NotFound,
            ApiErrorKind::Unavailable => Self::Unavailable(error.why),
            _ => Self::Internal(error.why),
        }
    }
}
