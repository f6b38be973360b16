use super::applications::{ClientId, LastUsed};
use super::register::{ClientFields, Crumbs};
use crate::components::{Day, LinkButton, Name, Opens, PostForm, Problems, When};
use crate::frame::Frame;
use crate::shell::{self, title_of};
use crate::words::{say, say_with, sentence};
use leptos::prelude::*;
use oauth::ClientKind;
use oauth::form::{ClientForm, FieldError, SignOutForm};
use oauth::view::{ApplicationView, ProblemView, ScopeChoice, SecretView};

mod changed;
mod connect;
pub(super) mod dialogs;
pub(super) mod problems;
mod sign_out;

pub use dialogs::ApplicationDialog;

use changed::Changed;
use connect::Connect;

/// One application of a developer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplicationPage {
    /// The application as it is stored.
    pub application: ApplicationView,
    /// How many of its tokens work now.
    pub tokens: i64,
    /// What stands in the form.
    pub form: ClientForm,
    /// What stands in the form about signing out.
    pub sign_out: SignOutForm,
    /// Fields `name`, `description`, `redirect_uri_1`, …, `optional_scopes`, `post_logout_redirect_uris`, `backchannel_logout_uri`.
    pub errors: Vec<FieldError>,
    /// Somebody else saved something since the form was opened.
    pub changed: bool,
    /// What failed lately, the latest first.
    pub problems: Vec<ProblemView>,
    /// The scopes that people could be allowed to leave out.
    pub scopes: Vec<ScopeChoice>,
    /// The dialog that stands open.
    pub dialog: Option<ApplicationDialog>,
    /// The issuer, for "Connect your code".
    pub issuer: String,
}

/// The page of one application: credentials, problems, how to connect, settings, deletion.
#[must_use]
pub fn application(frame: &Frame, page: ApplicationPage) -> String {
    shell::render(frame, || {
        let title = title_of(&page.application.name, page.changed || !page.errors.is_empty());
        let (page, main) = (page.clone(), view! { <Application page=page/> });
        dialogs::with(page, &title, main.into_any())
    })
}

#[component]
fn Application(page: ApplicationPage) -> AnyView {
    let ApplicationPage { application, form, sign_out, errors, issuer, scopes, tokens, changed, problems, .. } = page;
    view! {
        <Crumbs/>
        <h1><Name of=application.name.clone()/></h1>
        <Problems errors=errors.clone()/>
        {changed.then(|| view! { <Changed stored=ClientForm::from(&application) typed=form.clone()/> })}
        <Credentials application=application.clone()/>
        <problems::Problems problems=problems path=path_of(&application)/>
        <Connect application=application.clone() scopes=scopes.clone() issuer=issuer/>
        <Settings application=application.clone() form=form errors=errors.clone() scopes=scopes/>
        <sign_out::SignOut application=application.clone() form=sign_out errors=errors/>
        <Delete application=application tokens=tokens/>
    }
    .into_any()
}

fn path_of(application: &ApplicationView) -> String {
    format!("/developer/applications/{}", application.client_id)
}

#[component]
fn Credentials(application: ApplicationView) -> AnyView {
    let rotate = format!("{}/rotate", path_of(&application));
    let web = application.kind == ClientKind::Confidential;
    let secret = web && !application.by_key;
    let kind = if web { "register-kind-web" } else { "register-kind-native" };
    let opens = Opens { dialog: "rotate-secret", ..Opens::default() };
    view! {
        <section class="card" aria-labelledby="credentials">
            <h2 id="credentials">{say("application-credentials")}</h2>
            <dl class="facts">
                <dt>{say("application-client-id")}</dt>
                <dd><ClientId id="client-id".to_owned() client_id=application.client_id/></dd>
                <dt>{say("application-secret")}</dt>
                <dd><Secrets secrets=application.secrets public=!web by_key=application.by_key/></dd>
                <dt>{say("register-kind")}</dt>
                <dd>{say(kind)}</dd>
                <dt>{say("application-registered-on")}</dt>
                <dd><Day at=application.created_at/></dd>
                <dt>{say("application-people")}</dt>
                <dd>{application.people}</dd>
                <dt>{say("application-last-used")}</dt>
                <dd><LastUsed at=application.last_used/></dd>
            </dl>
            {secret.then(|| view! { <LinkButton to=rotate label=say("application-rotate") opens=opens/> })}
        </section>
    }
    .into_any()
}

#[component]
fn Secrets(secrets: Vec<SecretView>, public: bool, by_key: bool) -> AnyView {
    if public {
        return say("application-no-secret").into_any();
    }
    if by_key {
        return say("application-by-key").into_any();
    }
    let lines: Vec<_> = secrets.into_iter().map(secret_line).collect();
    view! { <ul class="list">{lines}</ul> }.into_any()
}

fn secret_line(secret: SecretView) -> AnyView {
    let day = view! { <Day at=secret.created_at/> };
    let end = secret.expires_at.map(|at| {
        view! { <span class="sub">{sentence("secret-stops", [("when", view! { <When at=at/> }.into_any())])}</span> }
    });
    view! {
        <li>
            <code dir="ltr">{hint_of(&secret)}</code>
            <span class="sub">{sentence("secret-created", [("when", day.into_any())])}</span>
            {end}
        </li>
    }
    .into_any()
}

/// `•••• k3f9`
fn hint_of(secret: &SecretView) -> String {
    format!("•••• {}", secret.hint)
}

#[component]
fn Settings(
    application: ApplicationView,
    form: ClientForm,
    errors: Vec<FieldError>,
    scopes: Vec<ScopeChoice>,
) -> AnyView {
    view! {
        <section class="card" aria-labelledby="settings">
            <h2 id="settings">{say("application-settings")}</h2>
            <PostForm action=path_of(&application) class="stack">
                <input type="hidden" name="version" value=application.version/>
                <ClientFields form=form errors=errors scopes=scopes save="save"/>
                <button type="submit" name="intent" value="save" class="button filled">{say("application-save")}</button>
            </PostForm>
        </section>
    }
    .into_any()
}

#[component]
fn Delete(application: ApplicationView, tokens: i64) -> AnyView {
    let to = format!("{}/delete", path_of(&application));
    let opens = Opens { dialog: "delete-application", ..Opens::default() };
    let counted = |key, count: i64| say_with(key, [("count", count.into())]);
    view! {
        <section class="card danger-zone" aria-labelledby="delete">
            <h2 id="delete">{say("application-delete")}</h2>
            <p>{counted("application-used-by", application.people)}" "{counted("application-tokens-end", tokens)}" "{say("application-delete-lead")}</p>
            <LinkButton to=to label=say("application-delete") opens=opens/>
        </section>
    }
    .into_any()
}
