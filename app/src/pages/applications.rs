use crate::components::{Empty, Glyph, LinkButton, Name, Note, When};
use crate::controls::CopyButton;
use crate::frame::{self, Frame};
use crate::shell::{self, Document};
use leptos::prelude::*;
use oauth::view::ApplicationView;

/// The list of a developer's applications.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApplicationsPage {
    /// The applications that this person registered.
    pub applications: Vec<ApplicationView>,
    /// Whether this account may register applications.
    pub may_register: bool,
}

/// "OAuth2 Applications".
#[must_use]
pub fn applications(frame: &Frame, page: ApplicationsPage) -> String {
    shell::render(frame, || Document::new("OAuth2 Applications", view! { <List page=page/> }))
}

#[component]
fn List(page: ApplicationsPage) -> AnyView {
    let ApplicationsPage { applications, may_register } = page;
    let empty = applications.is_empty();
    view! {
        <nav class="crumbs" aria-label="Breadcrumb"><a href="/developer">"API"</a></nav>
        <div class="page-head">
            <h1>"OAuth2 Applications"</h1>
            {(may_register && !empty).then(|| view! { <RegisterButton/> })}
        </div>
        {(!may_register).then(|| view! { <Note>{super::register::PARTIAL}</Note> })}
        {if empty {
            view! { <None_ may_register=may_register/> }.into_any()
        } else {
            view! { <Table applications=applications/> }.into_any()
        }}
    }
    .into_any()
}

#[component]
fn RegisterButton() -> AnyView {
    view! { <LinkButton to="/developer/applications/new" label="Register application" class="button filled"/> }
        .into_any()
}

#[component]
fn None_(may_register: bool) -> AnyView {
    let operator = frame::current().operator.clone();
    view! {
        <Empty glyph=Glyph::Apps title="No applications yet">
            <p>{format!("Register one to let people sign in to it with {operator}.")}</p>
            {may_register.then(|| view! { <RegisterButton/> })}
        </Empty>
    }
    .into_any()
}

#[component]
fn Table(applications: Vec<ApplicationView>) -> AnyView {
    let rows: Vec<_> = applications.into_iter().map(|application| view! { <Row application=application/> }).collect();
    view! {
        <div class="table">
            <table>
                <caption class="hidden-visually">"OAuth2 Applications"</caption>
                <thead><tr>
                    <th scope="col">"Name"</th>
                    <th scope="col">"Client ID"</th>
                    <th scope="col">"Redirect URLs"</th>
                    <th scope="col">"People"</th>
                    <th scope="col">"Last used"</th>
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
            <td data-label="Client ID">
                <div class="actions">
                    <code id=id.clone() dir="ltr">{application.client_id}</code>
                    <CopyButton target=id label="Copy client ID".to_owned() done="Client ID copied".to_owned() once=false/>
                </div>
            </td>
            <td data-label="Redirect URLs">{application.redirect_uris.len()}</td>
            <td data-label="People">{application.people}</td>
            <td data-label="Last used">
                {application.last_used.map_or_else(|| "Never used".into_any(), |at| view! { <When at=at/> }.into_any())}
            </td>
        </tr>
    }
    .into_any()
}
