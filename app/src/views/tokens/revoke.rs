//! The question before a token is revoked.

use super::labels::Labels;
use super::paths::LIST;
use crate::views::{ConfirmDialog, Note, Pieces, ToView, View};
use leptos::prelude::*;
use oauth::answer::RevokeQuestion;

/// The question before a token is revoked.
#[component]
pub(super) fn Revoke(question: RevokeQuestion, labels: Labels) -> View {
    let t = labels.get_value();
    let action = format!("{LIST}/{}/revoke", question.id);
    let title = view! { <Pieces of=question.title/> }.view();
    let problem = question.problem.map(|message| view! { <div role="alert"><Note kind="bad">{message}</Note></div> });
    view! {
        <ConfirmDialog id="revoke-token" title=title action=action back=LIST ok=t.ok() cancel=t.cancel()>
            {problem}
            <p>{t.revoke_text()}</p>
        </ConfirmDialog>
    }
    .view()
}
