//! The dialogs over an application: secrets, adding a redirect URI, deletion.

use crate::components::{Field, ProblemSummary, Text};
use crate::i18n::{translate, translate_with, translate_with_views};
use crate::pages::add_url::AddUrl;
use crate::shell::{Document, Width, title_of};
use crate::views::ConfirmDialog;
use crate::views::applications::{Labels, dialog, path_of};
use leptos::prelude::*;
use oauth::answer::{ApplicationAnswer, FieldMessage, message_for};
use oauth::form::visible;
use oauth::view::ApplicationView;

/// The open dialog over an application. An answer may hold a client secret, so `Debug` prints its
/// kind only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApplicationDialog {
    /// An answer with a secret that is shown once, or the question before.
    Answer(ApplicationAnswer),
    /// "People will be sent to … Is that yours?"
    AddUrl {
        /// The id of the problem.
        problem: String,
        /// The address.
        uri: String,
    },
    /// "Delete …?"
    Delete {
        /// The field `confirm_name`.
        errors: Vec<FieldMessage>,
    },
}

/// The application behind a dialog.
pub(super) struct DialogContext {
    /// As it is stored.
    pub(super) application: ApplicationView,
    /// How many of its tokens work now.
    pub(super) tokens: i64,
}

/// The page with its dialog, which determines the title. `refused`: the page shows validation
/// errors.
pub(super) fn with_dialog(
    open: Option<ApplicationDialog>,
    context: DialogContext,
    main: AnyView,
    refused: bool,
    labels: Labels,
) -> Document {
    let name = context.application.name.clone();
    let Some(open) = open else { return Document::new(title_of(&name, refused), main).width(Width::Medium).calling() };
    let (heading, refused) =
        (title(&open, &name), matches!(&open, ApplicationDialog::Delete { errors } if !errors.is_empty()));
    let title = translate_with("title-over", [("page", name.into()), ("dialog", heading.into())]);
    let (path, id) = (path_of(&context.application.client_id), context.application.client_id.clone());
    let shown = match open {
        ApplicationDialog::Answer(answer) => dialog(answer, &id, labels),
        ApplicationDialog::AddUrl { problem, uri } => {
            let version = context.application.version;
            view! { <AddUrl problem=problem uri=uri version=version path=path.clone() back=path/> }.into_any()
        }
        ApplicationDialog::Delete { errors } => view! { <Delete context=context errors=errors/> }.into_any(),
    };
    Document::new(title_of(&title, refused), main).width(Width::Medium).calling().dialog(true, shown)
}

/// The title of a dialog.
fn title(dialog: &ApplicationDialog, name: &str) -> String {
    match dialog {
        ApplicationDialog::Answer(ApplicationAnswer::Rotate(_)) => translate("application-rotate"),
        ApplicationDialog::Answer(ApplicationAnswer::NewSecret(_) | ApplicationAnswer::AlreadyRotated) => {
            translate("new-secret-title")
        }
        ApplicationDialog::Answer(_) => translate("registered-title"),
        ApplicationDialog::AddUrl { .. } => translate("problems-add"),
        ApplicationDialog::Delete { .. } => translate_with("application-delete-question", [("name", name.into())]),
    }
}

/// The question before an application is deleted; one that people use has to be confirmed by name.
#[component]
fn Delete(context: DialogContext, errors: Vec<FieldMessage>) -> AnyView {
    let DialogContext { application, tokens } = context;
    let path = path_of(&application.client_id);
    let name = Text {
        name: "confirm_name",
        hint: translate("application-confirm-hint"),
        error: message_for(&errors, "confirm_name"),
        ..Text::default()
    };
    let used = application.people > 0;
    let fields = view! {
        <ProblemSummary title=translate("problem") problems=errors/>
        {used.then(|| view! { <Field label=translate("application-confirm-name") text=name/> })}
    };
    let (action, fields) = (format!("{path}/delete"), fields.into_any());
    let bold = view! { <bdi>{visible(&application.name)}</bdi> };
    let title = translate_with_views("application-delete-question", [("name", bold.into_any())]);
    let counted = |key, count: i64| translate_with(key, [("count", count.into())]);
    view! {
        <ConfirmDialog id="delete-application" title=title action=action back=path ok=translate("ok") cancel=translate("cancel") fields=fields>
            {used.then(|| view! { <p>{counted("application-people-lose", application.people)}</p> })}
            <p>{counted("application-tokens-end", tokens)}</p>
            <p>{translate("application-delete-lead")}</p>
        </ConfirmDialog>
    }
    .into_any()
}
