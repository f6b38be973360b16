//! What a submitted form on the permanent-token page asks for.

use crate::browser::{self, Submission};
use crate::views::tokens::{LIST, NEW};
use oauth::form::NewToken;

/// What a submitted form asks for.
pub(super) enum Action {
    /// To close the dialog.
    Close,
    /// To search by name.
    Search(String),
    /// To open "New permanent token".
    New,
    /// To add the scope in the field Scope.
    Add(NewToken, String),
    /// To remove a scope.
    Remove(NewToken, String, String),
    /// To create the token.
    Create(NewToken, String),
    /// The question before this token is revoked.
    AskRevoke(String),
    /// To revoke this token.
    Revoke(String),
    /// The form for another name of this token.
    AskRename(String),
    /// To give this token this name.
    Rename(String, String),
}

impl Action {
    /// The action of a submitted form; `None`: not one of this page's. `open`: a dialog of the
    /// island is open.
    pub(super) fn of(submission: &Submission, open: bool) -> Option<Self> {
        let target = submission.target();
        let (method, path) = target.split_once(' ')?;
        match (method, path) {
            ("GET", LIST) if open => Some(Self::Close),
            ("GET", LIST) if submission.is_search() => Some(Self::Search(submission.text("q"))),
            ("GET", NEW) => Some(Self::New),
            ("POST", NEW) => Some(Self::of_form(submission)),
            _ => {
                let (id, action) = path.strip_prefix(LIST)?.strip_prefix('/')?.split_once('/')?;
                Self::of_row(submission, method, action, id.to_owned())
            }
        }
    }

    fn of_row(submission: &Submission, method: &str, action: &str, id: String) -> Option<Self> {
        match (method, action) {
            ("GET", "revoke") => Some(Self::AskRevoke(id)),
            ("POST", "revoke") => Some(Self::Revoke(id)),
            ("GET", "rename") => Some(Self::AskRename(id)),
            ("POST", "rename") => Some(Self::Rename(id, submission.text("name"))),
            _ => None,
        }
    }

    fn of_form(submission: &Submission) -> Self {
        let form = NewToken {
            name: submission.text("name"),
            scope: submission.text("scope"),
            scopes: submission.all("scopes"),
        };
        let (id, intent) = (submission.text("form_id"), submission.intent());
        match intent.strip_prefix("remove:") {
            Some(scope) => Self::Remove(form, id, scope.to_owned()),
            None if intent == "add" => Self::Add(form, id),
            None => Self::Create(form, id),
        }
    }

    /// The URL that restores the typed values, for after a sign-in.
    pub(super) fn return_to(&self) -> Option<String> {
        if let Self::Rename(id, name) = self {
            return Some(browser::with_query(&renaming(id), [("name", name.as_str())].into_iter()));
        }
        let (Self::Add(form, _) | Self::Remove(form, _, _) | Self::Create(form, _)) = self else { return None };
        let scopes = form.scopes.iter().map(|scope| ("scope", scope.as_str()));
        Some(browser::with_query(NEW, [("name", form.name.as_str())].into_iter().chain(scopes)))
    }
}

/// The URL of the rename dialog.
fn renaming(id: &str) -> String {
    [LIST, "/", id, "/rename"].concat()
}
