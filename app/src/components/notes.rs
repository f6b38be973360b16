use crate::frame;
use crate::views::{Note, ProblemSummary};
use crate::words::{say, told};
use leptos::prelude::*;
use oauth::answer::Told;
use oauth::form::FieldError;

/// The summary of a refused form: it takes the focus, and each line leads to its field.
#[component]
pub(crate) fn Problems(errors: Vec<FieldError>) -> AnyView {
    let problem = |error: FieldError| Told { field: error.field, text: told(&error.message) };
    let problems: Vec<_> = errors.into_iter().map(problem).collect();
    view! { <ProblemSummary title=say("problem") problems=problems/> }.into_any()
}

/// What stands where a list would be that could not be read: nothing has changed, and the same address may be asked again.
#[component]
pub(crate) fn NotLoaded(#[prop(into)] text: String) -> AnyView {
    let again = frame::current().here.clone();
    view! {
        <div role="alert" id="not-loaded">
            <Note kind="bad"><p>{text}</p><p><a href=again>{say("try-again")}</a></p></Note>
        </div>
    }
    .into_any()
}
