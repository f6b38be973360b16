//! What the pages answer: the same values whether a form was posted or an island called a server function.
//!
//! Sentences are told in the reader's language already. Some of these values hold a secret that is shown once: they print
//! their kind alone, and never become props of an island.

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

/// What came of a form that stays where it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// What screen readers are told (ARIA status); empty where the form was refused.
    pub announcement: String,
    /// What to fix.
    #[serde(default)]
    pub problems: Vec<FieldMessage>,
}

/// What was done to a row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// What screen readers are told (ARIA status).
    pub announcement: String,
    /// The id of the row that has the focus then: the same, or the one beside it where it is gone.
    pub next: Option<String>,
}

/// A sentence as plain text, without the times in it.
#[must_use]
pub fn plain(pieces: &[Piece]) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Text(text) | Piece::Name(text) | Piece::Code(text) | Piece::Mark(text) => text.clone(),
        Piece::Day(_) | Piece::Moment(_) => String::new(),
    };
    pieces.iter().map(text).collect()
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Piece {
    /// Words of ours.
    Text(String),
    /// A name that somebody chose: shown apart from what stands around it (HTML: `bdi`).
    Name(String),
    /// A piece of code, from left to right.
    Code(String),
    /// What differs in a text (HTML: `mark`).
    Mark(String),
    /// A day.
    Day(Timestamp),
    /// A day and its hour.
    Moment(Timestamp),
}
