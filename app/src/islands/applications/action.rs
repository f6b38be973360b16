//! What a submitted form on an application page asks for.

use super::typed;
use crate::browser::Submission;
use oauth::form::ClientForm;

/// What a submitted form asks for.
pub(super) enum Action {
    /// To close the dialog.
    Close,
    /// To save the settings over this version.
    Save(ClientForm, i64),
    /// To open "Rotate client secret".
    AskRotate,
    /// To make a new secret: when the current one ends, and the id of the form.
    Rotate(String, String),
    /// To delete the recent problems.
    Clear,
}

impl Action {
    /// The action of a submitted form; `None`: not one of these, the browser submits it. `open`: a
    /// dialog of the island is open over the page at `path`.
    pub(super) fn of(submission: &Submission, path: &str, open: bool) -> Option<Self> {
        let target = submission.target();
        let (method, asked) = target.split_once(' ')?;
        match (method, asked.strip_prefix(path)?) {
            ("GET", "") if open => Some(Self::Close),
            ("POST", "") if matches!(submission.intent().as_str(), "save" | "") => {
                Some(Self::Save(typed(submission.fields()), submission.text("version").parse().ok()?))
            }
            ("GET", "/rotate") => Some(Self::AskRotate),
            ("POST", "/rotate") => Some(Self::Rotate(submission.text("old_secret_until"), submission.text("form_id"))),
            ("POST", "/problems/clear") => Some(Self::Clear),
            _ => None,
        }
    }
}
