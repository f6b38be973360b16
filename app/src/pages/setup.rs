use crate::components::{Field, PasswordField, PostForm, Problems, Text, error_of};
use crate::frame::{self, Frame};
use crate::shell::{self, Document, Width, title_of};
use leptos::prelude::*;
use oauth::form::FieldError;

/// The one-time page that makes the first administrator. It holds a one-time secret, so it has no `Debug`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SetupPage {
    /// The one-time token of the link.
    pub token: String,
    /// What was typed as user name.
    pub username: String,
    /// Fields `username` and `password`.
    pub errors: Vec<FieldError>,
}

/// Makes the first administrator.
#[must_use]
pub fn setup(frame: &Frame, page: SetupPage) -> String {
    let title = title_of("Set up", !page.errors.is_empty());
    shell::render(frame, || Document::new(title, view! { <Setup page=page/> }).width(Width::Narrow))
}

#[component]
fn Setup(page: SetupPage) -> AnyView {
    let SetupPage { token, username, errors } = page;
    let name = Text {
        name: "username",
        value: username,
        hint: "Letters, digits and . _ - @ +".to_owned(),
        error: error_of(&errors, "username"),
        autocomplete: Some("username"),
        focused: errors.is_empty(),
        ..Text::default()
    };
    let password = Text {
        name: "password",
        hint: "At least 8 characters. Four random words are better than one strange one.".to_owned(),
        error: error_of(&errors, "password"),
        autocomplete: Some("new-password"),
        ..Text::default()
    };
    view! {
        <div class="card">
            <h1>{format!("Set up {}", frame::current().operator)}</h1>
            <p class="lead">"Make the first account. It has full access and administers this server."</p>
            <Problems errors=errors/>
            <PostForm action="/setup" class="stack">
                <input type="hidden" name="token" value=token/>
                <Field label="Username" text=name/>
                <PasswordField label="Password" text=password/>
                <button type="submit" class="button filled wide">"Create administrator"</button>
            </PostForm>
        </div>
    }
    .into_any()
}
