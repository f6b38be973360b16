use super::{LIST, TokenDialog};
use crate::components::{BackForm, Cancel, Dialog, Field, Glyph, Icon, PostForm, Problems, Text, error_of};
use crate::controls::ScopePicker;
use crate::words::{say, say_with};
use leptos::prelude::*;
use oauth::form::{FieldError, NewToken};
use oauth::view::ScopeChoice;

/// "New permanent token". Its first submit button is a hidden Create, so that Enter in Name creates.
#[component]
pub(super) fn NewTokenDialog(
    open: bool,
    form: NewToken,
    errors: Vec<FieldError>,
    scopes: Vec<ScopeChoice>,
    form_id: String,
) -> AnyView {
    let name = Text {
        name: "name",
        value: form.name,
        hint: say("token-name-hint"),
        error: error_of(&errors, "name"),
        focused: errors.is_empty(),
        ..Text::default()
    };
    let scope_error = error_of(&errors, "scope");
    view! {
        <Dialog id="new-token" open=open title=say("tokens-new").into_any()>
            <Problems errors=errors/>
            <template id="scope-problem"><Problems errors=vec![FieldError::new("scope", "")]/></template>
            <PostForm action="/account/tokens/new" id=TokenDialog::FORM>
                <input type="hidden" name="form_id" value=form_id/>
                <button type="submit" name="intent" value="create" class="default-submit" tabindex="-1" aria-hidden="true"></button>
                <Field label=say("tokens-name") text=name/>
                <ScopeField typed=form.scope error=scope_error scopes=scopes/>
                <Added scopes=form.scopes/>
                <div class="actions">
                    <button type="submit" name="intent" value="create" class="button filled">{say("token-create")}</button>
                    <Cancel form="new-token-back"/>
                </div>
            </PostForm>
            <BackForm id="new-token-back" to=LIST/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn ScopeField(typed: String, error: Option<String>, scopes: Vec<ScopeChoice>) -> AnyView {
    let text = Text {
        name: "scope",
        value: typed,
        hint: say("token-scope-hint"),
        error,
        list: Some("scope-choices"),
        ..Text::default()
    };
    let options: Vec<_> = scopes
        .iter()
        .filter(|choice| choice.allowed)
        .map(|choice| view! { <option value=choice.name.clone() label=(!choice.title.is_empty()).then(|| choice.title.clone())></option> })
        .collect();
    view! {
        <Field label=say("token-scope") text=text>
            <ScopePicker known=scopes/>
        </Field>
        <datalist id="scope-choices">{options}</datalist>
    }
    .into_any()
}

/// The scopes that were added, and the pattern from which an island makes one more.
#[component]
fn Added(scopes: Vec<String>) -> AnyView {
    let chips: Vec<_> = scopes.into_iter().map(chip).collect();
    view! {
        <div class="stack-tight">
            <h3 id="scopes-title">{say("tokens-scopes")}</h3>
            <ul id="scopes" class="chips" aria-labelledby="scopes-title">{chips}</ul>
            <p class="hint nothing-added">{say("token-none-added")}</p>
            <p class="hint" role="status" id="scopes-status"></p>
            <template id="scope-chip">{chip("{scope}".to_owned())}</template>
        </div>
    }
    .into_any()
}

fn chip(scope: String) -> AnyView {
    let label = say_with("token-remove-scope", [("scope", scope.clone().into())]);
    let intent = format!("remove:{scope}");
    view! {
        <li class="chip">
            <code dir="ltr">{scope.clone()}</code>
            <input type="hidden" name="scopes" value=scope/>
            <button type="submit" name="intent" value=intent aria-label=label><Icon glyph=Glyph::Close/></button>
        </li>
    }
    .into_any()
}
