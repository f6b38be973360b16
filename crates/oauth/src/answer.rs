//! Answers to the forms of the pages: the same values for a posted form and for a server function
//! (DTOs).
//!
//! Texts are translated already. Some values hold a secret that is shown once: `Debug` prints their
//! kind only, and they are never props of an island.

mod application;
mod connection;
mod session;
mod token;

pub use application::{
    ApplicationAnswer, ApplicationNow, ChangedApplication, ChangedField, ProblemLine, RegisteredApplication,
    RotateQuestion, SavedApplication, SecretLine,
};
pub use connection::{ConnectionRow, ConnectionsDialog, ConnectionsView, RemoveQuestion, Right};
pub use session::{SessionRow, SessionsDialog, SessionsView};
pub use token::{AddedScope, CreatedToken, NewTokenDialog, RenameQuestion, RevokeQuestion, TokenDialog};

use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// A validation error of a field, translated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldMessage {
    /// The field's id.
    pub field: String,
    /// The translated message.
    pub text: String,
}

/// The message for a field; `None`: the field is valid.
#[must_use]
pub fn message_for(problems: &[FieldMessage], field: &str) -> Option<String> {
    problems.iter().find(|message| message.field == field).map(|message| message.text.clone())
}

/// The answer to a form that stays on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// What screen readers are told (ARIA status); empty where the form was refused.
    pub announcement: String,
    /// What to fix.
    #[serde(default)]
    pub problems: Vec<FieldMessage>,
}

/// A row was changed or removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// What screen readers are told (ARIA status).
    pub announcement: String,
    /// The id of the row that gets the focus: the same, or its neighbour.
    pub next: Option<String>,
}

/// The text of a message, without the dates in it.
#[must_use]
pub fn plain(pieces: &[Piece]) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Text(text) | Piece::Name(text) | Piece::Code(text) | Piece::Mark(text) => text.clone(),
        Piece::Day(_) | Piece::Moment(_) => String::new(),
    };
    pieces.iter().map(text).collect()
}

/// A part of a translated message (rich text).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Piece {
    /// Text of the message.
    Text(String),
    /// A user-chosen name, isolated from the text around it (HTML `bdi`).
    Name(String),
    /// Code, left to right.
    Code(String),
    /// The marked difference in a text (HTML `mark`).
    Mark(String),
    /// A day.
    Day(Timestamp),
    /// A date and time.
    Moment(Timestamp),
}
