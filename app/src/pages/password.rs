use crate::components::{BackForm, Cancel, PasswordField, PostForm, Problems, Text, error_of};
use crate::frame::{self, Frame};
use crate::shell::{self, Document, Width, title_of};
use crate::words::say;
use leptos::prelude::*;
use oauth::form::FieldError;

/// The form that changes the password.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PasswordPage {
    /// Fields `current_password` and `new_password`.
    pub errors: Vec<FieldError>,
}

/// Changes the password. What was typed is not sent back.
#[must_use]
pub fn password(frame: &Frame, page: PasswordPage) -> String {
    shell::render(frame, || {
        let title = title_of(&say("change-password"), !page.errors.is_empty());
        Document::new(title, view! { <Password page=page/> }).width(Width::Narrow)
    })
}

#[component]
fn Password(page: PasswordPage) -> AnyView {
    let errors = page.errors;
    let current = Text {
        name: "current_password",
        error: error_of(&errors, "current_password"),
        focused: errors.is_empty(),
        ..Text::default()
    };
    let new = Text {
        name: "new_password",
        hint: say("password-hint"),
        error: error_of(&errors, "new_password"),
        autocomplete: Some("new-password"),
        ..Text::default()
    };
    let username = frame::current().user.clone().map(|user| user.username);
    view! {
        <div class="card">
            <h1>{say("change-password")}</h1>
            <p class="lead">{say("change-password-lead")}</p>
            <Problems errors=errors/>
            <PostForm action="/account/password" class="stack">
                <input type="text" name="username" value=username autocomplete="username" aria-label=say("username") hidden/>
                <PasswordField label=say("current-password") text=current/>
                <PasswordField label=say("new-password") text=new/>
                <div class="actions">
                    <button type="submit" class="button filled">{say("change-password")}</button>
                    <Cancel form="back"/>
                </div>
            </PostForm>
            <BackForm id="back" to="/account"/>
        </div>
    }
    .into_any()
}
