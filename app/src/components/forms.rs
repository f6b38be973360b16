//! GET forms that look like buttons, and the Cancel button of a dialog.

use crate::i18n::translate;
use leptos::prelude::*;
use oauth::Params;

/// A link that looks like a button, as a GET form.
#[component]
pub(crate) fn LinkButton(
    /// Path and query of the page.
    #[prop(into)]
    to: String,
    #[prop(into)] label: String,
    #[prop(default = "button")] class: &'static str,
    /// `autofocus`.
    #[prop(optional)]
    focused: bool,
) -> AnyView {
    let (path, query) = split_query(&to);
    view! {
        <form method="get" action=path>
            {hidden_fields(&query)}
            <button type="submit" class=class autofocus=focused>{label}</button>
        </form>
    }
    .into_any()
}

/// The Cancel button of a dialog. It belongs to a GET form of its own, so it submits none of the
/// typed values.
#[component]
pub(crate) fn Cancel(
    #[prop(into)] form: String,
    /// The label; "Cancel" by default.
    #[prop(optional, into)]
    label: Option<String>,
    #[prop(optional)] focused: bool,
) -> AnyView {
    view! { <button type="submit" class="button" form=form autofocus=focused>{label.unwrap_or_else(|| translate("cancel"))}</button> }.into_any()
}

/// A GET form replaces the query of its action by its fields, so the query becomes hidden fields.
fn split_query(to: &str) -> (String, Params) {
    let (path, query) = to.split_once('?').unwrap_or((to, ""));
    (path.to_owned(), Params::parse(query.as_bytes()).unwrap_or_default())
}

fn hidden_fields(query: &Params) -> Vec<AnyView> {
    let fields = query.pairs().iter().cloned();
    fields.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }.into_any()).collect()
}

/// The form of a [`Cancel`] button.
#[component]
pub(crate) fn BackForm(#[prop(into)] id: String, #[prop(into)] to: String) -> AnyView {
    view! { <form id=id method="get" action=to></form> }.into_any()
}
