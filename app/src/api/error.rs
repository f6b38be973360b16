use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why a call was not answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiError {
    /// The kind of it.
    pub kind: ApiErrorKind,
    /// The message for the reader, in their language; the route `/ui` fills it in.
    #[serde(default, rename = "told")]
    pub message: String,
    /// Where the person can go from there.
    #[serde(default, rename = "ways")]
    pub links: Vec<ErrorLink>,
    /// For the log alone.
    #[serde(skip)]
    pub why: String,
}

/// The kinds of [`ApiError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApiErrorKind {
    /// Nobody is signed in, any more.
    SignedOut,
    /// The page was made for another person than the one who is signed in now.
    OtherPerson,
    /// The page was made by another build than the server's.
    OldPage,
    /// The call was not sent by a page of ours in this browser.
    Foreign,
    /// There is no such function, or no such thing of this person's.
    NotFound,
    /// The call could not be read.
    Unreadable,
    /// The call is larger than any form.
    TooLarge,
    /// The database does not answer.
    Unavailable,
    /// A fault of ours.
    Internal,
    /// The server gave no answer. Known in the browser alone.
    NoAnswer,
}

impl ApiErrorKind {
    /// Whether the page was made for somebody who is not signed in any more.
    #[must_use]
    pub const fn is_session_over(self) -> bool {
        matches!(self, Self::SignedOut | Self::OtherPerson)
    }
}

/// A link that leads on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorLink {
    /// What it says.
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

/// The same for the page that tells of it.
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
