//! The page that changes a person's name.

use crate::components::{BackForm, Cancel, Field, PostForm, Text};
use crate::frame::Frame;
use crate::i18n::translate;
use crate::islands::AccountIsland;
use crate::shell::{self, Document, Width, title_of};
use crate::views::{AccountLabels, ProblemSummary};
use leptos::prelude::*;
use oauth::answer::{FieldMessage, message_for};
use oauth::form::PersonName;

/// The form that changes what a person is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamePage {
    /// The values of the fields.
    pub form: PersonName,
    /// Validation errors of `given_name` and `family_name`.
    pub problems: Vec<FieldMessage>,
}

/// Changes the name.
#[must_use]
pub fn name(frame: &Frame, page: NamePage) -> String {
    shell::render(frame, || {
        let title = title_of(&translate("change-name"), !page.problems.is_empty());
        Document::new(title, view! { <NameForm page=page/> }).width(Width::Narrow).calling()
    })
}

#[component]
fn NameForm(page: NamePage) -> AnyView {
    let NamePage { form, problems } = page;
    let given = Text {
        name: "given_name",
        value: form.given_name,
        error: message_for(&problems, "given_name"),
        autocomplete: Some("given-name"),
        focused: problems.is_empty(),
        ..Text::default()
    };
    let family = Text {
        name: "family_name",
        value: form.family_name,
        error: message_for(&problems, "family_name"),
        autocomplete: Some("family-name"),
        ..Text::default()
    };
    view! {
        <div class="card">
            <h1>{translate("change-name")}</h1>
            <p class="lead">{translate("change-name-lead")}</p>
            <AccountIsland words=AccountLabels::translate()>
                <ProblemSummary title=translate("problem") problems=problems/>
                <PostForm action="/account/name" class="stack">
                    <Field label=translate("given-name") text=given/>
                    <Field label=translate("family-name") text=family/>
                    <div class="actions">
                        <button type="submit" class="button filled">{translate("change-name")}</button>
                        <Cancel form="back"/>
                    </div>
                </PostForm>
            </AccountIsland>
            <BackForm id="back" to="/account"/>
        </div>
    }
    .into_any()
}
