//! The page of `response_mode=form_post`: a form that submits itself.

use crate::components::Name;
use crate::frame::{self, Frame};
use crate::i18n::{translate_with, translate_with_views};
use crate::shell::{self, Document, Width};
use leptos::prelude::*;
use oauth::callback::FormPost;
use oauth::form::visible;

/// The authorization response as a form (OAuth 2.0 Form Post Response Mode).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormPostPage {
    /// The form: action and fields.
    pub form: FormPost,
    /// The name of the application.
    pub client_name: String,
}

/// Submits the form by script, or by its button without scripts.
#[must_use]
pub fn form_post(frame: &Frame, page: FormPostPage) -> String {
    shell::render(frame, || {
        let title = translate_with("form-post-title", [("client", visible(&page.client_name).into())]);
        Document::new(title, view! { <FormPost page=page/> }).width(Width::Narrow)
    })
}

/// No CSRF token and nothing of this server is in the form: the client reads every field.
#[component]
fn FormPost(page: FormPostPage) -> AnyView {
    let frame = frame::current();
    let name = visible(&page.client_name);
    let heading = translate_with_views("form-post-title", [("client", view! { <Name of=name.clone()/> }.into_any())]);
    let label = translate_with_views("form-post-continue", [("client", view! { <Name of=name/> }.into_any())]);
    let fields = page.form.fields.into_iter();
    let fields: Vec<_> = fields.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect();
    view! {
        <div class="card">
            <h1>{heading}</h1>
            <form method="post" action=page.form.action id="form-post" class="stack">
                {fields}
                <div class="actions"><button type="submit" class="button filled" id="form-post-continue" autofocus>{label}</button></div>
            </form>
            <script nonce=frame.nonce.clone() inner_html="document.getElementById('form-post').submit()"></script>
        </div>
    }
    .into_any()
}
