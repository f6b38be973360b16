//! Answers of the permanent-token functions and forms.

use super::{Done, FieldMessage, Piece};
use crate::form::NewToken;
use crate::view::ScopeChoice;
use serde::{Deserialize, Serialize};

/// The answer to a form or button of the permanent-token page. One variant holds a token.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenDialog {
    /// "New permanent token".
    New(NewTokenDialog),
    /// "Token created": the only answer that ever holds the value.
    Created(CreatedToken),
    /// The form was submitted twice: its token exists already.
    AlreadyCreated,
    /// "Revoke …?"
    Revoke(RevokeQuestion),
    /// It was revoked.
    Revoked(Done),
    /// "Rename …"
    Rename(RenameQuestion),
    /// It was renamed.
    Renamed(Done),
}

impl TokenDialog {
    /// The field name of errors that belong to the whole form.
    pub const FORM: &'static str = "new-token-form";

    /// Whether the CSRF token of the form had expired.
    #[must_use]
    pub const fn is_old(&self) -> bool {
        match self {
            Self::New(new) => new.old,
            Self::Rename(question) => question.old,
            _ => false,
        }
    }

    /// Whether there are validation errors or a failure.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        match self {
            Self::New(new) => !new.problems.is_empty(),
            Self::Revoke(question) => question.problem.is_some(),
            Self::Rename(question) => !question.problems.is_empty(),
            Self::Created(_) | Self::AlreadyCreated | Self::Revoked(_) | Self::Renamed(_) => false,
        }
    }

    /// Whether it failed because the server is unavailable.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        let ours = |problems: &[FieldMessage]| problems.iter().any(|message| message.field == Self::FORM);
        match self {
            Self::New(new) => ours(&new.problems),
            Self::Revoke(question) => question.problem.is_some(),
            Self::Rename(question) => ours(&question.problems),
            Self::Created(_) | Self::AlreadyCreated | Self::Revoked(_) | Self::Renamed(_) => false,
        }
    }
}

/// Prints the kind of the dialog and never what it holds.
impl std::fmt::Debug for TokenDialog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::New(_) => "New",
            Self::Created(_) => "Created",
            Self::AlreadyCreated => "AlreadyCreated",
            Self::Revoke(_) => "Revoke",
            Self::Revoked(_) => "Revoked",
            Self::Rename(_) => "Rename",
            Self::Renamed(_) => "Renamed",
        })
    }
}

/// The dialog "New permanent token".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTokenDialog {
    /// The typed name.
    pub name: String,
    /// The typed scope, not added yet.
    pub scope: String,
    /// The scopes that were added.
    #[serde(default)]
    pub added: Vec<AddedScope>,
    /// Validation errors of `name` and `scope`, or of [`TokenDialog::FORM`].
    #[serde(default)]
    pub problems: Vec<FieldMessage>,
    /// The CSRF token had expired: nothing was done.
    #[serde(default)]
    pub old: bool,
    /// The status of the scope list: "read added. 2 scopes."
    pub scopes_status: String,
    /// The idempotency key of the form.
    pub form_id: String,
    /// The scopes that this person may use.
    #[serde(default)]
    pub choices: Vec<ScopeChoice>,
}

impl NewTokenDialog {
    /// What was typed.
    #[must_use]
    pub fn form(&self) -> NewToken {
        let scopes = self.added.iter().map(|added| added.scope.clone()).collect();
        NewToken { name: self.name.clone(), scope: self.scope.clone(), scopes }
    }
}

/// A scope that was added.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AddedScope {
    /// The whole scope.
    pub scope: String,
    /// The accessible name of its Remove button.
    pub remove: String,
}

/// A token that was just made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreatedToken {
    /// The token's id.
    pub id: String,
    /// The token's value.
    pub value: String,
    /// Where it is listed.
    pub listed: Vec<Piece>,
    /// What screen readers are told (ARIA status) when the dialog is closed.
    pub announcement: String,
    /// The command line that tries the value.
    pub call: String,
}

/// "Revoke …?"
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokeQuestion {
    /// The token's id.
    pub id: String,
    /// The question.
    pub title: Vec<Piece>,
    /// Why revoking failed.
    pub problem: Option<String>,
}

/// The dialog "Rename …".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenameQuestion {
    /// The token's id.
    pub id: String,
    /// The title, with the current name.
    pub title: Vec<Piece>,
    /// The new name, as it was typed.
    pub name: String,
    /// Validation errors of `name`, or of [`TokenDialog::FORM`].
    #[serde(default)]
    pub problems: Vec<FieldMessage>,
    /// The CSRF token had expired: nothing was done.
    #[serde(default)]
    pub old: bool,
}
