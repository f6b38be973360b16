//! Form fields that only the server renders: passwords, radio buttons and checkboxes.

use crate::controls::PasswordTools;
use crate::i18n::translate_message;
use crate::views::{Text, hint_of};
use leptos::prelude::*;
use oauth::form::FieldError;

/// The translated validation error of a field.
pub(crate) fn error_of(errors: &[FieldError], field: &str) -> Option<String> {
    errors.iter().find(|error| error.field == field).map(|error| translate_message(&error.message))
}

/// A password field with the "Show password" island.
#[component]
pub(crate) fn PasswordField(#[prop(into)] label: String, text: Text) -> AnyView {
    let described = text.described_by();
    let invalid = text.invalid();
    let name = text.name;
    view! {
        <div class="password-field">
            <label for=name class="label">{label}</label>
            <input
                type="password" id=name name=name aria-describedby=described aria-invalid=invalid
                autocomplete=text.autocomplete.unwrap_or("current-password") autofocus=text.focused
                autocapitalize="none" spellcheck="false"
            />
            <PasswordTools field=name.to_owned()/>
            <div class="below">
                {hint_of(name, text.hint)}
                <p class="field-error" id=format!("{name}-error")>{text.error}</p>
            </div>
        </div>
    }
    .into_any()
}

/// A radio button or checkbox; `children` are its label.
#[component]
pub(crate) fn Choice(
    #[prop(default = "radio")] kind: &'static str,
    name: &'static str,
    #[prop(into)] value: String,
    checked: bool,
    children: Children,
) -> AnyView {
    let id = format!("{name}-{value}");
    view! {
        <div class="choice">
            <input type=kind id=id.clone() name=name value=value checked=checked/>
            <label for=id>{children()}</label>
        </div>
    }
    .into_any()
}
