//! Answers of the connected-application functions and forms.

use super::{Done, Piece};
use crate::{Risk, Timestamp};
use serde::{Deserialize, Serialize};

/// The list of applications that the person allowed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionsView {
    /// The applications, the one allowed last first.
    #[serde(default)]
    pub rows: Vec<ConnectionRow>,
}

/// An application's row.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ConnectionRow {
    /// The grant's id.
    pub id: String,
    /// The application's name.
    pub name: String,
    /// Who registered it: "by grace".
    #[serde(default)]
    pub by: Vec<Piece>,
    /// What it may do.
    #[serde(default)]
    pub rights: Vec<Right>,
    /// When it was allowed.
    pub allowed_at: Timestamp,
    /// When it last used its access.
    pub last_used: Option<Timestamp>,
    /// How often it was used in 30 days, or since counting began; empty: unknown.
    pub uses: String,
    /// Which service introspected last: "Last asked by Door".
    #[serde(default)]
    pub asked: Vec<Piece>,
}

/// A granted scope.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Right {
    /// The whole scope.
    pub scope: String,
    /// What it allows, in the reader's language; may be empty.
    pub title: String,
    /// Its risk.
    pub risk: Risk,
}

/// The answer to a button of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConnectionsDialog {
    /// "Remove access of …?"
    Remove(RemoveQuestion),
    /// It was removed.
    Removed(Done),
}

/// "Remove access of …?"
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveQuestion {
    /// The grant's id.
    pub id: String,
    /// The question.
    pub title: Vec<Piece>,
    /// What happens then.
    pub text: Vec<Piece>,
    /// What it can no longer do.
    #[serde(default)]
    pub stops: Vec<Right>,
    /// How often it was used lately; may be empty.
    pub uses: String,
    /// Which service introspected last.
    #[serde(default)]
    pub asked: Vec<Piece>,
}
