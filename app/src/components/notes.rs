//! The error summary of a refused form, and the notice that a list could not be loaded.

use crate::frame;
use crate::i18n::{translate, translate_message};
use crate::views::{Note, ProblemSummary};
use leptos::prelude::*;
use oauth::answer::FieldMessage;
use oauth::form::FieldError;

/// The error summary of a refused form: it gets the focus and links to each field.
#[component]
pub(crate) fn Problems(errors: Vec<FieldError>) -> AnyView {
    let problem = |error: FieldError| FieldMessage { field: error.field, text: translate_message(&error.message) };
    let problems: Vec<_> = errors.into_iter().map(problem).collect();
    view! { <ProblemSummary title=translate("problem") problems=problems/> }.into_any()
}

/// In place of a list that could not be loaded, with a link to try again.
#[component]
pub(crate) fn NotLoaded(#[prop(into)] text: String) -> AnyView {
    let again = frame::current().here.clone();
    view! {
        <div role="alert" id="not-loaded">
            <Note kind="bad"><p>{text}</p><p><a href=again>{translate("try-again")}</a></p></Note>
        </div>
    }
    .into_any()
}
