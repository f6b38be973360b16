use super::{FieldMessage, Piece};
use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// What a press on the pages of a developer's applications is answered. Two of these hold a client secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApplicationAnswer {
    /// Something must be mended: what, and at which field.
    Refused(Vec<FieldMessage>),
    /// Somebody else saved something meanwhile.
    Changed(ChangedApplication),
    /// The settings are saved.
    Saved(SavedApplication),
    /// It is registered: the only answer that ever holds its first secret.
    Registered(RegisteredApplication),
    /// The form was sent twice; the application of this id exists already.
    AlreadyRegistered(String),
    /// "Rotate client secret".
    Rotate(RotateQuestion),
    /// The new secret, in the only answer that ever holds it.
    NewSecret(String),
    /// The form was sent twice; its secret exists already.
    AlreadyRotated,
    /// The recent problems are forgotten; what is said of it.
    Cleared(String),
}

impl ApplicationAnswer {
    /// Whether something must be mended or settled.
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

/// What two who changed an application at once have made of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedApplication {
    /// The fields in which they differ.
    #[serde(default)]
    pub rows: Vec<ChangedField>,
    /// The version that is saved now: whoever has seen the rows may replace it.
    pub version: i64,
}

/// A field in which two forms differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedField {
    /// What it is called.
    pub field: String,
    /// What is saved now.
    #[serde(default)]
    pub stored: Vec<String>,
    /// What was typed.
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
    /// The one-time id of the form: sent twice, it makes one secret.
    pub form_id: String,
    /// Which of two secrets ends at once, whatever is chosen; empty where there is one.
    #[serde(default)]
    pub third: Vec<Piece>,
}

/// What of an application's page changes by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationNow {
    /// The version that is saved now.
    pub version: i64,
    /// What tells these secrets and problems from others.
    pub seen: String,
    /// Its secrets that still work.
    #[serde(default)]
    pub secrets: Vec<SecretLine>,
    /// What failed lately, the latest first.
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
    /// When it stops working; empty: it goes on.
    #[serde(default)]
    pub ends: Vec<Piece>,
}

/// A problem of an application. What a stranger sent is a piece of code or marked in one: text, never a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemLine {
    /// The last part of its `error_uri`.
    pub id: String,
    /// What was wrong, in a sentence.
    #[serde(default)]
    pub what: Vec<Piece>,
    /// How often.
    pub times: String,
    /// When last.
    pub last_at: Timestamp,
    /// What was received and what would have been right: what it is, and the text.
    #[serde(default)]
    pub facts: Vec<(String, Vec<Piece>)>,
    /// More about it.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The address that was sent may be added by pressing a button.
    pub may_add: bool,
}
