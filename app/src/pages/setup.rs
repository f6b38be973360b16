//! The one-time setup page that makes the first administrator.

use crate::components::{Field, PasswordField, PostForm, Problems, Text, error_of};
use crate::frame::{self, Frame};
use crate::i18n::{translate, translate_with};
use crate::shell::{self, Document, Width, title_of};
use leptos::prelude::*;
use oauth::form::FieldError;

/// The one-time page that makes the first administrator. It holds a one-time secret, so it has no
/// `Debug`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SetupPage {
    /// The one-time token of the link.
    pub token: String,
    /// The typed user name.
    pub username: String,
    /// Fields `username` and `password`.
    pub errors: Vec<FieldError>,
}

/// Makes the first administrator.
#[must_use]
pub fn setup(frame: &Frame, page: SetupPage) -> String {
    shell::render(frame, || {
        let title = title_of(&translate("setup"), !page.errors.is_empty());
        Document::new(title, view! { <Setup page=page/> }).width(Width::Narrow)
    })
}

#[component]
fn Setup(page: SetupPage) -> AnyView {
    let SetupPage { token, username, errors } = page;
    let name = Text {
        name: "username",
        value: username,
        hint: translate("username-hint"),
        error: error_of(&errors, "username"),
        autocomplete: Some("username"),
        focused: errors.is_empty(),
        ..Text::default()
    };
    let password = Text {
        name: "password",
        hint: translate("password-hint"),
        error: error_of(&errors, "password"),
        autocomplete: Some("new-password"),
        ..Text::default()
    };
    view! {
        <div class="card">
            <h1>{translate_with("setup-heading", [("operator", frame::current().operator.as_str().into())])}</h1>
            <p class="lead">{translate("setup-lead")}</p>
            <Problems errors=errors/>
            <PostForm action="/setup" class="stack">
                <input type="hidden" name="token" value=token/>
                <Field label=translate("username") text=name/>
                <PasswordField label=translate("password") text=password/>
                <button type="submit" class="button filled wide">{translate("setup-create")}</button>
            </PostForm>
        </div>
    }
    .into_any()
}
