use crate::components::{
    BackForm, Cancel, Confirm, Dialog, Field, Glyph, Icon, Name, Note, PostForm, Problems, Question, SecretField, Text,
    error_of,
};
use crate::controls::ScopePicker;
use crate::shell::Document;
use leptos::prelude::*;
use oauth::form::{FieldError, NewToken};
use oauth::view::ScopeChoice;

const LIST: &str = "/account/tokens";

/// The dialog that stands open over the list of tokens. It can hold a token's value, so it has no `Debug` of its own.
#[derive(Clone, PartialEq, Eq)]
pub enum TokenDialog {
    /// "New permanent token".
    New {
        /// What was typed, or what a link filled in.
        form: NewToken,
        /// Fields `name` and `scope`.
        errors: Vec<FieldError>,
    },
    /// "Token created": the only page that ever holds the value.
    Created {
        /// The token's name.
        name: String,
        /// The token's value.
        value: String,
    },
    /// The form was sent twice; its token exists already.
    AlreadyCreated,
    /// "Revoke …?"
    Revoke {
        /// The token's id.
        id: String,
        /// The token's name.
        name: String,
    },
}

/// Prints the kind of the dialog and never what it holds.
impl std::fmt::Debug for TokenDialog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::New { .. } => "New",
            Self::Created { .. } => "Created",
            Self::AlreadyCreated => "AlreadyCreated",
            Self::Revoke { .. } => "Revoke",
        })
    }
}

/// What the dialogs of the list need.
pub(super) struct TokenDialogs {
    pub(super) dialog: Option<TokenDialog>,
    pub(super) scopes: Vec<ScopeChoice>,
    pub(super) form_id: String,
}

/// The page with its dialogs. "New" and "Revoke" are always there, closed, for the island that opens them in place.
pub(super) fn dialogs_of(dialogs: TokenDialogs, title: &str, main: AnyView) -> Document {
    let TokenDialogs { dialog, scopes, form_id } = dialogs;
    let (mut form, mut errors, mut revoked) = (NewToken::default(), Vec::new(), None);
    let (mut making, mut other) = (false, None);
    match dialog {
        Some(TokenDialog::New { form: typed, errors: found }) => (form, errors, making) = (typed, found, true),
        Some(TokenDialog::Revoke { id, name }) => revoked = Some((id, name)),
        Some(TokenDialog::Created { name, value }) => {
            other = Some(view! { <Created name=name value=value/> }.into_any());
        }
        Some(TokenDialog::AlreadyCreated) => other = Some(view! { <AlreadyCreated/> }.into_any()),
        None => {}
    }
    let new = view! { <NewTokenDialog open=making form=form errors=errors scopes=scopes form_id=form_id/> };
    let page = Document::new(title, main).dialog(making, new);
    let page = page.dialog(revoked.is_some(), view! { <Revoke token=revoked/> });
    match other {
        Some(dialog) => page.dialog(true, dialog),
        None => page,
    }
}

#[component]
fn NewTokenDialog(
    open: bool,
    form: NewToken,
    errors: Vec<FieldError>,
    scopes: Vec<ScopeChoice>,
    form_id: String,
) -> AnyView {
    let name = Text {
        name: "name",
        value: form.name,
        hint: "What will use it? For example “backup script”.".to_owned(),
        error: error_of(&errors, "name"),
        focused: errors.is_empty(),
        ..Text::default()
    };
    let scope_error = error_of(&errors, "scope");
    view! {
        <Dialog id="new-token" open=open title="New permanent token".into_any()>
            <Problems errors=errors/>
            <template id="scope-problem"><Problems errors=vec![FieldError::new("scope", "")]/></template>
            <PostForm action="/account/tokens/new" id="new-token-form">
                <input type="hidden" name="form_id" value=form_id/>
                <button type="submit" name="intent" value="create" class="default-submit" tabindex="-1" aria-hidden="true"></button>
                <Field label="Name" text=name/>
                <ScopeField typed=form.scope error=scope_error scopes=scopes/>
                <Added scopes=form.scopes/>
                <div class="actions">
                    <button type="submit" name="intent" value="create" class="button filled">"Create"</button>
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
        hint: "What the token may do. Type a scope or choose one, then add it.".to_owned(),
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
        <Field label="Scope" text=text>
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
            <h3 id="scopes-title">"Scopes"</h3>
            <ul id="scopes" class="chips" aria-labelledby="scopes-title">{chips}</ul>
            <p class="hint nothing-added">"None added yet."</p>
            <p class="hint" role="status" id="scopes-status"></p>
            <template id="scope-chip">{chip("{scope}".to_owned())}</template>
        </div>
    }
    .into_any()
}

fn chip(scope: String) -> AnyView {
    let (label, intent) = (format!("Remove {scope}"), format!("remove:{scope}"));
    view! {
        <li class="chip">
            <code dir="ltr">{scope.clone()}</code>
            <input type="hidden" name="scopes" value=scope/>
            <button type="submit" name="intent" value=intent aria-label=label><Icon glyph=Glyph::Close/></button>
        </li>
    }
    .into_any()
}

#[component]
fn Created(name: String, value: String) -> AnyView {
    view! {
        <Dialog id="token-created" open=true title="Token created".into_any() keep=true>
            <p class="once"><Icon glyph=Glyph::Alert/><span>"Copy this token now. It will not be shown again."</span></p>
            <p>"It is in your list as “"<Name of=name/>"”."</p>
            <SecretField id="token-value" label="Token value" copy="Copy token value" value=value focused=true/>
            <details>
                <summary>"Try it"</summary>
                <pre dir="ltr">"curl -H \"Authorization: Bearer $TOKEN\" \"$URL\""</pre>
            </details>
            <Done/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn AlreadyCreated() -> AnyView {
    view! {
        <Dialog id="token-created" open=true title="Token created".into_any()>
            <Note kind="warn">"This token was already created. Its value cannot be shown again. Revoke it and create another."</Note>
            <Done/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn Done() -> AnyView {
    view! { <form method="get" action=LIST class="actions"><button type="submit" class="button filled">"Done"</button></form> }.into_any()
}

/// The question before a token is revoked. Closed, an island fills in the token of the row that was pressed.
#[component]
fn Revoke(token: Option<(String, String)>) -> AnyView {
    let open = token.is_some();
    let (id, name) = token.unwrap_or_default();
    let question = Question {
        id: "revoke-token",
        open,
        action: format!("{LIST}/{id}/revoke"),
        back: LIST.to_owned(),
        fields: None,
    };
    let title = view! { "Revoke “"<bdi data-slot="name">{oauth::form::visible(&name)}</bdi>"”?" };
    view! {
        <Confirm question=question title=title.into_any()>
            <p>"Anything that uses this token will stop working. This cannot be undone."</p>
        </Confirm>
    }
    .into_any()
}
