//! i18n labels of the account forms.

use super::labels::labels;

labels! {
    /// The fixed texts around the account forms.
    AccountLabels {
        problem: "problem",
        no_answer: "no-answer",
    }
}
