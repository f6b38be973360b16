//! Answers of the application functions and forms.

use super::{FieldMessage, Piece};
use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// The answer to a form or button of the application pages. Two variants hold a client secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApplicationAnswer {
    /// Validation errors.
    Refused(Vec<FieldMessage>),
    /// An edit conflict.
    Changed(ChangedApplication),
    /// The settings are saved.
    Saved(SavedApplication),
    /// It is registered: the only answer that ever holds its first secret.
    Registered(RegisteredApplication),
    /// The form was submitted twice: the application with this id exists already.
    AlreadyRegistered(String),
    /// "Rotate client secret".
    Rotate(RotateQuestion),
    /// The new secret, in the only answer that ever holds it.
    NewSecret(String),
    /// The form was submitted twice: its secret exists already.
    AlreadyRotated,
    /// The recent problems were deleted; the announcement.
    Cleared(String),
}

impl ApplicationAnswer {
    /// Whether there are validation errors or an edit conflict.
    #[must_use]
    pub const fn is_refused(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::Changed(_))
    }
}

/// Prints the kind of the answer and never what it holds.
impl std::fmt::Debug for ApplicationAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Refused(_) => "Refused",
            Self::Changed(_) => "Changed",
            Self::Saved(_) => "Saved",
            Self::Registered(_) => "Registered",
            Self::AlreadyRegistered(_) => "AlreadyRegistered",
            Self::Rotate(_) => "Rotate",
            Self::NewSecret(_) => "NewSecret",
            Self::AlreadyRotated => "AlreadyRotated",
            Self::Cleared(_) => "Cleared",
        })
    }
}

/// An application whose settings were just saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedApplication {
    /// What screen readers are told (ARIA status).
    pub announcement: String,
    /// Its name from now on.
    pub name: String,
    /// Its version from now on.
    pub version: i64,
}

/// An edit conflict between two people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedApplication {
    /// The fields in which they differ.
    #[serde(default)]
    pub rows: Vec<ChangedField>,
    /// The stored version: a save that names it overwrites the stored values.
    pub version: i64,
}

/// A field in which two forms differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedField {
    /// The label of the field.
    pub field: String,
    /// The stored values.
    #[serde(default)]
    pub stored: Vec<String>,
    /// The typed values.
    #[serde(default)]
    pub typed: Vec<String>,
}

/// An application that was just registered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisteredApplication {
    /// Its client id.
    pub client_id: String,
    /// Its secret; a public client has none.
    pub secret: Option<String>,
    /// What each endpoint is called, and its address.
    #[serde(default)]
    pub endpoints: Vec<(String, String)>,
}

/// "Rotate client secret".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RotateQuestion {
    /// The application's client id.
    pub client_id: String,
    /// The idempotency key of the form.
    pub form_id: String,
    /// A note which of two secrets ends at once; empty where there is one.
    #[serde(default)]
    pub third: Vec<Piece>,
}

/// The parts of an application's page that change without the person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationNow {
    /// The stored version.
    pub version: i64,
    /// A fingerprint of these secrets and problems.
    pub seen: String,
    /// The active secrets.
    #[serde(default)]
    pub secrets: Vec<SecretLine>,
    /// The recent problems, the latest first.
    #[serde(default)]
    pub problems: Vec<ProblemLine>,
}

/// A client secret, as much of it as may be shown again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretLine {
    /// `•••• k3f9`
    pub hint: String,
    /// When it was made.
    #[serde(default)]
    pub made: Vec<Piece>,
    /// When it expires; empty: never.
    #[serde(default)]
    pub ends: Vec<Piece>,
}

/// A recent problem. Untrusted text is a [`Piece::Code`] or [`Piece::Mark`]: text, never a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemLine {
    /// The last part of its `error_uri`.
    pub id: String,
    /// What was wrong.
    #[serde(default)]
    pub what: Vec<Piece>,
    /// How often.
    pub times: String,
    /// When last.
    pub last_at: Timestamp,
    /// Label and text of the received and the expected value.
    #[serde(default)]
    pub facts: Vec<(String, Vec<Piece>)>,
    /// Notes.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Whether the redirect URI can be added by a button.
    pub may_add: bool,
}
