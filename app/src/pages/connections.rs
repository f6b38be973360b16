use crate::components::{Confirm, Day, Empty, Glyph, LinkButton, Name, Opens, Question, Rights, Tab, Tabs, When};
use crate::frame::Frame;
use crate::shell::{self, Document};
use leptos::prelude::*;
use oauth::form::visible;
use oauth::view::ConnectionView;

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
        Document::new("Tokens and sessions", main).dialog(dialog.is_some(), view! { <Remove connection=dialog/> })
    })
}

#[component]
fn Panel(connections: Vec<ConnectionView>) -> AnyView {
    if connections.is_empty() {
        return view! {
            <Empty glyph=Glyph::Apps title="No applications yet"><p>"When you allow one, it appears here."</p></Empty>
        }
        .into_any();
    }
    let rows: Vec<_> = connections.into_iter().map(|connection| view! { <Row connection=connection/> }).collect();
    view! {
        <p class="lead">"Applications that you have allowed to act as you."</p>
        <div class="table">
            <table>
                <caption class="hidden-visually">"Connected applications"</caption>
                <thead><tr>
                    <th scope="col">"Application"</th>
                    <th scope="col">"What it may do"</th>
                    <th scope="col">"Allowed"</th>
                    <th scope="col">"Last used"</th>
                    <th scope="col"><span class="hidden-visually">"Actions"</span></th>
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
                <span id=id.clone()><Name of=connection.client_name/></span>
                {connection.owner.map(|owner| view! { <span class="sub">"by "<Name of=owner/></span> })}
            </th>
            <td data-label="What it may do"><Rights scopes=connection.scopes/></td>
            <td data-label="Allowed"><Day at=connection.allowed_at/></td>
            <td data-label="Last used">
                {connection.last_used.map_or_else(|| "Never used".into_any(), |at| view! { <When at=at/> }.into_any())}
            </td>
            <td class="end"><LinkButton to=remove label="Remove access" class="button small" opens=opens/></td>
        </tr>
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
    let title = view! { "Remove access of “"<bdi data-slot="name">{name.clone()}</bdi>"”?" };
    view! {
        <Confirm question=question title=title.into_any()>
            <p><bdi data-slot="name">{name}</bdi>" will lose access and you will be asked again next time."</p>
        </Confirm>
    }
    .into_any()
}
