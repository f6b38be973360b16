//! The page of one application: credentials, recent problems, settings, deletion.

use super::applications::{ClientId, LastUsed};
use super::register::{ClientFields, Crumbs};
use crate::api::Translator;
use crate::components::{Day, PostForm};
use crate::frame::{self, Frame};
use crate::i18n::{translate, translate_with};
use crate::islands::ApplicationIsland;
use crate::shell;
use crate::views::applications::{ApplicationLabels, Changed, Labels, Problems, SETTINGS, Secrets, path_of};
use crate::views::{GetButton, ProblemSummary};
use leptos::prelude::*;
use oauth::ClientKind;
use oauth::answer::{ChangedApplication, FieldMessage, SecretLine};
use oauth::form::{ClientForm, SignOutForm, visible};
use oauth::view::{ApplicationView, ProblemView, ScopeChoice};

mod connect;
mod dialogs;
mod sign_out;

pub use dialogs::ApplicationDialog;

use connect::Connect;
use dialogs::{DialogContext, with_dialog};

/// One application of a developer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplicationPage {
    /// The application as it is stored.
    pub application: ApplicationView,
    /// How many of its tokens work now.
    pub tokens: i64,
    /// The values of the settings form.
    pub form: ClientForm,
    /// The values of the logout form.
    pub sign_out: SignOutForm,
    /// Fields `name`, `description`, `redirect_uri_1`, …, `optional_scopes`,
    /// `post_logout_redirect_uris`, `backchannel_logout_uri`.
    pub errors: Vec<FieldMessage>,
    /// The edit conflict, if somebody else saved meanwhile.
    pub changed: Option<ChangedApplication>,
    /// The recent problems, the latest first.
    pub problems: Vec<ProblemView>,
    /// The scopes that people could be allowed to leave out.
    pub scopes: Vec<ScopeChoice>,
    /// The open dialog.
    pub dialog: Option<ApplicationDialog>,
    /// The issuer, for "Connect your code".
    pub issuer: String,
}

/// The page of one application: credentials, problems, how to connect, settings, deletion.
#[must_use]
pub fn application(frame: &Frame, page: ApplicationPage) -> String {
    shell::render(frame, || {
        let refused = page.changed.is_some() || !page.errors.is_empty();
        let (labels, dialog) = (ApplicationLabels::translate(), page.dialog.clone());
        let context = DialogContext { application: page.application.clone(), tokens: page.tokens };
        let stored = StoredValue::new(labels.clone());
        let main = view! { <Application page=page labels=labels/> }.into_any();
        with_dialog(dialog, context, main, refused, stored)
    })
}

#[component]
fn Application(page: ApplicationPage, labels: ApplicationLabels) -> AnyView {
    let ApplicationPage { application, form, sign_out, errors, issuer, scopes, tokens, changed, problems, .. } = page;
    let (shown, client_id): (Labels, _) = (StoredValue::new(labels.clone()), application.client_id.clone());
    let now = Translator(frame::current().language).application_now(&application, problems);
    view! {
        <Crumbs/>
        <h1><bdi id="application-name">{visible(&application.name)}</bdi></h1>
        <ApplicationIsland words=labels client_id=client_id.clone() version=now.version seen=now.seen>
            <div id="refused">
                <ProblemSummary title=translate("problem") problems=errors.clone()/>
                {changed.map(|changed| view! { <Changed changed=changed labels=shown/> })}
            </div>
            <Credentials application=application.clone() secrets=now.secrets/>
            <div id="problems-part"><Problems lines=now.problems client_id=client_id labels=shown/></div>
            <Connect application=application.clone() scopes=scopes.clone() issuer=issuer/>
            <Settings application=application.clone() form=form errors=errors.clone() scopes=scopes/>
            <sign_out::SignOut application=application.clone() form=sign_out errors=errors/>
            <Delete application=application tokens=tokens/>
        </ApplicationIsland>
    }
    .into_any()
}

#[component]
fn Credentials(application: ApplicationView, secrets: Vec<SecretLine>) -> AnyView {
    let rotate = format!("{}/rotate", path_of(&application.client_id));
    let web = application.kind == ClientKind::Confidential;
    let secret = web && !application.by_key;
    let kind = if web { "register-kind-web" } else { "register-kind-native" };
    let proof = match (web, application.by_key) {
        (false, _) => translate("application-no-secret").into_any(),
        (true, true) => translate("application-by-key").into_any(),
        (true, false) => view! { <div id="secrets-part"><Secrets lines=secrets/></div> }.into_any(),
    };
    view! {
        <section class="card" aria-labelledby="credentials">
            <h2 id="credentials">{translate("application-credentials")}</h2>
            <dl class="facts">
                <dt>{translate("application-client-id")}</dt>
                <dd><ClientId id="client-id".to_owned() client_id=application.client_id/></dd>
                <dt>{translate("application-secret")}</dt>
                <dd>{proof}</dd>
                <dt>{translate("register-kind")}</dt>
                <dd>{translate(kind)}</dd>
                <dt>{translate("application-registered-on")}</dt>
                <dd><Day at=application.created_at/></dd>
                <dt>{translate("application-people")}</dt>
                <dd>{application.people}</dd>
                <dt>{translate("application-last-used")}</dt>
                <dd><LastUsed at=application.last_used/></dd>
            </dl>
            {secret.then(|| view! { <GetButton to=rotate label=translate("application-rotate")/> })}
        </section>
    }
    .into_any()
}

#[component]
fn Settings(
    application: ApplicationView,
    form: ClientForm,
    errors: Vec<FieldMessage>,
    scopes: Vec<ScopeChoice>,
) -> AnyView {
    view! {
        <section class="card" aria-labelledby="settings">
            <h2 id="settings">{translate("application-settings")}</h2>
            <PostForm action=path_of(&application.client_id) id=SETTINGS class="stack">
                <input type="hidden" name="version" value=application.version/>
                <ClientFields form=form errors=errors scopes=scopes save="save"/>
                <button type="submit" name="intent" value="save" class="button filled">{translate("application-save")}</button>
            </PostForm>
        </section>
    }
    .into_any()
}

#[component]
fn Delete(application: ApplicationView, tokens: i64) -> AnyView {
    let to = format!("{}/delete", path_of(&application.client_id));
    let counted = |key, count: i64| translate_with(key, [("count", count.into())]);
    view! {
        <section class="card danger-zone" aria-labelledby="delete">
            <h2 id="delete">{translate("application-delete")}</h2>
            <p>{counted("application-used-by", application.people)}" "{counted("application-tokens-end", tokens)}" "{translate("application-delete-lead")}</p>
            <GetButton to=to label=translate("application-delete")/>
        </section>
    }
    .into_any()
}
