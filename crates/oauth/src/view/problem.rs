//! Problems as the owner of an application sees them.

use crate::problem::{Difference, Finding};
use crate::{ErrorCode, Timestamp};
use serde::{Deserialize, Serialize};

/// A problem: equal failed requests, counted together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemView {
    /// The last part of its `error_uri`.
    pub id: String,
    /// The `error` that the client was given.
    pub code: ErrorCode,
    /// What was wrong. It contains untrusted text: shown as text, never as a link.
    pub finding: Finding,
    /// The first difference from the nearest registered redirect URI.
    pub difference: Option<Difference>,
    /// How many such requests there were, at least: under a flood some are not counted.
    pub times: i64,
    /// When the first one came.
    pub first_at: Timestamp,
    /// When the last one came.
    pub last_at: Timestamp,
    /// At least one came from a browser in which the owner was signed in.
    pub by_owner: bool,
    /// Whether the redirect URI can be added by a button.
    pub may_add: bool,
}

/// The page at an `error_uri`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemPage {
    /// The error code: all that strangers see.
    pub code: ErrorCode,
    /// For the owner of the application, and for administrators.
    pub details: Option<ProblemDetails>,
}

/// A problem with its application.
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
    /// Whether the reader owns it, and so has a page for it.
    pub own: bool,
}
