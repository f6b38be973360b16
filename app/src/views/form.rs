use super::{ErasedChildren, ToView, View};
use crate::browser;
use leptos::prelude::*;

/// A form that changes something: POST, with the form token of the page.
#[component]
pub(crate) fn PostForm(
    #[prop(into)] action: String,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional)] class: Option<&'static str>,
    children: ErasedChildren,
) -> View {
    view! {
        <form method="post" action=action id=id class=class novalidate>
            <input type="hidden" name="csrf" value=browser::form_token()/>
            {children.render()}
        </form>
    }
    .view()
}

/// A button that leads to a page, as a GET form. An island that knows the path shows the same in place.
#[component]
pub(crate) fn GetButton(
    /// The path, without a query.
    #[prop(into)]
    to: String,
    #[prop(into)] label: String,
    #[prop(default = "button")] class: &'static str,
    /// The id of the element that says what the button is about.
    #[prop(optional, into)]
    described_by: Option<String>,
    /// The focus goes here when the page has loaded.
    #[prop(optional)]
    focused: bool,
) -> View {
    view! {
        <form method="get" action=to>
            <button type="submit" class=class aria-describedby=described_by autofocus=focused>{label}</button>
        </form>
    }
    .view()
}

/// The button that leaves a dialog: it belongs to a GET form of its own, so it sends nothing that was typed.
#[component]
pub(crate) fn Cancel(#[prop(into)] form: String, #[prop(into)] label: String, #[prop(optional)] focused: bool) -> View {
    view! { <button type="submit" class="button" form=form autofocus=focused>{label}</button> }.view()
}

/// The form of a [`Cancel`] button.
#[component]
pub(crate) fn BackForm(#[prop(into)] id: String, #[prop(into)] to: String) -> View {
    view! { <form id=id class="back" method="get" action=to></form> }.view()
}
