//! The tab Connected applications, and the page of one of them.

use crate::api::Translator;
use crate::components::{LinkButton, Name, Tab, Tabs, When};
use crate::frame::{self, Frame};
use crate::i18n::{translate, translate_with};
use crate::islands::ConnectionsIsland;
use crate::shell::{self, Document, Width};
use crate::views::connections::{ConnectionLabels, LIST, Panel, dialog, last_used, recent_use, removal_path};
use crate::views::rights::rights;
use leptos::prelude::*;
use oauth::answer::{ConnectionsDialog, ConnectionsView, plain};
use oauth::view::ConnectionDetail;

/// The tab Connected applications.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConnectionsPage {
    /// The applications that have access.
    pub list: ConnectionsView,
    /// The open question; the page behind it is inert.
    pub dialog: Option<ConnectionsDialog>,
    /// The row whose button gets `autofocus`, after its neighbour was removed.
    pub focus: Option<String>,
}

/// The applications that may act as the person.
#[must_use]
pub fn connections(frame: &Frame, page: ConnectionsPage) -> String {
    shell::render(frame, || {
        let labels = ConnectionLabels::translate();
        let (shown, list) = (StoredValue::new(labels.clone()), Signal::stored(page.list));
        let title = title_of_list(page.dialog.as_ref());
        let open = page.dialog.map(|open| dialog(open, shown));
        let focus = page.focus;
        let panel =
            view! { <ConnectionsIsland words=labels><Panel list=list labels=shown focus=focus/></ConnectionsIsland> };
        let document = Document::new(title, view! { <Tabs selected=Tab::Applications>{panel}</Tabs> });
        match open {
            Some(open) => document.calling().dialog(true, open),
            None => document.calling(),
        }
    })
}

/// The title names the application in question.
fn title_of_list(dialog: Option<&ConnectionsDialog>) -> String {
    let Some(ConnectionsDialog::Remove(question)) = dialog else { return Tab::Applications.title() };
    plain(&question.title)
}

/// One connected application: scopes, dates, recent use, refresh tokens.
#[must_use]
pub fn connection(frame: &Frame, detail: ConnectionDetail) -> String {
    shell::render(frame, || {
        let title = format!("{}: {}", translate("tab-applications"), detail.connection.client_name);
        Document::new(title, view! { <Detail detail=detail/> }).width(Width::Medium)
    })
}

#[component]
fn Detail(detail: ConnectionDetail) -> AnyView {
    let ConnectionDetail { connection, refresh_tokens, last_refreshed } = detail;
    let tokens = translate_with("connections-refresh-tokens", [("count", refresh_tokens.into())]);
    let translator = Translator(frame::current().language);
    let recent = recent_use(translator.uses(&connection), translator.last_check(&connection));
    view! {
        <p class="crumbs"><a href=LIST>{translate("tab-applications")}</a></p>
        <div class="page-head">
            <h1><Name of=connection.client_name/></h1>
            <LinkButton to=removal_path(&connection.id) label=translate("connections-remove")/>
        </div>
        <section class="card" aria-labelledby="access">
            <h2 id="access">{translate("connections-access")}</h2>
            <dl class="facts">
                {connection.owner.map(|owner| view! { <dt>{translate("connections-owner")}</dt><dd><Name of=owner/></dd> })}
                <dt>{translate("connections-allowed")}</dt><dd><When at=connection.allowed_at/></dd>
                <dt>{translate("connections-last-used")}</dt><dd>{last_used(connection.last_used, translate("never-used"))}{recent}</dd>
                <dt>{translate("connections-refresh")}</dt><dd>{tokens}</dd>
                {last_refreshed.map(|at| view! { <dt>{translate("connections-refreshed")}</dt><dd><When at=at/></dd> })}
            </dl>
        </section>
        <section class="card" aria-labelledby="rights">
            <h2 id="rights">{translate("connections-rights")}</h2>
            {rights(translator.rights(connection.scopes), &ConnectionLabels::translate())}
        </section>
    }
    .into_any()
}
