//! What the owner of an application sees of its failed requests.

use crate::problem::{Difference, Finding};
use crate::{ErrorCode, Timestamp};
use serde::{Deserialize, Serialize};

/// A problem of an application: equal requests that failed, counted together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemView {
    /// The last part of its `error_uri`.
    pub id: String,
    /// The `error` that the client was given.
    pub code: ErrorCode,
    /// What was wrong. It holds text from a stranger: shown as text, never as a link.
    pub finding: Finding,
    /// Where the address that was sent leaves the right one, if that is what was wrong.
    pub difference: Option<Difference>,
    /// How many such requests there were, at least: in a flood not all are counted.
    pub times: i64,
    /// When the first one came.
    pub first_at: Timestamp,
    /// When the last one came.
    pub last_at: Timestamp,
    /// At least one came from a browser in which the owner was signed in.
    pub by_owner: bool,
    /// The address that was sent may be added to the application's own by pressing a button.
    pub may_add: bool,
}

/// The page at an `error_uri`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemPage {
    /// The kind of error: all that strangers are told about.
    pub code: ErrorCode,
    /// For the owner of the application, and for administrators.
    pub details: Option<ProblemDetails>,
}

/// A problem beside the application that it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemDetails {
    /// The problem.
    pub problem: ProblemView,
    /// The application's `client_id`.
    pub client_id: String,
    /// Its name.
    pub client_name: String,
    /// Its registered redirect URIs.
    pub redirect_uris: Vec<String>,
    /// Its version, for the form that adds an address.
    pub version: i64,
    /// Whether the reader registered it, and so has a page for it.
    pub own: bool,
}
