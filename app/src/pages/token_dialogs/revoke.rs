use super::LIST;
use crate::components::{Confirm, Note, Question};
use crate::words::{say, sentence};
use leptos::prelude::*;

/// The question before a token is revoked: its id, its name, and whether the answer could not be carried out. Closed, an
/// island fills in the token of the row that was pressed.
#[component]
pub(super) fn Revoke(token: Option<(String, String, bool)>) -> AnyView {
    let open = token.is_some();
    let (id, name, failed) = token.unwrap_or_default();
    let question = Question {
        id: "revoke-token",
        open,
        action: format!("{LIST}/{id}/revoke"),
        back: LIST.to_owned(),
        fields: None,
    };
    let named = view! { <bdi data-slot="name">{oauth::form::visible(&name)}</bdi> }.into_any();
    let problem = failed.then(|| {
        view! { <div role="alert"><Note kind="bad">{say("token-not-revoked")}</Note></div> }
    });
    view! {
        <Confirm question=question title=sentence("token-revoke-question", [("name", named)])>
            {problem}
            <p>{say("token-revoke-text")}</p>
        </Confirm>
    }
    .into_any()
}
