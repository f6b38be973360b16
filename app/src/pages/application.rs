use super::developer::Endpoints;
use super::register::ClientFields;
use crate::components::{LinkButton, Name, Opens, PostForm, Problems, When};
use crate::controls::CopyButton;
use crate::frame::Frame;
use crate::shell::{self, title_of};
use leptos::prelude::*;
use oauth::ClientKind;
use oauth::form::{ClientForm, FieldError};
use oauth::view::{ApplicationView, SecretView};

mod dialogs;

pub use dialogs::ApplicationDialog;

/// One application of a developer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplicationPage {
    /// The application as it is stored.
    pub application: ApplicationView,
    /// What stands in the form.
    pub form: ClientForm,
    /// Fields `name`, `description`, `redirect_uri_1`, …, or `version` when somebody else changed it meanwhile.
    pub errors: Vec<FieldError>,
    /// The dialog that stands open.
    pub dialog: Option<ApplicationDialog>,
    /// The issuer, for "Connect your code".
    pub issuer: String,
}

/// The page of one application: credentials, settings, deletion.
#[must_use]
pub fn application(frame: &Frame, page: ApplicationPage) -> String {
    let title = title_of(&page.application.name, !page.errors.is_empty());
    shell::render(frame, || {
        let (application, dialog, issuer) = (page.application.clone(), page.dialog.clone(), page.issuer.clone());
        let main = view! { <Application page=page/> };
        dialogs::with(dialog, &application, &issuer, &title, main.into_any())
    })
}

#[component]
fn Application(page: ApplicationPage) -> AnyView {
    let ApplicationPage { application, form, errors, issuer, .. } = page;
    view! {
        <nav class="crumbs" aria-label="Breadcrumb"><a href="/developer/applications">"OAuth2 Applications"</a></nav>
        <h1><Name of=application.name.clone()/></h1>
        <Problems errors=errors.clone()/>
        <Credentials application=application.clone()/>
        <Settings application=application.clone() form=form errors=errors/>
        <details class="card">
            <summary>"Connect your code"</summary>
            <Endpoints issuer=issuer/>
        </details>
        <Delete application=application/>
    }
    .into_any()
}

fn path_of(application: &ApplicationView) -> String {
    format!("/developer/applications/{}", application.client_id)
}

#[component]
fn Credentials(application: ApplicationView) -> AnyView {
    let rotate = format!("{}/rotate", path_of(&application));
    let secret = application.kind == ClientKind::Confidential;
    let secrets: Vec<_> = application.secrets.into_iter().map(secret_line).collect();
    let opens = Opens { dialog: "rotate-secret", ..Opens::default() };
    view! {
        <section class="card" aria-labelledby="credentials">
            <h2 id="credentials">"Credentials"</h2>
            <dl class="facts">
                <dt>"Client ID"</dt>
                <dd class="actions">
                    <code id="client-id" dir="ltr">{application.client_id}</code>
                    <CopyButton target="client-id".to_owned() label="Copy client ID".to_owned() done="Client ID copied".to_owned() once=false/>
                </dd>
                <dt>"Client secret"</dt>
                <dd>{if secret {
                    view! { <ul class="list">{secrets}</ul> }.into_any()
                } else {
                    "None: this application uses PKCE.".into_any()
                }}</dd>
            </dl>
            {secret.then(|| view! { <LinkButton to=rotate label="Rotate client secret" opens=opens/> })}
        </section>
    }
    .into_any()
}

fn secret_line(secret: SecretView) -> AnyView {
    let end = match secret.expires_at {
        Some(at) => view! { <span class="sub">"Stops working "<When at=at/></span> }.into_any(),
        None => view! { <span class="sub">"Created "<When at=secret.created_at/></span> }.into_any(),
    };
    view! { <li><code dir="ltr">{format!("•••• {}", secret.hint)}</code>{end}</li> }.into_any()
}

#[component]
fn Settings(application: ApplicationView, form: ClientForm, errors: Vec<FieldError>) -> AnyView {
    view! {
        <section class="card" aria-labelledby="settings">
            <h2 id="settings">"Settings"</h2>
            <PostForm action=path_of(&application) class="stack">
                <input type="hidden" name="version" value=application.version/>
                <ClientFields form=form errors=errors save="save"/>
                <button type="submit" name="intent" value="save" class="button filled">"Save changes"</button>
            </PostForm>
        </section>
    }
    .into_any()
}

#[component]
fn Delete(application: ApplicationView) -> AnyView {
    let to = format!("{}/delete", path_of(&application));
    let used = match application.people {
        0 => "Nobody uses it.".to_owned(),
        people => format!("{} it.", super::count(people, "person uses", "people use")),
    };
    let opens = Opens { dialog: "delete-application", ..Opens::default() };
    view! {
        <section class="card danger-zone" aria-labelledby="delete">
            <h2 id="delete">"Delete application"</h2>
            <p>{format!("{used} Its tokens end at once, and this cannot be undone.")}</p>
            <LinkButton to=to label="Delete application" opens=opens/>
        </section>
    }
    .into_any()
}
