//! Connected applications: the list and the question before removal.

mod labels;

pub use labels::ConnectionLabels;

use super::rights::rights;
use super::{Avatar, ConfirmDialog, Day, EmptyState, GetButton, Glyph, Name, Pieces, ToView, View, When, table};
use leptos::prelude::*;
use oauth::Timestamp;
use oauth::answer::{ConnectionRow, ConnectionsDialog, ConnectionsView, Piece, RemoveQuestion};

/// The page with the list.
pub const LIST: &str = "/account/applications";

/// The labels of the page, shared by its views.
pub(crate) type Labels = StoredValue<ConnectionLabels>;

/// The row whose button gets `autofocus`.
pub(crate) type Focus = Option<String>;

/// The path of the removal question.
pub(crate) fn removal_path(id: &str) -> String {
    [LIST, "/", id, "/remove"].concat()
}

/// The open dialog; nothing where there is none.
pub(crate) fn dialog(dialog: ConnectionsDialog, labels: Labels) -> View {
    let ConnectionsDialog::Remove(question) = dialog else { return ().view() };
    let t = labels.get_value();
    let RemoveQuestion { id, title, text, stops, uses, asked } = question;
    let title = view! { <Pieces of=title/> }.view();
    view! {
        <ConfirmDialog id="remove-access" title=title action=removal_path(&id) back=LIST ok=t.ok() cancel=t.cancel()>
            <p><Pieces of=text/></p>
            <p>{t.stops()}</p>
            {rights(stops, &t)}
            {recent_use(uses, asked)}
        </ConfirmDialog>
    }
    .view()
}

/// The recent use of the access.
pub(crate) fn recent_use(uses: String, asked: Vec<Piece>) -> View {
    let uses = (!uses.is_empty()).then(|| view! { <span class="sub">{uses}</span> });
    let asked = (!asked.is_empty()).then(|| view! { <span class="sub"><Pieces of=asked/></span> });
    view! { {uses}{asked} }.view()
}

/// The list with its lead and empty state.
#[component]
pub(crate) fn Panel(list: Signal<ConnectionsView>, labels: Labels, #[prop(optional)] focus: Focus) -> View {
    (move || match list.with(|list| list.rows.is_empty()) {
        true => empty_state(labels),
        false => applications(list, labels, focus.clone()),
    })
    .view()
}

fn empty_state(labels: Labels) -> View {
    let t = labels.get_value();
    view! { <EmptyState glyph=Glyph::Apps title=t.empty()><p>{t.empty_next()}</p></EmptyState> }.view()
}

fn applications(list: Signal<ConnectionsView>, labels: Labels, focus: Focus) -> View {
    let t = labels.get_value();
    let heads = vec![t.application(), t.rights(), t.allowed(), t.last_used()];
    let rows = move || list.with(|list| list.rows.clone());
    let row = move |row: ConnectionRow| {
        let focused = focus.as_ref() == Some(&row.id);
        view! { <Row row=row labels=labels focused=focused/> }
    };
    let body = view! { <For each=rows key=ConnectionRow::clone children=row/> }.view();
    view! { <p class="lead">{t.lead()}</p>{table(t.table(), heads, Some(t.actions()), body)} }.view()
}

#[component]
fn Row(row: ConnectionRow, labels: Labels, focused: bool) -> View {
    let t = labels.get_value();
    let id = format!("connection-{}", row.id);
    let (remove, detail) = (removal_path(&row.id), format!("{LIST}/{}", row.id));
    let by = (!row.by.is_empty()).then(|| view! { <span class="sub"><Pieces of=row.by/></span> });
    view! {
        <tr>
            <th scope="row" aria-labelledby=id.clone()>
                <div class="with-icon">
                    <Avatar of=row.name.clone()/>
                    <div><a id=id.clone() href=detail><Name of=row.name/></a>{by}</div>
                </div>
            </th>
            <td data-label=t.rights()>{rights(row.rights, &t)}</td>
            <td data-label=t.allowed()><Day at=row.allowed_at/></td>
            <td data-label=t.last_used()>{last_used(row.last_used, t.never_used())}{recent_use(row.uses, row.asked)}</td>
            <td class="end">
                <GetButton to=remove label=t.remove() class="button small" described_by=id focused=focused/>
            </td>
        </tr>
    }
    .view()
}

/// When something was last used.
pub(crate) fn last_used(at: Option<Timestamp>, never: String) -> View {
    at.map_or_else(|| never.view(), |at| view! { <When at=at/> }.view())
}
