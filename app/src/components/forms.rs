use crate::words::say;
use leptos::prelude::*;
use oauth::Params;
use oauth::form::visible;

/// A button that leads to a page, as a GET form. With `opens` an island shows that dialog in place instead.
#[component]
pub(crate) fn LinkButton(
    /// Path and query of the page.
    #[prop(into)]
    to: String,
    #[prop(into)] label: String,
    #[prop(default = "button")] class: &'static str,
    #[prop(optional)] opens: Option<Opens>,
    /// The focus goes here when the page has loaded.
    #[prop(optional)]
    focused: bool,
) -> AnyView {
    let (path, query) = split_query(&to);
    let described = opens.as_ref().and_then(|opens| opens.described_by.clone());
    let (dialog, name) = opens.map(|opens| (opens.dialog, visible(&opens.name))).unzip();
    view! {
        <form method="get" action=path data-opens=dialog data-name=name>
            {hidden_fields(&query)}
            <button type="submit" class=class aria-describedby=described autofocus=focused>{label}</button>
        </form>
    }
    .into_any()
}

/// What an island does with a [`LinkButton`].
#[derive(Clone, Default)]
pub(crate) struct Opens {
    /// The id of the dialog to show.
    pub(crate) dialog: &'static str,
    /// The name of the thing that the dialog asks about.
    pub(crate) name: String,
    /// The id of the element that names it on the page.
    pub(crate) described_by: Option<String>,
}

/// The button that leaves a dialog: it belongs to a GET form of its own, so it sends nothing that was typed.
#[component]
pub(crate) fn Cancel(
    #[prop(into)] form: String,
    /// "Cancel" where nothing else is said.
    #[prop(optional, into)]
    label: Option<String>,
    #[prop(optional)] focused: bool,
) -> AnyView {
    view! { <button type="submit" class="button" form=form autofocus=focused>{label.unwrap_or_else(|| say("cancel"))}</button> }.into_any()
}

/// A GET form replaces the query of its action with its fields, so the query must become fields.
fn split_query(to: &str) -> (String, Params) {
    let (path, query) = to.split_once('?').unwrap_or((to, ""));
    (path.to_owned(), Params::parse(query.as_bytes()).unwrap_or_default())
}

fn hidden_fields(query: &Params) -> Vec<AnyView> {
    let fields = query.pairs().iter().cloned();
    fields.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }.into_any()).collect()
}

/// The form of a [`Cancel`] button. In a dialog that was opened in place, an island closes the dialog instead.
#[component]
pub(crate) fn BackForm(#[prop(into)] id: String, #[prop(into)] to: String) -> AnyView {
    view! { <form id=id method="get" action=to data-closes></form> }.into_any()
}
