//! The dialog "New permanent token".

use super::labels::Labels;
use super::paths::{LIST, NEW};
use crate::views::{BackForm, Cancel, Dialog, Field, Glyph, Icon, PostForm, ProblemSummary, Text, ToView, View};
use leptos::prelude::*;
use oauth::answer::{AddedScope, FieldMessage, NewTokenDialog, TokenDialog, message_for};
use oauth::view::ScopeChoice;

/// "New permanent token". The first submit button is a hidden Create, so that Enter creates.
#[component]
pub(super) fn New(new: NewTokenDialog, labels: Labels) -> View {
    let t = labels.get_value();
    let name = Text {
        name: "name",
        value: new.name,
        hint: t.name_hint(),
        error: message_for(&new.problems, "name"),
        focused: new.problems.is_empty(),
        ..Text::default()
    };
    view! {
        <Dialog id="new-token" title=t.new_token().view()>
            <ProblemSummary title=t.problem() problems=new.problems.clone()/>
            <PostForm action=NEW id=TokenDialog::FORM>
                <input type="hidden" name="form_id" value=new.form_id/>
                <button type="submit" name="intent" value="create" class="default-submit" tabindex="-1" aria-hidden="true"></button>
                <Field label=t.name() text=name/>
                <ScopeField typed=new.scope problems=new.problems choices=new.choices labels=labels/>
                <Added scopes=new.added status=new.scopes_status labels=labels/>
                <div class="actions">
                    <button type="submit" name="intent" value="create" class="button filled">{t.create()}</button>
                    <Cancel form="new-token-back" label=t.cancel()/>
                </div>
            </PostForm>
            <BackForm id="new-token-back" to=LIST/>
        </Dialog>
    }
    .view()
}

#[component]
fn ScopeField(typed: String, problems: Vec<FieldMessage>, choices: Vec<ScopeChoice>, labels: Labels) -> View {
    let t = labels.get_value();
    let text = Text {
        name: "scope",
        value: typed,
        hint: t.scope_hint(),
        error: message_for(&problems, "scope"),
        list: Some("scope-choices"),
        ..Text::default()
    };
    let option = |choice: ScopeChoice| {
        let label = (!choice.title.is_empty()).then_some(choice.title);
        view! { <option value=choice.name label=label></option> }
    };
    let options: Vec<_> = choices.into_iter().map(option).collect();
    view! {
        <Field label=t.scope() text=text>
            <button type="submit" name="intent" value="add" class="button">{t.add()}</button>
        </Field>
        <datalist id="scope-choices">{options}</datalist>
    }
    .view()
}

/// The scopes that were added.
#[component]
fn Added(scopes: Vec<AddedScope>, status: String, labels: Labels) -> View {
    let t = labels.get_value();
    let none = scopes.is_empty();
    let chips: Vec<_> = scopes.into_iter().map(chip).collect();
    view! {
        <div class="stack-tight">
            <h3 id="scopes-title">{t.scopes()}</h3>
            <ul id="scopes" class="chips" aria-labelledby="scopes-title">{chips}</ul>
            <p class="hint" hidden=!none>{t.none_added()}</p>
            <p class="hint" role="status" id="scopes-status">{status}</p>
        </div>
    }
    .view()
}

fn chip(added: AddedScope) -> View {
    let AddedScope { scope, remove } = added;
    let intent = format!("remove:{scope}");
    view! {
        <li class="chip">
            <code dir="ltr">{scope.clone()}</code>
            <input type="hidden" name="scopes" value=scope/>
            <button type="submit" name="intent" value=intent aria-label=remove><Icon glyph=Glyph::Close/></button>
        </li>
    }
    .view()
}
