use crate::components::{BackForm, Cancel, Field, PostForm, Problems, Text, error_of};
use crate::frame::Frame;
use crate::shell::{self, Document, Width, title_of};
use crate::words::say;
use leptos::prelude::*;
use oauth::form::{FieldError, PersonName};

/// The form that changes what a person is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamePage {
    /// What stands in the fields.
    pub form: PersonName,
    /// Fields `given_name` and `family_name`.
    pub errors: Vec<FieldError>,
}

/// Changes the name.
#[must_use]
pub fn name(frame: &Frame, page: NamePage) -> String {
    shell::render(frame, || {
        let title = title_of(&say("change-name"), !page.errors.is_empty());
        Document::new(title, view! { <NameForm page=page/> }).width(Width::Narrow)
    })
}

#[component]
fn NameForm(page: NamePage) -> AnyView {
    let NamePage { form, errors } = page;
    let given = Text {
        name: "given_name",
        value: form.given_name,
        error: error_of(&errors, "given_name"),
        autocomplete: Some("given-name"),
        focused: errors.is_empty(),
        ..Text::default()
    };
    let family = Text {
        name: "family_name",
        value: form.family_name,
        error: error_of(&errors, "family_name"),
        autocomplete: Some("family-name"),
        ..Text::default()
    };
    view! {
        <div class="card">
            <h1>{say("change-name")}</h1>
            <p class="lead">{say("change-name-lead")}</p>
            <Problems errors=errors/>
            <PostForm action="/account/name" class="stack">
                <Field label=say("given-name") text=given/>
                <Field label=say("family-name") text=family/>
                <div class="actions">
                    <button type="submit" class="button filled">{say("change-name")}</button>
                    <Cancel form="back"/>
                </div>
            </PostForm>
            <BackForm id="back" to="/account"/>
        </div>
    }
    .into_any()
}
