//! The list of a developer's applications.

use crate::components::{EmptyState, Glyph, LinkButton, Name, NotLoaded, Note, When};
use crate::controls::CopyButton;
use crate::frame::{self, Frame};
use crate::i18n::{translate, translate_with};
use crate::shell::{self, Document};
use leptos::prelude::*;
use oauth::view::ApplicationView;

/// The list of a developer's applications.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApplicationsPage {
    /// The applications of this person; `None`: they could not be loaded.
    pub applications: Option<Vec<ApplicationView>>,
    /// Whether this account may register applications.
    pub may_register: bool,
}

/// "OAuth2 Applications".
#[must_use]
pub fn applications(frame: &Frame, page: ApplicationsPage) -> String {
    shell::render(frame, || Document::new(translate("oauth2-applications"), view! { <List page=page/> }))
}

#[component]
fn List(page: ApplicationsPage) -> AnyView {
    let ApplicationsPage { applications, may_register } = page;
    let some = applications.as_ref().is_some_and(|list| !list.is_empty());
    view! {
        <nav class="crumbs" aria-label=translate("breadcrumb")><a href="/developer">{translate("api-title")}</a></nav>
        <div class="page-head">
            <h1>{translate("oauth2-applications")}</h1>
            {(may_register && some).then(|| view! { <RegisterButton/> })}
        </div>
        {(!may_register).then(|| view! { <Note>{translate("applications-partial")}</Note> })}
        {match applications {
            None => view! { <NotLoaded text=translate("applications-not-loaded")/> }.into_any(),
            Some(list) if list.is_empty() => view! { <NoneYet may_register=may_register/> }.into_any(),
            Some(list) => view! { <Table applications=list/> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn RegisterButton() -> AnyView {
    view! { <LinkButton to="/developer/applications/new" label=translate("applications-register") class="button filled"/> }
        .into_any()
}

#[component]
fn NoneYet(may_register: bool) -> AnyView {
    let operator = frame::current().operator.clone();
    view! {
        <EmptyState glyph=Glyph::Apps title=translate("applications-empty")>
            <p>{translate_with("applications-empty-lead", [("operator", operator.into())])}</p>
            {may_register.then(|| view! { <RegisterButton/> })}
        </EmptyState>
    }
    .into_any()
}

#[component]
fn Table(applications: Vec<ApplicationView>) -> AnyView {
    let rows: Vec<_> = applications.into_iter().map(|application| view! { <Row application=application/> }).collect();
    view! {
        <div class="table">
            <table>
                <caption class="hidden-visually">{translate("oauth2-applications")}</caption>
                <thead><tr>
                    <th scope="col">{translate("application-name")}</th>
                    <th scope="col">{translate("application-client-id")}</th>
                    <th scope="col">{translate("application-redirect-urls")}</th>
                    <th scope="col">{translate("application-people")}</th>
                    <th scope="col">{translate("application-last-used")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(application: ApplicationView) -> AnyView {
    let id = format!("client-{}", application.client_id);
    let href = format!("/developer/applications/{}", application.client_id);
    view! {
        <tr>
            <th scope="row"><a href=href><Name of=application.name/></a></th>
            <td data-label=translate("application-client-id")><ClientId id=id client_id=application.client_id/></td>
            <td data-label=translate("application-redirect-urls")>{application.redirect_uris.len()}</td>
            <td data-label=translate("application-people")>{application.people}</td>
            <td data-label=translate("application-last-used")><LastUsed at=application.last_used/></td>
        </tr>
    }
    .into_any()
}

/// A client id with a copy button. `id`: the id of the element.
#[component]
pub(super) fn ClientId(id: String, client_id: String) -> AnyView {
    view! {
        <div class="actions">
            <code id=id.clone() dir="ltr">{client_id}</code>
            <CopyButton target=id label=translate("application-copy-id") done=translate("application-id-copied") once=false/>
        </div>
    }
    .into_any()
}

/// When an application was last used, if ever.
#[component]
pub(super) fn LastUsed(at: Option<oauth::Timestamp>) -> AnyView {
    at.map_or_else(|| translate("application-never-used").into_any(), |at| view! { <When at=at/> }.into_any())
}
