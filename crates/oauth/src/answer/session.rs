//! Answers of the session functions and forms.

use crate::view::SessionView;
use serde::{Deserialize, Serialize};

/// The list of signed-in browsers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionsView {
    /// The browsers, this one first.
    #[serde(default)]
    pub rows: Vec<SessionRow>,
}

impl SessionsView {
    /// Whether there are others than this one.
    #[must_use]
    pub fn has_others(&self) -> bool {
        self.rows.iter().any(|row| !row.session.current)
    }
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SessionRow {
    /// The browser.
    pub session: SessionView,
    /// What it is: "Firefox on Linux".
    pub device: String,
}

/// The answer to a button of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SessionsDialog {
    /// "Sign out everywhere else?", with what will happen.
    EndOthers(String),
    /// Sessions have ended; the announcement.
    Ended(String),
}
