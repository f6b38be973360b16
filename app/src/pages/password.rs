//! The page that changes the password.

use crate::components::{BackForm, Cancel, PasswordField, PostForm, Problems, Text, error_of};
use crate::frame::{self, Frame};
use crate::i18n::{translate, translate_with};
use crate::shell::{self, Document, Width, title_of};
use leptos::prelude::*;
use oauth::form::FieldError;

/// The form that changes the password.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PasswordPage {
    /// Fields `current_password` and `new_password`.
    pub errors: Vec<FieldError>,
    /// The number of active permanent tokens, and whether to end them too.
    pub tokens: (i64, bool),
    /// The number of connected applications, and whether to end them too.
    pub connections: (i64, bool),
}

/// Changes the password. Typed passwords are never sent back.
#[must_use]
pub fn password(frame: &Frame, page: PasswordPage) -> String {
    shell::render(frame, || {
        let title = title_of(&translate("change-password"), !page.errors.is_empty());
        Document::new(title, view! { <Password page=page/> }).width(Width::Narrow)
    })
}

#[component]
fn Password(page: PasswordPage) -> AnyView {
    let also =
        [("end_tokens", "account-tokens", page.tokens), ("end_applications", "account-connections", page.connections)];
    let errors = page.errors;
    let current = Text {
        name: "current_password",
        error: error_of(&errors, "current_password"),
        focused: errors.is_empty(),
        ..Text::default()
    };
    let new = Text {
        name: "new_password",
        hint: translate("password-hint"),
        error: error_of(&errors, "new_password"),
        autocomplete: Some("new-password"),
        ..Text::default()
    };
    let username = frame::current().user.clone().map(|user| user.username);
    view! {
        <div class="card">
            <h1>{translate("change-password")}</h1>
            <p class="lead">{translate("change-password-lead")}</p>
            <Problems errors=errors/>
            <PostForm action="/account/password" class="stack">
                <input type="text" name="username" value=username autocomplete="username" aria-label=translate("username") hidden/>
                <PasswordField label=translate("current-password") text=current/>
                <PasswordField label=translate("new-password") text=new/>
                <Also choices=also.into_iter().filter(|(_, _, (count, _))| *count > 0).collect()/>
                <div class="actions">
                    <button type="submit" class="button filled">{translate("change-password")}</button>
                    <Cancel form="back"/>
                </div>
            </PostForm>
            <BackForm id="back" to="/account"/>
        </div>
    }
    .into_any()
}

/// Checkboxes: field name, message key, number, checked.
#[component]
fn Also(choices: Vec<(&'static str, &'static str, (i64, bool))>) -> AnyView {
    if choices.is_empty() {
        return ().into_any();
    }
    let boxes = choices.into_iter().map(|(name, counted, (count, chosen))| {
        view! {
            <div class="choice">
                <input type="checkbox" id=name name=name value="1" checked=chosen/>
                <label for=name>{translate_with(counted, [("count", count.into())])}</label>
            </div>
        }
    });
    view! {
        <fieldset>
            <legend>{translate("change-password-also")}</legend>
            <p class="hint">{translate("change-password-also-hint")}</p>
            {boxes.collect::<Vec<_>>()}
        </fieldset>
    }
    .into_any()
}
