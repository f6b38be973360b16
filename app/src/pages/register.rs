use crate::components::{BackForm, Cancel, Choice, Field, Note, PostForm, Problems, Text, error_of};
use crate::controls::{HeadingPreview, UrlList};
use crate::frame::Frame;
use crate::shell::{self, Document, Width, title_of};
use leptos::prelude::*;
use oauth::ClientKind;
use oauth::form::{ClientForm, FieldError};

/// Why a partial account finds no button.
pub(super) const PARTIAL: &str = "Your account has partial access. Only accounts with full access can register applications, \
    because an application can ask anyone for access. Ask an administrator for full access.";

/// The form that registers an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterPage {
    /// What was typed.
    pub form: ClientForm,
    /// Fields `name`, `description`, `redirect_uri_1`, ….
    pub errors: Vec<FieldError>,
    /// The one-time id of the form.
    pub form_id: String,
}

/// "Register application".
#[must_use]
pub fn register(frame: &Frame, page: RegisterPage) -> String {
    let title = title_of("Register application", !page.errors.is_empty());
    shell::render(frame, || Document::new(title, view! { <Register page=page/> }).width(Width::Medium))
}

#[component]
fn Register(page: RegisterPage) -> AnyView {
    let RegisterPage { form, errors, form_id } = page;
    view! {
        <nav class="crumbs" aria-label="Breadcrumb"><a href="/developer/applications">"OAuth2 Applications"</a></nav>
        <h1>"Register application"</h1>
        <Problems errors=errors.clone()/>
        <PostForm action="/developer/applications/new" class="card stack">
            <input type="hidden" name="form_id" value=form_id/>
            <ClientFields form=form errors=errors save="register"/>
            <div class="actions">
                <button type="submit" name="intent" value="register" class="button filled">"Register"</button>
                <Cancel form="back"/>
            </div>
        </PostForm>
        <BackForm id="back" to="/developer/applications"/>
    }
    .into_any()
}

/// The fields of an application. `save` is the intent that Enter sends.
#[component]
pub(super) fn ClientFields(form: ClientForm, errors: Vec<FieldError>, save: &'static str) -> AnyView {
    let name = Text {
        name: "name",
        value: form.name.clone(),
        hint: "People see it when they are asked for access.".to_owned(),
        error: error_of(&errors, "name"),
        ..Text::default()
    };
    let description = Text {
        name: "description",
        value: form.description.clone(),
        hint: "One or two sentences. People read it when they are asked for access.".to_owned(),
        error: error_of(&errors, "description"),
        ..Text::default()
    };
    view! {
        <button type="submit" name="intent" value=save class="default-submit" tabindex="-1" aria-hidden="true"></button>
        <Field label="Name" text=name/>
        <HeadingPreview/>
        <Field label="Description" text=description/>
        <RedirectUrls urls=form.redirect_uris.clone() errors=errors/>
        {(save == "register").then(|| view! { <Kind kind=form.kind/> })}
        {(save == "register" || form.kind == ClientKind::Confidential).then(|| view! { <Pkce required=form.require_pkce/> })}
    }
    .into_any()
}

#[component]
fn RedirectUrls(urls: Vec<String>, errors: Vec<FieldError>) -> AnyView {
    let rows: Vec<_> = urls
        .into_iter()
        .enumerate()
        .map(|(index, url)| {
            let number = (index + 1).to_string();
            url_row(&number, url, error_of(&errors, &format!("redirect_uri_{number}")))
        })
        .collect();
    view! {
        <fieldset id="redirect-urls" class="stack-tight" aria-describedby="redirect-urls-hint">
            <legend>"Redirect URLs"</legend>
            <p class="hint" id="redirect-urls-hint">
                "Where people come back to. They must match character by character; https, or http only on this device. Changes work at once."
            </p>
            <ul id="redirect-rows" class="url-rows">{rows}</ul>
            <div><UrlList/></div>
            <template id="redirect-row">{url_row("{number}", String::new(), None)}</template>
        </fieldset>
    }
    .into_any()
}

fn url_row(number: &str, url: String, error: Option<String>) -> AnyView {
    let id = format!("redirect_uri_{number}");
    let error_id = format!("{id}-error");
    view! {
        <li class="field">
            <label for=id.clone()>{format!("Redirect URL {number}")}</label>
            <div class="with-button">
                <input
                    type="text" inputmode="url" id=id name="redirect_uri" value=url dir="ltr" class="mono"
                    autocomplete="off" autocapitalize="none" spellcheck="false"
                    aria-describedby=error_id.clone() aria-invalid=error.is_some().then_some("true")
                />
                <button
                    type="submit" class="button" name="intent" value=format!("remove:{number}")
                    aria-label=format!("Remove redirect URL {number}")
                >"Remove"</button>
            </div>
            <p class="field-error" id=error_id>{error}</p>
        </li>
    }
    .into_any()
}

/// Asked once: an application stays what it was registered as.
#[component]
fn Kind(kind: ClientKind) -> AnyView {
    let public = kind == ClientKind::Public;
    view! {
        <fieldset>
            <legend>"Type"</legend>
            <Choice name="type" value="web" checked=!public>
                "Web server"<span class="hint">"It can keep a secret: it gets a client secret."</span>
            </Choice>
            <Choice name="type" value="native" checked=public>
                "Single-page or native"<span class="hint">"Its code is in the hands of its users: no secret, PKCE instead."</span>
            </Choice>
        </fieldset>
    }
    .into_any()
}

#[component]
fn Pkce(required: bool) -> AnyView {
    view! {
        <Choice kind="checkbox" name="pkce" value="optional" checked=!required>
            "Allow requests without PKCE"
            <span class="hint">"Only for a web server whose library does not know PKCE. Everything else must use it."</span>
        </Choice>
    }
    .into_any()
}

/// What a partial account finds at `/developer/applications/new`.
#[must_use]
pub fn not_allowed_to_register(frame: &Frame) -> String {
    shell::render(frame, || {
        let main = view! {
            <nav class="crumbs" aria-label="Breadcrumb"><a href="/developer/applications">"OAuth2 Applications"</a></nav>
            <h1>"Register application"</h1>
            <Note kind="warn">{PARTIAL}</Note>
            <p><a href="/developer/applications">"Back to OAuth2 Applications"</a></p>
        };
        Document::new("Register application", main).width(Width::Medium)
    })
}
