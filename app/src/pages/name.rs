use crate::components::{BackForm, Cancel, Field, PostForm, Text};
use crate::frame::Frame;
use crate::islands::AccountIsland;
use crate::shell::{self, Document, Width, title_of};
use crate::views::{AccountWords, ProblemSummary};
use crate::words::say;
use leptos::prelude::*;
use oauth::answer::{Told, told_of};
use oauth::form::PersonName;

/// The form that changes what a person is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamePage {
    /// What stands in the fields.
    pub form: PersonName,
    /// What must be mended in the fields `given_name` and `family_name`.
    pub problems: Vec<Told>,
}

/// Changes the name.
#[must_use]
pub fn name(frame: &Frame, page: NamePage) -> String {
    shell::render(frame, || {
        let title = title_of(&say("change-name"), !page.problems.is_empty());
        Document::new(title, view! { <NameForm page=page/> }).width(Width::Narrow).calling()
    })
}

#[component]
fn NameForm(page: NamePage) -> AnyView {
    let NamePage { form, problems } = page;
    let given = Text {
        name: "given_name",
        value: form.given_name,
        error: told_of(&problems, "given_name"),
        autocomplete: Some("given-name"),
        focused: problems.is_empty(),
        ..Text::default()
    };
    let family = Text {
        name: "family_name",
        value: form.family_name,
        error: told_of(&problems, "family_name"),
        autocomplete: Some("family-name"),
        ..Text::default()
    };
    view! {
        <div class="card">
            <h1>{say("change-name")}</h1>
            <p class="lead">{say("change-name-lead")}</p>
            <AccountIsland words=AccountWords::say()>
                <ProblemSummary title=say("problem") problems=problems/>
                <PostForm action="/account/name" class="stack">
                    <Field label=say("given-name") text=given/>
                    <Field label=say("family-name") text=family/>
                    <div class="actions">
                        <button type="submit" class="button filled">{say("change-name")}</button>
                        <Cancel form="back"/>
                    </div>
                </PostForm>
            </AccountIsland>
            <BackForm id="back" to="/account"/>
        </div>
    }
    .into_any()
}
