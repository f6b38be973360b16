use crate::api::Tell;
use crate::components::{LinkButton, Name, Tab, Tabs, When};
use crate::frame::{self, Frame};
use crate::islands::ConnectionsIsland;
use crate::shell::{self, Document, Width};
use crate::views::connections::{ConnectionWords, LIST, Panel, dialog, done, removal, used};
use crate::views::rights::rights;
use crate::words::{say, say_with};
use leptos::prelude::*;
use oauth::answer::{ConnectionsDialog, ConnectionsView, plain};
use oauth::view::ConnectionDetail;

/// The tab Connected applications.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConnectionsPage {
    /// The applications that have access.
    pub list: ConnectionsView,
    /// The question that stands open; the page behind it is inert.
    pub dialog: Option<ConnectionsDialog>,
    /// The row whose button has the focus, after the access of the one beside it was removed.
    pub focus: Option<String>,
}

/// The applications that may act as the person.
#[must_use]
pub fn connections(frame: &Frame, page: ConnectionsPage) -> String {
    shell::render(frame, || {
        let words = ConnectionWords::say();
        let (shown, list) = (StoredValue::new(words.clone()), Signal::stored(page.list));
        let title = title_of_list(page.dialog.as_ref());
        let open = page.dialog.map(|open| dialog(open, shown));
        let focus = page.focus;
        let panel =
            view! { <ConnectionsIsland words=words><Panel list=list words=shown focus=focus/></ConnectionsIsland> };
        let document = Document::new(title, view! { <Tabs selected=Tab::Applications>{panel}</Tabs> });
        match open {
            Some(open) => document.calling().dialog(true, open),
            None => document.calling(),
        }
    })
}

/// The title names the application that is asked about.
fn title_of_list(dialog: Option<&ConnectionsDialog>) -> String {
    let Some(ConnectionsDialog::Remove(question)) = dialog else { return Tab::Applications.title() };
    plain(&question.title)
}

/// One connected application: what it may do, since when, what it did, and what it holds to come back with.
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
    let tokens = say_with("connections-refresh-tokens", [("count", refresh_tokens.into())]);
    let tell = Tell(frame::current().language);
    let done = done(tell.uses(&connection), tell.asked(&connection));
    view! {
        <p class="crumbs"><a href=LIST>{say("tab-applications")}</a></p>
        <div class="page-head">
            <h1><Name of=connection.client_name/></h1>
            <LinkButton to=removal(&connection.id) label=say("connections-remove")/>
        </div>
        <section class="card" aria-labelledby="access">
            <h2 id="access">{say("connections-access")}</h2>
            <dl class="facts">
                {connection.owner.map(|owner| view! { <dt>{say("connections-owner")}</dt><dd><Name of=owner/></dd> })}
                <dt>{say("connections-allowed")}</dt><dd><When at=connection.allowed_at/></dd>
                <dt>{say("connections-last-used")}</dt><dd>{used(connection.last_used, say("never-used"))}{done}</dd>
                <dt>{say("connections-refresh")}</dt><dd>{tokens}</dd>
                {last_refreshed.map(|at| view! { <dt>{say("connections-refreshed")}</dt><dd><When at=at/></dd> })}
            </dl>
        </section>
        <section class="card" aria-labelledby="rights">
            <h2 id="rights">{say("connections-rights")}</h2>
            {rights(tell.rights(connection.scopes), &ConnectionWords::say())}
        </section>
    }
    .into_any()
}
