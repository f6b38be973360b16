use super::{LIST, Words};
use crate::views::{Note, Pieces, Question, ToView, View};
use leptos::prelude::*;
use oauth::answer::RevokeQuestion;

/// The question before a token is revoked.
#[component]
pub(super) fn Revoke(question: RevokeQuestion, words: Words) -> View {
    let say = words.get_value();
    let action = format!("{LIST}/{}/revoke", question.id);
    let title = view! { <Pieces of=question.title/> }.view();
    let problem = question.problem.map(|told| view! { <div role="alert"><Note kind="bad">{told}</Note></div> });
    view! {
        <Question id="revoke-token" title=title action=action back=LIST ok=say.ok() cancel=say.cancel()>
            {problem}
            <p>{say.revoke_text()}</p>
        </Question>
    }
    .view()
}
