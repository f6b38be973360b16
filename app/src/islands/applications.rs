//! Islands of a developer's applications. Typed values stay in the server-rendered fields: errors
//! are marked there, and only what changes by itself is rendered again.

mod action;
mod page;
mod preview;
mod register;
mod urls;

pub use page::ApplicationIsland;
pub use preview::PreviewIsland;
pub use register::RegisterIsland;
pub use urls::UrlRowsIsland;

use crate::browser::{self, Fields};
use crate::views::applications::{Changed, Labels};
use crate::views::{ProblemSummary, ToView, View};
use leptos::mount::mount_to;
use leptos::prelude::*;
use oauth::ClientKind;
use oauth::answer::{ApplicationAnswer, FieldMessage};
use oauth::form::ClientForm;

/// The element in which the server renders the error summary.
const REFUSED: &str = "refused";

/// The values of the fields of an application.
fn typed(fields: &Fields) -> ClientForm {
    let form = ClientForm {
        name: fields.text("name"),
        description: fields.text("description"),
        redirect_uris: fields.all("redirect_uri"),
        kind: if fields.text("type") == "native" { ClientKind::Public } else { ClientKind::Confidential },
        require_pkce: fields.text("pkce") != "optional",
        optional_scopes: fields.all("optional_scope"),
    };
    form.tidy()
}

/// Validation errors mapped to the rows of the page: the server numbers addresses without empty and
/// repeated rows.
fn at_rendered_rows(problems: Vec<FieldMessage>) -> Vec<FieldMessage> {
    let rows = browser::values("redirect_uri");
    let place = |problem: FieldMessage| match problem
        .field
        .strip_prefix("redirect_uri_")
        .and_then(|number| number.parse().ok())
    {
        Some(number) => {
            FieldMessage { field: crate::views::applications::field_id(ClientForm::row_of(&rows, number)), ..problem }
        }
        None => problem,
    };
    problems.into_iter().map(place).collect()
}

/// Shows validation errors at their fields and focuses the summary.
fn show_errors(answer: ApplicationAnswer) -> ApplicationAnswer {
    let (answer, focus) = match answer {
        ApplicationAnswer::Refused(problems) => {
            let problems = at_rendered_rows(problems);
            browser::set_field_errors(&problems);
            (ApplicationAnswer::Refused(problems), "problem")
        }
        answer => (answer, "changed"),
    };
    browser::next_tick(move || browser::focus(focus));
    answer
}

/// Clears the validation errors of the previous answer.
fn clear_errors(refusal: RwSignal<Option<ApplicationAnswer>>) {
    browser::set_element_text(REFUSED, "");
    browser::set_field_errors(&[]);
    refusal.set(None);
}

/// The error summary or the edit conflict, above the form.
fn refused(answer: ApplicationAnswer, labels: Labels) -> View {
    match answer {
        ApplicationAnswer::Refused(problems) => {
            let title = labels.with_value(|t| t.problem());
            view! { <ProblemSummary title=title problems=problems/> }.view()
        }
        ApplicationAnswer::Changed(changed) => view! { <Changed changed=changed labels=labels/> }.view(),
        _ => ().view(),
    }
}

/// Replaces a server-rendered part of the page by a view.
fn render(part: &str, view: impl Fn() -> View + Send + 'static) {
    if let Some(place) = browser::clear_children(part) {
        mount_to(place, move || view.view()).forget();
    }
}
