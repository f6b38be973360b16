use crate::components::{
    Avatar, Confirm, Day, Empty, Glyph, LinkButton, Name, Opens, Question, Rights, Tab, Tabs, When,
};
use crate::frame::Frame;
use crate::shell::{self, Document, Width};
use crate::words::{say, say_with, sentence};
use leptos::prelude::*;
use oauth::Timestamp;
use oauth::form::visible;
use oauth::view::{ConnectionDetail, ConnectionView};

const LIST: &str = "/account/applications";

/// The tab Connected applications.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConnectionsPage {
    /// The applications that have access.
    pub connections: Vec<ConnectionView>,
    /// The application whose access is about to be removed.
    pub dialog: Option<ConnectionView>,
}

/// The applications that may act as the person.
#[must_use]
pub fn connections(frame: &Frame, page: ConnectionsPage) -> String {
    shell::render(frame, || {
        let ConnectionsPage { connections, dialog } = page;
        let main = view! { <Tabs selected=Tab::Applications><Panel connections=connections/></Tabs> };
        Document::new(title_of_list(dialog.as_ref()), main)
            .dialog(dialog.is_some(), view! { <Remove connection=dialog/> })
    })
}

fn title_of_list(removed: Option<&ConnectionView>) -> String {
    let asked = removed.map(|connection| visible(&connection.client_name));
    asked.map_or_else(
        || Tab::Applications.title(),
        |name| say_with("connections-remove-question", [("name", name.into())]),
    )
}

#[component]
fn Panel(connections: Vec<ConnectionView>) -> AnyView {
    if connections.is_empty() {
        return view! {
            <Empty glyph=Glyph::Apps title=say("connections-empty")><p>{say("connections-empty-next")}</p></Empty>
        }
        .into_any();
    }
    let rows: Vec<_> = connections.into_iter().map(|connection| view! { <Row connection=connection/> }).collect();
    view! {
        <p class="lead">{say("connections-lead")}</p>
        <div class="table">
            <table>
                <caption class="hidden-visually">{say("tab-applications")}</caption>
                <thead><tr>
                    <th scope="col">{say("connections-application")}</th>
                    <th scope="col">{say("connections-rights")}</th>
                    <th scope="col">{say("connections-allowed")}</th>
                    <th scope="col">{say("connections-last-used")}</th>
                    <th scope="col"><span class="hidden-visually">{say("column-actions")}</span></th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(connection: ConnectionView) -> AnyView {
    let id = format!("connection-{}", connection.id);
    let remove = format!("{LIST}/{}/remove", connection.id);
    let opens = Opens { dialog: "remove-access", name: connection.client_name.clone(), described_by: Some(id.clone()) };
    view! {
        <tr>
            <th scope="row" aria-labelledby=id>
                <div class="with-icon">
                    <Avatar of=connection.client_name.clone()/>
                    <div>
                        <a id=id.clone() href=format!("{LIST}/{}", connection.id)><Name of=connection.client_name/></a>
                        {connection.owner.map(by)}
                    </div>
                </div>
            </th>
            <td data-label=say("connections-rights")><Rights scopes=connection.scopes/></td>
            <td data-label=say("connections-allowed")><Day at=connection.allowed_at/></td>
            <td data-label=say("connections-last-used")>
                {used(connection.last_used)}
            </td>
            <td class="end"><LinkButton to=remove label=say("connections-remove") class="button small" opens=opens/></td>
        </tr>
    }
    .into_any()
}

fn by(owner: String) -> AnyView {
    let owner = view! { <Name of=owner/> }.into_any();
    view! { <span class="sub">{sentence("connections-by", [("owner", owner)])}</span> }.into_any()
}

fn used(at: Option<Timestamp>) -> AnyView {
    at.map_or_else(|| say("never-used").into_any(), |at| view! { <When at=at/> }.into_any())
}

/// One connected application: what it may do, since when, and what it holds to come back with.
#[must_use]
pub fn connection(frame: &Frame, detail: ConnectionDetail) -> String {
    shell::render(frame, || {
        let title = format!("{}: {}", say("tab-applications"), detail.connection.client_name);
        Document::new(title, view! { <Detail detail=detail/> }).width(Width::Medium)
    })
}

#[component]
fn Detail(detail: ConnectionDetail) -> AnyView {
    let ConnectionDetail { connection, refresh_tokens, last_refreshed } = detail;
    let remove = format!("{LIST}/{}/remove", connection.id);
    let tokens = say_with("connections-refresh-tokens", [("count", refresh_tokens.into())]);
    view! {
        <p class="crumbs"><a href=LIST>{say("tab-applications")}</a></p>
        <div class="page-head">
            <h1><Name of=connection.client_name/></h1>
            <LinkButton to=remove label=say("connections-remove")/>
        </div>
        <section class="card" aria-labelledby="access">
            <h2 id="access">{say("connections-access")}</h2>
            <dl class="facts">
                {connection.owner.map(|owner| view! { <dt>{say("connections-owner")}</dt><dd><Name of=owner/></dd> })}
                <dt>{say("connections-allowed")}</dt><dd><When at=connection.allowed_at/></dd>
                <dt>{say("connections-last-used")}</dt><dd>{used(connection.last_used)}</dd>
                <dt>{say("connections-refresh")}</dt><dd>{tokens}</dd>
                {last_refreshed.map(|at| view! { <dt>{say("connections-refreshed")}</dt><dd><When at=at/></dd> })}
            </dl>
        </section>
        <section class="card" aria-labelledby="rights">
            <h2 id="rights">{say("connections-rights")}</h2>
            <Rights scopes=connection.scopes/>
        </section>
    }
    .into_any()
}

#[component]
fn Remove(connection: Option<ConnectionView>) -> AnyView {
    let open = connection.is_some();
    let (id, name) = connection.map(|connection| (connection.id, visible(&connection.client_name))).unwrap_or_default();
    let question = Question {
        id: "remove-access",
        open,
        action: format!("{LIST}/{id}/remove"),
        back: LIST.to_owned(),
        fields: None,
    };
    let slot = || view! { <bdi data-slot="name">{name.clone()}</bdi> }.into_any();
    let title = sentence("connections-remove-question", [("name", slot())]);
    let text = sentence("connections-remove-text", [("name", slot())]);
    view! {
        <Confirm question=question title=title>
            <p>{text}</p>
        </Confirm>
    }
    .into_any()
}
