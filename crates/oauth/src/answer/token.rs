use super::{Done, FieldMessage, Piece};
use crate::form::NewToken;
use crate::view::ScopeChoice;
use serde::{Deserialize, Serialize};

/// The dialog that stands open over the list of permanent tokens. One of them holds a token's value.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenDialog {
    /// "New permanent token".
    New(NewTokenDialog),
    /// "Token created": the only answer that ever holds the value.
    Created(CreatedToken),
    /// The form was sent twice; its token exists already.
    AlreadyCreated,
    /// "Revoke …?"
    Revoke(RevokeQuestion),
    /// Nothing is left to ask: it was revoked.
    Revoked(Done),
    /// "Rename …"
    Rename(RenameQuestion),
    /// Nothing is left to ask: it has the new name.
    Renamed(Done),
}

impl TokenDialog {
    /// The name of a problem that belongs to the whole form.
    pub const FORM: &'static str = "new-token-form";

    /// Whether the page stood open too long.
    #[must_use]
    pub const fn is_old(&self) -> bool {
        match self {
            Self::New(new) => new.old,
            Self::Rename(question) => question.old,
            _ => false,
        }
    }

    /// Whether something must be mended, or tried again.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        match self {
            Self::New(new) => !new.problems.is_empty(),
            Self::Revoke(question) => question.problem.is_some(),
            Self::Rename(question) => !question.problems.is_empty(),
            Self::Created(_) | Self::AlreadyCreated | Self::Revoked(_) | Self::Renamed(_) => false,
        }
    }

    /// Whether it was refused for a reason that is ours and passes.
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

/// "New permanent token" as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTokenDialog {
    /// What was typed as name.
    pub name: String,
    /// What stands in the field Scope: typed, not added.
    pub scope: String,
    /// The scopes that were added.
    #[serde(default)]
    pub added: Vec<AddedScope>,
    /// What is wrong with the fields `name` and `scope`, or [`TokenDialog::FORM`] for what is nobody's fault.
    #[serde(default)]
    pub problems: Vec<FieldMessage>,
    /// Nothing was done, since the page stood open too long.
    #[serde(default)]
    pub old: bool,
    /// What has just happened to the scopes: "read added. 2 scopes."
    pub scopes_status: String,
    /// The one-time id of the form: sent twice, it makes one token.
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
    /// What the button says that takes it out again.
    pub remove: String,
}

/// A token that was just made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreatedToken {
    /// The token's id.
    pub id: String,
    /// The token's value.
    pub value: String,
    /// Where it is found from now on.
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
    /// It was tried, and could not be done.
    pub problem: Option<String>,
}

/// "Rename …" as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenameQuestion {
    /// The token's id.
    pub id: String,
    /// What is done: with the name as it was.
    pub title: Vec<Piece>,
    /// The new name, as it was typed.
    pub name: String,
    /// What is wrong with the field `name`, or [`TokenDialog::FORM`] for what is nobody's fault.
    #[serde(default)]
    pub problems: Vec<FieldMessage>,
    /// Nothing was done, since the page stood open too long.
    #[serde(default)]
    pub old: bool,
}
