use super::{ApplicationPage, hint_of, path_of};
use crate::components::{
    BackForm, Cancel, Choice, Confirm, Dialog, Field, Glyph, Icon, Note, PostForm, Problems, Question, SecretField,
    Text, error_of,
};
use crate::pages::developer::Endpoints;
use crate::shell::{Document, Width};
use crate::words::{say, say_with, sentence};
use leptos::prelude::*;
use oauth::form::{FieldError, visible};
use oauth::redirect_uri;
use oauth::view::{ApplicationView, SecretView};

/// The dialog that stands open over an application. It can hold a client secret, so it has no `Debug` of its own.
#[derive(Clone, PartialEq, Eq)]
pub enum ApplicationDialog {
    /// "Application registered": the only page that holds the first secret.
    Registered {
        /// The client id.
        client_id: String,
        /// The client secret; a public client has none.
        secret: Option<String>,
    },
    /// The form was sent twice; its application exists already.
    AlreadyRegistered,
    /// "Rotate client secret".
    Rotate,
    /// "New client secret": the only page that holds it.
    NewSecret {
        /// The client secret.
        secret: String,
    },
    /// "People will be sent to … Is that yours?"
    AddUrl {
        /// The id of the problem that named the address.
        problem: String,
        /// The address.
        uri: String,
    },
    /// "Delete …?"
    Delete {
        /// The field `confirm_name`.
        errors: Vec<FieldError>,
    },
}

/// Prints the kind of the dialog and never what it holds.
impl std::fmt::Debug for ApplicationDialog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Registered { .. } => "Registered",
            Self::AlreadyRegistered => "AlreadyRegistered",
            Self::Rotate => "Rotate",
            Self::NewSecret { .. } => "NewSecret",
            Self::AddUrl { .. } => "AddUrl",
            Self::Delete { .. } => "Delete",
        })
    }
}

/// The page with its dialogs. "Rotate" and "Delete" are always there, closed, for the island that opens them in place.
pub(super) fn with(page: ApplicationPage, title: &str, main: AnyView) -> Document {
    let ApplicationPage { application, dialog, issuer, tokens, .. } = page;
    let path = path_of(&application);
    let (mut rotating, mut deleting, mut errors, mut other) = (false, false, Vec::new(), None);
    match dialog {
        Some(ApplicationDialog::Rotate) => rotating = true,
        Some(ApplicationDialog::Delete { errors: found }) => (deleting, errors) = (true, found),
        Some(ApplicationDialog::Registered { client_id, secret }) => {
            let registered = view! { <Registered client_id=client_id secret=secret issuer=issuer path=path.clone()/> };
            other = Some(registered.into_any());
        }
        Some(ApplicationDialog::AlreadyRegistered) => {
            other = Some(view! { <AlreadyRegistered path=path.clone()/> }.into_any());
        }
        Some(ApplicationDialog::NewSecret { secret }) => {
            other = Some(view! { <NewSecret secret=secret path=path.clone()/> }.into_any());
        }
        Some(ApplicationDialog::AddUrl { problem, uri }) => {
            let version = application.version;
            other = Some(
                view! { <AddUrl problem=problem uri=uri version=version path=path.clone() back=path.clone()/> }
                    .into_any(),
            );
        }
        None => {}
    }
    let rotate = view! { <Rotate open=rotating path=path secrets=application.secrets.clone()/> };
    let delete = view! { <Delete open=deleting application=application tokens=tokens errors=errors/> };
    let page = Document::new(title, main).width(Width::Medium);
    let page = page.dialog(rotating, rotate).dialog(deleting, delete);
    match other {
        Some(dialog) => page.dialog(true, dialog),
        None => page,
    }
}

#[component]
fn Registered(client_id: String, secret: Option<String>, issuer: String, path: String) -> AnyView {
    let once = secret.is_some();
    view! {
        <Dialog id="registered" open=true title=say("registered-title").into_any() keep=once>
            {once.then(|| view! { <Once/> })}
            <SecretField id="new-client-id" label=say("application-client-id") copy=say("application-copy-id") value=client_id focused=!once/>
            {secret.map(|secret| view! {
                <SecretField id="new-client-secret" label=say("application-secret") copy=say("application-copy-secret") value=secret focused=true/>
            })}
            <details><summary>{say("connect-title")}</summary><Endpoints issuer=issuer place="new"/></details>
            <Done path=path/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn Once() -> AnyView {
    view! {
        <p class="once"><Icon glyph=Glyph::Alert/><span>{say("registered-once")}</span></p>
    }
    .into_any()
}

#[component]
fn Done(path: String) -> AnyView {
    view! { <form method="get" action=path class="actions"><button type="submit" class="button">{say("registered-done")}</button></form> }.into_any()
}

#[component]
fn AlreadyRegistered(path: String) -> AnyView {
    view! {
        <Dialog id="registered" open=true title=say("registered-title").into_any()>
            <Note kind="warn">{say("registered-already")}</Note>
            <Done path=path/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn NewSecret(secret: String, path: String) -> AnyView {
    view! {
        <Dialog id="new-secret" open=true title=say("new-secret-title").into_any() keep=true>
            <Once/>
            <SecretField id="new-client-secret" label=say("application-secret") copy=say("application-copy-secret") value=secret focused=true/>
            <Done path=path/>
        </Dialog>
    }
    .into_any()
}

/// Anybody can name an address and wait for somebody to press a button, so the host is asked about by its name.
#[component]
pub(in crate::pages) fn AddUrl(problem: String, uri: String, version: i64, path: String, back: String) -> AnyView {
    let question = Question {
        id: "add-url",
        open: true,
        action: format!("{path}/problems/{problem}/add"),
        back,
        fields: Some(view! { <input type="hidden" name="version" value=version/> }.into_any()),
    };
    let host = view! { <bdi>{redirect_uri::authority(&uri)}</bdi> };
    let title = sentence("problems-add-question", [("host", host.into_any())]);
    view! {
        <Confirm question=question title=title verb=say("problems-add")>
            <p>{say("problems-add-lead")}</p>
            <p><code dir="ltr">{visible(&uri)}</code></p>
        </Confirm>
    }
    .into_any()
}

#[component]
fn Rotate(open: bool, path: String, secrets: Vec<SecretView>) -> AnyView {
    let choice = |value: &'static str, label: &'static str, checked: bool| {
        view! { <Choice name="old_secret_until" value=value checked=checked>{say(label)}</Choice> }
    };
    view! {
        <Dialog id="rotate-secret" open=open title=say("application-rotate").into_any()>
            <PostForm action=format!("{path}/rotate")>
                <fieldset>
                    <legend>{say("rotate-legend")}</legend>
                    {choice("day", "rotate-day", true)}
                    {choice("now", "rotate-now", false)}
                    {choice("week", "rotate-week", false)}
                </fieldset>
                {third(&secrets)}
                <div class="actions">
                    <button type="submit" class="button filled">{say("ok")}</button>
                    <Cancel form="rotate-back"/>
                </div>
            </PostForm>
            <BackForm id="rotate-back" to=path/>
        </Dialog>
    }
    .into_any()
}

/// Which of two secrets a third one ends at once, whatever is chosen.
fn third(secrets: &[SecretView]) -> Option<AnyView> {
    let older = secrets.iter().find(|secret| secret.expires_at.is_some())?;
    let secret = view! { <code dir="ltr">{hint_of(older)}</code> };
    Some(view! { <p class="hint">{sentence("rotate-third", [("secret", secret.into_any())])}</p> }.into_any())
}

/// The question before an application is deleted; one that people use must be named.
#[component]
fn Delete(open: bool, application: ApplicationView, tokens: i64, errors: Vec<FieldError>) -> AnyView {
    let path = path_of(&application);
    let name = Text {
        name: "confirm_name",
        hint: say("application-confirm-hint"),
        error: error_of(&errors, "confirm_name"),
        ..Text::default()
    };
    let used = application.people > 0;
    let fields = view! {
        <Problems errors=errors/>
        {used.then(|| view! { <Field label=say("application-confirm-name") text=name/> })}
    };
    let question = Question {
        id: "delete-application",
        open,
        action: format!("{path}/delete"),
        back: path,
        fields: Some(fields.into_any()),
    };
    let bold = view! { <bdi>{visible(&application.name)}</bdi> };
    let title = sentence("application-delete-question", [("name", bold.into_any())]);
    let counted = |key, count: i64| say_with(key, [("count", count.into())]);
    view! {
        <Confirm question=question title=title>
            {used.then(|| view! { <p>{counted("application-people-lose", application.people)}</p> })}
            <p>{counted("application-tokens-end", tokens)}</p>
            <p>{say("application-delete-lead")}</p>
        </Confirm>
    }
    .into_any()
}
