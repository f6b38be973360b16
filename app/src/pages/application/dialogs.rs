use super::path_of;
use crate::components::{
    BackForm, Cancel, Choice, Confirm, Dialog, Field, Glyph, Icon, Note, PostForm, Problems, Question, SecretField,
    Text, error_of,
};
use crate::pages::developer::Endpoints;
use crate::shell::{Document, Width};
use leptos::prelude::*;
use oauth::form::{FieldError, visible};
use oauth::view::ApplicationView;

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
            Self::Delete { .. } => "Delete",
        })
    }
}

/// The page with its dialogs. "Rotate" and "Delete" are always there, closed, for the island that opens them in place.
pub(super) fn with(
    dialog: Option<ApplicationDialog>,
    application: &ApplicationView,
    issuer: &str,
    title: &str,
    main: AnyView,
) -> Document {
    let path = path_of(application);
    let (mut rotating, mut deleting, mut errors, mut other) = (false, false, Vec::new(), None);
    match dialog {
        Some(ApplicationDialog::Rotate) => rotating = true,
        Some(ApplicationDialog::Delete { errors: found }) => (deleting, errors) = (true, found),
        Some(ApplicationDialog::Registered { client_id, secret }) => {
            let registered =
                view! { <Registered client_id=client_id secret=secret issuer=issuer.to_owned() path=path.clone()/> };
            other = Some(registered.into_any());
        }
        Some(ApplicationDialog::AlreadyRegistered) => {
            other = Some(view! { <AlreadyRegistered path=path.clone()/> }.into_any());
        }
        Some(ApplicationDialog::NewSecret { secret }) => {
            other = Some(view! { <NewSecret secret=secret path=path.clone()/> }.into_any());
        }
        None => {}
    }
    let rotate = view! { <Rotate open=rotating path=path secrets=application.secrets.len()/> };
    let delete = view! { <Delete open=deleting application=application.clone() errors=errors/> };
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
        <Dialog id="registered" open=true title="Application registered".into_any() keep=once>
            {once.then(|| view! { <Once/> })}
            <SecretField id="new-client-id" label="Client ID" copy="Copy client ID" value=client_id focused=!once/>
            {secret.map(|secret| view! {
                <SecretField id="new-client-secret" label="Client secret" copy="Copy client secret" value=secret focused=true/>
            })}
            <details><summary>"Connect your code"</summary><Endpoints issuer=issuer/></details>
            <Done path=path/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn Once() -> AnyView {
    view! {
        <p class="once"><Icon glyph=Glyph::Alert/><span>"Copy the client secret now. It will not be shown again."</span></p>
    }
    .into_any()
}

#[component]
fn Done(path: String) -> AnyView {
    view! { <form method="get" action=path class="actions"><button type="submit" class="button filled">"Done"</button></form> }.into_any()
}

#[component]
fn AlreadyRegistered(path: String) -> AnyView {
    view! {
        <Dialog id="registered" open=true title="Application registered".into_any()>
            <Note kind="warn">"This application was already registered. Its secret cannot be shown again. Rotate it to get a new one."</Note>
            <Done path=path/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn NewSecret(secret: String, path: String) -> AnyView {
    view! {
        <Dialog id="new-secret" open=true title="New client secret".into_any() keep=true>
            <Once/>
            <SecretField id="new-client-secret" label="Client secret" copy="Copy client secret" value=secret focused=true/>
            <Done path=path/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn Rotate(open: bool, path: String, secrets: usize) -> AnyView {
    let choice = |value: &'static str, label: &'static str, checked: bool| {
        view! { <Choice name="old_secret_until" value=value checked=checked>{label}</Choice> }
    };
    view! {
        <Dialog id="rotate-secret" open=open title="Rotate client secret".into_any()>
            <PostForm action=format!("{path}/rotate")>
                <fieldset>
                    <legend>"The current secret stops working"</legend>
                    {choice("day", "In 24 hours", true)}{choice("now", "Now", false)}{choice("week", "In 7 days", false)}
                </fieldset>
                {(secrets > 1).then(|| view! { <p class="hint">"Two secrets work now. The older one stops working at once."</p> })}
                <div class="actions">
                    <button type="submit" class="button filled">"OK"</button>
                    <Cancel form="rotate-back"/>
                </div>
            </PostForm>
            <BackForm id="rotate-back" to=path/>
        </Dialog>
    }
    .into_any()
}

/// The question before an application is deleted; one that people use must be named.
#[component]
fn Delete(open: bool, application: ApplicationView, errors: Vec<FieldError>) -> AnyView {
    let path = path_of(&application);
    let name = Text {
        name: "confirm_name",
        hint: "Type the name of the application to confirm.".to_owned(),
        error: error_of(&errors, "confirm_name"),
        ..Text::default()
    };
    let used = application.people > 0;
    let fields = view! {
        <Problems errors=errors/>
        {used.then(|| view! { <Field label="Application name" text=name/> })}
    };
    let question = Question {
        id: "delete-application",
        open,
        action: format!("{path}/delete"),
        back: path,
        fields: Some(fields.into_any()),
    };
    let title = view! { "Delete “"<bdi>{visible(&application.name)}</bdi>"”?" };
    let people = crate::pages::count(application.people, "person loses", "people lose");
    view! {
        <Confirm question=question title=title.into_any()>
            {used.then(|| view! { <p>{format!("{people} access.")}</p> })}
            <p>"Its secrets and tokens stop working at once. This cannot be undone."</p>
        </Confirm>
    }
    .into_any()
}
