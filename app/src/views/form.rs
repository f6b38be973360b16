//! Forms: POST with the CSRF token, GET as a button, Cancel.

use super::{ErasedChildren, ToView, View};
use crate::browser;
use leptos::prelude::*;

/// A POST form with the CSRF token of the page.
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

/// A link that looks like a button, as a GET form; an island that knows the path handles it in
/// place.
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
    /// `autofocus`.
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

/// The Cancel button of a dialog. It belongs to a GET form of its own, so it submits none of the
/// typed values.
#[component]
pub(crate) fn Cancel(#[prop(into)] form: String, #[prop(into)] label: String, #[prop(optional)] focused: bool) -> View {
    view! { <button type="submit" class="button" form=form autofocus=focused>{label}</button> }.view()
}

/// The form of a [`Cancel`] button.
#[component]
pub(crate) fn BackForm(#[prop(into)] id: String, #[prop(into)] to: String) -> View {
    view! { <form id=id class="back" method="get" action=to></form> }.view()
}
