//! The page that registers an application, and the form fields it shares with the settings.

use crate::components::{BackForm, Cancel, Choice, Field, Note, PostForm, Text};
use crate::frame::{self, Frame};
use crate::i18n::{translate, translate_with};
use crate::islands::{PreviewIsland, RegisterIsland, UrlRowsIsland};
use crate::shell::{self, Document, Width, title_of};
use crate::views::ProblemSummary;
use crate::views::applications::{ApplicationLabels, NAME, NEW, PREVIEW, Preview, ROWS, UrlLabels, url_row};
use leptos::prelude::*;
use oauth::ClientKind;
use oauth::answer::{FieldMessage, message_for};
use oauth::form::{ClientForm, visible};
use oauth::view::ScopeChoice;

/// The form that registers an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterPage {
    /// The typed values.
    pub form: ClientForm,
    /// Fields `name`, `description`, `redirect_uri_1`, …, `optional_scopes`.
    pub errors: Vec<FieldMessage>,
    /// The scopes that people could be allowed to leave out.
    pub scopes: Vec<ScopeChoice>,
    /// The idempotency key of the form.
    pub form_id: String,
}

/// "Register application".
#[must_use]
pub fn register(frame: &Frame, page: RegisterPage) -> String {
    shell::render(frame, || {
        let title = title_of(&translate("applications-register"), !page.errors.is_empty());
        Document::new(title, view! { <Register page=page/> }).width(Width::Medium).calling()
    })
}

#[component]
fn Register(page: RegisterPage) -> AnyView {
    let RegisterPage { form, errors, scopes, form_id } = page;
    view! {
        <Crumbs/>
        <h1 id="page-title">{translate("applications-register")}</h1>
        <RegisterIsland words=ApplicationLabels::translate()>
            <div id="refused"><ProblemSummary title=translate("problem") problems=errors.clone()/></div>
            <PostForm action=NEW class="card stack">
                <input type="hidden" name="form_id" value=form_id/>
                <ClientFields form=form errors=errors scopes=scopes save="register"/>
                <div class="actions">
                    <button type="submit" name="intent" value="register" class="button filled">{translate("register-button")}</button>
                    <Cancel form="back"/>
                </div>
            </PostForm>
            <BackForm id="back" to="/developer/applications"/>
        </RegisterIsland>
    }
    .into_any()
}

/// A breadcrumb to the list.
#[component]
pub(super) fn Crumbs() -> AnyView {
    view! { <nav class="crumbs" aria-label=translate("breadcrumb")><a href="/developer/applications">{translate("oauth2-applications")}</a></nav> }
        .into_any()
}

/// The fields of an application. `save`: the intent of the default button.
#[component]
pub(super) fn ClientFields(
    form: ClientForm,
    errors: Vec<FieldMessage>,
    scopes: Vec<ScopeChoice>,
    save: &'static str,
) -> AnyView {
    let text = |name, value: &str, hint| Text {
        name,
        value: value.to_owned(),
        hint: translate(hint),
        error: message_for(&errors, name),
        ..Text::default()
    };
    let name = text("name", &form.name, "register-name-hint");
    let description = text("description", &form.description, "register-description-hint");
    let registering = save == "register";
    view! {
        <button type="submit" name="intent" value=save class="default-submit" tabindex="-1" aria-hidden="true"></button>
        <PreviewIsland heading=heading()>
            <Field label=translate("application-name") text=name/>
            <div id=PREVIEW><Preview heading=heading() name=form.name.clone()/></div>
        </PreviewIsland>
        <Field label=translate("application-description") text=description/>
        <RedirectUrls urls=form.redirect_uris.clone() errors=errors.clone()/>
        {registering.then(|| view! { <Kind kind=form.kind/> })}
        {(!registering || !form.optional_scopes.is_empty()).then(|| view! {
            <Optional scopes=scopes chosen=form.optional_scopes.clone() error=message_for(&errors, "optional_scopes")/>
        })}
        {(registering || form.kind == ClientKind::Confidential).then(|| view! { <Pkce required=form.require_pkce/> })}
    }
    .into_any()
}

/// The consent question with [`NAME`] as placeholder.
fn heading() -> String {
    let operator = frame::current().operator.replace(NAME, "");
    translate_with("consent-preview", [("name", NAME.to_string().into()), ("operator", operator.into())])
}

#[component]
fn RedirectUrls(urls: Vec<String>, errors: Vec<FieldMessage>) -> AnyView {
    let labels = UrlLabels::translate();
    let row_labels = StoredValue::new(labels.clone());
    let rows: Vec<_> = urls
        .into_iter()
        .zip(1_usize..)
        .map(|(url, number)| {
            let error = message_for(&errors, &format!("redirect_uri_{number}")).unwrap_or_default();
            url_row(Signal::stored(number), url, error, row_labels)
        })
        .collect();
    view! {
        <UrlRowsIsland words=labels>
            <fieldset id="redirect-urls" class="stack-tight" aria-describedby="redirect-urls-hint">
                <legend>{translate("application-redirect-urls")}</legend>
                <p class="hint" id="redirect-urls-hint">{translate("register-urls-hint")}</p>
                <ul id=ROWS class="url-rows">{rows}</ul>
                <div><button type="submit" name="intent" value="add" class="button">{translate("uri-add")}</button></div>
            </fieldset>
        </UrlRowsIsland>
    }
    .into_any()
}

/// The client type; it cannot be changed later.
#[component]
fn Kind(kind: ClientKind) -> AnyView {
    let public = kind == ClientKind::Public;
    view! {
        <fieldset>
            <legend>{translate("register-kind")}</legend>
            <Choice name="type" value="web" checked=!public>
                {translate("register-kind-web")}<span class="hint">{translate("register-kind-web-hint")}</span>
            </Choice>
            <Choice name="type" value="native" checked=public>
                {translate("register-kind-native")}<span class="hint">{translate("register-kind-native-hint")}</span>
            </Choice>
        </fieldset>
    }
    .into_any()
}

/// Optional scopes, collapsed: most applications have none.
#[component]
fn Optional(scopes: Vec<ScopeChoice>, chosen: Vec<String>, error: Option<String>) -> AnyView {
    if scopes.is_empty() && error.is_none() {
        return ().into_any();
    }
    let open = error.is_some();
    let boxes: Vec<_> = scopes
        .into_iter()
        .map(|scope| {
            let checked = chosen.contains(&scope.name);
            view! {
                <Choice kind="checkbox" name="optional_scope" value=scope.name.clone() checked=checked>
                    <code dir="ltr">{scope.name}</code>
                    <span class="hint"><bdi>{visible(&scope.title)}</bdi></span>
                </Choice>
            }
        })
        .collect();
    view! {
        <details open=open>
            <summary>{translate("register-optional")}</summary>
            <fieldset id="optional_scopes" tabindex="-1" aria-describedby="optional_scopes-hint optional_scopes-error">
                <legend class="hidden-visually">{translate("register-optional")}</legend>
                <p class="hint" id="optional_scopes-hint">{translate("register-optional-hint")}</p>
                {boxes}
                <p class="field-error" id="optional_scopes-error">{error}</p>
            </fieldset>
        </details>
    }
    .into_any()
}

#[component]
fn Pkce(required: bool) -> AnyView {
    view! {
        <Choice kind="checkbox" name="pkce" value="optional" checked=!required>
            {translate("register-pkce")}<span class="hint">{translate("register-pkce-hint")}</span>
        </Choice>
    }
    .into_any()
}

/// What a partial account sees at `/developer/applications/new`.
#[must_use]
pub fn not_allowed_to_register(frame: &Frame) -> String {
    shell::render(frame, || {
        let main = view! {
            <Crumbs/>
            <h1>{translate("applications-register")}</h1>
            <Note kind="warn">{translate("applications-partial")}</Note>
            <p><a href="/developer/applications">{translate("register-back")}</a></p>
        };
        Document::new(translate("applications-register"), main).width(Width::Medium)
    })
}
