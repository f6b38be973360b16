use super::typed;
use crate::browser::Submission;
use oauth::form::ClientForm;

/// What a press on the page of an application asks for.
pub(super) enum Action {
    /// To leave the dialog.
    Close,
    /// To save the settings over this version.
    Save(ClientForm, i64),
    /// "Rotate client secret".
    AskRotate,
    /// To make a new secret: when the current one ends, and the id of the form.
    Rotate(String, String),
    /// To forget what failed lately.
    Clear,
}

impl Action {
    /// What the form that was sent asks for; none: it is not one of these, and is sent as it is. `open`: a dialog of the
    /// island's stands open over the page at `path`.
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
