//! A developer's applications. What is typed stays in the fields that the server rendered: a refused form is marked there,
//! and nothing is rendered anew but what changes by itself.

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

/// Where the server says what must be mended.
const REFUSED: &str = "refused";

/// What stands in the fields of an application.
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

/// What must be mended, at the rows that the page has: the server counts addresses without those that mean nothing.
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

/// Marks what must be mended at its fields, and gives the focus to the summary.
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

/// Takes away what was to be mended: something else is being answered.
fn clear_errors(refusal: RwSignal<Option<ApplicationAnswer>>) {
    browser::set_element_text(REFUSED, "");
    browser::set_field_errors(&[]);
    refusal.set(None);
}

/// What must be mended or settled, above the form.
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

/// Renders a part of the page from now on, in the place of what the server rendered there.
fn render(part: &str, view: impl Fn() -> View + Send + 'static) {
    if let Some(place) = browser::clear_children(part) {
        mount_to(place, move || view.view()).forget();
    }
}
