//! A labelled text field with hint and error.

use super::{ErasedChildren, ToView, View};
use leptos::prelude::*;

/// A text field. Its id is its name; label, hint and error refer to it.
#[derive(Clone, Default)]
pub(crate) struct Text {
    pub(crate) name: &'static str,
    pub(crate) value: String,
    pub(crate) hint: String,
    pub(crate) error: Option<String>,
    /// The id of an error elsewhere that is about this field too.
    pub(crate) error_elsewhere: Option<&'static str>,
    /// The `autocomplete` token; without one the browser offers nothing.
    pub(crate) autocomplete: Option<&'static str>,
    pub(crate) focused: bool,
    /// The id of a `datalist`.
    pub(crate) list: Option<&'static str>,
}

impl Text {
    pub(crate) fn described_by(&self) -> Option<String> {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.name));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.name));
        let elsewhere = self.error_elsewhere.map(str::to_owned);
        let ids: Vec<String> = hint.into_iter().chain(error).chain(elsewhere).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    pub(crate) fn invalid(&self) -> Option<&'static str> {
        (self.error.is_some() || self.error_elsewhere.is_some()).then_some("true")
    }
}

/// A labelled text field with `children` beside it, such as a button.
#[component]
pub(crate) fn Field(
    #[prop(into)] label: String,
    text: Text,
    #[prop(optional)] children: Option<ErasedChildren>,
) -> View {
    let described = text.described_by();
    let invalid = text.invalid();
    let name = text.name;
    view! {
        <div class="field">
            <label for=name>{label}</label>
            {hint_of(name, text.hint)}
            <div class="with-button">
                <input
                    type="text" id=name name=name value=text.value dir="auto"
                    aria-describedby=described aria-invalid=invalid
                    autocomplete=text.autocomplete.unwrap_or("off") autofocus=text.focused list=text.list
                    autocapitalize="none" spellcheck="false"
                />
                {children.map(ErasedChildren::render)}
            </div>
            <p class="field-error" id=format!("{name}-error")>{text.error}</p>
        </div>
    }
    .view()
}

pub(crate) fn hint_of(name: &str, hint: String) -> Option<impl IntoView + use<>> {
    let id = format!("{name}-hint");
    (!hint.is_empty()).then(|| view! { <p class="hint" id=id>{hint}</p> })
}
